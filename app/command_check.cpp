#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/check_report.hpp"
#include "app/command.hpp"
#include "app/common_options.hpp"
#include "geo/coverage_faults.hpp"
#include "render/map_check.hpp"

namespace battlemap::app {
namespace {

struct Options {
  std::filesystem::path project, json;
  bool strict = false;
};

constexpr int found_problems = 3;

std::string help_text() {
  return fmt::format(
      "Tells what was loaded, which rows and divisions did not match, and whether the published control "
      "totals\n"
      "come out. --strict ends with exit code 3 when a control total fails or there is a problem. These "
      "kinds are\n"
      "notes and do not count: {}.\n\n"
      "JSON: {{project, data: null or {{source, note}}, boundaries: [...], join: [{{source, level, year, "
      "matched, unmatched_divisions,\n"
      "unmatched_rows, duplicates, conflicting, repaired, by_name, encoding, confidence,\n"
      "rows_without_division, divisions_without_row, duplicate_rows, repaired_rows, rows_by_name}}], records: [{{kind, source, rows, placed, on_map, problems}}],\n"
      "problems: [{{kind, source, row, code, message, note, count (of a cut list the last stands for the rest)}}],\n"
      "totals: [{{id, indicator, place, year, expected, actual (null: no value), ok, decimals, "
      "figure}}]}}\n\n"
      "Examples:\n  battlemap check data/qinghai\n  battlemap check data/qinghai --strict --json check.json",
      note_kinds());
}

void check(const Options& options) {
  geo::LoadOptions load;
  load.records = true;
  load.audience = geo::Audience::field;  // whoever checks the sources must see what is wrong in them
  const geo::Project project = geo::read_project(options.project);
  geo::Dataset dataset = geo::load_dataset(project, load, progress_line());
  for (geo::Problem& problem : render::map_problems(project)) dataset.problems.push_back(std::move(problem));
  geo::report_faults(dataset.tree, dataset.coverages, project.coverage, dataset.problems);
  const CheckReport report(dataset);
  if (options.json != "-") fmt::print("{}", check_text(report));
  if (!options.json.empty()) write_json(options.json, check_json(report));
  if (options.strict && report.failures() > 0) throw ExitWith{found_problems};
}

}  // namespace

void add_check(Command program) {
  Command command =
      program.add_subcommand("check", "Check a project: what loaded, what did not match, control totals");
  const auto options = std::make_shared<Options>();
  add_project(command, options->project);
  command
      .add_option("--json", options->json,
                   "Also write JSON to FILE; '-' writes only JSON, to standard output")
      .type_name("FILE");
  command.add_flag("--strict", options->strict,
                    "Exit with 3 when a control total fails or there is a problem");
  command.footer(help_text());
  command.callback([options] { check(*options); });
}

}  // namespace battlemap::app
