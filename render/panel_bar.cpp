#include <algorithm>
#include <numeric>

#include "render/panel.hpp"
#include "render/panel_colours.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

constexpr double bar_row = 1.62;      // line heights in em
constexpr float most_label_share = 0.42F;

geo::Text count_words(geo::RecordKind kind, const std::string& number) {
  const geo::Text& name = geo::record_kind_name(kind);
  const bool household = kind == geo::RecordKind::household;
  return {household ? fmt::format("共 {} 户", number) : fmt::format("共 {} 个{}", number, name.zh),
          fmt::format("{} {}", number, name.in(geo::Language::en))};
}

class BarPanel : public Panel {
 public:
  BarPanel(const Board& board, const PanelSpec& spec)
      : scene_(board.scene), kind_(spec.record), tally_(tally(board, spec.record, spec.field)) {
    loaded_ = board.records[spec.record].loaded;
    colours_ = part_colours(board, spec.record, spec.field, tally_.rows);
    for (std::size_t p = 0; p < tally_.rows.parts.size(); ++p)
      if (is_listed(tally_.row_totals[p])) order_.push_back(p);
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      const bool none_a = tally_.rows.parts[a].no_value, none_b = tally_.rows.parts[b].no_value;
      return none_a != none_b ? none_b : count(a) > count(b);
    });
  }

  geo::Text usual_title() const override { return tally_.rows.name; }
  std::size_t least_rows() const override { return order_.size(); }

  Heights heights(const Pen& pen, float /*width*/) const override {
    return {pen.line(panel_small, 1.6), std::vector<float>(order_.size(), pen.line(panel_body, bar_row)), 0};
  }

  void arrange(const Pen& pen, float width) override {
    const TextStyle body = pen.style(panel_body, {});
    for (const std::size_t p : order_) {
      label_ = std::max(label_, pen.width(pen.say(tally_.rows.parts[p].label), body));
      count_ = std::max(count_, pen.width(number(p), body));
      share_ = std::max(share_, pen.width(share_text(p), body));
    }
    label_ = std::min(label_, width * most_label_share);
  }

  void draw_head(const Pen& pen, const Rect& box) const override {
    std::string said = loaded_ ? pen.say(count_words(kind_, count_text(scene_, tally_.total))) : pen.say("无数据", "No data");
    if (tally_.rows.several) said += pen.say(";一户可有多项,占比为占全部的比重", "; several possible, shares are of all");
    pen.left(said, pen.style(panel_small, pen.theme().text_muted), box.x, box.y + box.h / 2, box.w);
  }

  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    const std::size_t p = order_[row];
    const Theme& theme = pen.theme();
    const TextStyle body = pen.style(panel_body, theme.text);
    const float middle = box.y + box.h / 2, gap = pen.px(10);
    pen.left(pen.say(tally_.rows.parts[p].label), body, box.x, middle, label_);
    const float share_right = box.right(), count_right = share_right - share_ - gap;
    const float left = box.x + label_ + gap, most = count_right - count_ - gap - left;
    const std::size_t top = std::max<std::size_t>({1, count(order_.front()), count(p)});
    const float wide = most * static_cast<float>(count(p)) / static_cast<float>(top);
    const float high = std::min(box.h * 0.56F, pen.px(18));
    if (most > 0 && tally_.row_totals[p]) pen.box({left, middle - high / 2, std::max(wide, 1.0F), high}, colours_[p], pen.px(1.5));
    pen.right(number(p), pen.style(panel_body, theme.text, Weight::bold), count_right, middle, count_ * 1.2F);
    pen.right(share_text(p), pen.style(panel_body, theme.text_muted), share_right, middle, share_ * 1.2F);
  }

 private:
  std::size_t count(std::size_t p) const { return tally_.row_totals[p].value_or(0); }
  std::string number(std::size_t p) const { return count_text(scene_, tally_.row_totals[p]); }
  std::string share_text(std::size_t p) const {
    if (!tally_.row_totals[p] || tally_.total.value_or(0) == 0) return {};
    const auto of = static_cast<double>(*tally_.total);
    return geo::format_number(100.0 * static_cast<double>(count(p)) / of, 1) + " %";
  }

  const Scene& scene_;
  geo::RecordKind kind_;
  bool loaded_ = false;
  Tally tally_;
  std::vector<Colour> colours_;
  std::vector<std::size_t> order_;
  float label_ = 0, count_ = 0, share_ = 0;
};

}  // namespace

PanelPtr make_bar_panel(const Board& board, const PanelSpec& spec) {
  return std::make_unique<BarPanel>(board, spec);
}

}  // namespace battlemap::render
