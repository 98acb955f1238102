#include "render/panel_grid.hpp"

#include <algorithm>

namespace battlemap::render {
namespace {

constexpr double grid_row = 1.55;  // line heights in em
constexpr std::size_t most_measured = 80;  // rows: longer tables are cut long before
constexpr float least_flexible = 60;       // design units

}  // namespace

Panel::Heights GridPanel::heights(const Pen& pen, float /*width*/) const {
  const float line = pen.line(panel_body, grid_row);
  const bool named = std::any_of(grid_.columns.begin(), grid_.columns.end(),
                                 [](const Grid::Column& c) { return !c.name.empty(); });
  Heights heights;
  heights.head = named && !grid_.rows.empty() ? pen.line(panel_small, 1.6) + pen.px(4) : 0;
  heights.rows.assign(std::max<std::size_t>(grid_.rows.size(), grid_.rows.empty() && !empty_.empty() ? 1 : 0),
                      line);
  heights.foot = grid_.totals.empty() || grid_.rows.empty() ? 0 : line + pen.px(4);
  return heights;
}

/// Every column as wide as its cells; flexible ones share what is left, or shrink where there is too little.
void GridPanel::arrange(const Pen& pen, float width) {
  const std::size_t columns = grid_.columns.size();
  const TextStyle body = pen.style(panel_body, {}), small = pen.style(panel_small, {}),
                  bold = pen.style(panel_body, {}, Weight::bold);
  width_.assign(columns, 0), left_.assign(columns, 0);
  for (std::size_t c = 0; c < columns; ++c) {
    width_[c] = std::max(pen.px(grid_.columns[c].least), pen.width(grid_.columns[c].name, small));
    for (std::size_t r = 0; r < std::min(grid_.rows.size(), most_measured); ++r)
      width_[c] = std::max(width_[c], pen.width(grid_.rows[r][c], body));
    if (!grid_.totals.empty()) width_[c] = std::max(width_[c], pen.width(grid_.totals[c], bold));
  }
  const float gap = pen.px(16);
  float used = gap * static_cast<float>(std::max<std::size_t>(columns, 1) - 1), flexible = 0;
  for (std::size_t c = 0; c < columns; ++c) used += width_[c], flexible += grid_.columns[c].flexible ? width_[c] : 0;
  const float spare = width - used;
  if (spare < 0 && flexible > 0) {
    const float factor = std::max(0.2F, 1 + spare / flexible);
    for (std::size_t c = 0; c < columns; ++c)
      if (grid_.columns[c].flexible) width_[c] = std::max(pen.px(least_flexible), width_[c] * factor);
  }
  if (spare > 0) {  // numbers stand nearer to one another than to the far edge
    const float each = std::min(spare / static_cast<float>(std::max<std::size_t>(columns, 2) - 1), pen.px(96));
    for (std::size_t c = 0; c + 1 < columns; ++c) width_[c + (grid_.columns[c].flexible ? 0 : 1)] += each;
  }
  used = 0;
  for (const float each : width_) used += each + gap;
  if (used - gap > width)
    for (float& each : width_) each = std::max(each * (width + gap - gap * static_cast<float>(columns)) /
                                                   (used - gap * static_cast<float>(columns)), 1.0F);
  float x = 0;
  for (std::size_t c = 0; c < columns; ++c) left_[c] = x, x += width_[c] + gap;
}

void GridPanel::draw_cells(const Pen& pen, const std::vector<std::string>& cells, const TextStyle& style,
                           const Rect& box) const {
  const float middle = box.y + box.h / 2;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const float left = box.x + left_[c];
    if (grid_.columns[c].align == Grid::Align::left)
      pen.left(cells[c], style, left, middle, width_[c]);
    else
      pen.right(cells[c], style, left + width_[c], middle, width_[c]);
  }
}

void GridPanel::draw_head(const Pen& pen, const Rect& box) const {
  if (box.h <= 0) return;
  std::vector<std::string> names;
  for (const Grid::Column& column : grid_.columns) names.push_back(column.name);
  draw_cells(pen, names, pen.style(panel_small, pen.theme().text_muted), {box.x, box.y, box.w, box.h - pen.px(4)});
  pen.rule(box.x, box.bottom() - pen.px(2), box.w);
}

void GridPanel::draw_row(const Pen& pen, std::size_t row, const Rect& box) const {
  if (row < grid_.rows.size()) return draw_cells(pen, grid_.rows[row], pen.style(panel_body, pen.theme().text), box);
  pen.left(empty_, pen.style(panel_body, pen.theme().text_muted), box.x, box.y + box.h / 2, box.w);
}

void GridPanel::draw_foot(const Pen& pen, const Rect& box) const {
  if (box.h <= 0) return;
  pen.rule(box.x, box.y + pen.px(2), box.w);
  draw_cells(pen, grid_.totals, pen.style(panel_body, pen.theme().text, Weight::bold),
             {box.x, box.y + pen.px(4), box.w, box.h - pen.px(4)});
}

}  // namespace battlemap::render
