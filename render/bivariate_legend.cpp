#include <algorithm>

#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double square_units = 60;   // a square of the grid
constexpr double axis_name = 30;      // a line that names an axis
constexpr double tick_row = 28;       // the numbers under the grid
constexpr double below_grid = 16;     // between the grid's names and the lines beneath
constexpr std::size_t grid_stride = 3;

const geo::Indicator& axis_indicator(const Scene& scene, std::size_t axis) {
  const FillSpec& fill = *scene.map.fill;
  return scene.atlas.dataset.statistics.indicator(axis == 0 ? fill.indicator : fill.second);
}

/// "→ 贫困发生率(%)"
std::string axis_text(const Scene& scene, std::size_t axis) {
  const geo::Indicator& indicator = axis_indicator(scene, axis);
  const std::string& unit = scene.text(indicator.unit);
  std::string text = (axis == 0 ? "→ " : "↑ ") + scene.text(indicator.name);
  if (scene.both() && indicator.name.en != indicator.name.zh) text += " " + indicator.name.en;
  if (unit.empty()) return text;
  return text + (scene.english_only() ? " (" + unit + ")" : "(" + unit + ")");
}

/// The grid of squares with its counts, numbers at the inner borders, and the names of both axes.
class Grid {
 public:
  Grid(const Scene& scene, const TextEngine& text, Rect box, Layer& layer)
      : scene_(scene), text_(text), box_(box), layer_(layer), counts_(scene.cells->counts.classes) {
    const Layout& l = scene.layout;
    tick_ = type_style(scene, 16, scene.theme.text);
    tick_.tabular = true;
    left_ = box.x;
    for (const double b : scene.scheme->axes[1].breaks)
      left_ = std::max(left_, box.x + text.width(said(b, 1), tick_) + l.px(10));
    columns_ = scene.scheme->axes[0].size(), rows_ = scene.scheme->axes[1].size();
    const float most_high = (box.h - l.px(2 * axis_name + tick_row)) / static_cast<float>(rows_);
    const float most_wide = (box.right() - left_) / static_cast<float>(columns_);
    side_ = std::max(4.0F, std::min({l.px(square_units), most_high, most_wide}));
    top_ = box.y + l.px(axis_name);
  }
  void draw();

 private:
  std::string said(double value, std::size_t axis) const {
    return geo::format_number(value, axis_indicator(scene_, axis).decimals);
  }
  float x(std::size_t column) const { return left_ + side_ * static_cast<float>(column); }
  float y(std::size_t row) const { return top_ + side_ * static_cast<float>(rows_ - row); }
  void draw_square(std::size_t column, std::size_t row);
  void draw_name(std::size_t axis, float middle);
  void draw_ticks();

  const Scene& scene_;
  const TextEngine& text_;
  Rect box_;
  Layer& layer_;
  std::vector<std::size_t> counts_;
  TextStyle tick_;
  std::size_t columns_ = 0, rows_ = 0;
  float left_ = 0, top_ = 0, side_ = 0;
};

void Grid::draw_square(std::size_t column, std::size_t row) {
  const std::size_t cls = column + grid_stride * row;
  const Colour fill = scene_.colours[cls];
  const float gap = scene_.layout.px(1);
  layer_.items.emplace_back(
      RectItem{{x(column) + gap, y(row + 1) + gap, side_ - 2 * gap, side_ - 2 * gap}, 0, fill});
  TextStyle number = type_style(scene_, 18, to_lab(fill).l > 58 ? Colour{26, 30, 34} : Colour{255, 255, 255});
  number.tabular = true;
  const std::string count = geo::format_number(static_cast<double>(counts_[cls]), 0);
  if (text_.width(count, number) > side_ - 4 * gap) return;
  layer_.items.emplace_back(TextItem{count,
                                     {x(column) + (side_ - text_.width(count, number)) / 2,
                                      y(row) - side_ / 2 + number.size * 0.37F},
                                     number});
}

void Grid::draw_name(std::size_t axis, float middle) {
  const auto line = fit_line(text_, axis_text(scene_, axis),
                             type_style(scene_, 18, scene_.theme.text, Weight::bold), box_.w);
  layer_.items.emplace_back(TextItem{line.text, {box_.x, middle + line.style.size * 0.37F}, line.style});
}

/// At every border of squares: the least and the greatest value, too.
void Grid::draw_ticks() {
  const auto& across = scene_.scheme->axes[0].breaks;
  const auto& up = scene_.scheme->axes[1].breaks;
  for (std::size_t i = 0; i < up.size(); ++i) {
    const std::string number = said(up[i], 1);
    const float nudge = i == 0 ? -tick_.size * 0.3F : i + 1 == up.size() ? tick_.size * 0.3F : 0.0F;
    layer_.items.emplace_back(TextItem{number,
                                       {left_ - scene_.layout.px(6) - text_.width(number, tick_),
                                        y(i) + tick_.size * 0.37F + nudge},
                                       tick_});
  }
  for (std::size_t i = 0; i < across.size(); ++i) {
    const std::string number = said(across[i], 0);
    const float wide = text_.width(number, tick_);
    const float at = i == 0 ? x(i) : x(i) - wide / 2;
    layer_.items.emplace_back(
        TextItem{number, {std::min(at, box_.right() - wide), y(0) + scene_.layout.px(tick_row / 2) + tick_.size * 0.37F},
                 tick_});
  }
}

void Grid::draw() {
  const Layout& l = scene_.layout;
  draw_name(1, box_.y + l.px(axis_name / 2 - 4));
  for (std::size_t row = 0; row < rows_; ++row)
    for (std::size_t column = 0; column < columns_; ++column) draw_square(column, row);
  draw_ticks();
  draw_name(0, y(0) + l.px(tick_row + axis_name / 2));
}

}  // namespace

double bivariate_units(const Scene& scene) {
  if (scene.scheme->kind != FillKind::bivariate || scene.scheme->size() == 0) return 0;
  const auto rows = static_cast<double>(scene.scheme->axes[1].size());
  return 2 * axis_name + tick_row + below_grid + rows * square_units;
}

void add_bivariate(const Scene& scene, const TextEngine& text, Rect box, Layer& layer) {
  if (scene.scheme->size() == 0) return;
  box.h -= scene.layout.px(below_grid);
  Grid(scene, text, box, layer).draw();
}

std::vector<LegendEntry> bivariate_entries(const Scene& scene) {
  std::vector<LegendEntry> entries;
  const std::vector<std::size_t> counts = scene.cells->counts.classes;
  for (std::size_t row = scene.scheme->axes[1].size(); row-- > 0;)
    for (std::size_t column = 0; column < scene.scheme->axes[0].size() && !counts.empty(); ++column) {
      const std::size_t cls = column + grid_stride * row;
      entries.push_back({scene.text(scene.scheme->labels[cls]), scene.colours[cls], counts[cls]});
    }
  return entries;
}

}  // namespace battlemap::render
