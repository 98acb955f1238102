#include "geo/validity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>

#include "geo/error.hpp"
#include "geo/exact_outline.hpp"
#include "geo/geos.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t polygons_per_range = 512;
constexpr std::size_t most_pairs_per_chain = 64;  ///< beyond it this is slower than GEOS

double cross(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// The boxes of eight chains that follow each other, or of eight such groups, side by side for the processor's wide
/// registers. Float: rounding keeps the order of numbers, so that boxes that meet still do.
struct EightBoxes {
  static constexpr float inf = std::numeric_limits<float>::infinity();
  using Eight = std::array<float, 8>;
  alignas(16) Eight min_x{inf, inf, inf, inf, inf, inf, inf, inf}, min_y{min_x};
  alignas(16) Eight max_x{-inf, -inf, -inf, -inf, -inf, -inf, -inf, -inf}, max_y{max_x};

  /// Bit k is set where box k meets box `other` of `them`.
  unsigned meeting(const EightBoxes& them, std::size_t other) const {
    return meeting(0, them, other) | meeting(4, them, other) << 4U;
  }

 private:
  using FourFloats [[gnu::vector_size(16)]] = float;
  using FourInts [[gnu::vector_size(16)]] = int;
  using TwoWords [[gnu::vector_size(16), gnu::unused]] = unsigned long long;
  static FourFloats load(const Eight& from, std::size_t first) {
    FourFloats four;
    std::memcpy(&four, std::assume_aligned<16>(from.data() + first), sizeof four);
    return four;
  }
  unsigned meeting(std::size_t first, const EightBoxes& them, std::size_t other) const {
    const FourInts meets = (load(min_x, first) <= them.max_x[other]) & (load(max_x, first) >= them.min_x[other]) &
                           (load(min_y, first) <= them.max_y[other]) & (load(max_y, first) >= them.min_y[other]);
#ifdef __SSE__
    return static_cast<unsigned>(__builtin_ia32_movmskps(reinterpret_cast<FourFloats>(meets)));
#else
    constexpr FourInts bit{1, 2, 4, 8};
    const auto words = reinterpret_cast<TwoWords>(meets & bit);
    const unsigned long long all = words[0] | words[1];
    return static_cast<unsigned>(all | all >> 32U);
#endif
  }
};

constexpr std::size_t chain_edges = 4;

/// x and y of a point, side by side in a register.
using PointLanes [[gnu::vector_size(16)]] = double;
using PointMask [[gnu::vector_size(16)]] = std::int64_t;

PointLanes lanes_of(const Point& p) {
  PointLanes lanes;
  std::memcpy(&lanes, &p, sizeof lanes);
  return lanes;
}

/// In which of the four directions of the axes each edge of a chain runs on. Where there is one, none meets another.
struct ChainWays {
  PointMask up{-1, -1}, down{-1, -1};
  bool has_one() const { return share_one(*this); }
  bool share_one(const ChainWays& other) const {
    const PointMask any = (up & other.up) | (down & other.down);
    return (any[0] | any[1]) != 0;
  }
};

/// A ring cut into chains of four edges that follow each other, with a tree of their boxes: of each chain, of each eight
/// chains, of each 64 and so on. What follows each other lies beside each other, so that nothing need be sorted to find
/// the chains that may meet.
class ChainTree {
 public:
  void build(std::span<const Point> ring) {
    chains_ = (ring.size() + chain_edges - 1) / chain_edges;
    level_begin_.assign(1, 0);
    boxes_.assign((chains_ + 7) / 8, {});
    ways_.assign(chains_, {});
    add_chains(ring);
    while (boxes_.size() - level_begin_.back() > 1) add_level();
  }
  std::size_t size() const { return chains_; }
  /// Whether all edges of chain k and of the next, which may be the first again, run on in one direction.
  bool runs_on_to_next(std::size_t k) const { return ways_[k].share_one(ways_[k + 1 == chains_ ? 0 : k + 1]); }

  /// Whether those of chain k do.
  bool runs_on(std::size_t k) const { return ways_[k].has_one(); }

  /// Eight chains that follow each other.
  std::size_t groups() const { return (chains_ + 7) / 8; }
  /// Groups from `group` on whose boxes meet that of `group`.
  void find_near(std::size_t group, std::vector<std::size_t>& near) const {
    near.clear();
    if (level_begin_.size() == 1)
      near.push_back(group);
    else
      search(level_begin_.size() - 1, 0, group, near);
  }
  /// Bit k is set where the box of chain k of a group meets that of `chain`.
  unsigned meeting(std::size_t group, std::size_t chain) const { return boxes_[group].meeting(boxes_[chain / 8], chain % 8); }

 private:
  void add_chains(std::span<const Point> ring) {
    const PointLanes origin = lanes_of(ring[0]);  // a float holds seven digits: not of where the ring is, but of how large
    for (std::size_t k = 0; k < chains_; ++k) {
      PointLanes a = lanes_of(ring[chain_edges * k]), low = a, high = a;
      ChainWays& ways = ways_[k];
      const auto add = [&](const Point& p) {
        const PointLanes b = lanes_of(p);
        low = b < low ? b : low, high = b > high ? b : high;
        ways.up &= b > a, ways.down &= b < a;
        a = b;
      };
      const std::size_t last = std::min(chain_edges * (k + 1), ring.size() - 1);
      for (std::size_t i = chain_edges * k + 1; i <= last; ++i) add(ring[i]);
      if (last < chain_edges * (k + 1)) add(ring[0]);
      low -= origin, high -= origin;
      EightBoxes& at = boxes_[k / 8];
      at.min_x[k % 8] = static_cast<float>(low[0]), at.max_x[k % 8] = static_cast<float>(high[0]);
      at.min_y[k % 8] = static_cast<float>(low[1]), at.max_y[k % 8] = static_cast<float>(high[1]);
    }
  }

  void add_level() {
    const std::size_t first = level_begin_.back(), count = boxes_.size() - first;
    level_begin_.push_back(boxes_.size());
    boxes_.resize(boxes_.size() + (count + 7) / 8);
    for (std::size_t i = 0; i < count; ++i) {
      const EightBoxes eight = boxes_[first + i];
      EightBoxes& at = boxes_[level_begin_.back() + i / 8];
      at.min_x[i % 8] = *std::min_element(eight.min_x.begin(), eight.min_x.end());
      at.min_y[i % 8] = *std::min_element(eight.min_y.begin(), eight.min_y.end());
      at.max_x[i % 8] = *std::max_element(eight.max_x.begin(), eight.max_x.end());
      at.max_y[i % 8] = *std::max_element(eight.max_y.begin(), eight.max_y.end());
    }
  }

  /// The boxes of groups are on level 1.
  void search(std::size_t level, std::size_t node, std::size_t group, std::vector<std::size_t>& near) const {
    unsigned bits = boxes_[level_begin_[level] + node].meeting(boxes_[level_begin_[1] + group / 8], group % 8);
    for (; bits != 0; bits &= bits - 1) {
      const std::size_t child = 8 * node + static_cast<std::size_t>(std::countr_zero(bits));
      if (((child + 1) << (3 * (level - 1))) <= group) continue;  // ends before
      if (level == 1)
        near.push_back(child);
      else
        search(level - 1, child, group, near);
    }
  }

  std::vector<EightBoxes> boxes_;
  std::vector<ChainWays> ways_;
  std::vector<std::size_t> level_begin_;
  std::size_t chains_ = 0;
};

/// Whether segments ab and cd may share a point. Rounding only ever errs towards true.
bool may_meet(Point a, Point b, Point c, Point d) {
  const double scale =
      (std::abs(b.x - a.x) + std::abs(b.y - a.y)) * (std::abs(d.x - c.x) + std::abs(d.y - c.y));
  const double doubt = 1e-12 * scale;
  const double c_side = cross(a, b, c), d_side = cross(a, b, d);
  if ((c_side > doubt && d_side > doubt) || (c_side < -doubt && d_side < -doubt)) return false;
  const double a_side = cross(c, d, a), b_side = cross(c, d, b);
  return !((a_side > doubt && b_side > doubt) || (a_side < -doubt && b_side < -doubt));
}

/// Consecutive edges ab, bc meet in b by right; they must not run back over each other.
bool runs_back(Point a, Point b, Point c) {
  const double dot = (a.x - b.x) * (c.x - b.x) + (a.y - b.y) * (c.y - b.y);
  const double area = cross(a, b, c);
  return dot > 0 && std::abs(area) <= 1e-12 * dot;
}

bool pair_may_touch(std::span<const Point> ring, std::uint32_t i, std::uint32_t j) {
  const auto n = static_cast<std::uint32_t>(ring.size());
  const auto next = [n](std::uint32_t k) { return k + 1 == n ? 0 : k + 1; };
  if (next(i) == j) return runs_back(ring[i], ring[j], ring[next(j)]);
  if (next(j) == i) return runs_back(ring[j], ring[i], ring[next(i)]);
  return may_meet(ring[i], ring[next(i)], ring[j], ring[next(j)]);
}

/// Edges [first, last) of a ring: one chain, or two that follow each other, perhaps across the ring's first point.
struct Edges {
  std::size_t first, last;
};

std::size_t wrapped(std::size_t i, std::size_t size) { return i < size ? i : i - size; }

/// Whether each edge runs on in the direction from the first point to the last: then none meets another. Rounding only
/// ever errs towards false.
bool is_monotone(std::span<const Point> ring, Edges edges) {
  const Point begin = ring[wrapped(edges.first, ring.size())], end = ring[wrapped(edges.last, ring.size())];
  const double x = end.x - begin.x, y = end.y - begin.y;
  bool all = true;
  Point a = begin;
  for (std::size_t i = edges.first + 1; i <= edges.last; ++i) {
    const Point b = ring[wrapped(i, ring.size())];
    const double along_x = (b.x - a.x) * x, along_y = (b.y - a.y) * y;
    all &= along_x + along_y > 1e-12 * (std::abs(along_x) + std::abs(along_y));
    a = b;
  }
  return all;
}

bool boxes_meet(Point a, Point b, Point c, Point d) {
  return std::min(a.x, b.x) <= std::max(c.x, d.x) && std::min(c.x, d.x) <= std::max(a.x, b.x) &&
         std::min(a.y, b.y) <= std::max(c.y, d.y) && std::min(c.y, d.y) <= std::max(a.y, b.y);
}

bool edge_meets(const Box& box, Point a, Point b) {
  return std::max(a.x, b.x) >= box.min_x && std::min(a.x, b.x) <= box.max_x && std::max(a.y, b.y) >= box.min_y &&
         std::min(a.y, b.y) <= box.max_y;
}

/// Whether some edge of `some` may touch one of `others` that comes after it and lies within the same ring.
bool edges_may_touch(std::span<const Point> ring, Edges some, Edges others) {
  const std::size_t n = ring.size();
  Box box_of_others;
  for (std::size_t i = others.first; i <= others.last; ++i) box_of_others.add(ring[wrapped(i, n)]);
  for (std::size_t i = some.first; i < some.last; ++i) {
    const std::size_t a = wrapped(i, n);
    if (!edge_meets(box_of_others, ring[a], ring[wrapped(a + 1, n)])) continue;
    for (std::size_t j = std::max(i + 1, others.first); j < others.last; ++j) {
      const std::size_t c = wrapped(j, n);
      if (boxes_meet(ring[a], ring[wrapped(a + 1, n)], ring[c], ring[wrapped(c + 1, n)]) &&
          pair_may_touch(ring, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(c)))
        return true;
    }
  }
  return false;
}

/// Edges that follow each other: those of chain k, and of it and the next, which may be the first again.
bool neighbours_may_touch(std::span<const Point> ring, std::size_t k, const ChainTree& tree) {
  const std::size_t first = chain_edges * k, end = std::min(first + chain_edges, ring.size());
  const std::size_t next = end < ring.size() ? std::min(chain_edges, ring.size() - end) : chain_edges;
  const Edges own{first, end}, others{end, std::min(end + next, first + ring.size())};
  if (!tree.runs_on(k) && edges_may_touch(ring, own, own)) return true;
  return !tree.runs_on_to_next(k) && !is_monotone(ring, {first, others.last}) && edges_may_touch(ring, own, others);
}

/// Even-odd.
bool is_inside(std::span<const Point> ring, Point p) {
  bool inside = false;
  for (std::size_t k = 0, last = ring.size() - 1; k < ring.size(); last = k++) {
    const Point a = ring[last], b = ring[k];
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) inside = !inside;
  }
  return inside;
}

Box box_of(std::span<const Point> ring) {
  Box box;
  for (const Point p : ring) box.add(p);
  return box;
}

/// Whether the outlines of two rings may share a point.
bool rings_may_touch(std::span<const Point> a, std::span<const Point> b, const Box& box_of_b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Point p = a[i], q = a[i + 1 == a.size() ? 0 : i + 1];
    if (!edge_meets(box_of_b, p, q)) continue;
    for (std::size_t k = 0; k < b.size(); ++k) {
      const Point r = b[k], s = b[k + 1 == b.size() ? 0 : k + 1];
      if (boxes_meet(p, q, r, s) && may_meet(p, q, r, s)) return true;
    }
  }
  return false;
}

/// Whether two rings of one polygon may lie to each other as they must not: a hole lies within its exterior, all others
/// beside each other, and none touches another. An island within a hole is for GEOS, too.
bool may_lie_wrong(std::span<const Point> a, std::span<const Point> b, bool b_is_hole_of_a) {
  constexpr std::size_t most_pairs = 1U << 20U;  // of edges
  const Box box_of_a = box_of(a), box_of_b = box_of(b);
  if (!box_of_a.intersects(box_of_b)) return b_is_hole_of_a;
  if (a.size() * b.size() > most_pairs || rings_may_touch(a, b, box_of_b)) return true;
  return b_is_hole_of_a ? !is_inside(a, b[0]) : is_inside(a, b[0]) || is_inside(b, a[0]);
}

/// Most that is wrong are rings that touch themselves in a corner: taken apart there they are right, in a tenth of the
/// time that GEOS takes to find all crossings of all edges.
void repair_polygon(const PolygonSet& set, std::size_t i, Geos& geos, PolygonSet& repaired) {
  const auto polygon = static_cast<std::uint32_t>(i);
  if (append_exact_outline(set, polygon, polygon + 1, geos, repaired) && repaired.ring_count() > 0) return;
  repaired = {};
  geos.append_repaired(set, i, repaired);
}

}  // namespace

bool may_touch_itself(std::span<const Point> ring) {
  thread_local ChainTree tree;
  thread_local std::vector<std::size_t> near;
  if (ring.size() < 3) return true;
  tree.build(ring);
  std::size_t pairs = 0;
  const auto edges_of = [&](std::size_t k) { return Edges{chain_edges * k, std::min(chain_edges * (k + 1), ring.size())}; };
  const auto touches = [&](std::size_t k, std::size_t other) {
    if (k == 0 && other + 1 == tree.size()) return false;  // they follow each other
    return ++pairs > most_pairs_per_chain * tree.size() || edges_may_touch(ring, edges_of(k), edges_of(other));
  };
  for (std::size_t group = 0; group < tree.groups(); ++group) {
    tree.find_near(group, near);
    for (std::size_t k = 8 * group; k < std::min(8 * group + 8, tree.size()); ++k) {
      if (neighbours_may_touch(ring, k, tree)) return true;
      for (const std::size_t there : near) {
        unsigned bits = tree.meeting(there, k);
        if (8 * there < k + 2) bits = k + 2 - 8 * there < 8 ? bits >> (k + 2 - 8 * there) << (k + 2 - 8 * there) : 0;
        for (; bits != 0; bits &= bits - 1)
          if (touches(k, 8 * there + static_cast<std::size_t>(std::countr_zero(bits)))) return true;
      }
    }
  }
  return false;
}

bool may_be_invalid(const PolygonSet& set, std::size_t i) {
  constexpr std::uint32_t most_rings = 32;
  const std::uint32_t first = set.polygon_begin[i], last = set.polygon_begin[i + 1];
  if (last - first > most_rings) return true;
  std::uint32_t exterior = first;
  for (std::uint32_t r = first; r < last; ++r) {
    if (may_touch_itself(set.ring(r))) return true;
    const bool hole = last - first > 1 && signed_area(set.ring(r)) <= 0;
    if (!hole) exterior = r;
    for (std::uint32_t other = first; other < r; ++other)
      if (may_lie_wrong(set.ring(other), set.ring(r), hole && other == exterior)) return true;
  }
  return false;
}

std::vector<Repair> find_repairs(const PolygonSet& set) {
  std::vector<Repair> repairs;
  std::mutex mutex;
  parallel_ranges(set.size(), polygons_per_range, [&](std::size_t first, std::size_t last) {
    std::unique_ptr<Geos> geos;
    for (std::size_t i = first; i < last; ++i) {
      if (!may_be_invalid(set, i)) continue;
      if (!geos) geos = std::make_unique<Geos>();
      Repair repair{i, geos->invalid_reason(set, i), {}};
      if (repair.reason.empty()) continue;
      repair_polygon(set, i, *geos, repair.repaired);
      const std::lock_guard lock(mutex);
      repairs.push_back(std::move(repair));
    }
  });
  std::sort(repairs.begin(), repairs.end(),
            [](const Repair& a, const Repair& b) { return a.polygon < b.polygon; });
  return repairs;
}

}  // namespace battlemap::geo
