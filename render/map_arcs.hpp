#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "render/map_layer.hpp"

namespace battlemap::render {

/// A stretch of border between two cells (or a cell and none: geo::npos). Both cells share it, so whatever is
/// done to its points leaves no gap and no overlap between them.
struct MapArc {
  std::uint32_t left = geo::npos, right = geo::npos;  ///< cell beside it, as its points run
  std::uint32_t beyond = geo::npos;  ///< one side is none: the cell that lies there nevertheless, its border
                                     ///< having other corners
  std::uint32_t from = 0, to = 0;    ///< nodes; the same for a closed arc
  std::size_t begin = 0, end = 0;    ///< points of MapArcs
};

/// The borders of the cells in view, each once, in sheet pixels.
struct MapArcs {
  std::vector<Vec2> points;
  std::vector<MapArc> arcs;
  std::size_t nodes = 0;
  std::span<const Vec2> line(const MapArc& arc) const {
    return {points.data() + arc.begin, arc.end - arc.begin};
  }
};

/// Of all cells whose boxes touch `clip` (sheet pixels). Corners nearer than a fraction of `tolerance` px
/// become one, arcs keep their course within it.
MapArcs make_arcs(const MapLayer& map, const Rect& clip, float tolerance);

/// The outlines of the union of the cells for which `belongs` says so: closed rings (the last point does not
/// repeat the first), to be filled by the non-zero rule, clipped to `clip`.
std::vector<std::vector<Vec2>> union_rings(const MapArcs& arcs, const std::function<bool(std::uint32_t)>& belongs,
                                           const Rect& clip);

}  // namespace battlemap::render
