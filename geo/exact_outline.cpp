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

/// Memory that serves from one call to the next: most calls are for a few thousand points, and first touching new pages
/// would take as long as the work on them.
struct OutlineScratch {
  std::vector<std::uint32_t> end, slots;
  std::vector<Point> points;
  void keep_little() {
    constexpr std::size_t most = 1U << 16U;
    if (slots.capacity() > most || points.capacity() > most) *this = {};
  }
};

/// Edges [first, last) that follow each other in a ring.
struct OutlineRun {
  std::uint32_t first, last;
};

/// The edges of neighbours, of which those that two of them share run there and back and cancel each other. What is
/// left is their common outline.
class Neighbours {
 public:
  /// Polygons [first, last) of `set`.
  Neighbours(const PolygonSet& set, std::uint32_t first, std::uint32_t last, OutlineScratch& scratch)
      : points_(set.points.data() + set.ring_begin[set.polygon_begin[first]]),
        end_(scratch.end),
        slots_(scratch.slots) {
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
      if (end_[e] != gone) edges.push_back({numbers.number(from(e)), numbers.number(to(e))});
    return edges;
  }
  /// How many are left. Where each arrives another leaves: there are no more different points.
  std::size_t size() const { return left_; }

  /// Calls `take(runs)` with the runs of each ring of what is left, a ring that has the earliest edge first and from that
  /// edge on. False where a run's end does not tell where to go on: points that several runs pass.
  template <class Take>
  bool each_ring_of_runs(const Take& take) {
    const std::vector<OutlineRun> runs = find_runs();
    std::vector<std::uint32_t> next;
    if (!link(runs, next)) return false;
    std::vector<OutlineRun> ring;
    for (std::uint32_t start = 0; start < runs.size(); ++start) {
      if (next[start] == no_number) continue;
      ring.clear();
      for (std::uint32_t at = start; next[at] != no_number; at = std::exchange(next[at], no_number)) ring.push_back(runs[at]);
      if (!(to(ring.back().last - 1) == from(ring.front().first))) return false;
      take(ring);
    }
    return true;
  }
  std::span<const Point> starts(OutlineRun run) const { return {points_ + run.first, run.last - run.first}; }

 private:
  static constexpr std::uint32_t gone = no_number;
  Point from(std::uint32_t edge) const { return points_[edge]; }
  Point to(std::uint32_t edge) const { return points_[end_[edge]]; }
  bool runs_back(std::uint32_t edge, std::uint32_t other) const {
    return to(edge) == from(other) && end_[other] != gone && from(edge) == to(other);
  }

  /// Of the high bits of a product all bits below have a say; adding zero makes -0 and 0 one.
  static std::uint64_t mixed(Point p) {
    const std::uint64_t both = std::bit_cast<std::uint64_t>(p.x + 0.0) * 0x9E3779B97F4A7C15ULL +
                               std::bit_cast<std::uint64_t>(p.y + 0.0) * 0xC2B2AE3D27D4EB4FULL;
    return both ^ (both >> 32U);
  }
  void clear_slots(std::size_t most) {
    const std::size_t count = std::bit_ceil(std::max<std::size_t>(16, 2 * most));
    slots_.assign(count, no_number);
    shift_ = 64 - static_cast<unsigned>(std::countr_zero(count));
  }

  void cancel() {
    const auto count = static_cast<std::uint32_t>(end_.size());
    left_ = count;
    clear_slots(count);
    for (std::uint32_t e = 0; e < count;) {
      const std::uint32_t other = find_or_add(e);
      e = other == no_number ? e + 1 : cancel_run(e, other);
    }
  }

  /// Edge `e` runs back along `other`: where it does the next one mostly does along the one before that, and needs no
  /// looking for. The first edge for which that is not so.
  std::uint32_t cancel_run(std::uint32_t e, std::uint32_t other) {
    for (;;) {
      end_[e] = end_[other] = gone, left_ -= 2;
      ++e;
      if (other == 0 || end_[other - 1] != other || e == end_.size()) return e;
      const Point met = from(other--);
      if (!(to(e) == from(other) && from(e) == met)) return e;
    }
  }

  /// An edge seen before that runs the other way; without one this edge is remembered.
  std::uint32_t find_or_add(std::uint32_t edge) {
    const std::uint64_t here = mixed_at_ == edge ? mixed_ : mixed(from(edge));
    mixed_at_ = end_[edge], mixed_ = mixed(to(edge));
    const std::uint64_t hash = (here + mixed_) * 0x9E3779B97F4A7C15ULL;  // the same there and back
    for (std::size_t at = hash >> shift_;; ++at) {
      std::uint32_t& slot = slots_[at & (slots_.size() - 1)];
      if (slot == no_number) {
        slot = edge;
        return no_number;
      }
      if (runs_back(edge, slot)) return slot;
    }
  }

  std::vector<OutlineRun> find_runs() const {
    std::vector<OutlineRun> runs;
    const auto count = static_cast<std::uint32_t>(end_.size());
    for (std::uint32_t e = 0; e < count; ++e) {
      if (end_[e] == gone) continue;
      const std::uint32_t first = e;
      while (end_[e] == e + 1 && end_[e + 1] != gone) ++e;
      runs.push_back({first, e + 1});
    }
    return runs;
  }

  /// The run that goes on where each run ends; false where there are several or none.
  bool link(const std::vector<OutlineRun>& runs, std::vector<std::uint32_t>& next) {
    clear_slots(runs.size());
    const auto slot_of = [&](Point p) -> std::uint32_t& {
      for (std::size_t at = mixed(p) * 0x9E3779B97F4A7C15ULL >> shift_;; ++at) {
        std::uint32_t& slot = slots_[at & (slots_.size() - 1)];
        if (slot == no_number || from(runs[slot].first) == p) return slot;
      }
    };
    for (std::uint32_t r = 0; r < runs.size(); ++r) {
      std::uint32_t& slot = slot_of(from(runs[r].first));
      if (slot != no_number) return false;
      slot = r;
    }
    for (const OutlineRun& run : runs) {
      next.push_back(slot_of(to(run.last - 1)));
      if (next.back() == no_number) return false;
    }
    return true;
  }

  const Point* points_;
  std::vector<std::uint32_t>& end_;  ///< by edge, which has the number of the point it leaves: where it arrives, or `gone`
  std::vector<std::uint32_t>& slots_;
  unsigned shift_ = 0;  ///< of 64 bits the highest are a slot's number
  std::size_t left_ = 0;
  std::uint32_t mixed_at_ = no_number;  ///< the point that mixed_ is of
  std::uint64_t mixed_ = 0;
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
  std::vector<std::span<const Point>> exteriors, holes;
  void add(std::span<const Point> ring) { (signed_area(ring) > 0 ? exteriors : holes).push_back(ring); }
};

/// The rings' points are kept in `points`.
Rings chain(const std::vector<Edge>& edges, const PointNumbers& numbers, std::vector<Point>& points) {
  Rings rings;
  points.clear(), points.reserve(edges.size());  // what points at them must stay right
  Walks(edges, numbers.size()).each_ring([&](const std::vector<std::uint32_t>& ring) {
    for (const std::uint32_t p : ring) points.push_back(numbers.point(p));
    rings.add(std::span(points).last(ring.size()));
  });
  return rings;
}

/// The same where no two of the outline's points are equal, for which the edges need not be looked at one by one: false
/// where it is seen that some are.
bool join_runs(Neighbours& neighbours, std::vector<Point>& points, Rings& rings) {
  points.clear(), points.reserve(neighbours.size());
  return neighbours.each_ring_of_runs([&](const std::vector<OutlineRun>& ring) {
    const std::size_t first = points.size();
    for (const OutlineRun run : ring) {
      const auto starts = neighbours.starts(run);
      points.insert(points.end(), starts.begin(), starts.end());
    }
    rings.add(std::span(points).subspan(first));
  });
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

void append_ring(std::span<const Point> ring, PolygonSet& out) {
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

bool append_outline(const PolygonSet& set, std::uint32_t first, std::uint32_t last, Geos& geos, PolygonSet& out,
                    OutlineScratch& scratch) {
  Neighbours neighbours(set, first, last, scratch);
  // Rings that certainly do not touch themselves or each other have no point twice.
  if (Rings rings; join_runs(neighbours, scratch.points, rings) && assemble(rings, out)) {
    if (!may_be_invalid(out, out.size() - 1)) return true;
    drop_last(out);
  }
  PointNumbers numbers(neighbours.size());
  const std::vector<Edge> edges = neighbours.outline(numbers);
  if (!assemble(chain(edges, numbers, scratch.points), out)) return false;
  if (last_is_valid(out, geos)) return true;
  drop_last(out);
  return false;
}

}  // namespace

bool append_exact_outline(const PolygonSet& set, std::uint32_t first, std::uint32_t last, Geos& geos, PolygonSet& out) {
  thread_local OutlineScratch scratch;
  const bool appended = append_outline(set, first, last, geos, out, scratch);
  scratch.keep_little();
  return appended;
}

}  // namespace battlemap::geo
