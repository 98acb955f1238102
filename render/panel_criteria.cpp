#include <array>
#include <cmath>

#include "render/panel.hpp"

namespace battlemap::render {
namespace {

using geo::Judgement;
constexpr double criteria_row = 1.7;  // line heights in em

struct Line {
  geo::Text name;
  std::string value, threshold;
  Judgement result = Judgement::unknown;
  std::array<std::size_t, geo::judgement_count> counts{};  ///< of places, where several are judged
};

Colour colour_of(const Theme& theme, Judgement result) {
  if (result == Judgement::pass) return theme.good;
  if (result == Judgement::fail) return theme.action;
  return mix(theme.ground, theme.text_muted, 0.6);
}

std::string with_unit(double value, const geo::Criterion& criterion, const Scene& scene) {
  const std::string number = geo::format_number(value, criterion.decimals);
  const std::string& unit = scene.text(criterion.unit);
  return unit.empty() ? number : number + " " + unit;
}

/// The criteria of one place in one year; of a larger place: how many of its villages meet each.
class CriteriaPanel : public Panel {
 public:
  explicit CriteriaPanel(const Board& board) : scene_(board.scene), year_(board.year) {
    const geo::ExitResults* exits = board.scene.atlas.dataset.exits_of(board.year);
    if (exits == nullptr) return;
    const bool one = board.place.valid() &&
                     (board.place.level == geo::Level::village || board.place.level == geo::Level::county);
    if (one)
      judge_one(*exits, board.place);
    else
      count_villages(*exits, board.place);
  }

  geo::Text usual_title() const override {
    return several_ ? geo::Text{"贫困村退出标准达标情况", "Exit criteria of villages"}
                    : geo::Text{"退出标准达标情况", "Exit criteria"};
  }
  std::size_t least_rows() const override { return std::max<std::size_t>(lines_.size(), 1); }

  Heights heights(const Pen& pen, float width) const override {
    if (lines_.empty()) return {0, {pen.line(panel_body, criteria_row)}, 0};
    const auto said = pen.lines(summary_, pen.style(panel_small, {}), width);
    return {static_cast<float>(said.size()) * pen.line(panel_small, 1.4) + pen.px(4),
            std::vector<float>(lines_.size(), pen.line(panel_body, criteria_row)), 0};
  }

  void draw_head(const Pen& pen, const Rect& box) const override {
    if (box.h <= 0) return;
    const TextStyle small = pen.style(panel_small, pen.theme().text_muted);
    pen.paragraph(pen.lines(summary_, small, box.w), small, box, pen.line(panel_small, 1.4));
  }

  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    if (lines_.empty()) return draw_absent(pen, box);
    const Line& line = lines_[row];
    const float middle = box.y + box.h / 2, mark = pen.px(30);
    const float value_end = box.x + box.w * 0.62F, threshold_end = box.right() - pen.px(88);
    if (several_) return draw_counts(pen, line, box);
    draw_mark(pen, line.result, {box.x + pen.px(10), middle}, pen.px(9));
    pen.left(pen.say(line.name), pen.style(panel_body, pen.theme().text), box.x + mark, middle, box.w * 0.34F);
    const bool fails = line.result == Judgement::fail;
    pen.right(line.value,
              pen.style(panel_body, fails ? pen.theme().action : pen.theme().text, Weight::bold),
              value_end, middle, box.w * 0.2F);
    pen.right(line.threshold, pen.style(panel_small, pen.theme().text_muted), threshold_end, middle,
              threshold_end - value_end - pen.px(12));
    pen.right(pen.scene().text(geo::judgement_name(line.result)),
              pen.style(panel_small, line.result == Judgement::pass ? pen.theme().good
                                     : fails                       ? pen.theme().action
                                                                    : pen.theme().text_muted),
              box.right(), middle, pen.px(82));
  }

 private:
  void judge_one(const geo::ExitResults& exits, geo::DivisionRef place) {
    const geo::ExitTable& table = exits[place.level == geo::Level::county ? geo::ExitSubject::county
                                                                          : geo::ExitSubject::village];
    const auto at = table.find(place.index);
    if (!at) {
      absent_ = place.level == geo::Level::county
                    ? geo::Text{"不是贫困县,不适用退出标准", "Not a poverty county: the criteria do not apply"}
                    : geo::Text{"不是贫困村,不适用退出标准", "Not a poor village: the criteria do not apply"};
      return;
    }
    for (std::size_t k = 0; k < table.criteria().size(); ++k) {
      const geo::Criterion& criterion = table.criteria()[k];
      const geo::CriterionResult& result = table.results_of(*at)[k];
      Line line{criterion.name, {}, {}, result.result, {}};
      line.value = result.has_value() ? with_unit(result.value, criterion, scene_) : "—";
      if (!std::isnan(result.threshold))
        line.threshold = fmt::format("{} {}", geo::comparison_sign(criterion.comparison),
                                     with_unit(result.threshold, criterion, scene_));
      lines_.push_back(std::move(line));
    }
    const geo::ExitJudgement& judged = table.judgements[*at];
    const geo::Text& word = geo::judgement_name(judged.judged);
    summary_ = {fmt::format("{} 年末判断:{}", year_, word.zh),
                fmt::format("At the end of {}: {}", year_, word.in(geo::Language::en))};
    if (!judged.recorded) return;
    summary_.zh += fmt::format(" · 台账记 {} 年退出", *judged.recorded);
    summary_.en += fmt::format(" · recorded exit {}", *judged.recorded);
  }

  void count_villages(const geo::ExitResults& exits, geo::DivisionRef place) {
    const geo::ExitTable& table = exits[geo::ExitSubject::village];
    const geo::DivisionTree& tree = scene_.tree();
    for (const geo::Criterion& criterion : table.criteria()) lines_.push_back({criterion.name, {}, {}, {}, {}});
    std::size_t villages = 0, passed = 0;
    for (std::size_t i = 0; i < table.judgements.size(); ++i) {
      const geo::DivisionRef village{geo::Level::village, table.judgements[i].subject};
      if (place.valid() && tree.ancestor(village, place.level) != place) continue;
      ++villages, passed += table.judgements[i].judged == Judgement::pass;
      for (std::size_t k = 0; k < lines_.size(); ++k)
        ++lines_[k].counts[static_cast<std::size_t>(table.results_of(i)[k].result)];
    }
    several_ = true;
    summary_ = {fmt::format("{} 年末 {} 个贫困村中 {} 个全部达标", year_, villages, passed),
                fmt::format("{} of {} poor villages meet all at the end of {}", passed, villages, year_)};
    if (villages == 0) lines_.clear();
  }

  void draw_absent(const Pen& pen, const Rect& box) const {
    pen.left(pen.say(absent_), pen.style(panel_body, pen.theme().text_muted), box.x,
             box.y + box.h / 2, box.w);
  }

  static void draw_mark(const Pen& pen, Judgement result, Vec2 at, float radius) {
    const Colour fill = colour_of(pen.theme(), result), ink = pen.theme().ground;
    pen.item(CircleItem{at, radius, fill});
    const float r = radius * 0.5F, width = radius * 0.3F;
    if (result == Judgement::pass)
      pen.item(LineItem{{{at.x - r, at.y}, {at.x - r * 0.2F, at.y + r * 0.8F}, {at.x + r, at.y - r * 0.7F}},
                        width, ink});
    if (result == Judgement::fail) {
      pen.item(LineItem{{{at.x - r * 0.8F, at.y - r * 0.8F}, {at.x + r * 0.8F, at.y + r * 0.8F}}, width, ink});
      pen.item(LineItem{{{at.x - r * 0.8F, at.y + r * 0.8F}, {at.x + r * 0.8F, at.y - r * 0.8F}}, width, ink});
    }
    if (result == Judgement::unknown || result == Judgement::not_applicable)
      pen.item(LineItem{{{at.x - r, at.y}, {at.x + r, at.y}}, width, ink});
  }

  void draw_counts(const Pen& pen, const Line& line, const Rect& box) const {
    const float middle = box.y + box.h / 2, left = box.x + box.w * 0.34F;
    pen.left(pen.say(line.name), pen.style(panel_body, pen.theme().text), box.x, middle, box.w * 0.32F);
    std::size_t total = 0;
    for (const std::size_t count : line.counts) total += count;
    float x = left;
    for (const Judgement result : {Judgement::pass, Judgement::unknown, Judgement::not_applicable, Judgement::fail}) {
      const std::size_t count = line.counts[static_cast<std::size_t>(result)];
      if (count == 0) continue;
      const float wide = (box.right() - left) * static_cast<float>(count) / static_cast<float>(total);
      const Colour fill = colour_of(pen.theme(), result);
      pen.box({x, middle - pen.px(10), wide, pen.px(20)}, fill);
      const std::string number = geo::format_number(static_cast<double>(count), 0);
      const TextStyle small = pen.style(panel_small, label_colours(fill).text);
      if (pen.width(number, small) + pen.px(6) < wide) pen.centre(number, small, x + wide / 2, middle, wide);
      x += wide;
    }
  }

  const Scene& scene_;
  int year_;
  geo::Text absent_{"未评估", "Not evaluated"};
  bool several_ = false;
  geo::Text summary_;
  std::vector<Line> lines_;
};

}  // namespace

PanelPtr make_criteria_panel(const Board& board, const PanelSpec& /*spec*/) {
  return std::make_unique<CriteriaPanel>(board);
}

}  // namespace battlemap::render
