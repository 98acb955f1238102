#include "geo/dissolve.hpp"

#include <numeric>
#include <optional>
#include <vector>

#include "geo/geos.hpp"
#include "geo/parallel.hpp"
#include "geo/point_numbers.hpp"
#include "geo/validity.hpp"

namespace battlemap::geo {
namespace {

struct Edge {
  std::uint32_t from, to;
  std::uint64_t undirected() const {
    return (static_cast<std::uint64_t>(std::min(from, to)) << 32U) | std::max(from, to);
  }
};

std::vector<Edge> all_edges(const PolygonSet& set, std::uint32_t first, std::uint32_t last,
                            PointNumbers& numbers) {
  std::vector<Edge> edges;
  edges.reserve(set.ring_begin[set.polygon_begin[last]] - set.ring_begin[set.polygon_begin[first]]);
  for (std::uint32_t r = set.polygon_begin[first]; r < set.polygon_begin[last]; ++r) {
    const auto ring = set.ring(r);
    if (ring.empty()) continue;
    const std::uint32_t start = numbers.number(ring[0]);
    std::uint32_t from = start;
    for (std::size_t k = 1; k < ring.size(); ++k) {
      const std::uint32_t to = numbers.number(ring[k]);
      edges.push_back({from, to});
      from = to;
    }
    edges.push_back({from, start});
  }
  return edges;
}

/// Edges by a point number of each, those of one point in the order they came: a counting sort.
template <class Key>
std::vector<Edge> by_point(const std::vector<Edge>& edges, std::size_t points, const Key& key,
                           std::vector<std::uint32_t>& begin) {
  begin.assign(points + 1, 0);
  for (const Edge& e : edges) ++begin[key(e) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  std::vector<Edge> sorted(edges.size());
  for (const Edge& e : edges) sorted[next[key(e)]++] = e;
  return sorted;
}

/// Removes each pair of edges that run along each other in opposite directions.
void cancel_shared(std::vector<Edge>& edges, std::size_t points) {
  std::vector<std::uint32_t> begin;
  edges = by_point(edges, points, [](const Edge& e) { return std::min(e.from, e.to); }, begin);
  for (std::size_t p = 0; p < points; ++p)  // three or four each
    std::sort(edges.begin() + begin[p], edges.begin() + begin[p + 1], [](const Edge& a, const Edge& b) {
      return std::pair(std::max(a.from, a.to), a.from) < std::pair(std::max(b.from, b.to), b.from);
    });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < edges.size();) {
    std::size_t end = i;
    while (end < edges.size() && edges[end].undirected() == edges[i].undirected()) ++end;
    const auto ahead = static_cast<std::size_t>(std::count_if(
        edges.begin() + static_cast<std::ptrdiff_t>(i), edges.begin() + static_cast<std::ptrdiff_t>(end),
        [&](const Edge& e) { return e.from == edges[i].from; }));
    const std::size_t back = end - i - ahead;
    const Edge survivor = ahead > back ? edges[i] : edges[end - 1];
    for (std::size_t n = ahead > back ? ahead - back : back - ahead; n > 0; --n) edges[kept++] = survivor;
    i = end;
  }
  edges.resize(kept);
}

/// The edges leaving each point. Every point has as many arriving as leaving, so that walks always close.
class Walks {
 public:
  Walks(const std::vector<Edge>& edges, std::size_t points)
      : edges_(by_point(edges, points, [](const Edge& e) { return e.from; }, next_)) {
    end_.assign(next_.begin() + 1, next_.end());
  }
  /// Calls `take(ring)` with the point numbers of each simple ring: a walk that comes by a point again has
  /// closed a ring, which is cut off (parts that touch at a corner, a hole that touches the outline).
  template <class Take>
  void each_ring(const Take& take) {
    std::vector<std::uint32_t> path, position(end_.size(), no_number), ring;
    for (std::uint32_t start = 0; start < end_.size(); ++start) {
      while (next_[start] < end_[start]) {
        std::uint32_t at = start;
        path.clear();
        do {
          position[at] = static_cast<std::uint32_t>(path.size());
          path.push_back(at);
          at = edges_[next_[at]++].to;
          if (position[at] == no_number) continue;
          ring.assign(path.begin() + position[at], path.end());
          path.resize(position[at]);
          for (const std::uint32_t p : ring) position[p] = no_number;
          take(ring);
        } while (!path.empty() || at != start);
      }
    }
  }

 private:
  std::vector<std::uint32_t> next_, end_;
  std::vector<Edge> edges_;
};

struct Rings {
  std::vector<std::vector<Point>> exteriors, holes;
};

Rings chain(const std::vector<Edge>& edges, const PointNumbers& numbers) {
  Rings rings;
  Walks(edges, numbers.size()).each_ring([&](const std::vector<std::uint32_t>& ring) {
    std::vector<Point> points;
    points.reserve(ring.size());
    for (const std::uint32_t p : ring) points.push_back(numbers.point(p));
    (signed_area(points) > 0 ? rings.exteriors : rings.holes).push_back(std::move(points));
  });
  return rings;
}

PolygonSet single(std::span<const Point> ring) {
  PolygonSet set;
  set.points.assign(ring.begin(), ring.end());
  set.end_ring(), set.end_polygon();
  return set;
}

/// Index of the smallest exterior around each hole; no_number for a hole outside all.
std::vector<std::uint32_t> owners(const Rings& rings) {
  std::vector<std::uint32_t> owner(rings.holes.size(), rings.exteriors.size() == 1 ? 0 : no_number);
  if (rings.exteriors.size() == 1) return owner;
  std::vector<double> area(rings.holes.size(), std::numeric_limits<double>::infinity());
  for (std::uint32_t e = 0; e < rings.exteriors.size(); ++e) {
    const PolygonSet exterior = single(rings.exteriors[e]);
    const double own = signed_area(rings.exteriors[e]);
    for (std::size_t h = 0; h < rings.holes.size(); ++h) {
      // An edge's middle: the corners of a hole may lie on the outline.
      const Point a = rings.holes[h][0], b = rings.holes[h][1];
      if (own < area[h] && polygon_contains(exterior, 0, {(a.x + b.x) / 2, (a.y + b.y) / 2}))
        owner[h] = e, area[h] = own;
    }
  }
  return owner;
}

void append_ring(const std::vector<Point>& ring, PolygonSet& out) {
  out.points.insert(out.points.end(), ring.begin(), ring.end());
  out.end_ring();
}

std::optional<PolygonSet> assemble(const Rings& rings) {
  const std::vector<std::uint32_t> owner = owners(rings);
  if (std::find(owner.begin(), owner.end(), no_number) != owner.end()) return std::nullopt;
  PolygonSet out;
  for (std::uint32_t e = 0; e < rings.exteriors.size(); ++e) {
    append_ring(rings.exteriors[e], out);
    for (std::size_t h = 0; h < rings.holes.size(); ++h)
      if (owner[h] == e) append_ring(rings.holes[h], out);
  }
  out.end_polygon();
  return out;
}

bool is_valid(const PolygonSet& set, Geos& geos) {
  if (set.ring_count() == 0) return true;
  if (set.ring_count() == 1 && !may_touch_itself(set.ring(0))) return true;
  return geos.invalid_reason(set, 0).empty();
}

PolygonSet dissolve_range(const PolygonSet& set, std::uint32_t first, std::uint32_t last, Geos& geos) {
  const std::size_t points =
      set.ring_begin[set.polygon_begin[last]] - set.ring_begin[set.polygon_begin[first]];
  PointNumbers numbers(points);
  std::vector<Edge> edges = all_edges(set, first, last, numbers);
  cancel_shared(edges, numbers.size());
  if (auto exact = assemble(chain(edges, numbers)); exact && is_valid(*exact, geos))
    return std::move(*exact);
  std::vector<std::uint32_t> members(last - first);
  std::iota(members.begin(), members.end(), first);
  std::erase_if(members, [&](std::uint32_t i) { return set.polygon_begin[i] == set.polygon_begin[i + 1]; });
  PolygonSet united;
  geos.append_union(set, members, united);
  return united;
}

}  // namespace

PolygonSet dissolve(const PolygonSet& set, std::span<const std::pair<std::uint32_t, std::uint32_t>> ranges) {
  std::vector<PolygonSet> parts(ranges.size());
  parallel_ranges(ranges.size(), 1, [&](std::size_t begin, std::size_t end) {
    Geos geos;
    for (std::size_t g = begin; g < end; ++g)
      parts[g] = dissolve_range(set, ranges[g].first, ranges[g].second, geos);
  });
  PolygonSet all;
  for (const PolygonSet& part : parts) all.append(part, 0);
  return all;
}

}  // namespace battlemap::geo
