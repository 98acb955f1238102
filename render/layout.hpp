#pragma once
#include <cstddef>
#include <vector>

#include "geo/text.hpp"
#include "render/geometry2d.hpp"

namespace battlemap::render {

/// Where the parts of a sheet lie, in sheet pixels. Landscape: title above, foot below, legend in a column
/// on the right; portrait: legend in a band under the map. The map keeps at least 60 % of the area.
struct Layout {
  double scale = 1;       ///< px per design unit; the design is 1920 x 1080 (or 1080 x 1920) units
  bool furniture = true;  ///< false: the map alone, because it was asked for or the sheet is too small
  bool portrait = false;
  Rect sheet;
  Rect title, map, legend, foot;
  Rect panels;  ///< boards: a third of the sheet beside or under the map
  Rect scale_bar;  ///< boards: in the map's lower left corner
  std::size_t panel_columns = 1;
  float least_type = smallest_type;
  float px(double units) const { return static_cast<float>(units * scale); }
  /// Type never gets smaller than people can read: 9 px, and 6 pt on paper.
  float type(double units) const { return std::max(least_type, px(units)); }
  static constexpr float smallest_type = 9;
};

struct LayoutRequest {
  int width = 1920;
  int height = 1080;
  geo::Language language = geo::Language::zh;
  double dots_per_inch = 96;
  bool furniture = true;
  std::size_t legend_rows = 5;          ///< classes and the lines below them
  bool circles = false;                 ///< a circle legend stands beside
  std::vector<double> foot_ems = {60};  ///< estimated length of the foot's paragraphs in em
};
Layout make_layout(const LayoutRequest& request);
/// The one frame of all boards: title bar, map two thirds, panels one third, foot. A legend stands in the map.
Layout make_board_layout(const LayoutRequest& request);

// The type scale (ratio 1.25) in design units.
inline constexpr double type_small = 16;
inline constexpr double type_body = 20;
inline constexpr double type_head = 25;
inline constexpr double type_title = 40;
inline constexpr double legend_row = 32;  ///< height of a legend line
inline constexpr double type_foot = 14;
inline constexpr double foot_leading = 1.4;      ///< line height of the foot in em
inline constexpr double foot_note_share = 0.78;  ///< of the foot's width; the rest is the caution's
/// Indicator and unit above the legend's lines; its name in two languages takes a line more.
inline constexpr double legend_head(geo::Language language) {
  return language == geo::Language::both ? 90 : 64;
}

}  // namespace battlemap::render
