#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "geo/arc_simplify.hpp"
#include "geo/arcs.hpp"
#include "geo/geos.hpp"

namespace battlemap::geo {

/// The arcs of one detail of simplify_arcs.
inline Arcs arcs_at(const Arcs& full, const std::vector<std::uint8_t>& rank, std::size_t detail) {
  Arcs out;
  out.layers = full.layers;
  for (std::size_t a = 0; a < full.size(); ++a) {
    for (std::uint32_t i = full.arc_begin[a]; i < full.arc_begin[a + 1]; ++i)
      if (rank[i] > detail) out.points.push_back(full.points[i]);
    out.arc_begin.push_back(static_cast<std::uint32_t>(out.points.size()));
  }
  return out;
}

/// Finds arcs that meet elsewhere than in an end of segments that both share: by brute force within cells.
class ArcMeetings {
 public:
  explicit ArcMeetings(const Arcs& arcs) {
    for (std::uint32_t a = 0; a < arcs.size(); ++a)
      for (std::size_t k = 1; k < arcs.line(a).size(); ++k)
        segments_.push_back({arcs.line(a)[k - 1], arcs.line(a)[k]}), arc_.push_back(a);
    for (const auto& [a, b] : segments_) side_ += distance(a, b) / static_cast<double>(segments_.size());
    for (std::uint32_t i = 0; i < segments_.size(); ++i)
      each_cell(segments_[i], [&](std::int64_t cell) { cells_[cell].push_back(i); });
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs() const {
    std::set<std::pair<std::uint32_t, std::uint32_t>> found;
    for (const auto& [cell, members] : cells_)
      for (std::size_t i = 0; i < members.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
          if (meet(segments_[members[i]], segments_[members[k]]))
            found.insert(std::minmax(arc_[members[i]], arc_[members[k]]));
    return found;
  }

 private:
  using Segment = std::pair<Point, Point>;
  template <class Visit>
  void each_cell(const Segment& s, const Visit& visit) const {
    const auto cell = [&](double v) { return static_cast<std::int64_t>(std::floor(v / side_)); };
    const auto [x0, x1] = std::minmax(s.first.x, s.second.x);
    const auto [y0, y1] = std::minmax(s.first.y, s.second.y);
    for (auto y = cell(y0); y <= cell(y1); ++y)
      for (auto x = cell(x0); x <= cell(x1); ++x) visit(y * 4000037 + x);
  }
  static int side(Point a, Point b, Point p) {
    const long double v = static_cast<long double>(b.x - a.x) * static_cast<long double>(p.y - a.y) -
                          static_cast<long double>(b.y - a.y) * static_cast<long double>(p.x - a.x);
    return v > 0 ? 1 : v < 0 ? -1 : 0;
  }
  static bool on(const Segment& s, Point p) {
    Box box;
    box.add(s.first), box.add(s.second);
    return box.contains(p) && side(s.first, s.second, p) == 0;
  }
  static bool meet(const Segment& s, const Segment& t) {
    for (const auto& [p, q] : {t, Segment{t.second, t.first}})
      if (p == s.first || p == s.second) {
        const Point other = p == s.first ? s.second : s.first;
        return on(s, q) || on(t, other);
      }
    if (on(s, t.first) || on(s, t.second) || on(t, s.first) || on(t, s.second)) return true;
    return side(s.first, s.second, t.first) * side(s.first, s.second, t.second) < 0 &&
           side(t.first, t.second, s.first) * side(t.first, t.second, s.second) < 0;
  }

  std::vector<Segment> segments_;
  std::vector<std::uint32_t> arc_;  ///< of segments
  double side_ = 0;
  std::unordered_map<std::int64_t, std::vector<std::uint32_t>> cells_;
};

inline double distance_from_segment(Point p, Point a, Point b) {
  const double length = distance(a, b);
  const double along =
      length > 0
          ? std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length / length, 0.0, 1.0)
          : 0;
  return distance(p, {a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)});
}

/// Every full point is near the segment that stands for it; then the segment is near the full line, too,
/// which runs from the one end of it to the other.
inline double farthest_from_full(const Arcs& full, const std::vector<std::uint8_t>& rank,
                                 std::size_t detail) {
  double most = 0;
  for (std::size_t a = 0; a < full.size(); ++a)
    for (std::uint32_t from = full.arc_begin[a], to = from + 1; to < full.arc_begin[a + 1]; ++to) {
      if (rank[to] <= detail) continue;
      for (std::uint32_t i = from + 1; i < to; ++i)
        most = std::max(most, distance_from_segment(full.points[i], full.points[from], full.points[to]));
      from = to;
    }
  return most;
}

inline void expect_same_rings(const PolygonSet& full, const PolygonSet& simple) {
  ASSERT_EQ(full.ring_begin.size(), simple.ring_begin.size());
  for (std::size_t r = 0; r < full.ring_count(); ++r) {
    if (full.ring(r).empty()) continue;
    ASSERT_GE(simple.ring(r).size(), 3U);
    ASSERT_GT(signed_area(full.ring(r)) * signed_area(simple.ring(r)), 0) << "ring " << r;
  }
}

inline void expect_valid(const PolygonSet& full, const PolygonSet& simple) {
  Geos geos;
  for (std::size_t i = 0; i < full.size(); ++i) {
    const std::string reason = geos.invalid_reason(simple, i);
    ASSERT_TRUE(reason.empty() || !geos.invalid_reason(full, i).empty()) << "polygon " << i << ": " << reason;
  }
}

/// All that simplify_arcs promises, detail by detail. Returns how many points each detail has.
inline std::vector<std::size_t> expect_sound(const Arcs& full, const std::vector<double>& tolerances) {
  const auto rank = simplify_arcs(full, tolerances, 1);
  EXPECT_EQ(rank, simplify_arcs(full, tolerances, 2));
  EXPECT_EQ(rank, simplify_arcs(full, tolerances, 5));
  const auto met = ArcMeetings(full).pairs();
  std::vector<PolygonSet> layers;
  for (std::size_t l = 0; l < full.layers.size(); ++l) layers.push_back(polygons_of(full, l));
  std::vector<std::size_t> points;
  for (std::size_t k = 0; k < tolerances.size(); ++k) {
    SCOPED_TRACE(::testing::Message() << "tolerance " << tolerances[k]);
    const Arcs arcs = arcs_at(full, rank, k);
    points.push_back(arcs.points.size());
    for (std::size_t a = 0; a < arcs.size(); ++a) {
      EXPECT_EQ(arcs.line(a).front(), full.line(a).front());
      EXPECT_EQ(arcs.line(a).back(), full.line(a).back());
    }
    EXPECT_LE(farthest_from_full(full, rank, k), tolerances[k] * (1 + 1e-9));
    const auto meet = ArcMeetings(arcs).pairs();
    EXPECT_TRUE(std::includes(met.begin(), met.end(), meet.begin(), meet.end()));
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const PolygonSet simple = polygons_of(arcs, l);
      expect_same_rings(layers[l], simple);
      expect_valid(layers[l], simple);
    }
  }
  return points;
}

}  // namespace battlemap::geo
