#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/language.hpp"
#include "geo/error.hpp"
#include "render/handbook.hpp"
#include "render/print_document.hpp"

namespace battlemap::app {
namespace {

struct Options {
  std::filesystem::path project, out;
  std::string household, village, audience, language = "zh";
  std::optional<int> year;
};

/// What can be said before the data are read.
void check(const Options& o) {
  if (o.household.empty() == o.village.empty())
    throw geo::UsageError("give either --household ID or --village CODE|NAME");
  if (o.out.extension() != ".pdf")
    throw geo::UsageError(
        fmt::format("--out '{}': handbooks are PDF; let the name end in .pdf", o.out.string()));
}

void require_households(const geo::Dataset& dataset) {
  const geo::RecordTable& households = dataset.records[geo::RecordKind::household];
  if (households.dropped)
    throw geo::UsageError(
        fmt::format("single households are hidden from the audience {}; there is no handbook for it",
                    geo::audience_id(dataset.audience)));
  if (!households.loaded) geo::fail("{}: has no [[records]] of households", dataset.project.file.string());
}

std::uint32_t find_household(const geo::Dataset& dataset, const std::string& id) {
  const geo::RecordTable& households = dataset.records[geo::RecordKind::household];
  if (const auto row = households.find(id)) return *row;
  throw geo::UsageError(
      fmt::format("no household has the id '{}' among {} (audience {}); --village lists a "
                  "village's households with their ids",
                  id, households.size(), geo::audience_id(dataset.audience)));
}

struct Book {
  geo::DivisionRef village;
  std::vector<std::uint32_t> rows;
};

Book find_book(const geo::Dataset& dataset, const Options& o) {
  require_households(dataset);
  const geo::RecordTable& households = dataset.records[geo::RecordKind::household];
  if (!o.household.empty()) {
    const std::uint32_t row = find_household(dataset, o.household);
    return {households.places[row], {row}};
  }
  Book book{geo::resolve_place(dataset.tree, o.village), {}};
  if (book.village.level != geo::Level::village)
    throw geo::UsageError(fmt::format("--village '{}' is a {}; name one of its villages", o.village,
                                      geo::level_id(book.village.level)));
  book.rows = geo::select_households(dataset.tree, dataset.records, book.village, {});
  if (book.rows.empty())
    geo::fail("{} has no poor households on record, hence no handbook", dataset.tree.path(book.village));
  return book;
}

geo::Dataset load(const Options& o) {
  const geo::Project project = geo::read_project(o.project);
  geo::LoadOptions options;
  options.audience = given_audience(o.audience);
  options.records = true;
  options.records_within = o.village;
  const int year = o.year.value_or(project.default_year);
  options.exit_years = {year};
  if (std::find(project.years.begin(), project.years.end(), year) == project.years.end())
    throw geo::UsageError(fmt::format("--year {}: the project has the years {} to {}", year,
                                      project.years.front(), project.years.back()));
  return geo::load_dataset(project, options, progress_line());
}

std::size_t write_book(const render::HandbookRequest& request, const Book& book, const Options& o) {
  const auto text = std::make_shared<const render::TextEngine>();
  render::HandbookIndex index;
  if (book.rows.size() > 1) index = compose_handbook_index(request, *text, book.village, book.rows);
  const std::size_t lists = index.pages.size(), pages = lists + book.rows.size();
  render::DocumentInfo info;
  info.title = book.rows.size() > 1 ? request.dataset.tree[book.village].name
                                    : render::household_title(request, book.rows.front());
  info.subject = request.language == geo::Language::en ? "Household handbook" : "贫困户精准管理手册";
  info.author = request.dataset.project.title.in(request.language);
  render::PrintDocument document(o.out, render::PrintFormat::pdf, std::make_shared<render::PrintFonts>(text),
                                 info);
  const render::PageOptions a5{render::PageSize{render::handbook_width_mm, render::handbook_height_mm}, ""};
  for (const render::Sheet& page : index.pages) document.add_page(page, a5);
  if (lists > 0) document.add_bookmark(info.title, 0);
  for (std::size_t i = 0; i < book.rows.size(); ++i) {
    const std::size_t page =
        document.add_page(compose_household_page(request, *text, book.rows[i], lists + i + 1, pages), a5);
    document.add_bookmark(render::household_title(request, book.rows[i]), page, lists > 0 ? 1 : 0);
  }
  for (const auto& link : index.links) document.add_link(link.page, link.where, lists + link.household);
  document.finish();
  return pages;
}

void run(const Options& o) {
  check(o);
  const geo::Dataset dataset = load(o);
  const Book book = find_book(dataset, o);
  const render::HandbookRequest request{dataset, o.year.value_or(dataset.project.default_year),
                                        parse_language(o.language)};
  const std::size_t pages = write_book(request, book, o);
  fmt::print("{}  {} households, {} pages A5\n", o.out.string(), book.rows.size(), pages);
}

}  // namespace

void add_handbook(Command program) {
  Command command = program.add_subcommand("handbook", "Write household handbooks (A5, PDF)");
  const auto options = std::make_shared<Options>();
  add_project(command, options->project);
  command.add_option("--household", options->household, "One household, by its id").type_name("ID");
  command.add_option("--village", options->village, "Every poor household of a village")
      .type_name("CODE|NAME");
  command.add_option("--out", options->out, "PDF to write").required().type_name("FILE.pdf");
  add_year(command, options->year, "As of the end of this year");
  add_language(command, options->language);
  add_audience(command, options->audience);
  command.footer(
      "One page a household: state, causes, measures, income by year, who helps, exit criteria. A village's\n"
      "book begins with the list of its households.\n\n"
      "Example:\n  battlemap handbook data/qinghai --village 班彦村 --out banyan.pdf");
  command.callback([options] { run(*options); });
}

}  // namespace battlemap::app
