#pragma once
#include <string_view>
#include <utility>

namespace battlemap::app {

enum class Orientation { landscape, portrait };

/// A sheet of paper as it is looked at.
struct Paper {
  double width_mm = 420;
  double height_mm = 297;
  friend bool operator==(const Paper&, const Paper&) = default;
};

/// "A5" to "A0" (ISO 216, either case). Throws UsageError listing the known sizes.
Paper parse_paper(std::string_view name, Orientation orientation);

/// Whole pixels that cover the paper at this resolution: A0 upright at 300 is 9933 x 14043.
std::pair<int, int> paper_pixels(const Paper& paper, double dots_per_inch);

}  // namespace battlemap::app
