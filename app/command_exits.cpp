#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/exit_report.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

struct Options {
  std::filesystem::path project, json;
  std::string place, audience;
  std::optional<int> year;
  std::size_t list = 20;
};

int judged_year(const geo::Project& project, const Options& o) {
  const int year = o.year.value_or(project.default_year);
  if (std::find(project.years.begin(), project.years.end(), year) == project.years.end())
    throw geo::UsageError(fmt::format("--year {}: the project has the years {} to {}", year,
                                      project.years.front(), project.years.back()));
  return year;
}

void run(const Options& o) {
  const geo::Project project = geo::read_project(o.project);
  geo::LoadOptions load;
  load.audience = given_audience(o.audience);
  load.records = true;
  load.records_within = o.place;
  load.exit_years = {judged_year(project, o)};
  geo::require_criteria_tables(project.criteria_folder);  // said before anything is loaded
  const geo::Dataset dataset = geo::load_dataset(project, load, progress_line());
  ExitReport report{dataset};
  report.listed = o.list;
  if (!o.place.empty()) report.place = geo::resolve_place(dataset.tree, o.place);
  if (!o.json.empty()) write_whole(o.json, [&](std::ostream& out) { write_exit_json(report, out); });
  if (o.json != "-") fmt::print("{}", exit_text(report));
}

}  // namespace

void add_exits(Command program) {
  Command command =
      program.add_subcommand("exits", "Judge households, villages and counties by the exit criteria");
  const auto options = std::make_shared<Options>();
  add_project(command, options->project);
  add_place(command, options->place, "Only what lies within this place; default: everything");
  add_year(command, options->year, "Judged at the end of this year");
  add_audience(command, options->audience);
  command.add_option("--list", options->list, "Failing exits written out for each level; default 20")
      .type_name("N");
  command.add_option("--json", options->json, "Write every judgement to FILE (-: stdout)")
      .type_name("FILE");
  command.footer(
      "Exit accuracy: of the recorded exits that can be judged, those that meet all criteria. Criteria and\n"
      "thresholds are the project's criteria/{household,village,county}.toml: see docs/exit_criteria.md.\n\n"
      "Examples:\n"
      "  battlemap exits data/qinghai --year 2016\n"
      "  battlemap exits data/qinghai --place 互助土族自治县 --json exits.json");
  command.callback([options] { run(*options); });
}

}  // namespace battlemap::app
