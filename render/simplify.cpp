#include "render/simplify.hpp"

#include <cmath>

namespace battlemap::render {
namespace {

float square_distance(Vec2 p, Vec2 a, Vec2 b) {
  const float dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const float t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0F, 1.0F) : 0.0F;
  const float ex = p.x - a.x - dx * t, ey = p.y - a.y - dy * t;
  return ex * ex + ey * ey;
}

/// Marks what stays between two points that do.
void keep_farthest(std::span<const Vec2> line, float tolerance, std::vector<char>& keep) {
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    float farthest = tolerance * tolerance;
    std::size_t at = 0;
    for (std::size_t i = first + 1; i < last; ++i)
      if (const float d = square_distance(line[i], line[first], line[last]); d > farthest)
        farthest = d, at = i;
    if (at == 0) continue;
    keep[at] = 1;
    open.emplace_back(first, at), open.emplace_back(at, last);
  }
}

enum class Edge { left, right, top, bottom };

bool inside(Vec2 p, Edge edge, const Rect& box) {
  switch (edge) {
    case Edge::left: return p.x >= box.x;
    case Edge::right: return p.x <= box.right();
    case Edge::top: return p.y >= box.y;
    default: return p.y <= box.bottom();
  }
}

Vec2 crossing(Vec2 a, Vec2 b, Edge edge, const Rect& box) {
  if (edge == Edge::left || edge == Edge::right) {
    const float x = edge == Edge::left ? box.x : box.right();
    return {x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)};
  }
  const float y = edge == Edge::top ? box.y : box.bottom();
  return {a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y};
}

}  // namespace

std::vector<Vec2> simplified(std::span<const Vec2> line, float tolerance) {
  if (line.size() < 3) return {line.begin(), line.end()};
  std::vector<char> keep(line.size(), 0);
  keep.front() = keep.back() = 1;
  keep_farthest(line, tolerance, keep);
  std::vector<Vec2> out;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (keep[i]) out.push_back(line[i]);
  return out;
}

std::vector<Vec2> clipped_ring(std::vector<Vec2> ring, const Rect& box) {
  for (const Edge edge : {Edge::left, Edge::right, Edge::top, Edge::bottom}) {
    std::vector<Vec2> kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Vec2 a = ring[i], b = ring[(i + 1) % ring.size()];
      const bool a_in = inside(a, edge, box);
      if (a_in) kept.push_back(a);
      if (a_in != inside(b, edge, box)) kept.push_back(crossing(a, b, edge, box));
    }
    ring = std::move(kept);
  }
  return ring;
}

}  // namespace battlemap::render
