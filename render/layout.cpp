#include "render/layout.hpp"

#include <algorithm>
#include <cmath>

namespace battlemap::render {
namespace {

constexpr double margin = 32;
constexpr double title_height = 110;
constexpr double title_height_two_languages = 136;
constexpr double foot_edge = 16;  // below the foot's last line and above its first
constexpr double column_width = 280;
constexpr float least_map_share = 0.602F;
constexpr double smallest_scale = 0.5;  // below it type would be under 9 px
constexpr double board_title_height = 104;
constexpr double panels_share = 0.325;  // of the width beside the map, of the height under it
constexpr double panel_width = 560;     // of one column of panels, about
constexpr double least_point_size = 6;
constexpr int least_width = 420;        // smaller sheets show the map alone
constexpr int least_height = 320;

double sheet_scale(int width, int height) {
  const int longer = std::max(width, height), shorter = std::min(width, height);
  return std::max(smallest_scale, std::min(longer / 1920.0, shorter / 1080.0));
}

/// Small sheets need their width for the map.
float side_margin(const Layout& l) {
  return std::min(l.px(margin), l.sheet.w * 0.02F);
}

/// As many lines as the texts are likely to take: a sheet without much to say gives the room to the map.
float foot_height(const Layout& l, const LayoutRequest& request) {
  const float em = l.type(type_foot);
  const double room = (l.sheet.w - 2 * side_margin(l)) * foot_note_share / em;
  double lines = 0;
  for (const double ems : request.foot_ems) lines += std::max(1.0, std::ceil(ems * 1.05 / room));
  return static_cast<float>(lines * foot_leading) * em + l.px(2 * foot_edge);
}

void place_landscape(Layout& l) {
  const float m = side_margin(l), gap = m * 0.75F;
  const float column = std::min(l.px(column_width), l.sheet.w * 0.19F);
  const float width = l.sheet.w - m - gap - column - m;
  // On small sheets the smallest type would take more than its share: the foot's last lines are cut there.
  const float most = l.sheet.h * (1 - least_map_share * l.sheet.w / width) - l.title.h;
  l.foot.h = std::min(l.foot.h, std::max(most, l.px(2 * foot_edge)));
  l.foot.y = l.sheet.h - l.foot.h;
  l.map = {m, l.title.bottom(), width, l.foot.y - l.title.bottom()};
  l.legend = {l.map.right() + gap, l.map.y, column, l.map.h};
}

void place_portrait(Layout& l, const LayoutRequest& request) {
  const float m = side_margin(l), gap = m * 0.75F;
  const double rows = static_cast<double>(request.legend_rows);
  const double least = request.circles ? 300 : 240;
  const float band =
      std::min(l.px(std::max(least, legend_head(request.language) + rows * legend_row)), l.sheet.h * 0.26F);
  l.legend = {m, l.foot.y - band - l.px(8), l.sheet.w - 2 * m, band};
  l.map = {m, l.title.bottom(), l.sheet.w - 2 * m, l.legend.y - gap - l.title.bottom()};
}

Layout sheet_of(const LayoutRequest& request) {
  Layout l;
  l.scale = sheet_scale(request.width, request.height);
  l.sheet = {0, 0, static_cast<float>(request.width), static_cast<float>(request.height)};
  l.furniture = request.furniture && request.width >= least_width && request.height >= least_height;
  l.portrait = request.height > request.width;
  l.map = l.sheet;
  l.least_type = std::max(Layout::smallest_type,
                          static_cast<float>(least_point_size * request.dots_per_inch / 72));
  return l;
}

void place_title_and_foot(Layout& l, double title_units, const LayoutRequest& request) {
  const float m = side_margin(l);
  l.title = {m, 0, l.sheet.w - 2 * m, l.px(title_units)};
  const float foot = foot_height(l, request);
  l.foot = {m, l.sheet.h - foot, l.sheet.w - 2 * m, foot};
}

std::size_t columns_in(const Layout& l, float width) {
  return static_cast<std::size_t>(std::clamp(std::lround(width / l.px(panel_width)), 1L, 4L));
}

}  // namespace

Layout make_board_layout(const LayoutRequest& request) {
  Layout l = sheet_of(request);
  if (!l.furniture) return l;
  place_title_and_foot(l, board_title_height, request);
  const Rect inner{l.title.x, l.title.bottom(), l.title.w, l.foot.y - l.title.bottom()};
  const float gap = side_margin(l) * 0.85F;
  const auto share = static_cast<float>(panels_share);
  if (l.portrait) {
    const float high = inner.h * share;
    l.map = {inner.x, inner.y, inner.w, inner.h - high - gap};
    l.panels = {inner.x, l.map.bottom() + gap, inner.w, high};
  } else {
    const float wide = inner.w * share;
    l.map = {inner.x, inner.y, inner.w - wide - gap, inner.h};
    l.panels = {l.map.right() + gap, inner.y, wide, inner.h};
  }
  l.panel_columns = columns_in(l, l.panels.w);
  const float wide = std::min(l.px(260), l.map.w * 0.45F), high = l.px(56);
  l.scale_bar = {l.map.x + l.px(12), l.map.bottom() - high - l.px(10), wide, high};
  return l;
}

Layout make_layout(const LayoutRequest& request) {
  Layout l = sheet_of(request);
  if (!l.furniture) return l;
  const bool two = request.language == geo::Language::both;
  place_title_and_foot(l, two ? title_height_two_languages : title_height, request);
  if (l.portrait)
    place_portrait(l, request);
  else
    place_landscape(l);
  return l;
}

}  // namespace battlemap::render
