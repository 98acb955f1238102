#pragma once
#include <array>
#include <optional>

#include "geo/division.hpp"

namespace battlemap::geo {

/// For each level one polygon for each division of the tree, without rings where it has no boundary; empty
/// sets for levels without any.
using LevelPolygons = std::array<PolygonSet, level_count>;

inline bool has_rings(const PolygonSet& set, std::size_t i) {
  return i < set.size() && set.polygon_begin[i] != set.polygon_begin[i + 1];
}

/// The coverages of all levels that have boundaries, by the leaf rule (see Coverage), with
/// ancestry.
std::array<Coverage, level_count> build_coverages(const DivisionTree& tree, LevelPolygons polygons);

/// Finds all anchors of a coverage at once, on all cores: for who needs them all.
void find_anchors(const Coverage& coverage);

/// Index of `place` among the cells; nullopt when it is none.
std::optional<std::size_t> cell_of(const DivisionTree& tree, const Coverage& coverage, DivisionRef place);

}  // namespace battlemap::geo
