#include <algorithm>

#include "app/window/panels.hpp"

namespace battlemap::app {
namespace {

constexpr float row = 24, symbol = 20, gap = 8, padding = 16, column_gap = 24;
constexpr float most_share = 0.62F;  // of the map's height; then the legend gets another column

struct ItemPen {
  ImDrawList* list;
  ImVec2 at;
  float scale;

  ImVec2 operator()(render::Vec2 p) const { return {at.x + p.x * scale, at.y + p.y * scale}; }
  void operator()(const render::TextItem&) const {}  // symbols carry no words
  void operator()(const render::RectItem& item) const {
    const ImVec2 low = (*this)(render::Vec2{item.rect.x, item.rect.y}), high = (*this)(render::Vec2{item.rect.right(), item.rect.bottom()});
    if (item.fill.a > 0) list->AddRectFilled(low, high, to_imgui(item.fill), item.radius * scale);
    if (item.stroke_width > 0) list->AddRect(low, high, to_imgui(item.stroke), item.radius * scale, 0, item.stroke_width * scale);
  }
  void operator()(const render::CircleItem& item) const {
    if (item.fill.a > 0) list->AddCircleFilled((*this)(item.centre), item.radius * scale, to_imgui(item.fill));
    if (item.stroke_width > 0)
      list->AddCircle((*this)(item.centre), item.radius * scale, to_imgui(item.stroke), 0, item.stroke_width * scale);
  }
  void operator()(const render::LineItem& item) const {
    std::vector<ImVec2> points;
    for (const render::Vec2 p : item.points) points.push_back((*this)(p));
    list->AddPolyline(points.data(), static_cast<int>(points.size()), to_imgui(item.colour), 0, item.width * scale);
  }
  void operator()(const render::ConvexItem& item) const {
    std::vector<ImVec2> points;
    for (const render::Vec2 p : item.points) points.push_back((*this)(p));
    list->AddConvexPolyFilled(points.data(), static_cast<int>(points.size()), to_imgui(item.fill));
  }
};

/// A line of the legend: a layer's heading, or a symbol with its words.
struct Row {
  const render::SymbolEntry* entry = nullptr;  ///< null: a heading
  std::string text;
};

std::vector<Row> rows_of(const render::Sheet& sheet) {
  std::vector<Row> rows;
  std::string layer;
  for (const render::SymbolEntry& entry : sheet.symbol_legend) {
    if (!entry.layer.empty() && entry.layer != layer) rows.push_back({nullptr, entry.layer});
    layer = entry.layer;
    rows.push_back({&entry, entry.label});
  }
  return rows;
}

struct Sizes {
  float label = 0, count = 0, column = 0;
  std::size_t columns = 1, per_column = 1;
};

Sizes sizes_of(const Ui& ui, const std::vector<Row>& rows, float most_height) {
  Sizes sizes;
  float heading = 0;
  for (const Row& each : rows) {
    if (each.entry == nullptr) {
      heading = std::max(heading, ui.width(Face::bold, each.text));
      continue;
    }
    sizes.label = std::max(sizes.label, ui.width(Face::body, each.text));
    sizes.count = std::max(sizes.count, ui.width(Face::small, each.entry->count));
  }
  sizes.column = std::max(ui.px(symbol + gap) + sizes.label + ui.px(2 * gap) + sizes.count, heading);
  const auto fitting = std::max<std::size_t>(4, static_cast<std::size_t>(most_height / ui.px(row)));
  sizes.columns = (rows.size() + fitting - 1) / fitting;
  sizes.per_column = (rows.size() + sizes.columns - 1) / sizes.columns;
  return sizes;
}

void draw_row(const Ui& ui, const Row& each, const Sizes& sizes, ImVec2 at) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = at.y + ui.px(row) / 2;
  if (each.entry == nullptr)
    return ui.put(list, {at.x, middle - ui.line(Face::bold) / 2}, Face::bold, ui.colours.text, each.text);
  const ItemPen pen{list, {at.x + ui.px(symbol / 2), middle}, ui.scale * 1.6F};
  for (const render::Item& item : each.entry->symbol) std::visit(pen, item);
  ui.put(list, {at.x + ui.px(symbol + gap), middle - ui.line(Face::body) / 2}, Face::body, ui.colours.text, each.text);
  const float count = ui.width(Face::small, each.entry->count);
  ui.put(list, {at.x + sizes.column - count, middle - ui.line(Face::small) / 2}, Face::small, ui.colours.muted,
         each.entry->count);
}

}  // namespace

void draw_symbol_legend(const Ui& ui, Session& session, const Layout& layout) {
  if (!session.sheet || session.sheet->symbol_legend.empty()) return;
  const std::vector<Row> rows = rows_of(*session.sheet);
  const Sizes sizes = sizes_of(ui, rows, layout.map.h * most_share);
  const float columns = static_cast<float>(sizes.columns);
  session.legend = {0, 0, sizes.column * columns + ui.px(column_gap) * (columns - 1) + ui.px(2 * padding),
                    ui.px(row) * static_cast<float>(sizes.per_column) + ui.px(2 * padding - 8)};
  const render::Rect rect = legend_in(session.legend_corner, session.legend, layout, ui.px(16));
  if (begin_area("symbol_legend", rect, ui.colours.card, 0, Area::floating))
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const float x = rect.x + ui.px(padding) +
                      static_cast<float>(i / sizes.per_column) * (sizes.column + ui.px(column_gap));
      const float y = rect.y + ui.px(padding - 4) + static_cast<float>(i % sizes.per_column) * ui.px(row);
      draw_row(ui, rows[i], sizes, {x, y});
    }
  end_area();
}

}  // namespace battlemap::app
