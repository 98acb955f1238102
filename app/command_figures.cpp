#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/data_origin.hpp"
#include "geo/figure_report.hpp"

namespace battlemap::app {
namespace {

constexpr auto figures_help =
    R"(Lists the published figures of the project (files.figures) with their sources. Beneath a figure stand
  = what the project's data give for it (by the [[control]] of project.toml that names it), the difference, how many
    places reported, and whether the data are published, generated or the user's own;
  ! what another source says.
Published figures are never mixed with computed values, nor is one source preferred to another.

JSON: {project, data: null or {source, note}, figures: [{id, subject, value, value_text, unit, year, level, source,
provenance: "published", computed: [{control, indicator, place, year, value (null: none), status, difference, ok,
provenance, reported, expected}], conflict: null or {value, note, id, source}, disputed}]}

Examples:
  battlemap figures data/qinghai
  battlemap figures data/qinghai --conflicts --json conflicts.json)";

struct FigureOptions {
  std::filesystem::path project, json;
  bool conflicts = false;
};

/// As published, with as many decimals as it has.
std::string plain(double value) {
  return value == std::trunc(value) && std::abs(value) < 1e15 ? geo::format_number(value, 0) : fmt::format("{}", value);
}

std::string computed_text(const geo::Dataset& dataset, const geo::ControlResult& c) {
  const auto place = dataset.tree.find(c.total.place);
  const std::string where = place ? std::string(dataset.tree[*place].name) : c.total.place.text() + " (no such place)";
  const std::string about = fmt::format("{} {} {}", c.total.indicator, where, c.total.year);
  if (!c.actual.has_value())
    return fmt::format("    = computed: {} ({}): DIFFERS\n", geo::status_name(c.actual.status).en, about);
  const double difference = c.actual.value - c.total.expected;
  return fmt::format("    = computed {} ({}), difference {}, {} of {} places reported, {}{}\n",
                     geo::format_number(c.actual.value, c.total.decimals), about,
                     geo::format_number(difference, c.total.decimals), c.actual.reported, c.actual.expected,
                     geo::provenance_id(c.actual.provenance), c.ok ? ": agrees" : ": DIFFERS");
}

std::string conflict_text(const geo::FigureConflict& conflict) {
  std::string text = "    ! elsewhere ";
  if (conflict.value) text += plain(*conflict.value) + (conflict.note.empty() ? "" : ": ");
  text += conflict.note;
  return text + (conflict.id.empty() ? "\n" : fmt::format(" [{}, {}]\n", conflict.id, conflict.source));
}

std::string figure_text(const geo::Dataset& dataset, const geo::FigureReport& report) {
  const geo::Figure& f = report.figure;
  std::string text = fmt::format("  {} {}: {} ({} {}), {}published, {}\n", f.id, f.subject, f.value_text,
                                 plain(f.value), f.unit, f.year ? fmt::format("{}, ", *f.year) : "", f.source);
  for (const geo::ControlResult& c : report.computed) text += computed_text(dataset, c);
  return report.conflict ? text + conflict_text(*report.conflict) : text;
}

nlohmann::json computed_json(const geo::ControlResult& c) {
  nlohmann::json json{{"control", c.total.id},
                      {"indicator", c.total.indicator},
                      {"place", c.total.place.text()},
                      {"year", c.total.year},
                      {"value", nullptr},
                      {"difference", nullptr},
                      {"status", c.actual.has_value() ? "value" : geo::status_name(c.actual.status).en},
                      {"ok", c.ok},
                      {"provenance", geo::provenance_id(c.actual.provenance)},
                      {"reported", c.actual.reported},
                      {"expected", c.actual.expected}};
  if (c.actual.has_value())
    json["value"] = c.actual.value, json["difference"] = c.actual.value - c.total.expected;
  return json;
}

nlohmann::json figure_json(const geo::FigureReport& report) {
  const geo::Figure& f = report.figure;
  nlohmann::json json{{"id", f.id},       {"subject", f.subject}, {"value", f.value},
                      {"unit", f.unit},   {"year", nullptr},      {"value_text", f.value_text},
                      {"level", f.level}, {"source", f.source},   {"provenance", "published"},
                      {"conflict", nullptr}, {"disputed", report.disputed()}};
  if (f.year) json["year"] = *f.year;
  json["computed"] = nlohmann::json::array();
  for (const geo::ControlResult& c : report.computed) json["computed"].push_back(computed_json(c));
  if (const auto& conflict = report.conflict) {
    json["conflict"] = {{"value", nullptr}, {"note", conflict->note}, {"id", nullptr}, {"source", nullptr}};
    if (conflict->value) json["conflict"]["value"] = *conflict->value;
    if (!conflict->id.empty()) json["conflict"]["id"] = conflict->id, json["conflict"]["source"] = conflict->source;
  }
  return json;
}

std::string summary_text(const std::vector<geo::FigureReport>& reports, std::size_t shown) {
  std::size_t computed = 0, agreeing = 0, conflicts = 0;
  for (const geo::FigureReport& report : reports) {
    conflicts += report.conflict.has_value();
    for (const geo::ControlResult& c : report.computed) ++computed, agreeing += c.ok;
  }
  return fmt::format("\n{} figures{}; {} of {} computed totals agree; {} figures conflict with another source\n",
                     reports.size(), shown < reports.size() ? fmt::format(", {} shown", shown) : "", agreeing,
                     computed, conflicts);
}

void figures(const FigureOptions& options) {
  geo::LoadOptions load;
  load.audience = geo::Audience::field;  // totals are held against what was published before anything is hidden
  const geo::Dataset dataset = geo::load_dataset(geo::read_project(options.project), load, progress_line());
  if (dataset.figures.empty())
    geo::fail("{}: the project has no published figures; name a table of them: [files] figures = \"figures.csv\"",
              dataset.project.file.string());
  const std::vector<geo::FigureReport> reports = geo::report_figures(dataset);
  std::vector<geo::FigureReport> shown = reports;
  if (options.conflicts) std::erase_if(shown, [](const geo::FigureReport& r) { return !r.disputed(); });
  const std::string note = origin_note(dataset.project);
  if (options.json != "-") {
    fmt::print("{} {}\n{}", dataset.project.title.zh, dataset.project.title.en,
               note.empty() ? "" : fmt::format("Data: {}\n", note));
    for (const geo::FigureReport& report : shown) fmt::print("{}", figure_text(dataset, report));
    fmt::print("{}", summary_text(reports, shown.size()));
  }
  if (options.json.empty()) return;
  nlohmann::json json{{"project", dataset.project.id}, {"data", origin_json(dataset.project)}};
  json["figures"] = nlohmann::json::array();
  for (const geo::FigureReport& report : shown) json["figures"].push_back(figure_json(report));
  write_json(options.json, json);
}

}  // namespace

void add_figures(Command program) {
  Command command = program.add_subcommand("figures", "List published figures beside what the data give for them");
  const auto options = std::make_shared<FigureOptions>();
  add_project(command, options->project);
  command.add_flag("--conflicts", options->conflicts,
                   "Only figures that another source or the project's data disagree with");
  command.add_option("--json", options->json, "Also write JSON to FILE; '-' writes only JSON, to standard output")
      .type_name("FILE");
  command.footer(figures_help);
  command.callback([options] { figures(*options); });
}

}  // namespace battlemap::app
