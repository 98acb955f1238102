#include "demo/triangulation.hpp"

#include <algorithm>
#include <deque>
#include <numeric>

#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

__extension__ using Wide = __int128;

constexpr int next(int i) {
  return i == 2 ? 0 : i + 1;
}
constexpr int previous(int i) {
  return i == 0 ? 2 : i - 1;
}

int index_of_vertex(const Triangulation::Triangle& t, std::int32_t v) {
  return t.v[0] == v ? 0 : t.v[1] == v ? 1 : 2;
}
int side_to(const Triangulation::Triangle& t, std::int32_t other) {
  return t.n[0] == other ? 0 : t.n[1] == other ? 1 : 2;
}

bool ahead(GridPoint a, GridPoint b, GridPoint p) {
  return (std::int64_t{b.x} - a.x) * (std::int64_t{p.x} - a.x) +
             (std::int64_t{b.y} - a.y) * (std::int64_t{p.y} - a.y) >
         0;
}

bool properly_cross(GridPoint a, GridPoint b, GridPoint p, GridPoint q) {
  const auto sign = [](std::int64_t v) { return v > 0 ? 1 : v < 0 ? -1 : 0; };
  return sign(orientation(a, b, p)) * sign(orientation(a, b, q)) < 0 &&
         sign(orientation(p, q, a)) * sign(orientation(p, q, b)) < 0;
}

}  // namespace

Triangulation::Triangulation(GridPoint low, GridPoint high) {
  points_ = {low, {high.x, low.y}, high, {low.x, high.y}};
  at_ = {0, 0, 0, 1};
  triangles_.resize(2);
  set(0, {0, 1, 2}), set(1, {0, 2, 3});
  tri(0).n[1] = 1, tri(1).n[2] = 0;
}

void Triangulation::set(std::int32_t t, std::array<std::int32_t, 3> v) {
  tri(t).v = v;
  for (const std::int32_t vertex : v) at_[static_cast<std::size_t>(vertex)] = t;
}

/// Makes t and other neighbours across `side` of t; `other` knew its neighbour there as `old_other`.
void Triangulation::link(std::int32_t t, int side, std::int32_t other, std::int32_t old_other) {
  tri(t).n[static_cast<std::size_t>(side)] = other;
  if (other < 0) return;
  Triangle& o = tri(other);
  o.n[static_cast<std::size_t>(side_to(o, old_other))] = t;
}

std::int32_t Triangulation::add_vertex(GridPoint p) {
  points_.push_back(p), at_.push_back(-1);
  return static_cast<std::int32_t>(points_.size()) - 1;
}

bool Triangulation::in_circle(const Triangle& t, GridPoint p) const {
  // Coordinates relative to p in the 4:5 metric: below 2^30 for any box of 14 x 8 degrees, squares below
  // 2^61.
  std::array<std::int64_t, 3> x{}, y{};
  for (std::size_t i = 0; i < 3; ++i) {
    const GridPoint q = point(t.v[i]);
    x[i] = 4 * (std::int64_t{q.x} - p.x), y[i] = 5 * (std::int64_t{q.y} - p.y);
  }
  Wide sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t j = (i + 1) % 3, k = (i + 2) % 3;
    sum += Wide{x[i] * x[i] + y[i] * y[i]} * (x[j] * y[k] - x[k] * y[j]);
  }
  return sum > 0;
}

std::int32_t Triangulation::locate(GridPoint p) const {
  std::int32_t t = last_;
  for (;;) {
    const Triangle& at = tri(t);
    int exit = -1;
    for (int i = 0; i < 3 && exit < 0; ++i)
      if (orientation(point(at.v[static_cast<std::size_t>(next(i))]),
                      point(at.v[static_cast<std::size_t>(previous(i))]), p) < 0)
        exit = i;
    if (exit < 0) return last_ = t;
    t = at.n[static_cast<std::size_t>(exit)];
    if (t < 0) geo::fail("a point lies outside the triangulation's box");
  }
}

std::vector<std::int32_t> Triangulation::insert(std::span<const GridPoint> points) {
  const std::int64_t side = std::max<std::int64_t>(std::int64_t{points_[2].x} - points_[0].x,
                                                   std::int64_t{points_[2].y} - points_[0].y);
  std::vector<std::uint32_t> order(points.size()), key(points.size());
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = 0; i < points.size(); ++i) key[i] = hilbert_index(points[i], points_[0], side);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key[a] < key[b]; });
  points_.reserve(points_.size() + points.size()), at_.reserve(points_.capacity());
  triangles_.reserve(triangles_.size() + 2 * points.size());
  std::vector<std::int32_t> vertices(points.size());
  for (const std::uint32_t i : order) vertices[i] = insert_one(points[i]);
  return vertices;
}

std::int32_t Triangulation::insert_one(GridPoint p) {
  const std::int32_t t = locate(p);
  int on_edge = -1;
  for (int i = 0; i < 3; ++i) {
    const Triangle& at = tri(t);
    if (point(at.v[static_cast<std::size_t>(i)]) == p) return at.v[static_cast<std::size_t>(i)];
    if (orientation(point(at.v[static_cast<std::size_t>(next(i))]),
                    point(at.v[static_cast<std::size_t>(previous(i))]), p) == 0)
      on_edge = i;
  }
  const std::int32_t v = add_vertex(p);
  if (on_edge < 0) {
    split_triangle(t, v);
  } else {
    split_edge({t, on_edge}, v);
  }
  return v;
}

void Triangulation::split_triangle(std::int32_t t, std::int32_t v) {
  const Triangle old = tri(t);
  const auto [a, b, c] = old.v;
  const auto t1 = static_cast<std::int32_t>(triangles_.size()), t2 = t1 + 1;
  triangles_.resize(triangles_.size() + 2);
  set(t, {v, a, b}), set(t1, {v, b, c}), set(t2, {v, c, a});
  tri(t).n = {old.n[2], t1, t2};
  link(t1, 0, old.n[0], t), tri(t1).n[1] = t2, tri(t1).n[2] = t;
  link(t2, 0, old.n[1], t), tri(t2).n[1] = t, tri(t2).n[2] = t1;
  std::vector<Edge> edges{{t, 0}, {t1, 0}, {t2, 0}};
  legalize(edges);
}

void Triangulation::split_edge(Edge edge, std::int32_t v) {
  const std::int32_t t = edge.triangle, o = tri(t).n[static_cast<std::size_t>(edge.side)];
  if (o < 0) geo::fail("a point lies on the border of the triangulation's box");
  const Triangle old_t = tri(t), old_o = tri(o);
  const auto i = edge.side, j = side_to(old_o, t);
  const auto at = [](const std::array<std::int32_t, 3>& list, int k) {
    return list[static_cast<std::size_t>(k)];
  };
  const std::int32_t c = at(old_t.v, i), a = at(old_t.v, next(i)), b = at(old_t.v, previous(i));
  const std::int32_t w = at(old_o.v, j);
  const auto t1 = static_cast<std::int32_t>(triangles_.size()), o1 = t1 + 1;
  triangles_.resize(triangles_.size() + 2);
  set(t, {v, c, a}), set(t1, {v, b, c}), set(o, {v, w, b}), set(o1, {v, a, w});
  link(t1, 0, at(old_t.n, next(i)), t), link(o1, 0, at(old_o.n, next(j)), o);
  tri(t).n = {at(old_t.n, previous(i)), o1, t1};
  tri(t1).n[1] = t, tri(t1).n[2] = o;
  tri(o).n = {at(old_o.n, previous(j)), t1, o1};
  tri(o1).n[1] = o, tri(o1).n[2] = t;
  std::vector<Edge> edges{{t, 0}, {t1, 0}, {o, 0}, {o1, 0}};
  legalize(edges);
}

/// Flips the edge; the triangle keeps its apex as v[0], the other one gets the same apex as v[0].
Triangulation::Edge Triangulation::flip(Edge edge) {
  const std::int32_t t = edge.triangle, o = tri(t).n[static_cast<std::size_t>(edge.side)];
  const Triangle old_t = tri(t), old_o = tri(o);
  const auto i = static_cast<std::size_t>(edge.side), j = static_cast<std::size_t>(side_to(old_o, t));
  const std::size_t i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
  const std::int32_t apex = old_t.v[i], a = old_t.v[i1], b = old_t.v[i2], w = old_o.v[j];
  set(t, {apex, a, w}), set(o, {apex, w, b});
  link(t, 0, old_o.n[j1], o), tri(t).n[1] = o, tri(t).n[2] = old_t.n[i2];
  tri(o).n[0] = old_o.n[j2], link(o, 1, old_t.n[i1], t), tri(o).n[2] = t;
  tri(t).fixed = {old_o.fixed[j1], false, old_t.fixed[i2]};
  tri(o).fixed = {old_o.fixed[j2], old_t.fixed[i1], false};
  return {o, 0};
}

/// Restores the Delaunay property after an insertion: each edge lies opposite the new vertex, v[0].
void Triangulation::legalize(std::vector<Edge>& edges) {
  while (!edges.empty()) {
    const Edge edge = edges.back();
    edges.pop_back();
    const std::int32_t o = tri(edge.triangle).n[static_cast<std::size_t>(edge.side)];
    if (o < 0) continue;
    const std::int32_t w = tri(o).v[static_cast<std::size_t>(side_to(tri(o), edge.triangle))];
    if (!in_circle(tri(edge.triangle), point(w))) continue;
    const Edge other = flip(edge);
    edges.push_back({edge.triangle, 0}), edges.push_back(other);
  }
}

Triangulation::Edge Triangulation::find_edge(std::int32_t a, std::int32_t b) const {
  const std::int32_t start = triangle_at(a);
  std::int32_t t = start;
  do {
    const int i = index_of_vertex(tri(t), a);
    if (tri(t).v[static_cast<std::size_t>(next(i))] == b) return {t, previous(i)};
    t = tri(t).n[static_cast<std::size_t>(next(i))];
  } while (t != start && t >= 0);
  return {-1, 0};
}

void Triangulation::fix(Edge edge) {
  tri(edge.triangle).fixed[static_cast<std::size_t>(edge.side)] = true;
  const std::int32_t o = tri(edge.triangle).n[static_cast<std::size_t>(edge.side)];
  if (o >= 0) tri(o).fixed[static_cast<std::size_t>(side_to(tri(o), edge.triangle))] = true;
}

void Triangulation::constrain(std::int32_t a, std::int32_t b) {
  while (a != b) a = constrain_step(a, b);
}

/// Fixes the first piece of a-b, up to b or the first vertex on it; returns that vertex.
std::int32_t Triangulation::constrain_step(std::int32_t a, std::int32_t b) {
  if (const Edge edge = find_edge(a, b); edge.triangle >= 0) return fix(edge), b;
  if (const std::int32_t reached = fix_edge_toward(a, b); reached >= 0) return reached;
  std::vector<std::array<std::int32_t, 2>> crossed;
  const std::int32_t end = collect_crossed(a, b, crossed);
  remove_crossings(a, end, std::move(crossed));
  fix(find_edge(a, end));
  return end;
}

/// When an edge at `a` runs along a-b, fixes it and returns its end; else -1.
std::int32_t Triangulation::fix_edge_toward(std::int32_t a, std::int32_t b) {
  const std::int32_t start = triangle_at(a);
  std::int32_t t = start;
  do {
    const int i = index_of_vertex(tri(t), a);
    const std::int32_t p = tri(t).v[static_cast<std::size_t>(next(i))];
    if (orientation(point(a), point(b), point(p)) == 0 && ahead(point(a), point(b), point(p)))
      return fix({t, previous(i)}), p;
    t = tri(t).n[static_cast<std::size_t>(next(i))];
  } while (t != start && t >= 0);
  return -1;
}

Triangulation::Edge Triangulation::first_crossed(std::int32_t a, std::int32_t b) const {
  const std::int32_t start = triangle_at(a);
  std::int32_t t = start;
  do {
    const int i = index_of_vertex(tri(t), a);
    const GridPoint p = point(tri(t).v[static_cast<std::size_t>(next(i))]);
    const GridPoint q = point(tri(t).v[static_cast<std::size_t>(previous(i))]);
    if (orientation(point(a), point(b), p) < 0 && orientation(point(a), point(b), q) > 0) return {t, i};
    t = tri(t).n[static_cast<std::size_t>(next(i))];
  } while (t != start && t >= 0);
  geo::fail("triangulation: no triangle at vertex {} faces vertex {}", a, b);
}

/// The edges between a and b, or the first vertex on a-b; returns that vertex.
std::int32_t Triangulation::collect_crossed(std::int32_t a, std::int32_t b,
                                            std::vector<std::array<std::int32_t, 2>>& edges) const {
  Edge edge = first_crossed(a, b);
  for (;;) {
    const Triangle& t = tri(edge.triangle);
    const auto i = static_cast<std::size_t>(edge.side);
    if (t.fixed[i]) {
      const geo::Point at = to_lon_lat(point(a));
      geo::fail("outlines cross near {:.5f} E {:.5f} N", at.x, at.y);
    }
    edges.push_back({t.v[(i + 1) % 3], t.v[(i + 2) % 3]});
    const std::int32_t o = t.n[i];
    const int j = side_to(tri(o), edge.triangle);
    const std::int32_t w = tri(o).v[static_cast<std::size_t>(j)];
    const std::int64_t turn = orientation(point(a), point(b), point(w));
    if (turn == 0) return w;
    // w left of a-b: the line leaves through the edge from w's right-hand neighbour; else the other one.
    edge = {o, turn > 0 ? previous(j) : next(j)};
    const Triangle& n = tri(o);
    const auto k = static_cast<std::size_t>(edge.side);
    const std::int64_t p = orientation(point(a), point(b), point(n.v[(k + 1) % 3]));
    const std::int64_t q = orientation(point(a), point(b), point(n.v[(k + 2) % 3]));
    if ((p < 0) == (q < 0)) edge.side = turn > 0 ? next(j) : previous(j);
  }
}

void Triangulation::remove_crossings(std::int32_t a, std::int32_t b,
                                     std::vector<std::array<std::int32_t, 2>> edges) {
  std::deque<std::array<std::int32_t, 2>> queue(edges.begin(), edges.end());
  while (!queue.empty()) {
    const auto [p, q] = queue.front();
    queue.pop_front();
    const Edge edge = find_edge(p, q).triangle >= 0 ? find_edge(p, q) : find_edge(q, p);
    const Triangle t = tri(edge.triangle);
    const std::int32_t o = t.n[static_cast<std::size_t>(edge.side)];
    const std::int32_t apex = t.v[static_cast<std::size_t>(edge.side)];
    const std::int32_t w = tri(o).v[static_cast<std::size_t>(side_to(tri(o), edge.triangle))];
    if (!properly_cross(point(apex), point(w), point(p), point(q))) {
      queue.push_back({p, q});
      continue;
    }
    flip(edge);
    if (properly_cross(point(apex), point(w), point(a), point(b))) queue.push_back({apex, w});
  }
}

bool Triangulation::move(std::int32_t v, GridPoint to) {
  const std::int32_t start = triangle_at(v);
  std::int32_t t = start;
  do {
    const Triangle& at = tri(t);
    const int i = index_of_vertex(at, v);
    if (orientation(to, point(at.v[static_cast<std::size_t>(next(i))]),
                    point(at.v[static_cast<std::size_t>(previous(i))])) <= 0)
      return false;
    t = at.n[static_cast<std::size_t>(next(i))];
  } while (t != start && t >= 0);
  points_[static_cast<std::size_t>(v)] = to;
  return t >= 0;
}

}  // namespace battlemap::demo
