#include "app/paper_size.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <vector>

#include "geo/nearest.hpp"

namespace battlemap::app {
namespace {

struct KnownSize {
  std::string_view name;
  double shorter_mm, longer_mm;
};
constexpr std::array<KnownSize, 6> known_sizes{{{"A5", 148, 210},
                                                {"A4", 210, 297},
                                                {"A3", 297, 420},
                                                {"A2", 420, 594},
                                                {"A1", 594, 841},
                                                {"A0", 841, 1189}}};
constexpr double mm_per_inch = 25.4;

int pixels(double mm, double dots_per_inch) {
  return static_cast<int>(std::lround(mm / mm_per_inch * dots_per_inch));
}

}  // namespace

Paper parse_paper(std::string_view name, Orientation orientation) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  for (const KnownSize& size : known_sizes)
    if (size.name == upper)
      return orientation == Orientation::landscape ? Paper{size.longer_mm, size.shorter_mm}
                                                   : Paper{size.shorter_mm, size.longer_mm};
  std::vector<std::string> names;
  for (const KnownSize& size : known_sizes) names.emplace_back(size.name);
  geo::fail_unknown("paper size", name, names);
}

std::pair<int, int> paper_pixels(const Paper& paper, double dots_per_inch) {
  return {pixels(paper.width_mm, dots_per_inch), pixels(paper.height_mm, dots_per_inch)};
}

}  // namespace battlemap::app
