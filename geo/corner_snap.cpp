#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "geo/corner_rings.hpp"
#include "geo/point_numbers.hpp"

namespace battlemap::geo {
namespace {

/// An edge that has rings on one side only, and a ring that runs along it.
struct LooseEdge {
  std::uint32_t edge, ring;
};

struct LooseCorner {
  std::uint64_t cell;
  std::uint32_t corner, ring;
};

/// The corners of loose edges by square cells of the plane.
class LooseCorners {
 public:
  LooseCorners(const CornerRings& rings, const EdgeTable& edges, std::span<const LooseEdge> loose, double side)
      : side_(side) {
    for (const LooseEdge& each : loose)
      for (const std::uint32_t corner : {edges.edges[each.edge].low, edges.edges[each.edge].high})
        entries_.push_back({cell_of(column(rings.points[corner].x), column(rings.points[corner].y)), corner, each.ring});
    std::sort(entries_.begin(), entries_.end(), [](const LooseCorner& a, const LooseCorner& b) {
      return std::tie(a.cell, a.corner, a.ring) < std::tie(b.cell, b.corner, b.ring);
    });
  }
  const std::vector<LooseCorner>& all() const { return entries_; }
  template <class Visit>
  void near(const Box& box, const Visit& visit) const {
    for (std::int64_t y = column(box.min_y); y <= column(box.max_y); ++y)
      for (std::int64_t x = column(box.min_x); x <= column(box.max_x); ++x) {
        const std::uint64_t cell = cell_of(x, y);
        auto at = std::lower_bound(entries_.begin(), entries_.end(), cell,
                                   [](const LooseCorner& c, std::uint64_t wanted) { return c.cell < wanted; });
        for (; at != entries_.end() && at->cell == cell; ++at) visit(*at);
      }
  }

 private:
  std::int64_t column(double v) const { return static_cast<std::int64_t>(std::floor(v / side_)); }
  static std::uint64_t cell_of(std::int64_t x, std::int64_t y) {
    return (static_cast<std::uint64_t>(x) << 32U) ^ (static_cast<std::uint64_t>(y) & 0xFFFFFFFFU);
  }
  double side_;
  std::vector<LooseCorner> entries_;
};

Box box_around(Point a, Point b, double by) {
  Box box;
  box.add(a), box.add(b);
  return {box.min_x - by, box.min_y - by, box.max_x + by, box.max_y + by};
}

std::vector<LooseEdge> loose_edges(const CornerRings& rings, const EdgeTable& edges) {
  std::vector<LooseEdge> loose;
  for (std::uint32_t r = 0; r < rings.size(); ++r)
    for (std::uint32_t i = rings.ring_begin[r]; i < rings.ring_begin[r + 1]; ++i)
      if (edges.edges[edges.at[i]].one_sided()) loose.push_back({edges.at[i], r});
  return loose;
}

/// Cells about as large as the edges: an edge then looks into a few.
double cell_side(const CornerRings& rings, const EdgeTable& edges, std::span<const LooseEdge> loose, double least) {
  double length = 0;
  for (const LooseEdge& each : loose)
    length += distance(rings.points[edges.edges[each.edge].low], rings.points[edges.edges[each.edge].high]);
  return std::max(least, loose.empty() ? 0 : length / static_cast<double>(loose.size()));
}

using Moves = std::unordered_map<std::uint32_t, std::uint32_t>;

/// Each corner goes to the lowest-numbered one near it that stays where it is and is of another ring.
Moves find_moves(const CornerRings& rings, const LooseCorners& corners, double tolerance) {
  std::vector<LooseCorner> order = corners.all();
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.corner < b.corner; });
  Moves moves;
  for (const LooseCorner& each : order) {
    if (moves.contains(each.corner)) continue;
    const Point p = rings.points[each.corner];
    std::uint32_t to = each.corner;
    corners.near(box_around(p, p, tolerance), [&](const LooseCorner& other) {
      if (other.corner < to && other.ring != each.ring && !moves.contains(other.corner) &&
          distance(rings.points[other.corner], p) <= tolerance)
        to = other.corner;
    });
    if (to != each.corner) moves.emplace(each.corner, to);
  }
  return moves;
}

/// A corner on the way of an edge, at this share of it as run from its lower corner.
struct Stop {
  std::uint32_t edge;
  double along;
  std::uint32_t corner;
};

void add_stops(const CornerRings& rings, const EdgeTable::Entry& edge, const LooseEdge& loose,
               const LooseCorners& corners, double tolerance, const Moves& moves, std::vector<Stop>& stops) {
  const Point a = rings.points[edge.low], b = rings.points[edge.high];
  const double length = distance(a, b);
  if (!(length > 2 * tolerance)) return;
  corners.near(box_around(a, b, tolerance), [&](const LooseCorner& other) {
    if (other.ring == loose.ring || other.corner == edge.low || other.corner == edge.high ||
        moves.contains(other.corner))
      return;
    const Point p = rings.points[other.corner];
    const double along = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length);
    const double beside = std::abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length;
    const double margin = tolerance / length;
    if (beside <= tolerance && along > margin && along < 1 - margin) stops.push_back({loose.edge, along, other.corner});
  });
}

std::vector<Stop> find_stops(const CornerRings& rings, const EdgeTable& edges, std::span<const LooseEdge> loose,
                             const LooseCorners& corners, double tolerance, const Moves& moves) {
  std::vector<Stop> stops;
  for (const LooseEdge& each : loose) add_stops(rings, edges.edges[each.edge], each, corners, tolerance, moves, stops);
  std::sort(stops.begin(), stops.end(), [](const Stop& a, const Stop& b) {
    return std::tie(a.edge, a.along, a.corner) < std::tie(b.edge, b.along, b.corner);
  });
  const auto same = [](const Stop& a, const Stop& b) { return a.edge == b.edge && a.corner == b.corner; };
  stops.erase(std::unique(stops.begin(), stops.end(), same), stops.end());
  return stops;
}

class RingRewriter {
 public:
  RingRewriter(const CornerRings& rings, const EdgeTable& edges, const Moves& moves, std::span<const Stop> stops)
      : rings_(rings), edges_(edges), moves_(moves), stops_(stops) {}

  void append(std::size_t r, std::vector<std::uint32_t>& out) {
    const std::size_t begin = out.size();
    for (std::uint32_t i = rings_.ring_begin[r]; i < rings_.ring_begin[r + 1]; ++i) {
      push(moved(rings_.corners[i]), begin, out);
      if (edges_.edges[edges_.at[i]].one_sided()) push_stops(i, begin, out);
    }
    while (out.size() > begin + 1 && out.back() == out[begin]) out.pop_back();
    if (out.size() >= begin + 3) return;
    out.resize(begin);
    out.insert(out.end(), rings_.corners.begin() + rings_.ring_begin[r],
               rings_.corners.begin() + rings_.ring_begin[r + 1]);
  }

 private:
  std::uint32_t moved(std::uint32_t corner) const {
    const auto found = moves_.find(corner);
    return found == moves_.end() ? corner : found->second;
  }
  static void push(std::uint32_t corner, std::size_t begin, std::vector<std::uint32_t>& out) {
    if (out.size() == begin || out.back() != corner) out.push_back(corner);
  }
  void push_stops(std::uint32_t i, std::size_t begin, std::vector<std::uint32_t>& out) const {
    const std::uint32_t edge = edges_.at[i];
    const auto [first, last] = std::equal_range(stops_.begin(), stops_.end(), Stop{edge, 0, 0},
                                                [](const Stop& a, const Stop& b) { return a.edge < b.edge; });
    if (rings_.corners[i] == edges_.edges[edge].low)
      for (auto at = first; at != last; ++at) push(at->corner, begin, out);
    else
      for (auto at = last; at != first;) push((--at)->corner, begin, out);
  }

  const CornerRings& rings_;
  const EdgeTable& edges_;
  const Moves& moves_;
  std::span<const Stop> stops_;
};

}  // namespace

std::size_t snap_corners(CornerRings& rings, const EdgeTable& edges, double tolerance) {
  const std::vector<LooseEdge> loose = loose_edges(rings, edges);
  if (loose.empty() || !(tolerance > 0)) return 0;
  const LooseCorners corners(rings, edges, loose, cell_side(rings, edges, loose, 2 * tolerance));
  const Moves moves = find_moves(rings, corners, tolerance);
  const std::vector<Stop> stops = find_stops(rings, edges, loose, corners, tolerance, moves);
  if (moves.empty() && stops.empty()) return 0;
  RingRewriter rewriter(rings, edges, moves, stops);
  std::vector<std::uint32_t> corner_list, begin{0};
  corner_list.reserve(rings.corners.size() + stops.size());
  for (std::size_t r = 0; r < rings.size(); ++r) {
    rewriter.append(r, corner_list);
    begin.push_back(static_cast<std::uint32_t>(corner_list.size()));
  }
  rings.corners = std::move(corner_list);
  rings.ring_begin = std::move(begin);
  return moves.size() + stops.size();
}

}  // namespace battlemap::geo
