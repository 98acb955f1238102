#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// The rings of one or several polygon sets as runs of numbered corners: what several rings share has one
/// number.
struct CornerRings {
  std::vector<Point> points;                 ///< by number
  std::vector<std::uint32_t> corners;        ///< ring by ring
  std::vector<std::uint32_t> ring_begin{0};  ///< ring r is corners [ring_begin[r], ring_begin[r+1])
  std::vector<std::uint32_t> owner;          ///< of each ring: its polygon, counted through all sets

  std::size_t size() const { return ring_begin.size() - 1; }
  std::uint32_t corner_after(std::size_t r, std::uint32_t i) const {
    return corners[i + 1 == ring_begin[r + 1] ? ring_begin[r] : i + 1];
  }
};

/// The different edges of rings, each between the same two corners once, whichever way it is run.
struct EdgeTable {
  struct Entry {
    std::uint32_t low, high;           ///< corners, low < high
    std::uint64_t ahead = 0, back = 0; ///< sums over the rings that use it, one as seen from low, one from high:
                                       ///< equal for edges that lie between the same polygons
    std::uint8_t ways = 0;             ///< 1: some ring runs low -> high; 2: some runs high -> low
    bool twice = false;                ///< two rings run the same way: overlapping polygons, or several sets
    bool one_sided() const { return ways != 3; }
  };
  std::vector<Entry> edges;
  std::vector<std::uint32_t> at;  ///< for each of CornerRings::corners: the edge to the next corner of the ring
};

/// Equal points become one corner, repeated ones of a ring are left out; a ring of less than three is empty.
CornerRings number_corners(std::span<const PolygonSet* const> sets);
EdgeTable find_edges(const CornerRings& rings);

/// Where an edge has a ring on one side only: moves its corners to corners of other rings within `tolerance`
/// (metres), and lets it pass through those that lie that near beside it. A ring of which nothing would be left
/// stays as it is. Returns how many corners were moved or put in.
std::size_t snap_corners(CornerRings& rings, const EdgeTable& edges, double tolerance);

}  // namespace battlemap::geo
