#pragma once
#include <vector>

#include "geo/arc_shapes.hpp"

namespace battlemap::geo {

/// An ArcNeighbours and the memory for it.
struct FoundArcNeighbours {
  std::vector<std::uint32_t> arcs;
  std::vector<ArcSides> sides;
  std::vector<Box> reach;
  bool partition = true;
  ArcNeighbours view() const { return {arcs, sides, reach, partition}; }
};

/// Of the arcs of one coverage, whose cells' boxes are `cells`. `lines`: at the detail that will be filled or at a finer one, whose boxes
/// hold those of coarser ones.
FoundArcNeighbours arc_neighbours(const ArcRings& rings, const ArcLines& lines, const Grid& grid, std::span<const Box> cells);

}  // namespace battlemap::geo
