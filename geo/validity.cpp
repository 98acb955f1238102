#include "geo/validity.hpp"

#include <algorithm>
#include <bit>
#include <mutex>

#include "geo/error.hpp"
#include "geo/geos.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t polygons_per_range = 512;
constexpr std::size_t most_pairs_per_edge = 256;  ///< beyond it the sweep is slower than GEOS

double cross(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// An edge's extent on the sweep's axis and across it.
struct EdgeExtent {
  double max_along, min_across, max_across;
};

/// The edges of a ring on their way through the sweep.
struct Sweep {
  std::vector<EdgeExtent> edges;      ///< by index in the ring
  std::vector<std::uint64_t> order;   ///< sweep_key of where an edge begins, then its index: sorted
};

/// Ordered as the numbers are, numbers that are near being equal. Sorting these takes a third of the time of sorting
/// edges.
std::uint64_t sweep_key(double along) {
  const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(along));
  return (bits >> 31U) != 0 ? ~bits : bits | 0x80000000U;
}

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

void collect_edges(std::span<const Point> ring, Sweep& sweep) {
  Box box;
  for (const Point p : ring) box.add(p);
  const bool along_x = box.width() >= box.height();
  sweep.edges.clear();
  sweep.order.clear();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i];
    const Point b = ring[i + 1 == ring.size() ? 0 : i + 1];
    const auto [min_x, max_x] = std::minmax(a.x, b.x);
    const auto [min_y, max_y] = std::minmax(a.y, b.y);
    sweep.edges.push_back(along_x ? EdgeExtent{max_x, min_y, max_y} : EdgeExtent{max_y, min_x, max_x});
    sweep.order.push_back(sweep_key(along_x ? min_x : min_y) << 32U | i);
  }
  std::sort(sweep.order.begin(), sweep.order.end());
}

bool pair_may_touch(std::span<const Point> ring, std::uint32_t i, std::uint32_t j) {
  const auto n = static_cast<std::uint32_t>(ring.size());
  const auto next = [n](std::uint32_t k) { return k + 1 == n ? 0 : k + 1; };
  if (next(i) == j) return runs_back(ring[i], ring[j], ring[next(j)]);
  if (next(j) == i) return runs_back(ring[j], ring[i], ring[next(i)]);
  return may_meet(ring[i], ring[next(i)], ring[j], ring[next(j)]);
}

bool needs_geos(const PolygonSet& set, std::size_t i) {
  const std::uint32_t first = set.polygon_begin[i];
  const std::uint32_t rings = set.polygon_begin[i + 1] - first;
  return rings > 1 || (rings == 1 && may_touch_itself(set.ring(first)));
}

}  // namespace

bool may_touch_itself(std::span<const Point> ring) {
  thread_local Sweep sweep;
  collect_edges(ring, sweep);
  const auto& [edges, order] = sweep;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(order[i]);
    const EdgeExtent& e = edges[index];
    // Keys keep the order of numbers: an edge that begins before this one ends has no greater key.
    const std::uint64_t last = sweep_key(e.max_along) << 32U | 0xFFFFFFFFU;
    for (std::size_t j = i + 1; j < order.size() && order[j] <= last; ++j) {
      const auto other = static_cast<std::uint32_t>(order[j]);
      const EdgeExtent& f = edges[other];
      if (++pairs > most_pairs_per_edge * order.size()) return true;
      if (f.min_across > e.max_across || f.max_across < e.min_across) continue;
      if (pair_may_touch(ring, index, other)) return true;
    }
  }
  return false;
}

std::vector<Repair> find_repairs(const PolygonSet& set) {
  std::vector<Repair> repairs;
  std::mutex mutex;
  parallel_ranges(set.size(), polygons_per_range, [&](std::size_t first, std::size_t last) {
    std::unique_ptr<Geos> geos;
    for (std::size_t i = first; i < last; ++i) {
      if (!needs_geos(set, i)) continue;
      if (!geos) geos = std::make_unique<Geos>();
      Repair repair{i, geos->invalid_reason(set, i), {}};
      if (repair.reason.empty()) continue;
      geos->append_repaired(set, i, repair.repaired);
      const std::lock_guard lock(mutex);
      repairs.push_back(std::move(repair));
    }
  });
  std::sort(repairs.begin(), repairs.end(),
            [](const Repair& a, const Repair& b) { return a.polygon < b.polygon; });
  return repairs;
}

}  // namespace battlemap::geo
