#include "demo/palettes.hpp"

#include "geo/error.hpp"

namespace battlemap::demo {

std::filesystem::path installed_palettes() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  const std::filesystem::path installed = program.parent_path() / "share/battlemap/qinghai/palettes.toml";
  const std::filesystem::path source = std::filesystem::path(BATTLEMAP_DEMO_PROJECT) / "palettes.toml";
  for (const auto& candidate : {installed, source})
    if (std::filesystem::is_regular_file(candidate, ignored)) return candidate;
  geo::fail("palettes.toml of the demo project is neither at {} nor at {}; install the program with its data",
            installed.string(), source.string());
}

}  // namespace battlemap::demo
