#pragma once
#include <vector>

#include "geo/boundaries.hpp"
#include "geo/dataset.hpp"

namespace battlemap::geo {

/// Reads the boundary layers of `dataset.project` and makes `dataset.tree` of their codes and those of the tables; what
/// they met goes to `dataset.problems`. Throws Error when a layer cannot be read. The layers' entries are in the tree.
std::vector<BoundaryLayer> load_tree(Dataset& dataset);

/// Makes `dataset.coverages`, on one grid, of the layers that load_tree() gave; levels that they lack are dissolved from
/// finer ones. Only reads the tree: others may read it meanwhile.
void load_coverages(Dataset& dataset, std::vector<BoundaryLayer> layers);

}  // namespace battlemap::geo
