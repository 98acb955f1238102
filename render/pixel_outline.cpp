#include "render/pixel_outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace battlemap::render {
namespace {

bool edge_crosses(Vec2 a, Vec2 b, Vec2 p) {
  if ((a.y > p.y) == (b.y > p.y)) return false;
  return p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y);
}

}  // namespace

PixelOutline::PixelOutline(const geo::PolygonSet& set, std::size_t polygon, const View& view,
                           float tolerance) {
  float x0 = 1e30F, y0 = 1e30F, x1 = -1e30F, y1 = -1e30F;
  for (std::size_t r = set.polygon_begin[polygon]; r < set.polygon_begin[polygon + 1]; ++r) {
    std::vector<Vec2> ring;
    for (const geo::Point p : set.ring(r)) {
      const Vec2 v = view.to_pixel(p);
      if (!ring.empty() && std::hypot(v.x - ring.back().x, v.y - ring.back().y) < tolerance) continue;
      ring.push_back(v);
      x0 = std::min(x0, v.x), y0 = std::min(y0, v.y), x1 = std::max(x1, v.x), y1 = std::max(y1, v.y);
    }
    if (ring.size() > 2) rings_.push_back(std::move(ring));
  }
  if (x0 <= x1) box_ = {x0, y0, x1 - x0, y1 - y0};
}

bool PixelOutline::contains(Vec2 p) const {
  if (!box_.contains(p)) return false;
  bool inside = false;
  for (const auto& ring : rings_)
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
      if (edge_crosses(ring[i], ring[j], p)) inside = !inside;
  return inside;
}

/// Most boxes reach beyond the outline's own, or are found to lie outside by their first row: no more edges are looked at then.
bool PixelOutline::holds(const Rect& box, float share) const {
  constexpr int columns = 7, rows = 3;
  std::array<std::array<Vec2, columns>, rows> points;
  std::array<int, rows> boxed{};
  int possible = 0;
  for (std::size_t y = 0; y < rows; ++y)
    for (std::size_t x = 0; x < columns; ++x) {
      const Vec2 p{box.x + box.w * static_cast<float>(x) / (columns - 1), box.y + box.h * static_cast<float>(y) / (rows - 1)};
      points[y][x] = p;
      boxed[y] += box_.contains(p) ? 1 : 0;
      possible += box_.contains(p) ? 1 : 0;
    }
  const auto enough = [&] { return static_cast<float>(possible) / (columns * rows) >= share; };
  for (std::size_t y = 0; y < rows && enough(); ++y)
    if (boxed[y] > 0) possible -= boxed[y] - count_inside(points[y]);
  return enough();
}

/// contains() of several points of one height: few edges cross it, and each is looked for once.
int PixelOutline::count_inside(std::span<const Vec2> points) const {
  if (points.empty()) return 0;
  const float y = points.front().y;
  std::uint32_t crossed = 0;  // bit by point: an odd number of edges lies on its right
  for (const auto& ring : rings_)
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      if ((ring[i].y > y) == (ring[j].y > y)) continue;
      for (std::size_t k = 0; k < points.size(); ++k)
        crossed ^= static_cast<std::uint32_t>(edge_crosses(ring[i], ring[j], points[k])) << k;
    }
  int inside = 0;
  for (std::size_t k = 0; k < points.size(); ++k) inside += (crossed >> k & 1) != 0 && box_.contains(points[k]);
  return inside;
}

}  // namespace battlemap::render
