#pragma once
#include <memory>
#include <vector>

#include "geo/local_moran.hpp"
#include "render/compose.hpp"

namespace battlemap::render {

/// Local clusters of an indicator's values among the cells of a coverage.
struct ClusterMap {
  std::vector<geo::DivisionRef> cells;
  std::vector<geo::Value> values;
  geo::Lisa lisa;  ///< by cell
};

/// Of all cells of the level, whatever place is shown: a place's neighbours across a border count, too. Kept by the
/// atlas. Throws UsageError for a level without boundaries, which have no neighbours.
std::shared_ptr<const ClusterMap> cluster_map(const Atlas& atlas, const std::string& indicator, geo::Level level,
                                              int year, const geo::LisaOptions& options);
geo::LisaOptions lisa_options(const FillSpec& fill);

}  // namespace battlemap::render
