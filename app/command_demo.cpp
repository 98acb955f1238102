#include <fmt/core.h>

#include "app/command.hpp"
#include "demo/demo.hpp"

namespace battlemap::app {
namespace {

struct Arguments {
  std::filesystem::path folder;
  bool synthetic = false;
  demo::SyntheticOptions coverage;
};

void run_synthetic(const Arguments& arguments) {
  demo::SyntheticOptions options = arguments.coverage;
  options.folder = arguments.folder;
  demo::build_synthetic(options, progress_line());
  fmt::print("{}: {} synthetic villages; no place in it is real.\n", options.folder.string(),
             options.villages);
}

}  // namespace

void add_demo(CLI::App& program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand("demo", "Make a synthetic coverage");
  command->add_option("DIR", arguments->folder, "Folder to write to")->required();
  command->add_flag("--synthetic", arguments->synthetic, "A made-up coverage of any size")->required();
  command->add_option("--villages", arguments->coverage.villages, "Villages of the synthetic coverage");
  command->add_option("--vertices", arguments->coverage.vertices_per_village,
                      "Mean vertices of a village (default 100, above 200,000 villages 30)");
  command->add_option("--seed", arguments->coverage.seed, "Seed of everything random");
  command->callback([arguments] { run_synthetic(*arguments); });
}

}  // namespace battlemap::app
