#pragma once
#include <span>
#include <vector>

#include "demo/triangulation.hpp"

namespace battlemap::demo {

/// The polygons of every label 0 .. count-1 of a labelled triangulation (negative: nobody's). Borders are the
/// edges between triangles of different labels, so the regions of one labelling tile, and a coarser labelling
/// of the same mesh carries the same vertices. Rings are simple: where a region touches itself in a vertex
/// they are cut there. Several parts when a label's triangles are not connected.
std::vector<GridMultiPolygon> regions_of(const Triangulation& mesh,
                                         std::span<const std::int32_t> label_of_triangle, std::size_t count);

/// Spreads labels given to some triangles (-2: unknown) over the triangles that no fixed edge parts from
/// them.
void flood_labels(const Triangulation& mesh, std::span<std::int32_t> labels);

}  // namespace battlemap::demo
