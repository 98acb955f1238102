#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/project.hpp"

namespace battlemap::geo {

/// What a pack of a project is made from, as text: the program's way of making it, the project's own files byte for byte,
/// and of every source the size and the time of the last change of each file that belongs to it (a shapefile's .dbf, a
/// database's journal). A pack is used only where this text is the same. nullopt: a source is no file (a database, the
/// network), and whether it changed cannot be told.
std::optional<std::string> pack_identity(const Project& project);

/// The first line by which two identities differ, in words: "counties.shp changed".
std::string identity_difference(const std::string& packed, const std::string& now);

/// Where the pack of a project is looked for, and written when that is possible: beside the project file, else in the
/// user's cache folder ($XDG_CACHE_HOME or ~/.cache).
std::vector<std::filesystem::path> pack_places(const Project& project);

/// The files that a source consists of: itself and those beside it that begin with its name up to the dot ("a.shp",
/// "a.dbf"), all files of a folder, the archive of a path within one. Sorted; empty when it is no file.
std::vector<std::filesystem::path> files_of_source(const std::string& dataset);

}  // namespace battlemap::geo
