#pragma once
#include <memory>
#include <vector>

#include "geo/arc_shapes.hpp"
#include "geo/arcs.hpp"
#include "geo/division.hpp"
#include "render/box_tree.hpp"

namespace battlemap::render {

/// What filling a coverage needs to know of it beforehand. Depends on the coverage and the detail of its arcs
/// alone.
struct FillIndex {
  BoxTree polygons;
  // Only where the coverage has arcs:
  const geo::ArcLines* lines = nullptr;
  std::vector<geo::ArcSides> sides;  ///< by arc
  /// Of groups of arcs: from their own left, top and bottom to the right of the polygons beside them.
  BoxTree arcs;
  bool partition = true;  ///< no arc has two polygons on one side
};

/// The index of a coverage at the coarsest detail within `tolerance` metres: the one made before, while that
/// coverage lives, or a new one. Thread-safe.
std::shared_ptr<const FillIndex> fill_index(const std::shared_ptr<const geo::Coverage>& coverage,
                                            double tolerance);

}  // namespace battlemap::render
