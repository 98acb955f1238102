#pragma once
#include <filesystem>

#include "demo/village_ground.hpp"

namespace battlemap::demo {

/// Where Debian's libmagics++-data keeps the Natural Earth rivers.
std::filesystem::path river_file();

/// Writes layers lakes (name) and rivers (name, name_en), WGS 84. Lakes: those of the tarball of
/// lake_package() that meet the province's box and cover 2 square kilometres or more; rivers: of
/// river_file(), clipped to the box with a margin. An empty `lake_tarball` leaves both layers empty. Returns
/// whether there were rivers.
bool write_water(const std::filesystem::path& file, const std::filesystem::path& lake_tarball);

/// The lakes' outlines and the rivers of a file that write_water made.
Waters read_waters(const std::filesystem::path& file);

}  // namespace battlemap::demo
