#include "geo/neighbours.hpp"

#include <algorithm>
#include <cmath>

namespace battlemap::geo {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct BorderEdge {
  std::uint64_t hash = 0;  ///< of both ends, either way round
  std::uint32_t polygon = 0;
  Point from, to;
};

std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// Points of the same millimetre are the same.
std::uint64_t point_hash(Point p) {
  const auto whole = [](double v) { return static_cast<std::uint64_t>(std::llround(v * 1000)); };
  return mixed(whole(p.x) + 0x9E3779B97F4A7C15ULL * mixed(whole(p.y)));
}

std::vector<BorderEdge> edges_of(const PolygonSet& set) {
  std::vector<BorderEdge> edges;
  edges.reserve(set.points.size());
  for (std::uint32_t i = 0; i < set.size(); ++i)
    for (std::size_t r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r) {
      const auto ring = set.ring(r);
      for (std::size_t k = 0; k < ring.size(); ++k) {
        const Point from = ring[k], to = ring[(k + 1) % ring.size()];
        if (!(from == to)) edges.push_back({point_hash(from) + point_hash(to), i, from, to});
      }
    }
  return edges;
}

/// Adds the pairs that have an edge in common; returns the edges that only one polygon has.
std::vector<BorderEdge> match_equal(std::vector<BorderEdge> edges, Pairs& pairs) {
  std::sort(edges.begin(), edges.end(), [](const BorderEdge& a, const BorderEdge& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.polygon < b.polygon;
  });
  std::vector<BorderEdge> alone;
  for (auto first = edges.begin(); first != edges.end();) {
    const auto last = std::find_if(first, edges.end(), [&](const BorderEdge& e) { return e.hash != first->hash; });
    if (first->polygon == (last - 1)->polygon) alone.insert(alone.end(), first, last);
    for (auto a = first; a != last; ++a)
      for (auto b = a + 1; b != last; ++b)
        if (a->polygon != b->polygon) pairs.emplace_back(a->polygon, b->polygon);
    first = last;
  }
  return alone;
}

/// Whether the part of `b` that lies beside `a` keeps within `tolerance` of it for longer than that.
bool run_together(const BorderEdge& a, const BorderEdge& b, double tolerance) {
  const double length = distance(a.from, a.to);
  const double ux = (a.to.x - a.from.x) / length, uy = (a.to.y - a.from.y) / length;
  const auto along = [&](Point p) { return (p.x - a.from.x) * ux + (p.y - a.from.y) * uy; };
  const auto beside = [&](Point p) { return (p.y - a.from.y) * ux - (p.x - a.from.x) * uy; };
  const double t0 = along(b.from), t1 = along(b.to), d0 = beside(b.from), d1 = beside(b.to);
  const double low = std::max(0.0, std::min(t0, t1)), high = std::min(length, std::max(t0, t1));
  if (!(high - low > tolerance)) return false;
  const auto distance_at = [&](double t) { return std::abs(d0 + (d1 - d0) * (t - t0) / (t1 - t0)); };
  return distance_at(low) <= tolerance && distance_at(high) <= tolerance;
}

/// Edges left over on both sides of a border whose corners differ. A sweep from west to east.
void match_near(std::vector<BorderEdge> edges, double tolerance, Pairs& pairs) {
  const auto west = [](const BorderEdge& e) { return std::min(e.from.x, e.to.x); };
  const auto east = [](const BorderEdge& e) { return std::max(e.from.x, e.to.x); };
  const auto south = [](const BorderEdge& e) { return std::min(e.from.y, e.to.y); };
  const auto north = [](const BorderEdge& e) { return std::max(e.from.y, e.to.y); };
  std::sort(edges.begin(), edges.end(), [&](const BorderEdge& a, const BorderEdge& b) { return west(a) < west(b); });
  for (auto a = edges.begin(); a != edges.end(); ++a)
    for (auto b = a + 1; b != edges.end() && west(*b) <= east(*a) + tolerance; ++b) {
      if (a->polygon == b->polygon || south(*b) > north(*a) + tolerance || south(*a) > north(*b) + tolerance) continue;
      const bool a_longer = distance(a->from, a->to) >= distance(b->from, b->to);
      if (a_longer ? run_together(*a, *b, tolerance) : run_together(*b, *a, tolerance))
        pairs.emplace_back(a->polygon, b->polygon);
    }
}

}  // namespace

Neighbours make_neighbours(std::size_t count, Pairs pairs) {
  const std::size_t given = pairs.size();
  for (std::size_t i = 0; i < given; ++i) pairs.emplace_back(pairs[i].second, pairs[i].first);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  Neighbours neighbours;
  neighbours.begin.assign(count + 1, 0);
  for (const auto& [a, b] : pairs) {
    ++neighbours.begin[a + 1];
    neighbours.ids.push_back(b);
  }
  for (std::size_t i = 0; i < count; ++i) neighbours.begin[i + 1] += neighbours.begin[i];
  return neighbours;
}

Neighbours shared_edge_neighbours(const PolygonSet& polygons, double tolerance) {
  Pairs pairs;
  match_near(match_equal(edges_of(polygons), pairs), tolerance, pairs);
  return make_neighbours(polygons.size(), std::move(pairs));
}

}  // namespace battlemap::geo
