#include "geo/exact_outline.hpp"

#include <numeric>
#include <vector>

#include "geo/point_numbers.hpp"
#include "geo/validity.hpp"

namespace battlemap::geo {
namespace {

/// By numbers of points.
struct Edge {
  std::uint32_t from, to;
};

/// The edges of neighbours, of which those that two of them share run there and back and cancel each other. What is
/// left is their common outline.
class Neighbours {
 public:
  /// Polygons [first, last) of `set`.
  Neighbours(const PolygonSet& set, std::uint32_t first, std::uint32_t last)
      : points_(set.points.data() + set.ring_begin[set.polygon_begin[first]]) {
    const std::uint32_t begin = set.ring_begin[set.polygon_begin[first]];
    end_.resize(set.ring_begin[set.polygon_begin[last]] - begin);
    std::iota(end_.begin(), end_.end(), 1U);
    for (std::uint32_t r = set.polygon_begin[first]; r < set.polygon_begin[last]; ++r)
      if (set.ring_begin[r + 1] > set.ring_begin[r]) end_[set.ring_begin[r + 1] - begin - 1] = set.ring_begin[r] - begin;
    cancel();
  }

  /// Those that are left, in the order of the rings, their points numbered.
  std::vector<Edge> outline(PointNumbers& numbers) const {
    std::vector<Edge> edges;
    edges.reserve(left_);
    for (std::uint32_t e = 0; e < end_.size(); ++e)
      if (!gone_[e]) edges.push_back({numbers.number(from(e)), numbers.number(to(e))});
    return edges;
  }
  /// How many are left. Where each arrives another leaves: there are no more different points.
  std::size_t size() const { return left_; }

 private:
  struct Slot {
    std::uint32_t key, edge;
  };
  Point from(std::uint32_t edge) const { return points_[edge]; }
  Point to(std::uint32_t edge) const { return points_[end_[edge]]; }
  bool runs_back(std::uint32_t edge, std::uint32_t other) const {
    return !gone_[other] && from(edge) == to(other) && to(edge) == from(other);
  }

  void cancel() {
    const std::size_t count = end_.size();
    gone_.assign(count, 0);
    left_ = count;
    hashes_.resize(count);
    for (std::size_t i = 0; i < count; ++i) hashes_[i] = static_cast<std::uint32_t>(hash_of(points_[i]));
    slots_.assign(std::bit_ceil(std::max<std::size_t>(16, 2 * count)), {0, no_number});
    std::uint32_t expected = no_number;
    for (std::uint32_t e = 0; e < count; ++e) {
      const std::uint32_t other = expected != no_number && runs_back(e, expected) ? expected : find_or_add(e);
      expected = no_number;
      if (other == no_number) continue;
      gone_[e] = gone_[other] = 1, left_ -= 2;
      // Where this edge ran back along another the next one mostly does along the one before that.
      if (other > 0 && end_[other - 1] == other) expected = other - 1;
    }
  }

  /// An edge seen before that runs the other way; without one this edge is remembered.
  std::uint32_t find_or_add(std::uint32_t edge) {
    const std::uint32_t key = hashes_[edge] + hashes_[end_[edge]];  // the same there and back
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = key * 0x9E3779B1U >> 7U;; ++at) {
      Slot& slot = slots_[at & mask];
      if (slot.edge == no_number) {
        slot = {key, edge};
        return no_number;
      }
      if (slot.key == key && runs_back(edge, slot.edge)) return slot.edge;
    }
  }

  const Point* points_;
  std::vector<std::uint32_t> end_;     ///< by edge, which has the number of the point it leaves: where it arrives
  std::vector<char> gone_;             ///< by edge
  std::vector<std::uint32_t> hashes_;  ///< by point
  std::vector<Slot> slots_;
  std::size_t left_ = 0;
};

/// Edges by the point they leave, those of one point in the order they came: a counting sort.
std::vector<Edge> by_start(const std::vector<Edge>& edges, std::size_t points, std::vector<std::uint32_t>& begin) {
  begin.assign(points + 1, 0);
  for (const Edge& e : edges) ++begin[e.from + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  std::vector<Edge> sorted(edges.size());
  for (const Edge& e : edges) sorted[next[e.from]++] = e;
  return sorted;
}

/// The edges leaving each point. Every point has as many arriving as leaving, so that walks always close.
class Walks {
 public:
  Walks(const std::vector<Edge>& edges, std::size_t points)
      : edges_(by_start(edges, points, next_)) {
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

/// Appends the rings as one polygon; false, and nothing appended, where a hole lies outside all exteriors.
bool assemble(const Rings& rings, PolygonSet& out) {
  const std::vector<std::uint32_t> owner = owners(rings);
  if (std::find(owner.begin(), owner.end(), no_number) != owner.end()) return false;
  for (std::uint32_t e = 0; e < rings.exteriors.size(); ++e) {
    append_ring(rings.exteriors[e], out);
    for (std::size_t h = 0; h < rings.holes.size(); ++h)
      if (owner[h] == e) append_ring(rings.holes[h], out);
  }
  out.end_polygon();
  return true;
}

bool last_is_valid(const PolygonSet& set, Geos& geos) {
  const std::size_t last = set.size() - 1;
  return !may_be_invalid(set, last) || geos.invalid_reason(set, last).empty();
}

void drop_last(PolygonSet& set) {
  set.polygon_begin.pop_back(), set.boxes.pop_back();
  set.ring_begin.resize(set.polygon_begin.back() + 1);
  set.points.resize(set.ring_begin.back());
}

}  // namespace

bool append_exact_outline(const PolygonSet& set, std::uint32_t first, std::uint32_t last, Geos& geos, PolygonSet& out) {
  const Neighbours neighbours(set, first, last);
  PointNumbers numbers(neighbours.size());
  const std::vector<Edge> edges = neighbours.outline(numbers);
  if (!assemble(chain(edges, numbers), out)) return false;
  if (last_is_valid(out, geos)) return true;
  drop_last(out);
  return false;
}

}  // namespace battlemap::geo
