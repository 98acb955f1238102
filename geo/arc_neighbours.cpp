#include "geo/arc_neighbours.hpp"

#include <algorithm>

#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t groups_at_once = 4096;

/// Exteriors run counter-clockwise and holes clockwise: a cell lies on the left of its rings. False when two claim one side.
bool find_sides(const ArcRings& rings, std::vector<ArcSides>& sides) {
  bool partition = true;
  for (std::uint32_t i = 0; i < rings.size(); ++i)
    for (std::uint32_t r = rings.polygon_begin[i]; r < rings.polygon_begin[i + 1]; ++r)
      for (const std::uint32_t ref : rings.ring(r)) {
        auto& side = ref % 2 == 0 ? sides[ref / 2].left : sides[ref / 2].right;
        partition = partition && side == npos;
        side = i;
      }
  return partition;
}

}  // namespace

FoundArcNeighbours arc_neighbours(const ArcRings& rings, const ArcLines& lines, const Grid& grid, std::span<const Box> cells) {
  FoundArcNeighbours found;
  found.sides.resize(lines.size());
  found.partition = find_sides(rings, found.sides);
  found.reach.resize((lines.size() + ArcNeighbours::group - 1) / ArcNeighbours::group);
  const auto add = [&](std::size_t arc, Box& box) {
    const auto [left, right] = found.sides[arc];
    if (left == npos && right == npos) return;
    for (const GridPoint p : lines.line(arc)) box.add(grid.at(p));
    for (const std::uint32_t side : {left, right})
      if (side != npos) box.max_x = std::max(box.max_x, cells[side].max_x);
  };
  parallel_ranges(found.reach.size(), groups_at_once, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      for (std::size_t arc = i * ArcNeighbours::group; arc < std::min((i + 1) * ArcNeighbours::group, lines.size()); ++arc)
        add(arc, found.reach[i]);
  });
  return found;
}

}  // namespace battlemap::geo
