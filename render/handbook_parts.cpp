#include "render/handbook_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace battlemap::render {
namespace {


/// A pill at the right of the heading: out of poverty, and since when.
void add_state(const HandbookPage& page, double y) {
  const bool out = page.facts.is_out();
  const bool known = page.facts.has("exit_year");
  const std::string year = page.facts.field("exit_year");
  const std::string words = !known ? page.pen.say("脱贫情况:", "Exit: ") + year
                            : out
                                ? page.pen.say(fmt::format("{} 年脱贫", year), fmt::format("Out in {}", year))
                                : page.pen.say("未脱贫", "Not yet out");
  const PageType type{9.5, page.colours().ground, Weight::bold};
  const double w = page.pen.text_width(words, type) + 7;
  const Colour fill = !known ? page.colours().text_muted : out ? page.colours().good : page.colours().action;
  page.pen.box(handbook_right - w, y - 5, w, 7, fill, 3.5);
  page.pen.centre(words, type, handbook_right - w / 2, y - 0.2, w);
}

struct Figure {
  geo::Text name;
  std::string_view field;
};

constexpr auto all_measures = [](std::size_t i) { return std::uint64_t{1} << i; };

/// Text beside a box that is ticked or empty: for those who fill it in by hand too.
void add_check(const HandbookPage& page, bool ticked, const std::string& words, double x, double y,
               double most) {
  constexpr double side = 3;
  const Theme& c = page.colours();
  if (ticked) {
    page.pen.box(x, y - side + 0.4, side, side, c.good, 0.5);
    page.pen.mark(Page::Mark::tick, x + side / 2, y - side / 2 + 0.4, side * 0.72, c.ground);
  } else {
    page.pen.frame(x, y - side + 0.4, side, side, 0.2, c.outline[3], 0.5);
  }
  page.pen.left(words, ticked ? page.bold(8) : page.muted(8), x + side + 1.8, y, most - side - 1.8);
}

/// A round number at least as large as the value: 1, 2, 2.5, 5 times a power of ten.
double round_up(double value) {
  const double power = std::pow(10, std::floor(std::log10(std::max(value, 1.0))));
  for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
    if (step * power >= value) return step * power;
  return 10 * power;
}

/// Bars by year over the income line, which moves from year to year.
class IncomeChart {
 public:
  IncomeChart(const HandbookPage& page, double y, double height)
      : page_(page),
        years_(page.request.dataset.project.years),
        bottom_(y + height - 5),
        height_(height - 12) {
    double most = 0;
    for (const int year : years_) {
      most = std::max(most, value(year).value_or(0));
      most = std::max(most, page.facts.income_line(year).value_or(0));
    }
    top_ = round_up(most * 1.05);
  }

  void draw() const {
    const Theme& c = page_.colours();
    page_.pen.rule(handbook_left, bottom_, chart_wide, 0.2, c.outline[2]);
    for (std::size_t i = 0; i < years_.size(); ++i) draw_year(i);
    draw_line();
  }

 private:
  static constexpr double chart_wide = 84;
  std::optional<double> value(int year) const {
    if (year > page_.facts.year()) return std::nullopt;
    return page_.facts.table().number("income", page_.facts.row(), year);
  }
  double slot() const { return chart_wide / static_cast<double>(years_.size()); }
  double centre(std::size_t i) const { return handbook_left + slot() * (static_cast<double>(i) + 0.5); }
  double at(double income) const { return bottom_ - height_ * income / top_; }

  void draw_year(std::size_t i) const {
    const int year = years_[i];
    const bool now = year == page_.facts.year();
    page_.pen.centre(fmt::format("{}", year), now ? page_.bold(8) : page_.muted(8), centre(i), bottom_ + 4,
                   slot());
    const auto income = value(year);
    if (!income) return draw_nothing(i, year);
    const auto line = page_.facts.income_line(year);
    const bool short_of = line && *income < *line;
    const Theme& c = page_.colours();
    const Colour full = short_of ? c.action : c.good;
    const double w = std::min(9.0, slot() * 0.55), top = at(std::max(*income, 0.0));
    page_.pen.box(centre(i) - w / 2, top, w, bottom_ - top, now ? full : mix(full, c.ground, 0.45));
    // A value is read over its bar, and over the line where that runs just above.
    const bool crossed = line && at(*line) < top && top - at(*line) < 5;
    page_.pen.centre(geo::format_number(*income, 0), now ? page_.bold(8.5) : page_.type(8), centre(i),
                   (crossed ? at(*line) : top) - 1.3, slot());
  }

  /// Years to come are left to be filled in by hand; a year that lacks its number says why.
  void draw_nothing(std::size_t i, int year) const {
    if (year > page_.facts.year()) return;
    page_.pen.centre(page_.facts.field("income", year), page_.muted(7.5), centre(i), bottom_ - 2, slot());
  }

  void draw_line() const {
    const Colour ink = page_.colours().text;
    for (std::size_t i = 0; i < years_.size(); ++i) {
      const auto line = page_.facts.income_line(years_[i]);
      if (!line) continue;
      const double x = centre(i) - slot() / 2;
      for (double dash = 0; dash < slot() - 0.4; dash += 2.2)
        page_.pen.rule(x + dash, at(*line), std::min(1.4, slot() - dash), 0.25, ink);
    }
  }

  const HandbookPage& page_;
  const std::vector<int>& years_;
  double bottom_, height_, top_ = 1;
};

/// Beside the chart: this year's number large, the line, and how far apart they are.
void add_income_words(const HandbookPage& page, double y) {
  Page& pen = page.pen;
  const double x = handbook_left + 91, w = handbook_right - x;
  const int year = page.facts.year();
  pen.left(pen.say(fmt::format("{} 年人均纯收入", year), fmt::format("Per person in {}", year)),
           page.muted(8), x, y + 4, w);
  const bool known = page.facts.has("income", year);
  const double number = pen.left(page.facts.field("income", year), page.bold(known ? 18 : 11), x, y + 12, w);
  if (known) pen.left(pen.say("元", "yuan"), page.muted(8), x + number + 1.2, y + 12, w - number - 1.2);
  const auto line = page.facts.income_line(year);
  if (!line) return;
  for (double dash = 0; dash < 6; dash += 2.2) pen.rule(x + dash, y + 18, 1.4, 0.25, page.colours().text);
  pen.left(pen.say("扶贫标准 ", "Poverty line ") + geo::format_number(*line, 0) + pen.say(" 元", " yuan"),
           page.type(8), x + 8, y + 19, w - 8);
  if (!known) return;
  const double apart = page.facts.table().number("income", page.facts.row(), year).value_or(0) - *line;
  const std::string by = geo::format_number(std::abs(apart), 0);
  PageType type = page.bold(8.5);
  type.colour = apart < 0 ? page.colours().action : page.colours().good;
  pen.left(apart < 0 ? pen.say(fmt::format("低于标准 {} 元", by), fmt::format("{} yuan below", by))
                     : pen.say(fmt::format("高于标准 {} 元", by), fmt::format("{} yuan above", by)),
           type, x, y + 24, w);
}

}  // namespace

void HandbookPage::section(std::string_view zh, std::string_view en, double y) const {
  pen.rule(handbook_left, y, handbook_content_mm, 0.15, mix(colours().text_muted, colours().ground, 0.5));
  pen.left(pen.say(zh, en), bold(10), handbook_left, y + 5.4, handbook_content_mm);
}

void add_handbook_head(const HandbookPage& page, double y) {
  Page& pen = page.pen;
  PageType kicker = page.bold(8.5);
  kicker.colour = page.colours().accent;
  const std::string title = pen.say("贫困户精准管理手册", "Household handbook");
  const double said = pen.left(title, kicker, handbook_left, y + 3, handbook_content_mm * 0.6);
  pen.left(pen.say(fmt::format("{} 年末", page.facts.year()),
                   fmt::format("as of the end of {}", page.facts.year())),
           page.muted(8.5), handbook_left + said + 3, y + 3, handbook_content_mm - said - 3);
  pen.left(household_title(page.request, page.facts.row()), page.bold(19), handbook_left, y + 12.5, handbook_content_mm * 0.68);
  add_state(page, y + 12);
  pen.left(page.facts.address(), page.muted(8.5), handbook_left, y + 18.5, handbook_content_mm);
}

void add_key_figures(const HandbookPage& page, double y) {
  static const std::array<std::string_view, 5> fields{"people", "labour", "land_mu", "category",
                                                      "planned_exit"};
  const double column = handbook_content_mm / static_cast<double>(fields.size());
  page.pen.box(handbook_left, y, handbook_content_mm, 13.5, page.colours().land, 1.2);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const geo::FieldSchema& field = geo::require_field(geo::RecordKind::household, fields[i]);
    const double x = handbook_left + 3 + column * static_cast<double>(i);
    page.pen.left(page.pen.say(field.name), page.muted(7.5), x, y + 4.6, column - 4);
    const bool number = page.facts.has(fields[i]) && field.type == geo::FieldType::number;
    const double said =
        page.pen.left(page.facts.field(fields[i]), page.bold(number ? 13 : 9.5), x, y + 10.8, column - 4);
    if (number && !field.unit.empty())
      page.pen.left(page.pen.say(field.unit), page.muted(7.5), x + said + 1, y + 10.8, column - 4 - said);
  }
}

void add_causes(const HandbookPage& page, double y) {
  page.section("致贫原因", "Causes", y);
  const auto cause = [&](std::string_view zh, std::string_view en, std::string_view field, double baseline) {
    page.pen.left(page.pen.say(zh, en), page.muted(7.5), handbook_left, baseline, 34);
    page.pen.left(page.facts.field(field), field == "cause" ? page.bold(12) : page.type(9.5), handbook_left,
                  baseline + 5.6, 34);
  };
  cause("主要", "Main", "cause", y + 10.6);
  cause("次要", "Second", "cause2", y + 21);
}

void add_measures(const HandbookPage& page, double x, double y) {
  const geo::CategorySet& set = page.request.dataset.records.set("measure");
  const auto in = page.facts.measures();
  page.pen.left(page.pen.say(set.name), page.bold(10), x, y + 5.4, handbook_right - x);
  if (!in) {
    page.pen.left(page.facts.field("measures"), page.muted(9), x, y + 11.5, handbook_right - x);
    return;
  }
  const double column = (handbook_right - x) / 2;
  const std::size_t rows = (set.entries.size() + 1) / 2;
  for (std::size_t i = 0; i < set.entries.size(); ++i)
    add_check(page, (*in & all_measures(i)) != 0, page.pen.say(set.entries[i].name),
              x + column * static_cast<double>(i / rows), y + 11.5 + 4.9 * static_cast<double>(i % rows),
              column - 2);
}

void add_income_chart(const HandbookPage& page, double y, double height) {
  page.section("人均纯收入", "Income per person", y);
  IncomeChart(page, y + 5, height - 5).draw();
  add_income_words(page, y + 8);
}

void add_helpers(const HandbookPage& page, double y) {
  constexpr std::size_t most = 3;
  page.section("谁来帮扶", "Who helps", y);
  const auto helpers = page.facts.helpers();
  Page& pen = page.pen;
  if (page.request.dataset.records[geo::RecordKind::pairing].dropped) {
    pen.left(geo::status_name(geo::Status::masked).in(pen.language()), page.muted(9), handbook_left, y + 11.5, handbook_content_mm);
    return;
  }
  if (helpers.empty()) {
    PageType type = page.bold(9.5);
    type.colour = page.colours().action;
    pen.left(pen.say("尚无结对帮扶干部", "Nobody is paired with this household yet"), type, handbook_left, y + 11.5,
             handbook_content_mm);
    return;
  }
  for (std::size_t i = 0; i < std::min(most, helpers.size()); ++i) {
    const double line = y + 11.5 + 4.9 * static_cast<double>(i);
    pen.left(helpers[i].id, page.bold(8.5), handbook_left, line, 36);
    pen.left(helpers[i].role, page.type(8.5), handbook_left + 38, line, 26);
    pen.left(helpers[i].unit, page.type(8.5), handbook_left + 66, line, 40);
    pen.right(pen.say(helpers[i].since + " 年起", "since " + helpers[i].since), page.muted(8), handbook_right, line, 18);
  }
  if (helpers.size() > most)
    pen.right(pen.say(fmt::format("另有 {} 名", helpers.size() - most),
                     fmt::format("and {} more", helpers.size() - most)),
             page.muted(8), handbook_right, y + 5.4, 30);
}

void add_handbook_foot(const HandbookRequest& request, Page& pen, const std::string& page_number) {
  const geo::Project& project = request.dataset.project;
  const PageType small{6.5, pen.theme().text_muted, Weight::regular};
  const auto language = request.language == geo::Language::en ? geo::Language::en : geo::Language::zh;
  std::string said = project.source_line.in(language);
  const auto add = [&](const std::string& more) {
    if (!more.empty()) said += (said.empty() ? "" : " · ") + more;
  };
  add(project.generated_note.in(language));
  add(geo::Text{"退出指标为默认值,可改", "exit criteria are defaults, editable"}.in(language));
  add(geo::audience_note(request.dataset.audience).in(language));
  const double y = handbook_height_mm - 12;
  pen.rule(handbook_left, y - 4, handbook_content_mm, 0.15, mix(pen.theme().text_muted, pen.theme().ground, 0.5));
  pen.paragraph(said, small, handbook_left, y, handbook_content_mm - 16, 1.45, 2);
  pen.right(page_number, {8, pen.theme().text_muted, Weight::regular}, handbook_right, y, 15);
}

}  // namespace battlemap::render
