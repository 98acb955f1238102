#include "app/check_report.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "app/data_origin.hpp"
#include "geo/harmless.hpp"
#include "geo/value_check.hpp"

namespace battlemap::app {
namespace {

constexpr std::array<std::string_view, 14> notes{
    "invalid_geometry", "missing_boundary", "no_boundary", "no_name",          "other_year",     "other_indicator",
    "repaired_code",    "header_row",       "found_field", "guessed_encoding", "joined_by_name",
    "filled_down", "first_layer", "mixed_geometry"};
/// Every row that was matched by its name is shown: nobody but the reader can tell whether it is right.
constexpr std::string_view listed_in_full = "joined_by_name";
constexpr std::size_t examples_shown = 3;
constexpr std::size_t longest_path = 1000, longest_value = 120;

/// Sources are long paths; people know the project's folder.
std::string short_source(const CheckReport& report, const std::string& source) {
  const std::string folder = report.dataset.project.folder.string() + "/";
  return geo::harmless(source.starts_with(folder) ? source.substr(folder.size()) : source, longest_path);
}

std::string heading_text(const CheckReport& report) {
  const geo::Project& project = report.dataset.project;
  const std::string note = origin_note(project);
  return fmt::format("{} {} ({})\n{}\n{}", geo::harmless(project.title.zh), geo::harmless(project.title.en),
                     geo::harmless(project.id), geo::harmless(project.file.string(), longest_path), note.empty() ? "" : fmt::format("Data: {}\n", note));
}

std::string divisions_text(const geo::DivisionTree& tree) {
  std::vector<std::string> parts;
  for (const geo::Level level : geo::all_levels)
    parts.push_back(fmt::format("{} {}", geo::level_id(level), tree.at(level).size()));
  return fmt::format("\nDivisions: {}\n", fmt::join(parts, ", "));
}

std::string boundaries_text(const CheckReport& report) {
  std::string text = fmt::format("\nBoundaries\n  {:<10} {:>9} {:>9} {:>9} {:>11}  {}\n", "level", "features",
                                 "loaded", "repaired", "points", "source");
  for (const geo::BoundaryReport& b : report.dataset.boundary_reports)
    text += fmt::format("  {:<10} {:>9} {:>9} {:>9} {:>11}  {}\n", geo::level_id(b.level), b.features,
                        b.loaded, b.repaired, b.points, short_source(report, b.source));
  return text;
}

/// How the texts of each table were understood.
std::string texts_text(const CheckReport& report) {
  std::map<std::string, std::string> encodings;
  for (const geo::JoinReport& j : report.dataset.join_reports)
    if (j.encoding) encodings[short_source(report, j.source)] = geo::describe(*j.encoding);
  std::string text;
  for (const auto& [source, encoding] : encodings) text += fmt::format("  text of {}: {}\n", source, encoding);
  return text;
}

std::string joins_text(const CheckReport& report) {
  if (report.dataset.project.statistics.empty()) return "\nStatistics: none in the project\n";
  std::string text =
      fmt::format("\nStatistics\n  {:<10} {:>5} {:>9} {:>9} {:>10} {:>10} {:>9}  {}\n", "level", "year",
                  "matched", "no row", "no place", "duplicate", "repaired", "source");
  for (const geo::JoinReport& j : report.dataset.join_reports)
    text += fmt::format("  {:<10} {:>5} {:>9} {:>9} {:>10} {:>10} {:>9}  {}\n", geo::level_id(j.level),
                        j.year, j.matched, j.unmatched_divisions, j.unmatched_rows, j.duplicates, j.repaired,
                        short_source(report, j.source));
  return text + "  (no row: divisions without a row; no place: rows whose code is no division)\n" + texts_text(report);
}

std::string records_text(const CheckReport& report) {
  if (report.dataset.records.reports.empty()) return "\nRecords: none in the project\n";
  std::string text = fmt::format("\nRecords\n  {:<10} {:>9} {:>9} {:>9} {:>9}  {}\n", "kind", "rows",
                                 "in place", "on map", "problems", "source");
  for (const geo::RecordReport& r : report.dataset.records.reports)
    text += fmt::format("  {:<10} {:>9} {:>9} {:>9} {:>9}  {}\n", geo::record_kind_id(r.kind), r.rows,
                        r.placed, r.with_point, r.problems, short_source(report, r.source));
  return text + "  (in place: rows whose division is known; on map: rows with a point or line)\n";
}

std::map<std::string, std::vector<const geo::Problem*>> by_kind(const geo::Problems& problems) {
  std::map<std::string, std::vector<const geo::Problem*>> kinds;
  for (const geo::Problem& problem : problems) kinds[problem.kind].push_back(&problem);
  return kinds;
}

std::string problem_text(const CheckReport& report, const geo::Problem& problem) {
  const std::string source = short_source(report, problem.source);
  return fmt::format("    {}{}{}{}{}\n", source, source.empty() ? "" : ": ", problem.code,
                     problem.code.empty() ? "" : ": ", problem.message);
}

/// How many problems these are: the last of a list that was cut stands for several.
template <class Problems>
std::size_t count_of(const Problems& problems) {
  std::size_t count = 0;
  for (const auto* problem : problems) count += problem->count;
  return count;
}

/// The first of a kind, and how many more there are.
std::string examples_text(const CheckReport& report, const std::string& kind,
                          const std::vector<const geo::Problem*>& problems) {
  std::vector<const geo::Problem*> listed;
  std::copy_if(problems.begin(), problems.end(), std::back_inserter(listed), [](const auto* p) { return p->count == 1; });
  const std::size_t count = count_of(problems);
  const std::size_t shown = kind == listed_in_full ? listed.size() : std::min(listed.size(), examples_shown);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += problem_text(report, *listed[i]);
  if (count == shown) return text;
  return text + (listed.size() == count
                     ? fmt::format("    ... {} more; --json lists them\n", count - shown)
                     : fmt::format("    ... {} more; --json lists {} of all\n", count - shown, listed.size()));
}

std::string problems_text(const CheckReport& report) {
  if (report.problems.empty()) return "\nProblems: none\n";
  std::string text = "\nProblems\n";
  for (const auto& [kind, problems] : by_kind(report.problems)) {
    text += fmt::format("  {}: {}{}\n", kind, count_of(problems), is_note(kind) ? " (note)" : "");
    text += examples_text(report, kind, problems);
  }
  return text;
}

std::string place_name(const CheckReport& report, geo::Code place) {
  const auto found = report.dataset.tree.find(place);
  return std::string(found ? report.dataset.tree[*found].name : "(no such place)");
}

std::string actual_text(const geo::ControlResult& result) {
  if (result.actual.has_value()) return geo::format_number(result.actual.value, result.total.decimals);
  return geo::status_name(result.actual.status).en;
}

std::string totals_text(const CheckReport& report) {
  if (report.totals.empty()) return "\nControl totals: none in the project\n";
  std::size_t width = 0;
  for (const geo::ControlResult& r : report.totals) width = std::max(width, r.total.id.size());
  std::string text = fmt::format("\nControl totals\n  {:<4} {:<{}} {:>5} {:>12} {:>12}  {}\n", "", "id",
                                 width, "year", "expected", "actual", "place");
  for (const geo::ControlResult& r : report.totals)
    text += fmt::format("  {:<4} {:<{}} {:>5} {:>12} {:>12}  {} {}\n", r.ok ? "ok" : "FAIL", r.total.id,
                        width, r.total.year, geo::format_number(r.total.expected, r.total.decimals),
                        actual_text(r), r.total.place.text(), place_name(report, r.total.place));
  return text;
}

std::string verdict_text(const CheckReport& report) {
  const auto ok =
      std::count_if(report.totals.begin(), report.totals.end(), [](const auto& r) { return r.ok; });
  std::size_t noted = 0, problems = 0;
  for (const geo::Problem& problem : report.problems) (is_note(problem.kind) ? noted : problems) += problem.count;
  return fmt::format("\n{} of {} control totals ok, {} problems, {} notes\n", ok, report.totals.size(),
                     problems, noted);
}

nlohmann::json boundary_json(const geo::BoundaryReport& b) {
  return {{"source", b.source},      {"level", geo::level_id(b.level)}, {"features", b.features},
          {"loaded", b.loaded},      {"repaired", b.repaired},          {"points", b.points},
          {"dissolved", b.dissolved}};
}

template <class Items, class ToJson>
nlohmann::json list_json(const Items& items, const ToJson& to_json) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& item : items) list.push_back(to_json(item));
  return list;
}

/// A cell as it is, but for what would be dangerous to show.
std::string shown(const std::string& cell) { return geo::harmless(cell, longest_value); }

/// Both sides of a join in full.
nlohmann::json join_lists_json(const geo::JoinReport& j) {
  using R = geo::JoinReport;
  return {{"rows_without_division", list_json(j.rows_without_division, [](const R::UnmatchedRow& r) {
             return nlohmann::json{
                 {"row", r.row}, {"code", shown(r.code)}, {"name", shown(r.name)}, {"reason", r.reason}, {"nearest", r.nearest}};
           })},
          {"divisions_without_row", list_json(j.divisions_without_row, [](const R::UnmatchedDivision& d) {
             return nlohmann::json{{"code", d.code}, {"name", d.name}, {"nearest", d.nearest}};
           })},
          {"duplicate_rows", list_json(j.duplicate_rows, [](const R::DuplicateRow& d) {
             return nlohmann::json{{"code", d.code}, {"first_row", d.first_row}, {"row", d.row}, {"agree", d.agree}};
           })},
          {"repaired_rows", list_json(j.repaired_rows, [](const R::RepairedRow& r) {
             return nlohmann::json{{"row", r.row}, {"cell", shown(r.cell)}, {"code", r.code}};
           })},
          {"rows_by_name", list_json(j.rows_by_name, [](const R::NamedRow& r) {
             return nlohmann::json{{"row", r.row}, {"name", shown(r.name)}, {"code", r.code}, {"division", r.division}};
           })}};
}

nlohmann::json join_json(const geo::JoinReport& j) {
  nlohmann::json json = join_lists_json(j);
  json.update({{"source", j.source},
               {"level", geo::level_id(j.level)},
               {"year", j.year},
               {"matched", j.matched},
               {"unmatched_divisions", j.unmatched_divisions},
               {"unmatched_rows", j.unmatched_rows},
               {"duplicates", j.duplicates},
               {"conflicting", j.conflicting},
               {"repaired", j.repaired},
               {"by_name", j.by_name}});
  if (j.encoding)
    json.update({{"encoding", geo::encoding_name(j.encoding->encoding)}, {"confidence", j.encoding->confidence}});
  return json;
}

nlohmann::json record_json(const geo::RecordReport& r) {
  return {{"kind", geo::record_kind_id(r.kind)},
          {"source", r.source},
          {"rows", r.rows},
          {"placed", r.placed},
          {"on_map", r.with_point},
          {"problems", r.problems}};
}

nlohmann::json problem_json(const geo::Problem& p) {
  return {{"kind", p.kind}, {"source", p.source},   {"row", p.row},
          {"code", p.code}, {"message", p.message}, {"note", is_note(p.kind)}, {"count", p.count}};
}

nlohmann::json total_json(const geo::ControlResult& r) {
  nlohmann::json actual;  // null: no data, or not applicable
  if (r.actual.has_value()) actual = r.actual.value;
  return {{"id", r.total.id},     {"indicator", r.total.indicator}, {"place", r.total.place.text()},
          {"year", r.total.year}, {"expected", r.total.expected},   {"actual", actual},
          {"ok", r.ok},           {"decimals", r.total.decimals},   {"figure", r.total.figure}};
}

}  // namespace

CheckReport::CheckReport(const geo::Dataset& loaded)
    : dataset(loaded), problems(loaded.problems), totals(geo::check_controls(loaded)) {
  const geo::Problems more = geo::check_values(loaded);
  problems.insert(problems.end(), more.begin(), more.end());
  for (geo::Problem& problem : problems) {
    problem.code = shown(problem.code);
    problem.message = geo::harmless(problem.message);
  }
}

std::size_t CheckReport::failures() const {
  const auto problem = [](const geo::Problem& p) { return !is_note(p.kind); };
  const auto failed = [](const geo::ControlResult& r) { return !r.ok; };
  return static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(), problem) +
                                  std::count_if(totals.begin(), totals.end(), failed));
}

bool is_note(std::string_view kind) {
  return std::find(notes.begin(), notes.end(), kind) != notes.end();
}
std::string note_kinds() {
  return fmt::format("{}", fmt::join(notes, ", "));
}

std::string check_text(const CheckReport& report) {
  return heading_text(report) + divisions_text(report.dataset.tree) + boundaries_text(report) +
         joins_text(report) + records_text(report) + problems_text(report) + totals_text(report) +
         verdict_text(report);
}

nlohmann::json check_json(const CheckReport& report) {
  return {{"project", report.dataset.project.id},
          {"data", origin_json(report.dataset.project)},
          {"boundaries", list_json(report.dataset.boundary_reports, boundary_json)},
          {"join", list_json(report.dataset.join_reports, join_json)},
          {"records", list_json(report.dataset.records.reports, record_json)},
          {"problems", list_json(report.problems, problem_json)},
          {"totals", list_json(report.totals, total_json)}};
}

}  // namespace battlemap::app
