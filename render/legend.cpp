#include <algorithm>
#include <cmath>

#include "geo/local_moran.hpp"
#include "render/parts.hpp"

namespace battlemap::render {
namespace {

struct Row {
  std::string label;
  Colour colour;
  std::size_t count = 0;
  bool hatched = false;
  std::string second;  ///< the label in English where both languages are shown
};

constexpr double two_line_row = 44;  // design units: a row with its English name beneath

/// "44 个县", "44 counties".
std::string count_text(const Scene& scene, std::size_t count, geo::Language language) {
  static constexpr std::array<std::array<std::string_view, 2>, geo::level_count> words{
      {{"province", "provinces"},
       {"prefecture", "prefectures"},
       {"county", "counties"},
       {"township", "townships"},
       {"village", "villages"}}};
  const std::string number = geo::format_number(static_cast<double>(count), 0);
  if (language == geo::Language::en)
    return fmt::format("{} {}", number, words[static_cast<std::size_t>(scene.level)][count == 1 ? 0 : 1]);
  return fmt::format("{} 个{}", number, geo::level_name_zh(scene.level));
}

/// Whether a class has a cell inside the place in any of the map's years.
bool ever_occurs(const Scene& scene, std::size_t cls) {
  for (const int year : map_years(scene.atlas, scene.map)) {
    const CellValues values(scene.atlas, scene.indicator->id, year);
    for (std::uint32_t cell = 0; cell < scene.looks.size(); ++cell) {
      if (!scene.inside(cell)) continue;
      const geo::Value& value = values[scene.coverage().cells[cell]];
      if (value.has_value() && scene.scheme->class_of(value.value) == cls) return true;
    }
  }
  return false;
}

/// Ranges always stand, or a scale would have holes; a category or a midpoint that never comes up says
/// nothing.
bool legend_lists(const Scene& scene, std::size_t cls, std::size_t count) {
  if (scene.scheme->kind == FillKind::clusters)
    return count > 0 || cls != static_cast<std::size_t>(geo::Cluster::no_neighbours);
  const bool may_go = scene.scheme->kind == FillKind::categorical || scene.scheme->neutral == cls;
  return !may_go || count > 0 || ever_occurs(scene, cls);
}

Row make_row(const Scene& scene, const geo::Text& label, Colour colour, std::size_t count) {
  Row row{scene.text(label), colour, count, false, {}};
  if (scene.both() && !label.en.empty() && label.en != label.zh) row.second = label.en;
  return row;
}

/// Whether each class is a line; a ramp and a grid are drawn as such.
bool has_lines(const Scene& scene) {
  return !scene.scheme->ramp && scene.scheme->kind != FillKind::bivariate;
}

/// What stands above the lines, in design units: the name, or the grid that has its own.
double head_units(const Scene& scene) {
  const double grid = bivariate_units(scene);
  return grid > 0 ? grid : legend_head(scene.request.language) + ramp_units(scene);
}

/// Largest amounts at the top, as the eye reads a scale; categories keep their order.
std::vector<Row> make_rows(const Scene& scene, const CellCounts& counts) {
  std::vector<Row> rows;
  for (std::size_t k = 0; k < scene.scheme->size() && has_lines(scene); ++k)
    if (legend_lists(scene, k, counts.classes[k]))
      rows.push_back(make_row(scene, scene.scheme->labels[k], scene.colours[k], counts.classes[k]));
  if (scene.map.fill && scene.map.fill->has_ranges()) std::reverse(rows.begin(), rows.end());
  rows.push_back(make_row(scene, {"无数据", "No data"}, scene.theme.land, counts.no_data));
  rows.back().hatched = true;
  if (counts.not_applicable > 0)
    rows.push_back(make_row(scene, {"不适用", "Not applicable"}, scene.theme.land, counts.not_applicable));
  if (counts.masked > 0)
    rows.push_back(
        make_row(scene, {"已屏蔽(保护隐私)", "Masked (privacy)"}, masked_fill(scene.theme), counts.masked));
  return rows;
}

double row_units(const Scene& scene, const Row& row) {
  return row.second.empty() || scene.layout.portrait ? legend_row : two_line_row;
}

/// Where legend parts go: from top to bottom of the column, or side by side under a portrait map.
struct Boxes {
  Rect histogram, circles, notes;
};

Boxes legend_boxes(const Scene& scene, const std::vector<Row>& rows) {
  const Layout& l = scene.layout;
  if (l.portrait) {
    const float half = l.legend.w * 0.46F, x = l.legend.x + half + l.px(48);
    const float right = l.legend.right() - l.px(280);
    return {{l.legend.x, l.legend.y, half, l.legend.h},
            {x, l.legend.y, l.legend.w * 0.28F, l.legend.h},
            {x, l.legend.y, scene.map.circles ? 0.0F : right - x, l.legend.h}};
  }
  double units = head_units(scene);
  for (const Row& row : rows) units += row_units(scene, row);
  const float top = l.legend.y + l.px(units) + l.px(28);
  const Rect below{l.legend.x, top, l.legend.w, std::max(0.0F, l.legend.bottom() - top - l.px(96))};
  return {l.legend, below, below};
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
  void draw_row(const Row& row, float middle, std::size_t most);
  void draw_label(const Row& row, float middle);
  void measure(const std::vector<Row>& rows);
  TextStyle fitted(const std::string& text, TextStyle style, float width) const;
  /// At the box's left edge, smaller if it is wider than `width`.
  void put(const std::string& text, TextStyle style, float middle, float width);
  const Scene& scene_;
  const TextEngine& text_;
  Rect box_;
  Layer& layer_;
  TextStyle label_;  ///< of all rows alike
  float label_x_ = 0, label_end_ = 0, count_width_ = 0;
};

void Histogram::put(const std::string& text, TextStyle style, float middle, float width) {
  const auto line = fit_line(text_, text, style, width);
  layer_.items.emplace_back(TextItem{line.text, {box_.x, text_base(line.style, middle)}, line.style});
}

TextStyle Histogram::fitted(const std::string& text, TextStyle style, float width) const {
  const float wide = text_.width(text, style);
  if (wide > width) style.size = std::max(Layout::smallest_type, style.size * width / wide);
  return style;
}

/// "单位:%", "Unit: %", or both.
std::string unit_text(const Scene& scene) {
  const geo::Text& unit = scene.indicator->unit;
  if (scene.scheme->kind == FillKind::clusters) return scene.say("局部莫兰指数", "Local Moran's I");
  if (unit.empty()) return {};
  if (scene.english_only()) return "Unit: " + unit.en;
  if (!scene.both() || unit.en == unit.zh) return "单位:" + unit.zh;
  return fmt::format("单位:{} {}", unit.zh, unit.en);
}

void Histogram::draw_head(const std::vector<Row>& rows) {
  const Layout& l = scene_.layout;
  const geo::Text& name = scene_.indicator->name;
  float middle = box_.y + l.px(16);
  put(scene_.text(name), type_style(scene_, type_body, scene_.theme.text, Weight::bold), middle, box_.w);
  const TextStyle small = type_style(scene_, type_small, scene_.theme.text_muted);
  if (scene_.both() && name.en != name.zh) put(name.en, small, middle += l.px(26), box_.w);
  middle = box_.y + l.px(legend_head(scene_.request.language) - 20);
  std::size_t total = 0;
  for (const Row& row : rows) total += row.count;
  if (scene_.scheme->ramp)
    for (const std::size_t count : scene_.cells->counts.classes) total += count;
  std::string sum = count_text(scene_, total, scene_.main_language());
  if (scene_.both()) sum += " " + count_text(scene_, total, geo::Language::en).substr(sum.find(' ') + 1);
  if (text_.width(sum, small) > box_.w * 0.62F) sum = count_text(scene_, total, scene_.main_language());
  const float wide = text_.width(sum, small);
  std::string unit = unit_text(scene_);
  TextStyle least = small;
  least.size = Layout::smallest_type;
  if (scene_.both() && text_.width(unit, least) > box_.w - wide - l.px(12))
    unit = "单位:" + scene_.indicator->unit.zh;  // better one language whole than two cut
  layer_.items.emplace_back(TextItem{sum, {box_.right() - wide, text_base(small, middle)}, small});
  if (!unit.empty()) put(unit, small, middle, box_.w - wide - l.px(12));
}

void Histogram::draw_label(const Row& row, float middle) {
  const Layout& l = scene_.layout;
  if (row.second.empty() || l.portrait) {
    const std::string label = row.second.empty() ? row.label : row.label + " " + row.second;
    const TextStyle style = fitted(label, label_, label_end_ - label_x_);
    layer_.items.emplace_back(TextItem{label, {label_x_, text_base(style, middle)}, style});
    return;
  }
  TextStyle second = type_style(scene_, 14, scene_.theme.text_muted);
  second = fitted(row.second, second, label_end_ - label_x_);
  const float apart = (label_.size + second.size) * 0.53F;
  const float first = middle - apart / 2;
  layer_.items.emplace_back(TextItem{row.label, {label_x_, text_base(label_, first)}, label_});
  layer_.items.emplace_back(TextItem{row.second, {label_x_, text_base(second, first + apart)}, second});
}

void Histogram::draw_row(const Row& row, float middle, std::size_t most) {
  const Layout& l = scene_.layout;
  const float swatch_w = l.px(36), swatch_h = l.px(20);
  RectItem swatch{{box_.x, middle - swatch_h / 2, swatch_w, swatch_h}, l.px(2), row.colour};
  if (row.hatched)
    swatch.hatch = scene_.theme.hatch, swatch.hatch_spacing = l.px(8), swatch.hatch_width = l.px(1.2);
  if (colour_difference(row.colour, scene_.theme.ground) < 14)  // would vanish on the sheet
    swatch.stroke = mix(scene_.theme.ground, scene_.theme.text_muted, 0.6), swatch.stroke_width = l.px(1);
  layer_.items.emplace_back(swatch);
  draw_label(row, middle);
  const float bar_x = label_end_ + l.px(12), bar_most = box_.right() - count_width_ - l.px(8) - bar_x;
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

/// Columns, and one size for all labels.
void Histogram::measure(const std::vector<Row>& rows) {
  const Layout& l = scene_.layout;
  label_ = type_style(scene_, 18, scene_.theme.text);
  label_.tabular = true;
  TextStyle second = type_style(scene_, 14, scene_.theme.text_muted);
  float widest = 0;
  for (const Row& row : rows) {
    const std::string joined = row.label + " " + row.second;
    widest = std::max(widest, l.portrait && !row.second.empty() ? text_.width(joined, label_)
                                                                : std::max(text_.width(row.label, label_),
                                                                           text_.width(row.second, second)));
    count_width_ =
        std::max(count_width_, text_.width(geo::format_number(static_cast<double>(row.count), 0), label_));
  }
  label_x_ = box_.x + l.px(46);
  label_end_ = std::min(label_x_ + widest, box_.right() - count_width_ - l.px(56));
  if (widest > label_end_ - label_x_)
    label_.size = std::max(Layout::smallest_type, label_.size * (label_end_ - label_x_) / widest);
}

void Histogram::draw(const std::vector<Row>& rows) {
  const Layout& l = scene_.layout;
  const double grid = bivariate_units(scene_);
  if (grid <= 0) draw_head(rows);
  measure(rows);
  std::size_t most = 0;
  double units = ramp_units(scene_) + grid;
  for (const Row& row : rows) most = std::max(most, row.count), units += row_units(scene_, row);
  const double head = grid > 0 ? 0 : legend_head(scene_.request.language);
  const double squeeze = std::min(1.0, (box_.h / l.scale - head) / units);
  float top = box_.y + l.px(head + 4);
  if (grid > 0) {
    for (const std::size_t count : scene_.cells->counts.classes) most = std::max(most, count);
    add_bivariate(scene_, text_, {box_.x, box_.y, box_.w, l.px(grid * squeeze)}, layer_);
    top = box_.y + l.px(grid * squeeze);
  }
  if (scene_.scheme->ramp) {
    const float height = l.px(ramp_units(scene_) * squeeze);
    most = std::max(most, add_ramp(scene_, text_, {box_.x, top, box_.w, height}, layer_));
    top += height;
  }
  for (const Row& row : rows) {
    const float height = l.px(row_units(scene_, row) * squeeze);
    draw_row(row, top + height / 2, most);
    top += height;
  }
}

/// False, and nothing drawn, when they do not fit.
bool draw_notes(const Scene& scene, const TextEngine& text, Rect box, Layer& layer) {
  const TextStyle style = type_style(scene, 15, scene.theme.text_muted);
  std::vector<std::string> lines;
  for (const geo::Language language : said_languages(scene))
    for (const std::string& note : note_texts(scene, language)) {
      if (!lines.empty()) lines.emplace_back();
      for (std::string& line : wrap_text(text, note, style, box.w)) lines.push_back(std::move(line));
    }
  if (lines.empty()) return true;
  const float height = style.size * 1.45F;
  float needed = 0;
  for (const std::string& line : lines) needed += line.empty() ? height / 2 : height;
  if (needed > box.h || box.w < style.size * 8) return false;
  float middle = box.y + height / 2;
  for (const std::string& line : lines) {
    if (!line.empty()) layer.items.emplace_back(TextItem{line, {box.x, text_base(style, middle)}, style});
    middle += line.empty() ? height / 2 : height;
  }
  return true;
}

}  // namespace

bool add_legend(const Scene& scene, const TextEngine& text, Layer& layer, std::vector<LegendEntry>& entries) {
  const std::vector<Row> rows = make_rows(scene, scene.cells->counts);
  if (scene.scheme->ramp) entries = ramp_entries(scene);
  if (scene.scheme->kind == FillKind::bivariate) entries = bivariate_entries(scene);
  for (const Row& row : rows)
    entries.push_back({row.second.empty() ? row.label : row.label + " " + row.second, row.colour, row.count});
  if (!scene.layout.furniture) return false;
  Boxes boxes = legend_boxes(scene, rows);
  Histogram(scene, text, boxes.histogram, layer).draw(rows);
  if (scene.map.circles) {
    const float taken = add_circle_legend(scene, text, boxes.circles, layer) + scene.layout.px(24);
    if (!scene.layout.portrait) boxes.notes.y += taken, boxes.notes.h -= taken;
  }
  return draw_notes(scene, text, boxes.notes, layer);
}

}  // namespace battlemap::render
