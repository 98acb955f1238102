#include <algorithm>
#include <map>

#include "render/panel.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

constexpr double rail = 18, year_width = 62, counts_width = 132, row_gap = 10;  // design units

struct Counts {
  Count planned = 0, actual = 0;
};

/// Households by planned and by actual exit year, by the year as text.
std::map<std::string, Counts> exits_by_year(const Board& board) {
  std::map<std::string, Counts> years;
  const Tally planned = tally(board, geo::RecordKind::household, "planned_exit");
  const Tally actual = tally(board, geo::RecordKind::household, "exit_year");
  for (std::size_t p = 0; p < planned.rows.parts.size(); ++p)
    years[planned.rows.parts[p].id].planned = planned.row_totals[p];
  for (std::size_t p = 0; p < actual.rows.parts.size(); ++p)
    years[actual.rows.parts[p].id].actual = actual.row_totals[p];
  return years;
}

/// One year a row: what is aimed at, what is done for it, and how many were to get out and did.
class TimelinePanel : public Panel {
 public:
  TimelinePanel(const Board& board, const PanelSpec& spec) : board_(board), spec_(spec) {
    counted_ = board.records[geo::RecordKind::household].loaded;
    if (counted_) exits_ = exits_by_year(board);
  }
  geo::Text usual_title() const override { return {"时间表", "Timeline"}; }
  std::size_t least_rows() const override { return spec_.entries.size(); }

  Heights heights(const Pen& pen, float width) const override {
    Heights heights;
    for (const TimelineEntry& entry : spec_.entries) {
      const Texts texts = texts_of(pen, entry, text_width(pen, width));
      const float said = static_cast<float>(texts.goal.size()) * pen.line(panel_body, 1.35) +
                         static_cast<float>(texts.small.size()) * pen.line(panel_small, 1.35);
      heights.rows.push_back(std::max(said, counted_ ? 2 * pen.line(panel_small, 1.4) : 0) + pen.px(row_gap));
    }
    return heights;
  }

  void draw_row(const Pen& pen, std::size_t row, const Rect& box) const override {
    const TimelineEntry& entry = spec_.entries[row];
    draw_rail(pen, row, box);
    const bool now = entry.year == board_.year;
    const float first = pen.line(panel_body, 1.35);
    pen.left(std::to_string(entry.year),
             pen.style(panel_body, now ? pen.theme().accent : pen.theme().text, Weight::bold),
             box.x + pen.px(rail), box.y + first / 2, pen.px(year_width - 8));
    const float left = box.x + pen.px(rail + year_width), wide = text_width(pen, box.w);
    const Texts texts = texts_of(pen, entry, wide);
    float y = box.y;
    for (const std::string& line : texts.goal) {
      pen.left(line, pen.style(panel_body, pen.theme().text, Weight::bold), left, y + first / 2, wide);
      y += first;
    }
    for (const std::string& line : texts.small) {
      const float high = pen.line(panel_small, 1.35);
      pen.left(line, pen.style(panel_small, pen.theme().text_muted), left, y + high / 2, wide);
      y += high;
    }
    if (counted_) draw_counts(pen, entry.year, box);
  }

 private:
  struct Texts {
    std::vector<std::string> goal, small;
  };

  float text_width(const Pen& pen, float width) const {
    return width - pen.px(rail + year_width) - (counted_ ? pen.px(counts_width + 10) : 0);
  }

  static Texts texts_of(const Pen& pen, const TimelineEntry& entry, float width) {
    Texts texts;
    texts.goal = pen.wrap(pen.say(entry.goal), pen.style(panel_body, {}, Weight::bold), width);
    if (entry.goal.empty()) texts.goal.clear();
    for (const geo::Text* text : {&entry.tasks, &entry.workflow})
      if (!text->empty())
        for (std::string& line : pen.wrap(pen.say(*text), pen.style(panel_small, {}), width))
          texts.small.push_back(std::move(line));
    return texts;
  }

  /// A line down the years with a dot each: filled up to the picture's year.
  void draw_rail(const Pen& pen, std::size_t row, const Rect& box) const {
    const Theme& theme = pen.theme();
    const float x = box.x + pen.px(6), y = box.y + pen.line(panel_body, 1.35) / 2;
    const Colour line = mix(theme.ground, theme.text_muted, 0.5);
    if (row + 1 < spec_.entries.size())
      pen.item(LineItem{{{x, y}, {x, y + box.h}}, std::max(1.0F, pen.px(1.6)), line});
    const int year = spec_.entries[row].year;
    const Colour fill = year > board_.year ? theme.ground : year == board_.year ? theme.accent : theme.text_muted;
    pen.item(CircleItem{{x, y}, pen.px(5), fill, year == board_.year ? theme.accent : theme.text_muted,
                        pen.px(1.6)});
  }

  void draw_counts(const Pen& pen, int year, const Rect& box) const {
    const auto found = exits_.find(std::to_string(year));
    const Counts counts = found == exits_.end() ? Counts{} : found->second;
    const float line = pen.line(panel_small, 1.4), left = box.right() - pen.px(counts_width);
    const bool reached = year <= board_.year;
    const bool behind = reached && counts.actual && counts.planned && *counts.actual < *counts.planned;
    const auto put = [&](const geo::Text& name, const std::string& number, Colour colour, float middle) {
      pen.left(pen.say(name), pen.style(panel_small, pen.theme().text_muted), left, middle, pen.px(counts_width * 0.62));
      pen.right(number, pen.style(panel_small, colour, Weight::bold), box.right(), middle, pen.px(counts_width * 0.4));
    };
    put({"计划脱贫户", "Planned"}, count_text(board_.scene, counts.planned), pen.theme().text,
        box.y + line / 2);
    put({"实际脱贫户", "Actual"},
        reached ? count_text(board_.scene, counts.actual) : std::string("—"),
        behind ? pen.theme().action : pen.theme().text, box.y + line * 1.5F);
  }

  const Board& board_;
  const PanelSpec& spec_;
  bool counted_ = false;
  std::map<std::string, Counts> exits_;
};

}  // namespace

PanelPtr make_timeline_panel(const Board& board, const PanelSpec& spec) {
  return std::make_unique<TimelinePanel>(board, spec);
}

}  // namespace battlemap::render
