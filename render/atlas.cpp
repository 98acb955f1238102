#include "geo/project.hpp"
#include "render/compose.hpp"

namespace battlemap::render {
namespace {

/// An indicator or palette that a map file names wrongly is found when the project is opened, not when the
/// leader asks for the map.
void check_map(const Atlas& atlas, const MapSpec& map) {
  try {
    atlas.dataset.statistics.indicator(map.fill.indicator);
    if (map.circles) atlas.dataset.statistics.indicator(map.circles->indicator);
    atlas.palettes.get(map.fill.palette);
  } catch (const geo::Error& e) {
    geo::fail("{}: {}", map.file.string(), e.what());
  }
}

}  // namespace

std::shared_ptr<const geo::Coverage> Atlas::coverage(geo::Level level) const {
  return {self.lock(), &dataset.coverage(level)};
}

std::shared_ptr<const geo::PolygonSet> Atlas::lakes() const {
  if (dataset.lakes.size() == 0) return nullptr;
  return {self.lock(), &dataset.lakes};
}

std::shared_ptr<const Atlas> finish_atlas(Atlas atlas) {
  for (const MapSpec& map : atlas.maps) check_map(atlas, map);
  const auto shared = std::make_shared<Atlas>(std::move(atlas));
  shared->self = shared;
  shared->cache = Atlas::make_cache();
  return shared;
}

std::shared_ptr<const Atlas> load_atlas(const std::filesystem::path& project,
                                        const std::function<void(const std::string&, double)>& progress) {
  const geo::Project read = geo::read_project(project);
  Atlas atlas;
  atlas.maps = read_maps(read.maps_folder);
  atlas.palettes = Palettes(read.palettes_file);
  atlas.dataset = geo::load_dataset(read, progress);
  return finish_atlas(std::move(atlas));
}

}  // namespace battlemap::render
