#include "demo/synthetic_coverage.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "demo/random.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

using geo::Point;

Point operator+(Point a, Point b) {
  return {a.x + b.x, a.y + b.y};
}
Point operator-(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
Point operator*(Point a, double s) {
  return {a.x * s, a.y * s};
}
double length(Point a) {
  return std::sqrt(a.x * a.x + a.y * a.y);
}
double cross(Point a, Point b) {
  return a.x * b.y - a.y * b.x;
}
double dot(Point a, Point b) {
  return a.x * b.x + a.y * b.y;
}

/// The box with room for the mirror images beyond its sides.
GridPoint beyond(GridPoint corner, int sign) {
  const std::int32_t w = SyntheticCoverage::high.x - SyntheticCoverage::low.x;
  const std::int32_t h = SyntheticCoverage::high.y - SyntheticCoverage::low.y;
  return {corner.x + sign * (w + 1000), corner.y + sign * (h + 1000)};
}

Point circumcentre(Point a, Point b, Point c) {
  const Point u = b - a, v = c - a;
  const double d = 2 * cross(u, v), uu = dot(u, u), vv = dot(v, v);
  return {a.x + (v.y * uu - u.y * vv) / d, a.y + (u.x * vv - v.x * uu) / d};
}

std::int32_t find_root(std::vector<std::int32_t>& parent, std::int32_t i) {
  while (parent[static_cast<std::size_t>(i)] != i)
    i = parent[static_cast<std::size_t>(i)] =
        parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(i)])];
  return i;
}

/// How far a curve may leave the segment a-b at a+(b-a)t and stay in the triangle with `apex`.
double room(Point a, Point b, Point apex, double t) {
  const Point along = b - a;
  const double l = length(along), h = std::abs(cross(along, apex - a)) / l;
  const double foot = dot(along, apex - a) / (l * l);
  double limit = h;
  if (foot > 0) limit = std::min(limit, h * t / foot);
  if (foot < 1) limit = std::min(limit, h * (1 - t) / (1 - foot));
  return limit;
}

/// A few sines with phases and amplitudes from the ridge's own hash; at most 1 high.
class Wiggle {
 public:
  explicit Wiggle(std::uint64_t hash) {
    constexpr std::array<double, 4> scale{0.5, 0.45, 0.3, 0.2};
    Random random(hash);
    for (std::size_t i = 0; i < scale.size(); ++i) {
      amplitude_[i] = scale[i] * random.normal();
      phase_[i] = random.uniform();
    }
  }
  double at(double t) const {
    constexpr std::array<double, 4> frequency{0.5, 1, 2, 4};
    double sum = 0;
    for (std::size_t i = 0; i < frequency.size(); ++i)
      sum += amplitude_[i] * std::sin(2 * M_PI * (frequency[i] * t + phase_[i]));
    return std::clamp(sum, -1.0, 1.0);
  }

 private:
  std::array<double, 4> amplitude_{}, phase_{};
};

}  // namespace

SyntheticCoverage::SyntheticCoverage(std::size_t count, double vertices, std::uint64_t seed)
    : count_(count), seed_(seed), mesh_(beyond(low, -1), beyond(high, 1)) {
  if (count == 0 || count > 10'000'000) throw geo::UsageError("--villages must be between 1 and 10,000,000");
  if (vertices < 6 || vertices > 2000) throw geo::UsageError("--vertices must be between 6 and 2,000");
  place_sites(), triangulate(), compute_nodes(), merge_close_nodes(), choose_step(vertices);
}

GridPoint SyntheticCoverage::site(std::size_t cell) const {
  return sites_[cell];
}

/// Exactly count_ sites: rows of a triangular lattice share them out evenly.
void SyntheticCoverage::place_sites() {
  const Point size = to_km({high.x - low.x, high.y - low.y});
  const auto n = static_cast<double>(count_);
  const auto rows = static_cast<std::size_t>(
      std::clamp(std::round(std::sqrt(n * size.y / size.x * 2 / std::sqrt(3.0))), 1.0, n));
  spacing_km_ = std::sqrt(size.x * size.y / n);
  Random random(hash_of(seed_, 1));
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t in_row = (row + 1) * count_ / rows - row * count_ / rows;
    for (std::size_t i = 0; i < in_row; ++i) {
      const double shift = row % 2 == 0 ? 0.3 : 0.7;
      const double x =
          (static_cast<double>(i) + shift + random.uniform(-0.38, 0.38)) / static_cast<double>(in_row);
      const double y =
          (static_cast<double>(row) + 0.5 + random.uniform(-0.38, 0.38)) / static_cast<double>(rows);
      const double inset = 1e-6;
      const auto place = [&](double t, std::int32_t from, std::int32_t to) {
        return from + static_cast<std::int32_t>(std::lround(std::clamp(t, inset, 1 - inset) * (to - from)));
      };
      sites_.push_back({place(x, low.x, high.x), place(y, low.y, high.y)});
    }
  }
}

/// Mirror images of the outer sites make the box's sides ridges of the diagram.
void SyntheticCoverage::triangulate() {
  std::vector<GridPoint> all = sites_;
  const double reach = 4 * spacing_km_;
  const auto mirror = [&](bool x, std::int32_t at) {
    for (std::size_t i = 0, end = all.size(); i < end; ++i) {
      GridPoint p = all[i];
      const double away = x ? std::abs(to_km({p.x - at, 0}).x) : std::abs(to_km({0, p.y - at}).y);
      if (away > reach) continue;
      if (x) p.x = 2 * at - p.x;
      if (!x) p.y = 2 * at - p.y;
      const GridPoint a = beyond(low, -1), b = beyond(high, 1);
      if (p.x > a.x && p.x < b.x && p.y > a.y && p.y < b.y) all.push_back(p);
    }
  };
  mirror(true, low.x), mirror(true, high.x), mirror(false, low.y), mirror(false, high.y);
  vertex_of_site_ = mesh_.insert(all);
  vertex_of_site_.resize(count_);
  is_site_.assign(mesh_.points().size(), false);
  for (const std::int32_t v : vertex_of_site_) is_site_[static_cast<std::size_t>(v)] = true;
}

bool SyntheticCoverage::inside(std::int32_t vertex) const {
  return is_site_[static_cast<std::size_t>(vertex)];
}

void SyntheticCoverage::compute_nodes() {
  nodes_.resize(mesh_.triangles().size());
  for (std::size_t t = 0; t < nodes_.size(); ++t) {
    const auto& v = mesh_.triangles()[t].v;
    if (!inside(v[0]) && !inside(v[1]) && !inside(v[2])) continue;
    std::array<Point, 3> p;
    for (std::size_t i = 0; i < 3; ++i) {
      const GridPoint q = mesh_.points()[static_cast<std::size_t>(v[i])];
      p[i] = to_km({q.x - low.x, q.y - low.y});
    }
    const GridPoint centre = from_km(circumcentre(p[0], p[1], p[2]));
    nodes_[t] = {std::clamp(centre.x + low.x, low.x, high.x), std::clamp(centre.y + low.y, low.y, high.y)};
  }
}

/// Nodes closer than a fraction of the spacing become one, so that rounding to the grid cannot turn a ring.
void SyntheticCoverage::merge_close_nodes() {
  merged_.resize(nodes_.size());
  std::iota(merged_.begin(), merged_.end(), 0);
  for (std::size_t t = 0; t < nodes_.size(); ++t) {
    const auto& triangle = mesh_.triangles()[t];
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int32_t o = triangle.n[i];
      if (o < static_cast<std::int32_t>(t)) continue;
      if (!inside(triangle.v[(i + 1) % 3]) && !inside(triangle.v[(i + 2) % 3])) continue;
      const GridPoint a = nodes_[t], b = nodes_[static_cast<std::size_t>(o)];
      if (length(to_km({a.x - b.x, a.y - b.y})) > 0.01 * spacing_km_) continue;
      const std::int32_t p = find_root(merged_, static_cast<std::int32_t>(t)), q = find_root(merged_, o);
      merged_[static_cast<std::size_t>(std::max(p, q))] = std::min(p, q);
    }
  }
  for (std::size_t t = 0; t < merged_.size(); ++t)
    merged_[t] = find_root(merged_, static_cast<std::int32_t>(t));
}

GridPoint SyntheticCoverage::node(std::int32_t triangle) const {
  return nodes_[static_cast<std::size_t>(merged_[static_cast<std::size_t>(triangle)])];
}

/// Calls visit(triangle, next triangle, neighbour vertex between them), counter-clockwise.
template <class Visit>
void SyntheticCoverage::around(std::int32_t vertex, Visit visit) const {
  const std::int32_t start = mesh_.triangle_at(vertex);
  std::int32_t t = start;
  do {
    const auto& at = mesh_.triangles()[static_cast<std::size_t>(t)];
    const std::size_t i = at.v[0] == vertex ? 0 : at.v[1] == vertex ? 1 : 2;
    const std::int32_t next = at.n[(i + 1) % 3];
    visit(t, next, at.v[(i + 2) % 3]);
    t = next;
  } while (t != start);
}

void SyntheticCoverage::choose_step(double vertices) {
  double total = 0;
  for (const std::int32_t v : vertex_of_site_)
    around(v, [&](std::int32_t from, std::int32_t to, std::int32_t) {
      const GridPoint a = node(from), b = node(to);
      total += length(to_km({a.x - b.x, a.y - b.y}));
    });
  step_km_ = total / (static_cast<double>(count_) * vertices);
}

/// The ridge's inner points from `from` to `to`, the same for both of its cells.
std::vector<GridPoint> SyntheticCoverage::bend(const Ridge& ridge) const {
  const GridPoint start = node(ridge.from), end = node(ridge.to);
  const auto local = [&](GridPoint p) { return to_km({p.x - start.x, p.y - start.y}); };
  const Point b = local(end), left = local(mesh_.points()[static_cast<std::size_t>(ridge.left)]);
  const Point right = local(mesh_.points()[static_cast<std::size_t>(ridge.right)]);
  const double l = length(b);
  const auto pieces = static_cast<int>(std::lround(l / step_km_));
  const bool straight = !inside(ridge.left) || !inside(ridge.right);
  const Point normal = Point{-b.y, b.x} * (1 / std::max(l, 1e-12));
  const Wiggle wiggle(
      hash_of(seed_, static_cast<std::uint64_t>(ridge.left), static_cast<std::uint64_t>(ridge.right)));
  std::vector<GridPoint> points;
  for (int k = 1; k < pieces; ++k) {
    const double t = static_cast<double>(k) / pieces;
    const double height = std::min({room({0, 0}, b, left, t), room({0, 0}, b, right, t), 0.25 * l});
    const double away = straight ? 0 : 0.55 * height * wiggle.at(t);
    const GridPoint offset = from_km(b * t + normal * away);
    points.push_back({start.x + offset.x, start.y + offset.y});
  }
  return points;
}

void SyntheticCoverage::append_ridge(const Ridge& ridge, std::vector<GridPoint>& ring) const {
  if (node(ridge.from) == node(ridge.to)) return;
  ring.push_back(node(ridge.from));
  const bool canonical = ridge.left < ridge.right;
  auto inner = bend(canonical ? ridge : Ridge{ridge.to, ridge.from, ridge.right, ridge.left});
  if (!canonical) std::reverse(inner.begin(), inner.end());
  ring.insert(ring.end(), inner.begin(), inner.end());
}

std::vector<GridPoint> SyntheticCoverage::ring(std::size_t cell) const {
  const std::int32_t vertex = vertex_of_site_[cell];
  std::vector<GridPoint> ring;
  around(vertex, [&](std::int32_t from, std::int32_t to, std::int32_t neighbour) {
    append_ridge({from, to, vertex, neighbour}, ring);
  });
  return ring;
}

}  // namespace battlemap::demo
