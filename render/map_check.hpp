#pragma once
#include <map>
#include <string>
#include <vector>

#include "geo/project.hpp"
#include "render/map_spec.hpp"

namespace battlemap::render {

/// What map files of a project may name: known without reading its data.
struct MapNames {
  std::vector<std::string> indicators, palettes;
  /// Ids of the entries of each category set, with those that the rules of any audience merge entries into.
  std::map<std::string, std::vector<std::string>, std::less<>> entries;
};
MapNames names_of(const geo::Project& project);

/// Whether every indicator, palette, field, state and category that a map file names exists: a slip is found when
/// the project is opened, not when the leader asks for the map. Throws geo::Error "FILE:LINE: ..." offering the
/// nearest.
void check_map(const MapSpec& map, const MapNames& names);

/// The project's maps, all checked.
std::vector<MapSpec> checked_maps(const geo::Project& project);
/// The same as a report, kind "map_file": the first complaint of each file.
geo::Problems map_problems(const geo::Project& project);

}  // namespace battlemap::render
