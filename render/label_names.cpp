#include <algorithm>
#include <array>
#include <string_view>

#include "render/label_text.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t longest_single_line = 5;  // names up to this long never need two lines

/// How a committee's name is shortened to its village's on the map: the first suffix that fits is replaced.
/// A 牧委会 without 村 in its name stays: what such a place is called for short differs from place to place.
struct SuffixRule {
  std::string_view suffix, shown;
};
constexpr std::array<SuffixRule, 12> village_suffixes{{
    {"村村民委员会", "村"},
    {"村牧民委员会", "村"},
    {"村村委会", "村"},
    {"村牧委会", "村"},
    {"村民委员会", "村"},
    {"村委会", "村"},
    {"牧民委员会", "牧委会"},
    {"社区居民委员会", "社区"},
    {"社区居委会", "社区"},
    {"社区服务中心", "社区"},
    {"社区工作站", "社区"},
    {"居民委员会", "居委会"},
}};

std::string join(const std::vector<std::string>& points, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) out += points[i];
  return out;
}

/// Where a long name parts: 0 for nowhere.
std::size_t parting_point(const std::string& name, const std::vector<std::string>& points) {
  static constexpr std::array<std::string_view, 7> suffixes{
      "村民委员会", "行政委员会", "居民委员会", "村委会", "居委会", "牧委会", "社区"};
  std::size_t best = 0;
  const double middle = static_cast<double>(points.size()) / 2 + 0.5;
  const auto nearer = [&](std::size_t i) {
    return best == 0 ||
           std::abs(static_cast<double>(i) - middle) < std::abs(static_cast<double>(best) - middle);
  };
  for (std::size_t i = 2; i + 1 < points.size(); ++i)
    if (points[i - 1] == "族" && nearer(i)) best = i;
  if (best != 0) return best;
  for (const std::string_view suffix : suffixes) {
    if (!name.ends_with(suffix)) continue;
    const std::size_t at = points.size() - code_points(suffix).size();
    return at >= 2 ? at : 0;
  }
  return points.size() > 7 ? points.size() / 2 : 0;
}

}  // namespace

std::string label_name(std::string_view name, geo::Level level) {
  if (level != geo::Level::village) return std::string(name);
  for (const SuffixRule& rule : village_suffixes)
    if (name.size() > rule.suffix.size() && name.ends_with(rule.suffix))
      return std::string(name.substr(0, name.size() - rule.suffix.size())).append(rule.shown);
  return std::string(name);
}

std::vector<std::vector<std::string>> name_lines(const std::string& name) {
  std::vector<std::vector<std::string>> ways{{name}};
  const std::vector<std::string> points = code_points(name);
  if (points.size() <= longest_single_line) return ways;
  if (const std::size_t at = parting_point(name, points); at > 0)
    ways.push_back({join(points, 0, at), join(points, at, points.size())});
  return ways;
}

}  // namespace battlemap::render
