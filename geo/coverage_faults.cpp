#include "geo/coverage_faults.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>
#include <set>

#include "geo/corner_rings.hpp"
#include "geo/geos.hpp"
#include "geo/parallel.hpp"
#include "geo/join.hpp"
#include "geo/problem_log.hpp"

namespace battlemap::geo {
namespace {

constexpr std::array<double, 4> looks_along_edge{0, 0.25, 0.5, 0.75};

/// An edge that only one polygon has, as its ring runs.
struct LonelyEdge {
  std::uint32_t from, to, polygon;
};

std::vector<LonelyEdge> lonely_edges(const CornerRings& rings, const EdgeTable& table) {
  std::vector<LonelyEdge> edges;
  for (std::size_t r = 0; r < rings.size(); ++r)
    for (std::uint32_t i = rings.ring_begin[r]; i < rings.ring_begin[r + 1]; ++i)
      if (table.edges[table.at[i]].one_sided())
        edges.push_back({rings.corners[i], rings.corner_after(r, i), rings.owner[r]});
  std::sort(edges.begin(), edges.end(), [](const LonelyEdge& a, const LonelyEdge& b) {
    return std::tie(a.from, a.to, a.polygon) < std::tie(b.from, b.to, b.polygon);
  });
  return edges;
}

/// Boxes of polygons by square cells of the plane, about as many as there are polygons.
class BoxGrid {
 public:
  explicit BoxGrid(const PolygonSet& set) : set_(set), extent_(set.extent()) {
    side_ = std::max(1.0, std::sqrt(extent_.width() * extent_.height() / static_cast<double>(set.size() + 1)));
    columns_ = static_cast<std::size_t>(extent_.width() / side_) + 1;
    begin_.assign(columns_ * (static_cast<std::size_t>(extent_.height() / side_) + 1) + 1, 0);
    for (std::uint32_t i = 0; i < set.size(); ++i) each_cell(i, [&](std::size_t c) { ++begin_[c + 1]; });
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    polygons_.resize(begin_.back());
    auto fill = begin_;
    for (std::uint32_t i = 0; i < set.size(); ++i) each_cell(i, [&](std::size_t c) { polygons_[fill[c]++] = i; });
  }
  template <class Visit>
  void at(Point p, const Visit& visit) const {
    const std::size_t cell = row(p.y) * columns_ + column(p.x);
    for (std::uint32_t k = begin_[cell]; k < begin_[cell + 1]; ++k)
      if (set_.boxes[polygons_[k]].contains(p)) visit(polygons_[k]);
  }

 private:
  std::size_t column(double x) const { return static_cast<std::size_t>((x - extent_.min_x) / side_); }
  std::size_t row(double y) const { return static_cast<std::size_t>((y - extent_.min_y) / side_); }
  template <class Visit>
  void each_cell(std::uint32_t i, const Visit& visit) const {
    const Box& box = set_.boxes[i];
    if (box.empty()) return;
    for (std::size_t y = row(box.min_y); y <= row(box.max_y); ++y)
      for (std::size_t x = column(box.min_x); x <= column(box.max_x); ++x) visit(y * columns_ + x);
  }
  const PolygonSet& set_;
  Box extent_;
  double side_ = 1;
  std::size_t columns_ = 1;
  std::vector<std::uint32_t> begin_, polygons_;
};

class FaultFinder {
 public:
  FaultFinder(const PolygonSet& set, const CoverageLimits& limits) : set_(set), limits_(limits) {
    const std::array<const PolygonSet*, 1> sets{&set};
    rings_ = number_corners(sets);
    EdgeTable table = find_edges(rings_);
    if (snap_corners(rings_, table, limits.snap) > 0) table = find_edges(rings_);
    lonely_ = lonely_edges(rings_, table);
  }

  std::vector<CoverageFault> find() {
    find_gaps();
    find_overlaps();
    return std::move(faults_);
  }

 private:
  /// Ground that nobody has lies on the right of lonely edges. Going round it with the sharpest turn to the right
  /// at every corner comes back to the start: clockwise around a hole, the other way round the land's outside.
  void find_gaps() {
    std::vector<char> done(lonely_.size(), 0);
    std::vector<std::size_t> round;
    for (std::size_t start = 0; start < lonely_.size(); ++start) {
      round.clear();
      for (std::size_t at = start; at < lonely_.size() && done[at] == 0; at = turn_right(lonely_[at], done)) {
        done[at] = 1;
        round.push_back(at);
      }
      if (!round.empty()) take_gap(round);
    }
  }

  std::size_t turn_right(const LonelyEdge& edge, const std::vector<char>& done) const {
    const Point here = rings_.points[edge.to], back = rings_.points[edge.from];
    const double from = std::atan2(back.y - here.y, back.x - here.x);
    auto at = static_cast<std::size_t>(std::lower_bound(lonely_.begin(), lonely_.end(), edge.to,
                                                        [](const LonelyEdge& e, std::uint32_t c) { return e.from < c; }) -
                                       lonely_.begin());
    std::size_t best = lonely_.size();
    double least = std::numeric_limits<double>::infinity();
    for (; at < lonely_.size() && lonely_[at].from == edge.to; ++at) {
      if (done[at] != 0) continue;
      const Point to = rings_.points[lonely_[at].to];
      double angle = std::atan2(to.y - here.y, to.x - here.x) - from;
      if (angle <= 0) angle += 2 * std::numbers::pi;
      if (angle < least) least = angle, best = at;
    }
    return best;
  }

  void take_gap(const std::vector<std::size_t>& round) {
    std::vector<Point> ring;
    std::vector<std::uint32_t> polygons;
    double length = 0;
    for (const std::size_t at : round) {
      ring.push_back(rings_.points[lonely_[at].from]);
      polygons.push_back(lonely_[at].polygon);
      length += distance(ring.back(), rings_.points[lonely_[at].to]);
    }
    const double area = -signed_area(ring);
    if (area < limits_.area || 2 * area > limits_.width * length) return;
    std::sort(polygons.begin(), polygons.end());
    polygons.erase(std::unique(polygons.begin(), polygons.end()), polygons.end());
    faults_.push_back({CoverageFault::Kind::gap, std::move(polygons), area, ring[0]});
  }

  using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

  /// Who overlaps another has a border within it, or the very same border on the same side.
  void find_overlaps() {
    constexpr std::size_t edges_at_once = 1024, pairs_at_once = 16;
    const BoxGrid grid(set_);
    std::vector<Pairs> parts((lonely_.size() + edges_at_once - 1) / edges_at_once);
    parallel_ranges(lonely_.size(), edges_at_once, [&](std::size_t first, std::size_t last) {
      for (std::size_t k = first; k < last; ++k) add_pairs(grid, k, parts[first / edges_at_once]);
    });
    Pairs all;
    for (Pairs& part : parts) all.merge(part);
    const std::vector pairs(all.begin(), all.end());
    std::vector<std::optional<CoverageFault>> overlaps(pairs.size());
    parallel_ranges(pairs.size(), pairs_at_once, [&](std::size_t first, std::size_t last) {
      Geos geos;
      for (std::size_t i = first; i < last; ++i) overlaps[i] = overlap_of(pairs[i].first, pairs[i].second, geos);
    });
    for (auto& overlap : overlaps)
      if (overlap) faults_.push_back(std::move(*overlap));
  }

  void add_pairs(const BoxGrid& grid, std::size_t k, Pairs& pairs) const {
    const LonelyEdge& each = lonely_[k];
    const Point a = rings_.points[each.from], b = rings_.points[each.to];
    for (const double share : looks_along_edge) {
      const Point p{a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
      grid.at(p, [&](std::uint32_t other) {
        if (other != each.polygon && polygon_contains(set_, other, p)) pairs.insert(std::minmax(each.polygon, other));
      });
    }
    const bool again = k > 0 && lonely_[k - 1].from == each.from && lonely_[k - 1].to == each.to;
    if (again) pairs.insert(std::minmax(lonely_[k - 1].polygon, each.polygon));
  }

  std::optional<CoverageFault> overlap_of(std::uint32_t a, std::uint32_t b, Geos& geos) const {
    const std::array<std::uint32_t, 2> both{a, b};
    PolygonSet united;
    geos.append_union(set_, both, 0, united);
    const double area = polygon_area(set_, a) + polygon_area(set_, b) - polygon_area(united, 0);
    // What snapping brings together is no overlap, however long the border.
    const double along = std::min(polygon_perimeter(set_, a), polygon_perimeter(set_, b));
    if (area < limits_.area || area < limits_.snap * along / 2) return std::nullopt;
    return CoverageFault{CoverageFault::Kind::overlap, {a, b}, area, set_.boxes[a].centre()};
  }

  const PolygonSet& set_;
  CoverageLimits limits_;
  CornerRings rings_;
  std::vector<LonelyEdge> lonely_;
  std::vector<CoverageFault> faults_;
};

std::string others(const DivisionTree& tree, const Coverage& coverage, const CoverageFault& fault) {
  constexpr std::size_t named = 4;
  std::string text;
  for (std::size_t i = 1; i < std::min(fault.polygons.size(), named); ++i) {
    const Division& division = tree[coverage.cells[fault.polygons[i]]];
    text += fmt::format("{}{} {}", i == 1 ? "" : ", ", division.code.text(), division.name);
  }
  if (fault.polygons.size() > named) text += fmt::format(" and {} more", fault.polygons.size() - named);
  return text;
}

std::string message_of(const DivisionTree& tree, const Coverage& coverage, const CoverageFault& fault) {
  const std::string name(tree[coverage.cells[fault.polygons[0]]].name), beside = others(tree, coverage, fault);
  const std::string area = fault.area < 1e5 ? fmt::format("{:.0f} m2", fault.area) : fmt::format("{:.2f} km2", fault.area / 1e6);
  if (fault.kind == CoverageFault::Kind::overlap) return fmt::format("{} and {} both have {}", name, beside, area);
  if (beside.empty()) return fmt::format("{} leaves a gap of {} within itself", name, area);
  return fmt::format("a gap of {} between {} and {}", area, name, beside);
}

}  // namespace

std::vector<CoverageFault> find_faults(const PolygonSet& coverage, const CoverageLimits& limits) {
  return FaultFinder(coverage, limits).find();
}

void report_faults(const DivisionTree& tree, std::span<const Coverage> coverages, const CoverageLimits& limits,
                   Problems& problems) {
  for (const Coverage& coverage : coverages) {
    if (coverage.size() == 0) continue;
    ProblemLog log(problems, fmt::format("{} boundaries", level_id(coverage.level)), problems_per_kind);
    for (const CoverageFault& fault : find_faults(coverage.outlines(), limits))
      log.add(fault.kind == CoverageFault::Kind::gap ? "gap" : "overlap", 0,
              tree[coverage.cells[fault.polygons[0]]].code.text(), message_of(tree, coverage, fault));
  }
}

}  // namespace battlemap::geo
