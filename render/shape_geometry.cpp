#include "render/shape_geometry.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace battlemap::render {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr float most_miter = 2.2F;  // sharp corners are not drawn out farther than this times `grow`

ConvexPoints regular(int corners, float radius, float turn, Vec2 shift = {}) {
  ConvexPoints points;
  for (int i = 0; i < corners; ++i) {
    const float angle = turn + 2 * pi * static_cast<float>(i) / static_cast<float>(corners);
    points.push_back({shift.x + radius * std::sin(angle), shift.y - radius * std::cos(angle)});
  }
  return points;
}

ConvexPoints box(float x, float y, float w, float h) {
  return {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
}

ConvexPoints turned(ConvexPoints points, float angle) {
  const float s = std::sin(angle), c = std::cos(angle);
  for (Vec2& p : points) p = {p.x * c - p.y * s, p.x * s + p.y * c};
  return points;
}

Vec2 outward(Vec2 a, Vec2 b) {  // of an edge of a ring that runs clockwise on the sheet
  const float dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
  return {dy / length, -dx / length};
}

/// Every edge moved by `grow`, corners where the moved edges meet.
ConvexPoints grown(const ConvexPoints& points, float grow) {
  ConvexPoints out;
  const std::size_t n = points.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Vec2 before = outward(points[(i + n - 1) % n], points[i]);
    const Vec2 after = outward(points[i], points[(i + 1) % n]);
    const Vec2 sum{before.x + after.x, before.y + after.y};
    const float square = sum.x * sum.x + sum.y * sum.y;
    const float along = grow > 0 ? std::min(2 / square, most_miter / std::sqrt(square)) : 2 / square;
    out.push_back({points[i].x + sum.x * grow * along, points[i].y + sum.y * grow * along});
  }
  return out;
}

std::vector<ConvexPoints> star() {
  constexpr float outer = 1.32F, inner = 0.56F;
  const ConvexPoints tips = regular(5, outer, 0), notches = regular(5, inner, pi / 5);
  std::vector<ConvexPoints> pieces{notches};
  for (std::size_t i = 0; i < 5; ++i) pieces.push_back({tips[i], notches[i], {0, 0}, notches[(i + 4) % 5]});
  return pieces;
}

std::vector<ConvexPoints> plus() {
  constexpr float arm = 0.42F, reach = 1.12F;
  return {box(-arm, -reach, 2 * arm, 2 * reach), box(-reach, -arm, 2 * reach, 2 * arm)};
}

std::vector<ConvexPoints> cross() {
  std::vector<ConvexPoints> pieces = plus();
  for (ConvexPoints& piece : pieces) piece = turned(std::move(piece), pi / 4);
  return pieces;
}

std::vector<ConvexPoints> house() {
  return {{{0, -1.2F}, {1.25F, -0.05F}, {-1.25F, -0.05F}}, box(-0.88F, -0.2F, 1.76F, 1.15F)};
}

std::vector<ConvexPoints> plain(Shape shape) {
  switch (shape) {
    case Shape::square:
      return {box(-0.87F, -0.87F, 1.74F, 1.74F)};
    case Shape::triangle:
      return {regular(3, 1.36F, 0, {0, 0.2F})};
    case Shape::triangle_down:
      return {regular(3, 1.36F, pi, {0, -0.2F})};
    case Shape::diamond:
      return {regular(4, 1.23F, 0)};
    case Shape::pentagon:
      return {regular(5, 1.12F, 0, {0, 0.06F})};
    case Shape::hexagon:
      return {regular(6, 1.08F, pi / 6)};
    case Shape::star:
      return star();
    case Shape::plus:
      return plus();
    case Shape::cross:
      return cross();
    case Shape::bar:
      return {box(-1.22F, -0.56F, 2.44F, 1.12F)};
    case Shape::house:
      return house();
    default:
      return {};
  }
}

/// Pieces that meet at inner corners would part when moved inwards one by one.
bool shrinks_as_a_whole(Shape shape) {
  return shape == Shape::star || shape == Shape::house;
}

}  // namespace

std::vector<ConvexPoints> shape_pieces(Shape shape, float grow) {
  std::vector<ConvexPoints> pieces = plain(shape);
  if (grow == 0) return pieces;
  if (grow < 0 && shrinks_as_a_whole(shape)) {
    const float scale = std::max(0.1F, 1 + grow * 1.35F);
    for (ConvexPoints& piece : pieces)
      for (Vec2& p : piece) p = {p.x * scale, p.y * scale};
    return pieces;
  }
  for (ConvexPoints& piece : pieces) piece = grown(piece, grow);
  return pieces;
}

float shape_reach(Shape shape) {
  float reach = 1;
  for (const ConvexPoints& piece : plain(shape))
    for (const Vec2 p : piece) reach = std::max(reach, std::hypot(p.x, p.y));
  return reach;
}

}  // namespace battlemap::render
