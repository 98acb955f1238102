#include <algorithm>
#include <cmath>

#include "render/parts.hpp"

namespace battlemap::render {
namespace {

float text_base(const TextStyle& style, float middle) {
  return middle + style.size * 0.37F;
}

/// 1, 2 or 5 times a power of ten, at most `value`.
double round_down(double value) {
  if (value < 1) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value) + 1e-12));
  for (const double m : {5.0, 2.0, 1.0})
    if (m * power <= value * (1 + 1e-12)) return m * power;
  return power;
}

std::vector<double> legend_values(double largest) {
  std::vector<double> values{round_down(largest)};
  for (const double share : {3.9, 19.5}) {
    const double value = round_down(values.front() / share);
    if (value < values.back()) values.push_back(value);
  }
  return values;
}

}  // namespace

float add_circle_legend(const Scene& scene, const TextEngine& text, Rect box, Layer& layer) {
  const Layout& l = scene.layout;
  const auto& indicator = scene.atlas.dataset.statistics.indicator(scene.map.circles->indicator);
  const double largest = largest_circle_value(scene);
  if (largest <= 0) return 0;
  TextStyle bold = type_style(scene, type_body, scene.theme.text, Weight::bold);
  const std::string name = scene.text(indicator.name);
  if (const float wide = text.width(name, bold); wide > box.w)
    bold.size = std::max(Layout::smallest_type, bold.size * box.w / wide);
  layer.items.emplace_back(TextItem{name, {box.x, text_base(bold, box.y + l.px(16))}, bold});
  const float head = scene.both() ? l.px(26) : 0;
  if (scene.both()) {
    const auto second =
        fit_line(text, indicator.name.en, type_style(scene, type_small, scene.theme.text_muted), box.w);
    layer.items.emplace_back(
        TextItem{second.text, {box.x, text_base(second.style, box.y + l.px(42))}, second.style});
  }
  TextStyle style = type_style(scene, 17, scene.theme.text);
  style.tabular = true;
  const std::vector<double> values = legend_values(largest);
  const float biggest = circle_radius(scene, values.front());
  const float bottom = box.y + head + l.px(44) + 2 * biggest;
  const float label_x = box.x + 2 * biggest + l.px(24);
  float last_y = -1e9F;
  for (const double value : values) {
    const float r = circle_radius(scene, value);
    const Vec2 centre{box.x + biggest, bottom - r};
    layer.items.emplace_back(CircleItem{centre, r, with_alpha(circle_colour(scene), 0.25),
                                        circle_colour(scene), std::max(1.0F, l.px(1.4))});
  }
  for (const double value : values) {
    const float top = bottom - 2 * circle_radius(scene, value);
    const float y = std::max(top, last_y + style.size * line_height);  // labels of small circles step down
    layer.items.emplace_back(
        LineItem{{{box.x + biggest, top}, {label_x - l.px(14), top}, {label_x - l.px(5), y}},
                 std::max(1.0F, l.px(1)),
                 scene.theme.text_muted});
    std::string label = geo::format_number(value, 0);
    if (value == values.front()) label += " " + scene.text(indicator.unit);
    if (value == values.front() && scene.both()) label += " " + indicator.unit.en;
    layer.items.emplace_back(TextItem{label, {label_x, text_base(style, y)}, style});
    last_y = y;
  }
  return std::max(bottom, last_y + style.size) - box.y;
}

void add_circle_entries(const Scene& scene, Sheet& sheet) {
  if (!scene.map.circles) return;
  const double largest = largest_circle_value(scene);
  if (largest <= 0) return;
  const auto& indicator = scene.atlas.dataset.statistics.indicator(scene.map.circles->indicator);
  sheet.circle_title = fmt::format("{} ({})", scene.text(indicator.name), scene.text(indicator.unit));
  sheet.circle_colour = circle_colour(scene);
  for (const double value : legend_values(largest))
    sheet.circle_legend.push_back({geo::format_number(value, 0), circle_radius(scene, value)});
}

}  // namespace battlemap::render
