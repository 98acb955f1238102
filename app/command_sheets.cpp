#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "app/board_options.hpp"
#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/interrupt.hpp"
#include "app/progress_bar.hpp"
#include "app/safe_name.hpp"
#include "app/sheet_run.hpp"
#include "app/village_choice.hpp"
#include "geo/error.hpp"
#include "render/label_text.hpp"

namespace battlemap::app {
namespace {

constexpr std::size_t most_failures_told = 20, most_remarks_told = 20;

struct Options {
  BoardOptions board;
  std::string village, place, formats = "pdf", maps;
  std::filesystem::path out;
  bool all = false, all_villages = false, again = false;
};

/// What can be checked before the data are read.
void check(const Options& o) {
  const bool many = o.all || o.all_villages;
  if (o.all && o.all_villages) throw geo::UsageError("choose --all or --all-villages, not both");
  if (!o.village.empty() && (many || !o.place.empty()))
    throw geo::UsageError("--village draws one village; for many write --place PLACE --all instead");
  if (o.village.empty() && !many)
    throw geo::UsageError(
        "say which villages: --village CODE|NAME for one, or --all (every poor village) or --all-villages, with "
        "--place PLACE for those of a place");
}

std::vector<NumberedMap> choose_maps(const render::Atlas& atlas, const std::string& list) {
  const std::vector<const render::MapSpec*> boards = board_maps(atlas);
  const auto numbered = [&](const render::MapSpec* map) {
    const auto at = std::find(boards.begin(), boards.end(), map);
    return NumberedMap{map, at == boards.end() ? 0 : static_cast<std::size_t>(at - boards.begin()) + 1};
  };
  std::vector<NumberedMap> maps;
  for (const std::string& id : split_list(list)) {
    const render::MapSpec& map = render::find_map(atlas.maps, id);
    if (std::none_of(maps.begin(), maps.end(), [&](const NumberedMap& m) { return m.map == &map; }))
      maps.push_back(numbered(&map));
  }
  if (maps.empty())
    for (const render::MapSpec* map : boards) maps.push_back(numbered(map));
  return maps;
}

std::vector<geo::DivisionRef> the_village(const geo::DivisionTree& tree, const std::string& code_or_name) {
  const geo::DivisionRef place = geo::resolve_place(tree, code_or_name);
  if (place.level != geo::Level::village)
    throw geo::UsageError(fmt::format("--village {}: {} is a {}; for all its villages write --place {} --all",
                                      code_or_name, tree.path(place), geo::level_id(place.level), code_or_name));
  return {place};
}

std::vector<geo::DivisionRef> villages_of(const geo::Dataset& dataset, const Options& o, int year) {
  if (!o.village.empty()) return the_village(dataset.tree, o.village);
  const geo::DivisionRef place = o.place.empty() ? geo::DivisionRef{} : geo::resolve_place(dataset.tree, o.place);
  auto villages = choose_villages(dataset, place, o.all ? VillageChoice::poor : VillageChoice::households, year);
  if (villages.empty())
    geo::fail("{} has no village {}; {}", o.place.empty() ? "the project" : o.place,
              o.all ? "registered as poor" : "with household records",
              o.all ? "--all-villages takes those with household records" : "see: battlemap check PROJECT");
  return villages;
}

/// A database may have changed though no file did: then nothing counts as finished.
std::string fingerprint_of(const geo::Project& project, const BoardSetting& setting, bool again) {
  const InputState inputs = input_state(project);
  if (again || !inputs.unknown.empty()) {
    if (!again)
      fmt::print(stderr, "{} is no file, so nobody can tell whether it changed: every sheet is drawn anew\n",
                 inputs.unknown.front());
    return "";
  }
  return fingerprint(inputs, setting.text);
}

std::string said_village(const geo::DivisionTree& tree, geo::DivisionRef village) {
  return safe_name(render::label_name(tree[village].name, geo::Level::village));
}

void print_outcome(const SheetPlan& plan, const SheetOutcome& outcome) {
  const auto& tree = plan.atlas->dataset.tree;
  const auto n = [](std::size_t count) { return geo::format_number(static_cast<double>(count), 0); };
  for (std::size_t i = 0; i < std::min(outcome.remarks.size(), most_remarks_told); ++i)
    fmt::print("note: {}: {}\n", outcome.remarks[i].first, outcome.remarks[i].second);
  if (outcome.remarks.size() > most_remarks_told)
    fmt::print("note: and {} more\n", n(outcome.remarks.size() - most_remarks_told));
  for (std::size_t i = 0; i < std::min(outcome.failures.size(), most_failures_told); ++i)
    fmt::print(stderr, "battlemap: {} {}: {}\n", tree[outcome.failures[i].village].code.text(),
               said_village(tree, outcome.failures[i].village), outcome.failures[i].message);
  fmt::print("{}: {} of {} villages done, {} files written", plan.folder.string(), n(outcome.villages_done),
             n(plan.villages.size()), n(outcome.files_written));
  if (outcome.files_kept > 0) fmt::print(", {} unchanged", n(outcome.files_kept));
  fmt::print("\n");
}

SheetOutcome draw(const SheetPlan& plan, const InterruptWatch& watch) {
  ProgressBar bar(plan.villages.size(), "villages");
  const auto& tree = plan.atlas->dataset.tree;
  return run_sheets(
      plan, [&] { return watch.interrupted(); },
      [&](geo::DivisionRef village) { bar.advance(said_village(tree, village)); });
}

void run(const Options& o) {
  check(o);
  SheetPlan plan;
  plan.setting = check_board_options(o.board);
  plan.formats = parse_sheet_formats(o.formats);
  plan.folder = o.out;
  const geo::Project project = geo::read_project(o.board.project);
  plan.fingerprint = fingerprint_of(project, plan.setting, o.again);
  plan.atlas = load_boards(project, plan.setting, o.village.empty() ? o.place : o.village);
  plan.maps = choose_maps(*plan.atlas, o.maps);
  plan.villages = villages_of(plan.atlas->dataset, o, plan.setting.year.value_or(project.default_year));
  const InterruptWatch watch;
  const SheetOutcome outcome = draw(plan, watch);
  print_outcome(plan, outcome);
  if (outcome.interrupted) {
    fmt::print(stderr, "battlemap: interrupted; the same command goes on from here\n");
    throw ExitWith{watch.exit_code()};
  }
  if (!outcome.failures.empty())
    geo::fail("{} of {} villages failed", outcome.failures.size(), plan.villages.size());
}

}  // namespace

void add_sheets(Command program) {
  Command command = program.add_subcommand("sheets", "Draw the six maps of villages, each a file to print");
  const auto o = std::make_shared<Options>();
  add_board_options(command, o->board);
  command.add_option("--village", o->village, "One village").type_name("CODE|NAME");
  add_place(command, o->place, "With --all, --all-villages: only those within this place");
  command.add_flag("--all", o->all, "Every poor village");
  command.add_flag("--all-villages", o->all_villages, "Every village that has household records");
  command.add_option("--out", o->out, "Folder; each village gets one in it").required().type_name("DIR");
  command.add_option("--format", o->formats, "One or more of pdf, png, svg; default pdf").type_name("F,F");
  command.add_option("--maps", o->maps, "Only these maps; default: every map that has panels").type_name("ID,ID");
  command.add_flag("--again", o->again, "Draw finished sheets anew, too");
  command.footer(
      "Files: DIR/CODE-NAME/NUMBER-MAP.pdf, e.g. out/630223106201-班彦村/1-profile.pdf. A sheet that is there\n"
      "already, made from the same data, maps and options by the same program, is left alone: after an\n"
      "interruption the same command goes on. Drawn on all cores. PNG takes far longer than PDF.\n\n"
      "Examples:\n"
      "  battlemap sheets data/qinghai --village 班彦村 --out sheets\n"
      "  battlemap sheets data/qinghai --place 互助土族自治县 --all --out sheets --format pdf,png --paper A2\n"
      "  battlemap sheets data/qinghai --all --out sheets --audience public");
  command.callback([o] { run(*o); });
}

}  // namespace battlemap::app
