#pragma once
#include <memory>
#include <vector>

#include "geo/arc_neighbours.hpp"
#include "geo/division.hpp"
#include "render/box_tree.hpp"

namespace battlemap::render {

/// What filling a coverage needs to know of it beforehand. Depends on the coverage and the detail of its arcs
/// alone.
struct FillIndex {
  BoxTree polygons;
  // Only where the coverage has arcs:
  const geo::ArcLines* lines = nullptr;
  geo::ArcNeighbours beside;
  geo::FoundArcNeighbours found;  ///< what `beside` shows, unless the coverage's arcs have it
  BoxTree arcs;                   ///< over `beside.reach`
};

/// The index of a coverage at the coarsest detail within `tolerance` metres: the one made before, while that
/// coverage lives, or a new one. Thread-safe.
std::shared_ptr<const FillIndex> fill_index(const std::shared_ptr<const geo::Coverage>& coverage,
                                            double tolerance);

}  // namespace battlemap::render
