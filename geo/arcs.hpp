#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/division.hpp"
#include "geo/geometry.hpp"

namespace battlemap::geo {

/// Coverages as shared arcs: each stretch of border once, polygons as lists of arcs. Whatever is done to the
/// points of an arc is done to all polygons beside it, of all coverages, so that neighbours never part.
///
///      +----<----+     An arc runs between two nodes, corners where borders meet or the polygons beside them
///      |    A    |     change; a border without nodes (an island) is one closed arc, its first point also its
///   n1 o----->---o n2  last. A ref is twice the arc's number, plus one where the ring runs against it.
///      |    B    |
struct Arcs {
  struct Layer {
    std::vector<std::uint32_t> refs;              ///< ring by ring, as the ring runs
    std::vector<std::uint32_t> ring_begin{0};     ///< ring r is refs [ring_begin[r], ring_begin[r+1])
    std::vector<std::uint32_t> polygon_begin{0};  ///< polygon i is rings [polygon_begin[i], polygon_begin[i+1])
    std::size_t size() const { return polygon_begin.size() - 1; }
    std::span<const std::uint32_t> ring(std::size_t r) const {
      return {refs.data() + ring_begin[r], ring_begin[r + 1] - ring_begin[r]};
    }
  };
  std::vector<Point> points;
  std::vector<std::uint32_t> arc_begin{0};  ///< arc a is points [arc_begin[a], arc_begin[a+1])
  std::vector<Layer> layers;                ///< one for each coverage they were made of
  std::size_t snapped = 0;                  ///< corners moved or put in to make borders meet

  std::size_t size() const { return arc_begin.size() - 1; }
  std::span<const Point> line(std::size_t arc) const {
    return {points.data() + arc_begin[arc], arc_begin[arc + 1] - arc_begin[arc]};
  }
};

/// Arcs of coverages that lie over each other (the levels of a project): where a county's outline runs along
/// its villages' both are made of the same arcs. Borders that match corner by corner are shared exactly; where
/// they miss each other by up to `snap` metres (0: not at all) they are brought together. `threads`: 0 means one per
/// core; the result is the same for all.
Arcs build_arcs(std::span<const PolygonSet* const> coverages, double snap = 0, int threads = 0);

/// The polygons that a layer's arcs stand for.
PolygonSet polygons_of(const Arcs& arcs, std::size_t layer);

}  // namespace battlemap::geo
