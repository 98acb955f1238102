#include "render/handbook.hpp"

#include <fmt/format.h>

#include "render/handbook_parts.hpp"

namespace battlemap::render {
namespace {

constexpr double list_top = 40, list_row = 5, list_bottom = handbook_height_mm - 20;
constexpr auto rows_a_page = static_cast<std::size_t>((list_bottom - list_top) / list_row);

constexpr double pixels_per_mm = 10;

PageFormat page_format(const HandbookRequest& request) {
  PageFormat format;
  format.width = static_cast<int>(handbook_width_mm * pixels_per_mm);
  format.height = static_cast<int>(handbook_height_mm * pixels_per_mm);
  format.dots_per_inch = pixels_per_mm * 25.4;
  format.language = request.language;
  format.design_mm = handbook_width_mm;
  return format;
}

void add_metadata(const HandbookRequest& request, Page& pen, const std::string& title) {
  pen.metadata("Title", title);
  pen.metadata("Description", pen.say("贫困户精准管理手册", "Household handbook"));
  pen.metadata("Source", pen.say(request.dataset.project.source_line));
}

/// Columns of the list: x from the left margin in mm, and how wide.
struct Column {
  double x, w;
};
constexpr Column id_column{0, 30}, people_column{31, 15}, category_column{47, 44}, state_column{92, 20};

void add_list_head(const HandbookPage& page, geo::DivisionRef village, std::size_t households) {
  Page& pen = page.pen;
  const geo::DivisionTree& tree = page.request.dataset.tree;
  PageType kicker = page.bold(8.5);
  kicker.colour = page.colours().accent;
  pen.left(pen.say("贫困户精准管理手册", "Household handbooks"), kicker, handbook_left, 15, handbook_content_mm);
  pen.left(std::string(tree[village].name), page.bold(19), handbook_left, 24.5, handbook_content_mm * 0.7);
  pen.right(pen.say(fmt::format("{} 户", households), fmt::format("{} households", households)), page.bold(11),
           handbook_right, 24.5, handbook_content_mm * 0.3);
  pen.left(tree.path(village), page.muted(8.5), handbook_left, 30.5, handbook_content_mm);
  const auto head = [&](const Column& column, std::string_view zh, std::string_view en) {
    pen.left(pen.say(zh, en), page.muted(7.5), handbook_left + column.x, list_top - 3, column.w);
  };
  head(id_column, "户编号", "Household");
  head(people_column, "人口", "People");
  head(category_column, "类型", "Category");
  head(state_column, "脱贫年度", "Exit");
  pen.right(pen.say("页", "Page"), page.muted(7.5), handbook_right, list_top - 3, 10);
  pen.rule(handbook_left, list_top - 1.4, handbook_content_mm, 0.2, page.colours().outline[2]);
}

void add_list_row(const HandbookPage& page, double baseline, std::size_t on_page) {
  Page& pen = page.pen;
  const auto cell = [&](const Column& column, const std::string& text, const PageType& type) {
    pen.left(text, type, handbook_left + column.x, baseline, column.w);
  };
  cell(id_column, household_title(page.request, page.facts.row()), page.type(8.5));
  cell(people_column, page.facts.field("people"), page.type(8.5));
  cell(category_column, page.facts.field("category"), page.type(8.5));
  PageType state = page.type(8.5);
  if (page.facts.is_out()) state.colour = page.colours().good;
  const auto judged = page.facts.judgement();
  const bool contradicted = judged && page.facts.judgements()->judgements[*judged].contradicted();
  if (contradicted) state.colour = page.colours().action;
  cell(state_column, page.facts.exit_text() + (contradicted ? " !" : ""), state);
  pen.right(fmt::format("{}", on_page), page.muted(8.5), handbook_right, baseline, 10);
}

}  // namespace

std::string household_title(const HandbookRequest& request, std::uint32_t row) {
  return HouseholdFacts(request, row).field("id");
}

Sheet compose_household_page(const HandbookRequest& request, const TextEngine& text, std::uint32_t row,
                             std::size_t page_number, std::size_t pages) {
  Page pen(text, page_format(request));
  const HouseholdFacts facts(request, row);
  const HandbookPage page{request, facts, pen};
  add_handbook_head(page, 10);
  add_key_figures(page, 33);
  add_causes(page, 52);
  add_measures(page, handbook_left + 40, 52);
  add_income_chart(page, 84, 41);
  add_helpers(page, 129);
  add_criteria(page, 152.5);
  add_handbook_foot(request, pen, fmt::format("{} / {}", page_number, pages));
  add_metadata(request, pen, household_title(request, row));
  return pen.finish();
}

HandbookIndex compose_handbook_index(const HandbookRequest& request, const TextEngine& text,
                                     geo::DivisionRef village, const std::vector<std::uint32_t>& rows) {
  HandbookIndex index;
  const std::size_t lists = (rows.size() + rows_a_page - 1) / rows_a_page;
  for (std::size_t list = 0; list < lists; ++list) {
    Page pen(text, page_format(request));
    for (std::size_t i = list * rows_a_page; i < std::min(rows.size(), (list + 1) * rows_a_page); ++i) {
      const HouseholdFacts facts(request, rows[i]);
      const HandbookPage page{request, facts, pen};
      if (i == list * rows_a_page) add_list_head(page, village, rows.size());
      const double baseline = list_top + list_row * static_cast<double>(i % rows_a_page) + 3;
      add_list_row(page, baseline, lists + i + 1);
      index.links.push_back({list, pen.pixels(handbook_left, baseline - 3.6, handbook_content_mm, list_row), i});
    }
    add_handbook_foot(request, pen, fmt::format("{} / {}", list + 1, lists + rows.size()));
    add_metadata(request, pen, std::string(request.dataset.tree[village].name));
    index.pages.push_back(pen.finish());
  }
  return index;
}

}  // namespace battlemap::render
