#include <algorithm>

#include "app/window/panels.hpp"

namespace battlemap::app {
namespace {

constexpr float row = 24, swatch = 16, bar = 72, gap = 8, padding = 16;

float widest_label(const Ui& ui, const render::Sheet& sheet) {
  float widest = 0;
  for (const auto& entry : sheet.legend) widest = std::max(widest, ui.width(Face::body, entry.label));
  return widest;
}

float widest_count(const Ui& ui, const render::Sheet& sheet) {
  float widest = 0;
  for (const auto& entry : sheet.legend)
    widest = std::max(widest, ui.width(Face::small, geo::format_number(static_cast<double>(entry.count), 0)));
  return widest;
}

std::size_t largest_count(const render::Sheet& sheet) {
  std::size_t largest = 1;
  for (const auto& entry : sheet.legend) largest = std::max(largest, entry.count);
  return largest;
}

struct Columns {
  float label, bar, count, largest;
};

/// Swatch, range, how many places as a bar and as a number: a small histogram of what the map shows.
void draw_entry(const Ui& ui, const render::LegendEntry& entry, ImVec2 at, const Columns& columns) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = at.y + ui.px(row) / 2;
  list->AddRectFilled({at.x, middle - ui.px(swatch) / 2}, {at.x + ui.px(swatch), middle + ui.px(swatch) / 2},
                      to_imgui(entry.colour), ui.px(2));
  list->AddRect({at.x, middle - ui.px(swatch) / 2}, {at.x + ui.px(swatch), middle + ui.px(swatch) / 2},
                ui.colours.faint, ui.px(2));
  ui.put(list, {columns.label, middle - ui.line(Face::body) / 2}, Face::body, ui.colours.text, entry.label);
  const float length = ui.px(bar) * static_cast<float>(entry.count) / columns.largest;
  list->AddRectFilled({columns.bar, middle - ui.px(3)},
                      {columns.bar + std::max(length, ui.px(1)), middle + ui.px(3)}, ui.colours.faint,
                      ui.px(2));
  const std::string count = geo::format_number(static_cast<double>(entry.count), 0);
  ui.put(list, {columns.count - ui.width(Face::small, count), middle - ui.line(Face::small) / 2}, Face::small,
         ui.colours.muted, count);
}

float circles_height(const Ui& ui, const render::Sheet& sheet) {
  if (sheet.circle_legend.empty()) return 0;
  const float largest = sheet.circle_legend.front().radius / ImGui::GetIO().DisplayFramebufferScale.x;
  const float labels = ui.px(row) * 0.75F * static_cast<float>(sheet.circle_legend.size());
  return ui.px(row + 2 * gap) + std::max(2 * largest, labels);
}

/// The circles at their true size, nested on one foot, each with what it stands for.
void draw_circles(const Ui& ui, const render::Sheet& sheet, ImVec2 at) {
  if (sheet.circle_legend.empty()) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui.put(list, {at.x, at.y + ui.px(gap)}, Face::bold, ui.colours.text, sheet.circle_title);
  const float ratio = ImGui::GetIO().DisplayFramebufferScale.x;
  const float largest = sheet.circle_legend.front().radius / ratio;
  const float top = at.y + ui.px(row + 2 * gap), foot = top + 2 * largest;
  const float label = at.x + 2 * largest + ui.px(24);
  float last = -1e9F;
  for (const render::CircleEntry& entry : sheet.circle_legend) {
    const float radius = entry.radius / ratio;
    list->AddCircle({at.x + largest, foot - radius}, radius, to_imgui(sheet.circle_colour), 0, ui.px(1.5F));
    const float y = std::max(foot - 2 * radius, last + ui.px(row) * 0.75F);
    list->AddLine({at.x + largest, foot - 2 * radius}, {label - ui.px(6), y}, ui.colours.faint, ui.px(1));
    ui.put(list, {label, y - ui.line(Face::small) / 2}, Face::small, ui.colours.muted, entry.label);
    last = y;
  }
}

std::string heading(const Ui& ui, const Session& session) {
  const render::MapSpec& map = session.view.map();
  if (!map.fill) return map.title.in(ui.language);
  const auto& indicator = session.dataset().statistics.indicator(map.fill->indicator);
  const std::string unit = indicator.unit.in(ui.language);
  const std::string name = indicator.name.in(ui.language);
  return unit.empty() || !indicator.categories.empty() ? name : fmt::format("{} ({})", name, unit);
}

}  // namespace

render::Rect legend_in(Corner corner, render::Rect legend, const Layout& layout, float gap) {
  legend.x = corner == Corner::bottom_right ? layout.map.right() - legend.w - gap : layout.map.x + gap;
  legend.y = corner == Corner::top_left ? layout.map.y + gap : layout.map.bottom() - legend.h - gap;
  return legend;
}

void draw_legend(const Ui& ui, Session& session, const Layout& layout) {
  if (!session.sheet || session.sheet->legend.empty()) return;
  const render::Sheet& sheet = *session.sheet;
  const std::string title = heading(ui, session);
  const float label = widest_label(ui, sheet), count = widest_count(ui, sheet);
  const float inner =
      std::max(ui.px(swatch + gap) + label + ui.px(2 * gap + bar + gap) + count, ui.width(Face::bold, title));
  const float height = ui.px(2 * padding + row) + ui.px(row) * static_cast<float>(sheet.legend.size()) +
                       circles_height(ui, sheet);
  session.legend = {0, 0, inner + ui.px(2 * padding), height};
  const render::Rect rect = legend_in(session.legend_corner, session.legend, layout, ui.px(16));
  if (begin_area("legend", rect, ui.colours.card, 0, Area::floating)) {
    const float left = rect.x + ui.px(padding);
    float y = rect.y + ui.px(padding);
    ui.put(ImGui::GetWindowDrawList(), {left, y}, Face::bold, ui.colours.text, title);
    const float bars = left + ui.px(swatch + gap) + label + ui.px(2 * gap);
    const Columns columns{left + ui.px(swatch + gap), bars, rect.right() - ui.px(padding),
                          static_cast<float>(largest_count(sheet))};
    for (const auto& entry : sheet.legend) draw_entry(ui, entry, {left, y += ui.px(row)}, columns);
    draw_circles(ui, sheet, {left, y + ui.px(row)});
  }
  end_area();
}

}  // namespace battlemap::app
