#include <algorithm>
#include <cmath>

#include "render/parts.hpp"

namespace battlemap::render {
namespace {

struct Row {
  std::string label;
  Colour colour;
  std::size_t count = 0;
  bool hatched = false;
};

std::string level_plural(const Scene& scene) {
  static constexpr std::array<std::string_view, geo::level_count> plural{"provinces", "prefectures",
                                                                         "counties", "townships", "villages"};
  return scene.english_only() ? std::string(plural[static_cast<std::size_t>(scene.level)])
                              : std::string(geo::level_name_zh(scene.level));
}

/// Largest amounts at the top, as the eye reads a scale; categories keep their order.
std::vector<Row> make_rows(const Scene& scene, const CellCounts& counts) {
  std::vector<Row> rows;
  for (std::size_t k = 0; k < scene.scheme->size(); ++k) {
    const geo::Text& label = scene.scheme->labels[k];
    const bool two = scene.both() && !label.en.empty() && label.en != label.zh;
    rows.push_back(
        {two ? label.zh + " " + label.en : scene.text(label), scene.colours[k], counts.classes[k]});
  }
  if (scene.scheme->kind != FillKind::categorical) std::reverse(rows.begin(), rows.end());
  rows.push_back({scene.say("无数据", "No data"), scene.theme.land, counts.no_data, true});
  if (counts.not_applicable > 0)
    rows.push_back({scene.say("不适用", "Not applicable"), scene.theme.land, counts.not_applicable});
  return rows;
}

/// Where legend parts go: the whole column, or a part of the band under a portrait map.
struct Box {
  Rect histogram, circles;
};

Box legend_boxes(const Scene& scene, std::size_t rows) {
  const Layout& l = scene.layout;
  const float histogram = l.px(legend_head + static_cast<double>(rows) * legend_row);
  if (l.portrait) {
    const float half = l.legend.w * 0.46F;
    return {{l.legend.x, l.legend.y, half, l.legend.h},
            {l.legend.x + half + l.px(48), l.legend.y, l.legend.w * 0.28F, l.legend.h}};
  }
  const float top = l.legend.y + histogram + l.px(24);
  return {l.legend, {l.legend.x, top, l.legend.w, std::max(0.0F, l.legend.bottom() - top - l.px(96))}};
}

float text_base(const TextStyle& style, float middle) {
  return middle + style.size * 0.37F;
}

class Histogram {
 public:
  Histogram(const Scene& scene, const TextEngine& text, Rect box, Layer& layer)
      : scene_(scene), text_(text), box_(box), layer_(layer) {}
  void draw(const std::vector<Row>& rows);

 private:
  void draw_head(const std::vector<Row>& rows);
  void draw_row(const Row& row, float middle, float label_end, float count_width, std::size_t most);
  TextStyle fitted(const std::string& text, TextStyle style, float width) const;
  const Scene& scene_;
  const TextEngine& text_;
  Rect box_;
  Layer& layer_;
};

TextStyle Histogram::fitted(const std::string& text, TextStyle style, float width) const {
  const float wide = text_.width(text, style);
  if (wide > width) style.size = std::max(Layout::smallest_type, style.size * width / wide);
  return style;
}

void Histogram::draw_head(const std::vector<Row>& rows) {
  const Layout& l = scene_.layout;
  std::string name = scene_.text(scene_.indicator.name);
  const std::string unit = scene_.text(scene_.indicator.unit);
  const TextStyle bold = fitted(name, type_style(scene_, type_body, scene_.theme.text, Weight::bold), box_.w);
  layer_.items.emplace_back(TextItem{name, {box_.x, text_base(bold, box_.y + l.px(16))}, bold});
  std::size_t total = 0;
  for (const Row& row : rows) total += row.count;
  const TextStyle small = type_style(scene_, type_small, scene_.theme.text_muted);
  const float middle = box_.y + l.px(44);
  if (!unit.empty())
    layer_.items.emplace_back(
        TextItem{scene_.english_only() ? unit : "单位:" + unit, {box_.x, text_base(small, middle)}, small});
  const std::string sum =
      scene_.english_only()
          ? fmt::format("{} {}", geo::format_number(static_cast<double>(total), 0), level_plural(scene_))
          : fmt::format("{} {}", level_plural(scene_), geo::format_number(static_cast<double>(total), 0));
  layer_.items.emplace_back(
      TextItem{sum, {box_.right() - text_.width(sum, small), text_base(small, middle)}, small});
}

void Histogram::draw_row(const Row& row, float middle, float label_end, float count_width, std::size_t most) {
  const Layout& l = scene_.layout;
  const float swatch_w = l.px(36), swatch_h = l.px(20);
  RectItem swatch{{box_.x, middle - swatch_h / 2, swatch_w, swatch_h}, l.px(2), row.colour};
  if (row.hatched)
    swatch.hatch = scene_.theme.hatch, swatch.hatch_spacing = l.px(8), swatch.hatch_width = l.px(1.2);
  if (colour_difference(row.colour, scene_.theme.ground) < 14)  // would vanish on the sheet
    swatch.stroke = mix(scene_.theme.ground, scene_.theme.text_muted, 0.6), swatch.stroke_width = l.px(1);
  layer_.items.emplace_back(swatch);
  const float label_x = box_.x + swatch_w + l.px(10);
  TextStyle style = type_style(scene_, 18, scene_.theme.text);
  style.tabular = true;
  style = fitted(row.label, style, label_end - label_x);
  layer_.items.emplace_back(TextItem{row.label, {label_x, text_base(style, middle)}, style});
  const float bar_x = label_end + l.px(12), bar_most = box_.right() - count_width - l.px(8) - bar_x;
  const float bar = most == 0 ? 0 : bar_most * static_cast<float>(row.count) / static_cast<float>(most);
  if (bar > 0 && bar_most > 0)
    layer_.items.emplace_back(RectItem{{bar_x, middle - l.px(5), std::max(bar, 1.0F), l.px(10)},
                                       0,
                                       mix(scene_.theme.ground, scene_.theme.text_muted, 0.5)});
  TextStyle number = type_style(scene_, 18, row.count == 0 ? scene_.theme.text_muted : scene_.theme.text);
  number.tabular = true;
  const std::string count = geo::format_number(static_cast<double>(row.count), 0);
  layer_.items.emplace_back(
      TextItem{count, {box_.right() - text_.width(count, number), text_base(number, middle)}, number});
}

void Histogram::draw(const std::vector<Row>& rows) {
  const Layout& l = scene_.layout;
  draw_head(rows);
  TextStyle style = type_style(scene_, 18, scene_.theme.text);
  style.tabular = true;
  float label = 0, count = 0;
  std::size_t most = 0;
  for (const Row& row : rows) {
    label = std::max(label, text_.width(row.label, style));
    count = std::max(count, text_.width(geo::format_number(static_cast<double>(row.count), 0), style));
    most = std::max(most, row.count);
  }
  const float label_x = box_.x + l.px(46);
  const float label_end = std::min(label_x + label, box_.right() - count - l.px(56));
  const float room = box_.h - l.px(legend_head);
  const float height =
      std::min(l.px(legend_row), room / static_cast<float>(std::max<std::size_t>(1, rows.size())));
  float middle = box_.y + l.px(legend_head) + height / 2 + l.px(4);
  for (const Row& row : rows) draw_row(row, middle, label_end, count, most), middle += height;
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

void draw_circles(const Scene& scene, const TextEngine& text, Rect box, Layer& layer) {
  const Layout& l = scene.layout;
  const auto& indicator = scene.atlas.dataset.statistics.indicator(scene.map.circles->indicator);
  const double largest = largest_circle_value(scene);
  if (largest <= 0) return;
  TextStyle bold = type_style(scene, type_body, scene.theme.text, Weight::bold);
  const std::string name = scene.text(indicator.name);
  if (const float wide = text.width(name, bold); wide > box.w)
    bold.size = std::max(Layout::smallest_type, bold.size * box.w / wide);
  layer.items.emplace_back(TextItem{name, {box.x, text_base(bold, box.y + l.px(16))}, bold});
  TextStyle style = type_style(scene, 17, scene.theme.text);
  style.tabular = true;
  const std::vector<double> values = legend_values(largest);
  const float biggest = circle_radius(scene, values.front());
  const float bottom = box.y + l.px(44) + 2 * biggest;
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
    layer.items.emplace_back(TextItem{label, {label_x, text_base(style, y)}, style});
    last_y = y;
  }
}

}  // namespace

void add_legend(const Scene& scene, const TextEngine& text, Layer& layer, std::vector<LegendEntry>& entries) {
  const std::vector<Row> rows = make_rows(scene, count_cells(scene));
  for (const Row& row : rows) entries.push_back({row.label, row.colour, row.count});
  if (!scene.layout.furniture) return;
  const Box boxes = legend_boxes(scene, rows.size());
  Histogram(scene, text, boxes.histogram, layer).draw(rows);
  if (scene.map.circles) draw_circles(scene, text, boxes.circles, layer);
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
