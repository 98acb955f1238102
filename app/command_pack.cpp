#include <fmt/core.h>

#include <memory>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "geo/pack.hpp"
#include "geo/pack_builder.hpp"

namespace battlemap::app {
namespace {

struct Options {
  std::filesystem::path project, out;
};

std::string size_text(std::uintmax_t bytes) { return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6); }

void say_packed(const std::filesystem::path& file) {
  fmt::print("{}  {}\n", file.string(), size_text(std::filesystem::file_size(file)));
}

/// The pack there is, when it is one of the sources as they are.
std::shared_ptr<const geo::PackFile> present(const geo::Project& project) {
  std::string why_not;
  auto pack = geo::find_whole_pack(project, why_not);
  if (!why_not.empty()) fmt::print(stderr, "{}; it is made anew\n", why_not);
  return pack;
}

void run(const Options& options) {
  const geo::Project project = geo::read_project(options.project);
  if (project.pack) throw geo::UsageError(fmt::format("{} is a pack already; name the project it was made of", options.project.string()));
  if (const auto pack = !options.out.empty() ? nullptr : present(project)) {
    fmt::print("up to date: ");
    return say_packed(pack->path());
  }
  say_packed(geo::build_pack(project, options.out, progress_line()));
}

}  // namespace

void add_pack(Command program) {
  Command command = program.add_subcommand("pack", "Pack a project into one file that opens at once, with or without its sources");
  const auto options = std::make_shared<Options>();
  command.add_option("PROJECT", options->project, "Project folder or project.toml").required();
  command.add_option("--out", options->out, "Pack to write, e.g. to carry to a machine without the sources. Default: beside the project file "
                                            "(where that cannot be written, in the user's cache folder), where every command finds it")
      .type_name("FILE");
  command.footer(
      "A pack holds what loading makes of the sources (divisions, outlines at several details, places of names, values,\n"
      "problems) and the project's maps, palettes and records: every command takes it as PROJECT. It is used only as long\n"
      "as the sources are what it was made from; the window makes one by itself. Nothing in it is hidden from any\n"
      "audience: whoever gets it has the sources.\n\n"
      "Examples:\n  battlemap pack data/qinghai\n  battlemap pack data/qinghai --out qinghai.pack\n"
      "  battlemap view qinghai.pack");
  command.callback([options] { run(*options); });
}

}  // namespace battlemap::app
