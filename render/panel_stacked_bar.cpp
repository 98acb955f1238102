#include <algorithm>

#include "render/panel.hpp"
#include "render/panel_colours.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

constexpr double stack_row = 1.75;  // line heights in em
constexpr float most_label_share = 0.3F;
constexpr double swatch = 14;

class StackedBarPanel : public Panel {
 public:
  StackedBarPanel(const Board& board, const PanelSpec& spec)
      : scene_(board.scene), tally_(tally(board, spec.record, spec.field, spec.by)) {
    colours_ = part_colours(board, spec.record, spec.by, tally_.columns);
    for (std::size_t p = 0; p < tally_.rows.parts.size(); ++p)
      if (is_listed(tally_.row_totals[p])) shown_.push_back(p);
    for (std::size_t p = 0; p < tally_.columns.parts.size(); ++p)
      if (is_listed(tally_.column_totals[p])) keyed_.push_back(p);
  }

  geo::Text usual_title() const override { return tally_.rows.name; }

  Heights heights(const Pen& pen, float width) const override {
    const float line = pen.line(panel_small, 1.6);
    return {line * static_cast<float>(key_lines(pen, width).size()) + pen.px(4),
            std::vector<float>(shown_.size(), pen.line(panel_body, stack_row)), 0};
  }

  void arrange(const Pen& pen, float width) override {
    key_ = key_lines(pen, width);
    const TextStyle body = pen.style(panel_body, {});
    for (const std::size_t p : shown_) {
      label_ = std::max(label_, pen.width(pen.say(tally_.rows.parts[p].label), body));
      count_ = std::max(count_, pen.width(total(p), body));
      largest_ = std::max(largest_, stack_height(p));
    }
    label_ = std::min(label_, width * most_label_share);
  }

  void draw_head(const Pen& pen, const Rect& box) const override {
    const TextStyle small = pen.style(panel_small, pen.theme().text_muted);
    const float line = pen.line(panel_small, 1.6), side = pen.px(swatch);
    float middle = box.y + line / 2;
    for (const auto& keys : key_) {
      float x = box.x;
      for (const std::size_t p : keys) {
        pen.box({x, middle - side / 2, side, side}, colours_[p], pen.px(2));
        const std::string label = key_text(pen, p);
        pen.left(label, small, x + side + pen.px(6), middle, box.right() - x - side - pen.px(6));
        x += key_width(pen, p);
      }
      middle += line;
    }
  }

  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    const std::size_t p = shown_[row];
    const float middle = box.y + box.h / 2, gap = pen.px(10);
    pen.left(pen.say(tally_.rows.parts[p].label), pen.style(panel_body, pen.theme().text), box.x, middle, label_);
    pen.right(total(p), pen.style(panel_body, pen.theme().text, Weight::bold), box.right(), middle,
              count_ * 1.2F);
    const float left = box.x + label_ + gap, most = box.right() - count_ - gap - left;
    draw_stack(pen, p, {left, middle - pen.px(9), most, pen.px(18)});
  }

 private:
  /// Parts of the stack in a row; where a record may be in several, more than the records.
  std::size_t stack_height(std::size_t p) const {
    std::size_t sum = 0;
    for (const Count& count : tally_.cells[p]) sum += count.value_or(0);
    return sum;
  }

  void draw_stack(const Pen& pen, std::size_t p, const Rect& box) const {
    if (largest_ == 0 || box.w <= 0) return;
    float x = box.x;
    for (const std::size_t s : keyed_) {
      if (tally_.cells[p][s].value_or(0) == 0) continue;
      const float wide = box.w * static_cast<float>(*tally_.cells[p][s]) / static_cast<float>(largest_);
      pen.box({x, box.y, wide, box.h}, colours_[s]);
      const std::string number = count_text(scene_, tally_.cells[p][s]);
      const TextStyle small = pen.style(panel_small, label_colours(colours_[s]).text);
      if (pen.width(number, small) + pen.px(6) < wide && small.size < box.h * 1.1F)
        pen.centre(number, small, x + wide / 2, box.y + box.h / 2, wide);
      x += wide;
    }
  }

  std::string total(std::size_t p) const { return count_text(scene_, tally_.row_totals[p]); }
  std::string key_text(const Pen& pen, std::size_t p) const {
    return fmt::format("{} {}", pen.say(tally_.columns.parts[p].label),
                       count_text(scene_, tally_.column_totals[p]));
  }
  float key_width(const Pen& pen, std::size_t p) const {
    return pen.px(swatch) + pen.px(6) + pen.width(key_text(pen, p), pen.style(panel_small, {})) + pen.px(18);
  }
  std::vector<std::vector<std::size_t>> key_lines(const Pen& pen, float width) const {
    std::vector<std::vector<std::size_t>> lines;
    float x = width;
    for (const std::size_t p : keyed_) {
      const float wide = key_width(pen, p);
      if (lines.empty() || x + wide - pen.px(18) > width) lines.emplace_back(), x = 0;
      lines.back().push_back(p);
      x += wide;
    }
    return lines;
  }

  const Scene& scene_;
  Tally tally_;
  std::vector<Colour> colours_;
  std::vector<std::size_t> shown_, keyed_;
  std::vector<std::vector<std::size_t>> key_;
  std::size_t largest_ = 0;
  float label_ = 0, count_ = 0;
};

}  // namespace

PanelPtr make_stacked_bar_panel(const Board& board, const PanelSpec& spec) {
  return std::make_unique<StackedBarPanel>(board, spec);
}

}  // namespace battlemap::render
