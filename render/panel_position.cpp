#include <algorithm>
#include <cmath>

#include "render/panel.hpp"
#include "render/simplify.hpp"

namespace battlemap::render {
namespace {

using geo::DivisionRef;
using geo::Level;

constexpr double least_units = 150, grow_units = 130;
constexpr float most_map_share = 0.56F;  // of the panel's width; the rest is the path's
constexpr float tolerance = 0.5F;        // px

/// The county of a village or township, the province of anything larger; nullopt for the province itself.
std::optional<DivisionRef> surroundings_of(const geo::DivisionTree& tree, DivisionRef place) {
  if (!place.valid() || place.level == Level::province) return std::nullopt;
  return tree.ancestor(place, place.level >= Level::township ? Level::county : Level::province);
}

/// Where the place lies: the outlines of its county and townships, or of the province and its counties.
class PositionPanel : public Panel {
 public:
  explicit PositionPanel(const Board& board) : scene_(board.scene), place_(board.place) {
    around_ = surroundings_of(scene_.tree(), place_);
    if (around_ && scene_.atlas.dataset.extent_of(*around_).empty()) around_.reset();
  }
  geo::Text usual_title() const override { return {"位置", "Position"}; }
  double may_grow() const override { return grow_units; }
  bool is_empty() const override { return !around_; }
  std::size_t least_rows() const override { return 1; }

  Heights heights(const Pen& pen, float /*width*/) const override {
    return {0, {pen.px(least_units)}, 0};
  }

  void draw_row(const Pen& pen, std::size_t /*row*/, const Rect& box) const override {
    const geo::Box extent = scene_.atlas.dataset.extent_of(*around_);
    const double most_w = box.w * most_map_share, pad = pen.px(6);
    View view;
    view.metres_per_pixel = std::max(extent.width() / (most_w - 2 * pad), extent.height() / (box.h - 2 * pad));
    const auto wide = static_cast<float>(extent.width() / view.metres_per_pixel + 2 * pad);
    view.frame = {box.x, box.y, wide, box.h};
    view.centre = extent.centre();
    draw_outlines(pen, view);
    draw_place(pen, view);
    draw_path(pen, {box.x + wide + pen.px(20), box.y, box.w - wide - pen.px(20), box.h});
  }

 private:
  void draw_outline(const Pen& pen, const View& view, DivisionRef ref, float width, Colour colour) const {
    const geo::Coverage& coverage = scene_.atlas.dataset.coverage(ref.level);
    const auto at = std::find(coverage.cells.begin(), coverage.cells.end(), ref);
    if (at == coverage.cells.end()) return;
    const auto cell = static_cast<std::size_t>(at - coverage.cells.begin());
    const geo::PolygonSet set = coverage.outline(cell);
    for (std::size_t r = 0; r < set.ring_count(); ++r) {
      std::vector<Vec2> line;
      for (const geo::Point p : set.ring(r)) line.push_back(view.to_pixel(p));
      if (line.empty()) continue;
      line.push_back(line.front());
      line = simplified(line, tolerance);
      if (line.size() > 3) pen.item(LineItem{std::move(line), width, colour});
    }
  }

  void draw_outlines(const Pen& pen, const View& view) const {
    const Theme& theme = pen.theme();
    const Level level = around_->level == Level::county ? Level::township : Level::prefecture;
    const auto [first, last] = scene_.tree().descendants(*around_, level);
    const Colour faint = mix(theme.ground, theme.text_muted, 0.4);
    for (std::uint32_t i = first; i < last; ++i)
      draw_outline(pen, view, {level, i}, std::max(0.6F, pen.px(0.7)), faint);
    draw_outline(pen, view, *around_, pen.px(1.8), mix(theme.ground, theme.text_muted, 0.9));
    if (place_.level != Level::village) draw_outline(pen, view, place_, pen.px(2.6), theme.accent);
  }

  void draw_place(const Pen& pen, const View& view) const {
    const geo::Box extent = scene_.atlas.dataset.extent_of(place_);
    if (extent.empty()) return;
    const Vec2 at = view.to_pixel(extent.centre());
    if (std::max(extent.width(), extent.height()) / view.metres_per_pixel > pen.px(40)) return;
    pen.item(CircleItem{at, pen.px(11), {0, 0, 0, 0}, pen.theme().accent, pen.px(2)});
    pen.item(CircleItem{at, pen.px(4.5), pen.theme().accent});
  }

  /// Names from the province down, the place last and strong, then its code.
  void draw_path(const Pen& pen, const Rect& box) const {
    const geo::DivisionTree& tree = scene_.tree();
    const float line = pen.line(panel_body, 1.45);
    float middle = box.y + line / 2;
    for (const Level level : geo::all_levels) {
      if (level > place_.level) break;
      const DivisionRef ref = tree.ancestor(place_, level);
      const bool last = level == place_.level;
      pen.left(std::string(tree[ref].name),
               pen.style(panel_body, last ? pen.theme().text : pen.theme().text_muted,
                         last ? Weight::bold : Weight::regular),
               box.x, middle, box.w);
      middle += line;
    }
    pen.left(pen.say("代码 ", "Code ") + tree[place_].code.text(), pen.style(panel_small, pen.theme().text_muted),
             box.x, middle, box.w);
  }

  const Scene& scene_;
  DivisionRef place_;
  std::optional<DivisionRef> around_;
};

}  // namespace

PanelPtr make_position_panel(const Board& board, const PanelSpec& /*spec*/) {
  return std::make_unique<PositionPanel>(board);
}

}  // namespace battlemap::render
