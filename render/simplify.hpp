#pragma once
#include <span>
#include <vector>

#include "render/geometry2d.hpp"

namespace battlemap::render {

/// The points of a polyline that keep it within `tolerance` of its course (Douglas & Peucker 1973); the first
/// and the last always stay. The same from either end.
std::vector<Vec2> simplified(std::span<const Vec2> line, float tolerance);

/// The part of a closed ring inside `box` (Sutherland & Hodgman 1974): parts that the box tears apart stay
/// joined along its edges, outside of what is seen when `box` is larger than that.
std::vector<Vec2> clipped_ring(std::vector<Vec2> ring, const Rect& box);

/// Calls `piece(points)` for every stretch of a polyline whose segments touch `box`.
template <class Piece>
void for_stretches(std::span<const Vec2> line, const Rect& box, const Piece& piece) {
  std::size_t first = 0;
  const auto misses = [&box](Vec2 a, Vec2 b) {
    return std::max(a.x, b.x) < box.x || std::min(a.x, b.x) > box.right() || std::max(a.y, b.y) < box.y ||
           std::min(a.y, b.y) > box.bottom();
  };
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (!misses(line[i], line[i + 1])) continue;
    if (i > first) piece(line.subspan(first, i - first + 1));
    first = i + 1;
  }
  if (line.size() > first + 1) piece(line.subspan(first));
}

}  // namespace battlemap::render
