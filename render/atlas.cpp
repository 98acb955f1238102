#include <algorithm>
#include <span>

#include "geo/exit_statistics.hpp"
#include "geo/project.hpp"
#include "render/compose.hpp"
#include "render/map_check.hpp"

namespace battlemap::render {

std::shared_ptr<const geo::Coverage> Atlas::coverage(geo::Level level) const {
  return {self.lock(), &dataset.coverage(level)};
}

std::shared_ptr<const geo::PolygonSet> Atlas::lakes() const {
  if (dataset.lakes.size() == 0) return nullptr;
  return {self.lock(), &dataset.lakes};
}

std::shared_ptr<const Atlas> finish_atlas(Atlas atlas) {
  const auto shared = std::make_shared<Atlas>(std::move(atlas));
  shared->self = shared;
  shared->cache = Atlas::make_cache();
  return shared;
}

std::shared_ptr<const Atlas> load_atlas(const std::filesystem::path& project,
                                        const std::function<void(const std::string&, double)>& progress) {
  return load_atlas(project, geo::LoadOptions{}, progress);
}

std::shared_ptr<const Atlas> load_atlas(const std::filesystem::path& project, const geo::LoadOptions& options,
                                        const std::function<void(const std::string&, double)>& progress) {
  return load_atlas(geo::read_project(project), options, progress);
}

std::shared_ptr<const Atlas> load_atlas(const geo::Project& project, const geo::LoadOptions& options,
                                        const std::function<void(const std::string&, double)>& progress) {
  Atlas atlas;
  atlas.maps = checked_maps(project);
  atlas.palettes = Palettes(project.palettes_file);
  atlas.dataset = geo::load_dataset(project, options, progress);
  return finish_atlas(std::move(atlas));
}

namespace {

/// Every indicator that a map shows; some more than once.
std::vector<std::string_view> indicators_of(const MapSpec& map) {
  std::vector<std::string_view> ids;
  if (map.fill) ids.push_back(map.fill->indicator);
  if (map.circles) ids.push_back(map.circles->indicator);
  for (const PanelSpec& panel : map.panels)
    for (const FigureSpec& figure : panel.figures) ids.push_back(figure.indicator);
  return ids;
}

/// Whether any of these maps shows an indicator that is made from judged exits.
bool counts_exits(const geo::Project& project, std::span<const MapSpec> maps) {
  const std::vector<geo::Indicator> indicators = geo::read_indicators(project.indicators_file);
  return std::any_of(maps.begin(), maps.end(), [&](const MapSpec& map) {
    const auto ids = indicators_of(map);
    return std::any_of(ids.begin(), ids.end(),
                       [&](std::string_view id) { return geo::made_from_exits(indicators, id); });
  });
}

}  // namespace

geo::LoadOptions all_needed(const geo::Project& project) {
  geo::LoadOptions options;
  options.records = true;
  options.exit_years = project.years;
  options.exit_statistics =
      geo::has_criteria(project.criteria_folder) && counts_exits(project, read_maps(project.maps_folder));
  return options;
}

geo::LoadOptions data_needed(const geo::Project& project, std::string_view map, const std::string& place,
                             std::optional<int> year) {
  const std::vector<MapSpec> maps = read_maps(project.maps_folder);
  return data_needed(project, {&find_map(maps, map), 1}, place, year);
}

geo::LoadOptions data_needed(const geo::Project& project, std::span<const MapSpec> maps, const std::string& place,
                             std::optional<int> year) {
  const auto any = [&](const auto& test) { return std::any_of(maps.begin(), maps.end(), test); };
  geo::LoadOptions options;
  options.coarse_outlines = false;  // a picture is drawn at full detail
  options.records = any([](const MapSpec& map) { return map.is_board(); });
  if (options.records) options.records_within = place;
  if (any([](const MapSpec& map) { return map.shows_judgements(); }))
    options.exit_years = {year.value_or(project.default_year)};
  // Without criteria there is nothing to fill a map with; a board still has the rest to show.
  if (counts_exits(project, maps) && (!options.records || geo::has_criteria(project.criteria_folder))) {
    options.records = options.exit_statistics = true;
    options.records_within.clear();  // sums above the place and its neighbours need every record
  }
  return options;
}

}  // namespace battlemap::render
