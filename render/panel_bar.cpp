#include <algorithm>
#include <numeric>

#include "render/panel.hpp"
#include "render/panel_colours.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

constexpr double bar_row = 1.62;      // line heights in em
constexpr float most_label_share = 0.46F, least_label_type = 0.72F;
constexpr double symbol_units = 24;   // room for the map's symbol before a label

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
    symbols_ = part_symbols(board, spec.record, spec.field, tally_.rows);
    for (std::size_t p = 0; p < tally_.rows.parts.size(); ++p)
      if (is_listed(tally_.row_totals[p])) order_.push_back(p);
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      const bool none_a = tally_.rows.parts[a].no_value, none_b = tally_.rows.parts[b].no_value;
      return none_a != none_b ? none_b : count(a) > count(b);
    });
  }

  geo::Text usual_title() const override { return tally_.rows.name; }
  std::size_t least_rows() const override { return order_.size(); }

  Heights heights(const Pen& pen, float width) const override {
    return {static_cast<float>(head(pen, width).size()) * pen.line(panel_small, 1.4) + pen.px(4),
            std::vector<float>(order_.size(), pen.line(panel_body, bar_row)), 0};
  }

  /// One type for all labels, small enough for the longest.
  void arrange(const Pen& pen, float width) override {
    const TextStyle body = pen.style(panel_body, {});
    float widest = 0;
    for (const std::size_t p : order_) {
      widest = std::max(widest, pen.width(pen.say(tally_.rows.parts[p].label), body));
      count_ = std::max(count_, pen.width(number(p), pen.style(panel_body, {}, Weight::bold)));
      share_ = std::max(share_, pen.width(share_text(p), body));
    }
    symbol_ = symbols_.empty() ? 0 : pen.px(symbol_units);
    label_ = std::min(widest, width * most_label_share - symbol_);
    label_type_ = widest > label_ ? std::max(least_label_type, label_ / widest * 0.985F) : 1;
  }

  void draw_head(const Pen& pen, const Rect& box) const override {
    pen.paragraph(head(pen, box.w), pen.style(panel_small, pen.theme().text_muted), box,
                  pen.line(panel_small, 1.4));
  }

  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    const std::size_t p = order_[row];
    const Theme& theme = pen.theme();
    const float middle = box.y + box.h / 2, gap = pen.px(10);
    if (!symbols_.empty() && symbols_[p])
      pen.symbol(*symbols_[p], {box.x + symbol_ * 0.38F, middle}, pen.px(7));
    pen.left(pen.say(tally_.rows.parts[p].label), pen.style(panel_body * label_type_, theme.text), box.x + symbol_,
             middle, label_);
    const float share_right = box.right(), count_right = share_right - share_ - gap;
    const float left = box.x + symbol_ + label_ + gap, most = count_right - count_ - gap - left;
    const std::size_t top = std::max<std::size_t>({1, count(order_.front()), count(p)});
    const float wide = most * static_cast<float>(count(p)) / static_cast<float>(top);
    const float high = std::min(box.h * 0.56F, pen.px(18));
    if (most > 0 && tally_.row_totals[p]) pen.box({left, middle - high / 2, std::max(wide, 1.0F), high}, colours_[p], pen.px(1.5));
    pen.right(number(p), pen.style(panel_body, theme.text, Weight::bold), count_right, middle, count_ * 1.2F);
    pen.right(share_text(p), pen.style(panel_body, theme.text_muted), share_right, middle, share_ * 1.2F);
  }

 private:
  std::vector<std::string> head(const Pen& pen, float width) const {
    geo::Text said{"无数据", "No data"};
    if (loaded_) said = count_words(kind_, count_text(scene_, tally_.total));
    if (tally_.rows.several)
      said.zh += ";可有多项,占比均为占全部的比重", said.en += "; several possible, shares are of all";
    return pen.lines(said, pen.style(panel_small, {}), width);
  }
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
  std::vector<std::optional<SymbolLook>> symbols_;  ///< empty where the map has no symbols for the field
  float symbol_ = 0, label_ = 0, label_type_ = 1, count_ = 0, share_ = 0;
};

}  // namespace

PanelPtr make_bar_panel(const Board& board, const PanelSpec& spec) {
  return std::make_unique<BarPanel>(board, spec);
}

}  // namespace battlemap::render
