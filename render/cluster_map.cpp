#include "render/cluster_map.hpp"

#include <cmath>
#include <limits>

#include "geo/error.hpp"
#include "render/atlas_cache.hpp"

namespace battlemap::render {
namespace {

ClusterMap make_cluster_map(const Atlas& atlas, const std::string& indicator, geo::Level level, int year,
                            const geo::LisaOptions& options) {
  const geo::Coverage& coverage = atlas.dataset.coverage(level);
  if (coverage.size() == 0)
    throw geo::UsageError(fmt::format("the project has no boundaries at level {}, so nobody there has neighbours; choose "
                                      "another level", geo::level_id(level)));
  ClusterMap map;
  map.cells.assign(coverage.cells.begin(), coverage.cells.end());
  const CellValues values(atlas, indicator, year);
  std::vector<double> numbers;
  for (const geo::DivisionRef cell : map.cells) {
    const geo::Value& value = map.values.emplace_back(values[cell]);
    numbers.push_back(value.has_value() ? value.value : std::numeric_limits<double>::quiet_NaN());
  }
  map.lisa = geo::local_moran(numbers, geo::shared_edge_neighbours(coverage.outlines()), options);
  return map;
}

}  // namespace

std::shared_ptr<const ClusterMap> cluster_map(const Atlas& atlas, const std::string& indicator, geo::Level level,
                                              int year, const geo::LisaOptions& options) {
  const auto make = [&] {
    return std::make_shared<const ClusterMap>(make_cluster_map(atlas, indicator, level, year, options));
  };
  if (!atlas.cache) return make();
  const std::string key = fmt::format("{}|{}|{}|{}|{}|{}", indicator, geo::level_id(level), year, options.permutations,
                                      options.seed, options.significance);
  const std::lock_guard lock(atlas.cache->mutex);
  auto& slot = atlas.cache->clusters[key];
  if (!slot) slot = make();
  return slot;
}

geo::LisaOptions lisa_options(const FillSpec& fill) {
  geo::LisaOptions options;
  options.permutations = fill.permutations;
  options.seed = static_cast<std::uint64_t>(fill.seed);
  options.significance = fill.significance;
  return options;
}

}  // namespace battlemap::render
