#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// Who borders on whom, in flat arrays; each list ascends.
struct Neighbours {
  std::vector<std::uint32_t> begin{0};  ///< polygon i: ids [begin[i], begin[i+1])
  std::vector<std::uint32_t> ids;
  std::size_t size() const { return begin.size() - 1; }
  std::span<const std::uint32_t> of(std::size_t i) const { return {ids.data() + begin[i], begin[i + 1] - begin[i]}; }
};

/// From pairs in any order, each given once or more, either way round.
Neighbours make_neighbours(std::size_t count, std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs);

/// Polygons that share a stretch of border (a corner alone does not count). Borders that have the same corners are
/// found by hashing; where one side has more corners than the other, edges that run within `tolerance` (units of the
/// points) of one another for longer than that count, too.
Neighbours shared_edge_neighbours(const PolygonSet& polygons, double tolerance = 1);

}  // namespace battlemap::geo
