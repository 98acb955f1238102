#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "geo/code.hpp"
#include "geo/geometry.hpp"

namespace battlemap::geo {

/// A point of a Grid.
struct GridPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend bool operator==(const GridPoint&, const GridPoint&) = default;
};

/// Whole numbers for projected metres. The step is a power of two and the origin a multiple of it, so that points which
/// were moved onto the grid come back from whole numbers bit for bit.
struct Grid {
  Point origin;     ///< projected metres
  double step = 1;  ///< metres
  Point at(GridPoint p) const { return {origin.x + step * p.x, origin.y + step * p.y}; }
};

/// All arcs of a project (see Arcs) at one detail.
struct ArcLines {
  double tolerance = 0;                ///< metres that a line may lie off the full one; 0: the full one
  std::span<const GridPoint> points;
  std::span<const std::uint32_t> begin;  ///< arc a is points [begin[a], begin[a+1])

  std::size_t size() const { return begin.empty() ? 0 : begin.size() - 1; }
  std::span<const GridPoint> line(std::size_t arc) const { return points.subspan(begin[arc], begin[arc + 1] - begin[arc]); }
  /// Calls use(point) along an arc as `ref` of ArcRings runs, but for the last point: the next arc of a ring begins with it.
  template <class Use>
  void each_point(std::uint32_t ref, const Use& use) const {
    const auto along = line(ref / 2);
    for (std::size_t k = 0; k + 1 < along.size(); ++k) use(along[ref % 2 == 0 ? k : along.size() - 1 - k]);
  }
};

/// The polygons of one coverage as lists of arcs: see Arcs::Layer, whose arrays these are.
struct ArcRings {
  std::span<const std::uint32_t> refs, ring_begin, polygon_begin;
  /// Which of its points at full detail a ring began with in its source, counted along its arcs; empty: the first.
  std::span<const std::uint32_t> first;

  std::size_t size() const { return polygon_begin.empty() ? 0 : polygon_begin.size() - 1; }
  std::span<const std::uint32_t> ring(std::size_t r) const { return refs.subspan(ring_begin[r], ring_begin[r + 1] - ring_begin[r]); }
};

/// The cells of one coverage that lie beside an arc as its points run, npos for none.
struct ArcSides {
  std::uint32_t left = npos, right = npos;
};

/// What filling a coverage looks at for each arc; see arc_neighbours().
struct ArcNeighbours {
  static constexpr std::size_t group = 16;
  std::span<const std::uint32_t> arcs;  ///< those with a cell beside them, ascending; empty: all
  std::span<const ArcSides> sides;      ///< of each of them; empty: not known
  std::span<const Box> reach;           ///< metres; of `group` of them each: from their left, top and bottom to the right of the cells beside them
  bool partition = true;            ///< no arc has two cells on one side
};

/// The coverages of a project as shared arcs at several details, in memory that somebody else keeps: mostly a pack's.
/// Immutable. An arc has the same ends at every detail, and at least its two ends (a closed one: at least four points, the
/// first again as the last).
struct ArcShapes {
  Grid grid;
  std::vector<ArcLines> details;             ///< finest first: details[0] is the full one
  std::array<ArcRings, level_count> levels;  ///< empty where there is no coverage
  std::array<ArcNeighbours, level_count> neighbours;  ///< of levels where they were found before
  std::shared_ptr<const void> memory;        ///< keeps what the spans show

  /// The coarsest detail that stays within `tolerance` metres of the full one.
  const ArcLines& within(double tolerance) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < details.size(); ++i)
      if (details[i].tolerance <= tolerance) best = i;
    return details[best];
  }
};

}  // namespace battlemap::geo
