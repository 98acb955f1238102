#include "demo/border_smoothing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

/// The label that two of a triangle's neighbours share where its own has at most one neighbour; else its own.
std::int32_t majority(const CountyMesh& counties, const std::vector<std::int32_t>& label, std::size_t t) {
  const auto& triangle = counties.mesh.triangles()[t];
  std::array<std::int32_t, 3> around{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int32_t o = triangle.n[i];
    around[i] = o < 0 || counties.county[static_cast<std::size_t>(o)] != counties.county[t]
                    ? -1 - static_cast<std::int32_t>(i)
                    : label[static_cast<std::size_t>(o)];
  }
  for (std::size_t i = 0; i < 3; ++i)
    if (around[i] >= 0 && around[i] == around[(i + 1) % 3]) return around[i];
  return label[t];
}

void cut_teeth(const CountyMesh& counties, std::vector<std::int32_t>& label) {
  std::vector<std::uint32_t> size;
  for (const std::int32_t l : label) {
    if (l >= static_cast<std::int32_t>(size.size())) size.resize(static_cast<std::size_t>(l) + 1);
    if (l >= 0) ++size[static_cast<std::size_t>(l)];
  }
  for (std::size_t t = 0; t < label.size(); ++t) {
    if (label[t] < 0) continue;
    const std::int32_t winner = majority(counties, label, t);
    auto& own = size[static_cast<std::size_t>(label[t])];
    if (winner == label[t] || own < 8) continue;
    --own, ++size[static_cast<std::size_t>(winner)], label[t] = winner;
  }
}

/// For each vertex the two others that it is joined to along a border; free only when there are just two.
struct BorderVertex {
  std::array<std::int32_t, 2> neighbours{-1, -1};
  int borders = 0;
  bool fixed = false;
};

std::vector<BorderVertex> border_vertices(const CountyMesh& counties,
                                          const std::vector<std::int32_t>& label) {
  std::vector<BorderVertex> vertices(counties.mesh.points().size());
  const auto join = [&](std::int32_t a, std::int32_t b, bool fixed) {
    BorderVertex& v = vertices[static_cast<std::size_t>(a)];
    if (v.borders < 2) v.neighbours[static_cast<std::size_t>(v.borders)] = b;
    ++v.borders, v.fixed |= fixed;
  };
  for (std::size_t t = 0; t < label.size(); ++t) {
    const auto& triangle = counties.mesh.triangles()[t];
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int32_t o = triangle.n[i];
      if (o <= static_cast<std::int32_t>(t)) continue;  // each edge once; the box's own edges are no borders
      const bool fixed = triangle.fixed[i];
      if (!fixed && label[static_cast<std::size_t>(o)] == label[t]) continue;
      const std::int32_t a = triangle.v[(i + 1) % 3], b = triangle.v[(i + 2) % 3];
      join(a, b, fixed), join(b, a, fixed);
    }
  }
  return vertices;
}

GridPoint middle(GridPoint p, GridPoint a, GridPoint b) {
  const auto mean = [](std::int32_t own, std::int32_t one, std::int32_t two) {
    return static_cast<std::int32_t>((2 * std::int64_t{own} + one + two) / 4);
  };
  return {mean(p.x, a.x, b.x), mean(p.y, a.y, b.y)};
}

void relax(Triangulation& mesh, const std::vector<BorderVertex>& vertices) {
  for (std::size_t v = 0; v < vertices.size(); ++v) {
    if (vertices[v].fixed || vertices[v].borders != 2) continue;
    const auto at = [&](std::size_t side) {
      return mesh.points()[static_cast<std::size_t>(vertices[v].neighbours[side])];
    };
    const GridPoint target = middle(mesh.points()[v], at(0), at(1));
    if (target != mesh.points()[v]) mesh.move(static_cast<std::int32_t>(v), target);
  }
}

/// Bends borders by a field of noise, at most by a part of the distance to the next vertex along the border,
/// so that they look as natural as the counties' at a village's scale.
void roughen(Triangulation& mesh, const std::vector<BorderVertex>& vertices, std::uint64_t seed) {
  constexpr double feature_km = 1.2, part = 0.9;
  for (std::size_t v = 0; v < vertices.size(); ++v) {
    if (vertices[v].fixed || vertices[v].borders != 2) continue;
    const geo::Point p = to_km(mesh.points()[v]);
    double spacing = 0;
    for (const std::int32_t neighbour : vertices[v].neighbours) {
      const geo::Point q = to_km(mesh.points()[static_cast<std::size_t>(neighbour)]);
      spacing += std::sqrt((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y)) / 2;
    }
    const auto bend = [&](std::uint64_t axis) {
      return part * spacing * fractal_noise(seed + axis, p.x / feature_km, p.y / feature_km, 4);
    };
    mesh.move(static_cast<std::int32_t>(v), from_km({p.x + bend(0), p.y + bend(100)}));
  }
}

}  // namespace

void smooth_borders(CountyMesh& counties, std::vector<std::int32_t>& label, std::uint64_t seed) {
  for (int pass = 0; pass < 4; ++pass) cut_teeth(counties, label);
  const auto vertices = border_vertices(counties, label);
  for (int pass = 0; pass < 3; ++pass) relax(counties.mesh, vertices);
  for (std::uint64_t pass = 0; pass < 2; ++pass) roughen(counties.mesh, vertices, hash_of(seed, 41, pass));
}

}  // namespace battlemap::demo
