#pragma once
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "render/cell_grid.hpp"
#include "render/cell_looks.hpp"
#include "render/class_scheme.hpp"
#include "render/cluster_map.hpp"
#include "render/compose.hpp"

namespace battlemap::render {

/// What several sheets of one atlas have in common. Hold `mutex` for everything in it.
struct Atlas::Cache {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const ClassScheme>> schemes;  ///< by map, level, year and choice
  std::map<std::string, std::shared_ptr<const ClusterMap>> clusters;  ///< by indicator, level, year and settings
  std::deque<std::shared_ptr<const CellGrid>> grids;                  ///< the last ones made, oldest first
  std::deque<std::shared_ptr<CellLooksSlot>> looks;                   ///< the same
  std::map<std::pair<geo::Level, geo::DivisionRef>, double> radii;    ///< metres: see typical_radius, by level and place
};

}  // namespace battlemap::render
