#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/pack_file.hpp"
#include "geo/project.hpp"

namespace battlemap::geo {

/// A file that a pack carries, by its path relative to the project's folder; those from outside lie in "outside/".
struct CarriedFile {
  std::string name;
  std::filesystem::path from;
  std::string dataset;  ///< as the project names a source outside its folder; empty: found by its path
};

/// The files of a project that a pack must carry so that it opens without them: project file, indicators, maps, palettes,
/// figures, criteria, categories, audience, provenance, records. Not the boundaries, tables and waters: what was read of
/// them is in the pack. Throws Error when records are no files.
std::vector<CarriedFile> carried_files(const Project& project);

/// The JSON list of `files`, to be packed beside their bytes.
std::string list_of(const Project& project, const std::vector<CarriedFile>& files);

/// True when the file begins as packs do.
bool is_pack(const std::filesystem::path& file);

/// The project in a pack: its files are unpacked into a folder for temporary files that goes with the last copy of the
/// project. Throws PackError, WriteError (no room for the files).
Project project_of_pack(const std::filesystem::path& file);

}  // namespace battlemap::geo
