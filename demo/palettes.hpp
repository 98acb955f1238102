#pragma once
#include <filesystem>

namespace battlemap::demo {

/// palettes.toml of the demo project that belongs to this program: beside an installed one
/// (bin/../share/battlemap/qinghai), else in the source tree it was built from. Throws geo::Error when
/// neither is there.
std::filesystem::path installed_palettes();

}  // namespace battlemap::demo
