#include "geo/arc_simplify.hpp"

#include <random>

#include "arc_checks.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

const std::vector<double> doubling{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 1e6};

/// A polygon of rings.
void add_polygon(PolygonSet& set, const std::vector<std::vector<Point>>& rings) {
  for (const auto& ring : rings) {
    for (const Point p : ring) set.add_point(p);
    set.end_ring();
  }
  set.end_polygon();
}

PolygonSet polygon(const std::vector<std::vector<Point>>& rings) {
  PolygonSet set;
  add_polygon(set, rings);
  return set;
}

Arcs arcs_from(const PolygonSet& set) {
  const std::vector<const PolygonSet*> sets{&set};
  return build_arcs(sets);
}

std::vector<Point> circle(Point centre, double radius, int corners, bool clockwise = false) {
  std::vector<Point> ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = (clockwise ? -2 : 2) * M_PI * i / corners;
    ring.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  }
  return ring;
}

/// n x n fields of 1 km whose sides are rough lines that both neighbours share.
class RoughFields {
 public:
  RoughFields(int n, int corners) : n_(n), corners_(corners) {}
  PolygonSet polygons() {
    PolygonSet set;
    for (int y = 0; y < n_; ++y)
      for (int x = 0; x < n_; ++x) {
        std::vector<Point> ring;
        append(ring, side(x, y, true), false), append(ring, side(x + 1, y, false), false);
        append(ring, side(x, y + 1, true), true), append(ring, side(x, y, false), true);
        add_polygon(set, {ring});
      }
    return set;
  }

 private:
  /// Within the square that stands on its corner over the side: sides then cannot meet.
  const std::vector<Point>& side(int x, int y, bool along_x) {
    const auto [at, fresh] = sides_.try_emplace({x, y, along_x});
    if (!fresh) return at->second;
    for (int i = 0; i <= corners_; ++i) {
      const double s = static_cast<double>(i) / corners_, reach = 0.9 * std::min(s, 1 - s);
      const double aside = reach * roughness_(random_), dx = along_x ? s : aside, dy = along_x ? aside : s;
      at->second.push_back({1000 * (x + dx), 1000 * (y + dy)});
    }
    return at->second;
  }
  static void append(std::vector<Point>& ring, std::vector<Point> line, bool back) {
    if (back) std::reverse(line.begin(), line.end());
    ring.insert(ring.end(), line.begin(), line.end() - 1);
  }
  int n_, corners_;
  std::map<std::tuple<int, int, bool>, std::vector<Point>> sides_;
  std::mt19937 random_{11};
  std::uniform_real_distribution<double> roughness_{-1, 1};
};

TEST(ArcSimplify, RoughFieldsStayACoverage) {
  for (const int corners : {2, 5, 40}) {
    const Arcs arcs = arcs_from(RoughFields(12, corners).polygons());
    const auto points = expect_sound(arcs, doubling);
    EXPECT_LT(points[8], arcs.points.size());
    EXPECT_EQ(points.back(), arcs.size() * 2);  // all straight
  }
}

TEST(ArcSimplify, TheLandIsTheSameAsTheUnionOfItsParts) {
  const Arcs arcs = arcs_from(RoughFields(8, 30).polygons());
  const auto rank = simplify_arcs(arcs, doubling);
  Geos geos;
  for (const std::size_t detail : {4U, 7U, 9U}) {
    const PolygonSet set = polygons_of(arcs_at(arcs, rank, detail), 0);
    PolygonSet together;
    std::vector<std::uint32_t> all;
    double sum = 0;
    for (std::uint32_t i = 0; i < set.size(); ++i) all.push_back(i), sum += polygon_area(set, i);
    geos.append_union(set, all, 0, together);
    EXPECT_NEAR(polygon_area(together, 0), sum, 1e-6 * sum);
    EXPECT_EQ(together.ring_count(), 1U);
  }
}

TEST(ArcSimplify, WhatIsWithinTheToleranceGoes) {
  // A quarter circle: points are 0.77 m from the chord over the next, 3.1 m from that over the next but one.
  std::vector<Point> ring{{0, 0}};
  for (int i = 0; i <= 40; ++i)
    ring.push_back({1000 * std::cos(M_PI * i / 80), 1000 * std::sin(M_PI * i / 80)});
  const Arcs arcs = arcs_from(polygon({ring}));
  ASSERT_EQ(arcs.points.size(), 43U);
  const std::vector<double> tolerances{0.1, 0.8, 3.2};
  const auto points = expect_sound(arcs, tolerances);
  EXPECT_EQ(points[0], 43U);
  EXPECT_LE(points[1], 27U);
  EXPECT_LE(points[2], 17U);
}

TEST(ArcSimplify, IslandsKeepACornerMoreThanALine) {
  PolygonSet set;
  add_polygon(set, {circle({0, 0}, 5, 100)});
  add_polygon(set, {circle({100, 0}, 1e-3, 3)});
  add_polygon(set, {circle({200, 0}, 50, 1000)});
  EXPECT_EQ(expect_sound(arcs_from(set), doubling).back(), 12U);
}

TEST(ArcSimplify, LakesStayWithinTheirIslands) {
  const Arcs arcs = arcs_from(polygon({circle({0, 0}, 50, 1000), circle({20, 10}, 15, 300, true)}));
  EXPECT_LE(expect_sound(arcs, doubling).back(), 12U);
}

TEST(ArcSimplify, TwoArcsBetweenTwoNodesDoNotFallTogether) {
  // Two banks that share both ends, with a sliver between them that belongs to a third.
  std::vector<Point> lower, upper;
  for (int i = 0; i <= 100; ++i) {
    const double bow = std::sin(M_PI * i / 100);
    lower.push_back({i * 10.0, 3 * bow}), upper.push_back({i * 10.0, 3 * bow + 0.01 * bow});
  }
  upper.back() = lower.back();
  std::vector<Point> sliver(lower), above(upper), below{{0, -500}, {1000, -500}};
  sliver.insert(sliver.end(), upper.rbegin() + 1, upper.rend() - 1);
  above.push_back({1000, 500}), above.push_back({0, 500});
  below.insert(below.end(), lower.rbegin(), lower.rend());
  PolygonSet set;
  add_polygon(set, {sliver}), add_polygon(set, {above}), add_polygon(set, {below});
  const Arcs arcs = arcs_from(set);
  ASSERT_EQ(arcs.size(), 4U);
  expect_sound(arcs, doubling);
}

TEST(ArcSimplify, NeedlesStayOpen) {
  // A needle of 1 km by 2 cm between two fields; its tip is no node.
  PolygonSet set;
  std::vector<Point> needle{{0, -0.01}}, west{{-500, -500}, {500, -500}};
  for (int i = 1; i < 100; ++i) needle.push_back({i * 10.0, -0.01 * (100 - i) / 100 + 0.001 * (i % 2)});
  needle.push_back({1000, 0});
  for (int i = 99; i > 0; --i) needle.push_back({i * 10.0, 0.01 * (100 - i) / 100 + 0.001 * (i % 2) + 0.002});
  needle.push_back({0, 0.01});
  std::vector<Point> field{{0, -500}, {2000, -500}, {2000, 500}, {0, 500}};
  field.insert(field.end(), needle.rbegin(), needle.rend());
  add_polygon(set, {needle}), add_polygon(set, {field});
  expect_sound(arcs_from(set), doubling);
}

TEST(ArcSimplify, SpiralsDoNotCrossThemselves) {
  std::vector<Point> ring;
  const auto at = [](double turn, double width) {
    return Point{(20 + 10 * turn + width) * std::cos(2 * M_PI * turn),
                 (20 + 10 * turn + width) * std::sin(2 * M_PI * turn)};
  };
  for (int i = 0; i <= 800; ++i) ring.push_back(at(i / 100.0, 3));
  for (int i = 800; i >= 0; --i) ring.push_back(at(i / 100.0, 0));
  const Arcs arcs = arcs_from(polygon({ring}));
  const auto points = expect_sound(arcs, doubling);
  EXPECT_LT(points[2], arcs.points.size() / 3);
}

TEST(ArcSimplify, IslandsInABayStayOutside) {
  // A bay that is far narrower than the tolerance, with islands before and in it.
  PolygonSet set;
  add_polygon(
      set, {{{0, 0}, {1000, 0}, {1000, 1000}, {520, 1000}, {510, 300}, {490, 300}, {480, 1000}, {0, 1000}}});
  for (const double y : {320.0, 500.0, 700.0, 990.0, 1003.0}) add_polygon(set, {circle({500, y}, 2, 12)});
  expect_sound(arcs_from(set), doubling);
}

TEST(ArcSimplify, LakesThatTouchAtANodeStayApart) {
  // Two lakes that meet in a point, each a closed arc from the node to itself, and one that meets the shore.
  PolygonSet set;
  std::vector<Point> left, right, shore{{500, 500}};
  for (int i = 0; i < 60; ++i) {
    const double angle = 2 * M_PI * i / 60;
    left.push_back({-5 + 5 * std::cos(-angle), 3 * std::sin(-angle)});
    right.push_back({5 - 5 * std::cos(angle), -3 * std::sin(angle)});
  }
  for (int i = 1; i < 20; ++i) shore.push_back({500 - 5 * std::sin(M_PI * i / 20), 500 - 0.4 * i});
  left.front() = right.front() = {0, 0};
  std::reverse(right.begin() + 1, right.end());
  add_polygon(set, {{{-500, -500}, {500, -500}, {500, 500}, {-500, 500}}, left, right, shore});
  add_polygon(set, {shore});
  for (auto* lake : {&left, &right}) {
    std::reverse(lake->begin() + 1, lake->end());
    add_polygon(set, {*lake});
  }
  const Arcs arcs = arcs_from(set);
  ASSERT_GE(arcs.size(), 4U);
  expect_sound(arcs, doubling);
}

/// Borders of two sources, a few metres beside and across each other.
TEST(ArcSimplify, OnlyArcsThatCrossedDo) {
  const PolygonSet fields = RoughFields(5, 30).polygons();
  PolygonSet moved = fields;
  for (Point& p : moved.points) p.x += 3, p.y += 0.5;
  const std::vector<const PolygonSet*> sets{&fields, &moved};
  const Arcs arcs = build_arcs(sets);
  EXPECT_FALSE(ArcMeetings(arcs).pairs().empty());
  expect_sound(arcs, doubling);
}

/// Arcs that are far from each other in number, and so simplified by different threads, but near on the
/// ground.
TEST(ArcSimplify, ManyNeighboursAtOnceAreTheSameForAllThreads) {
  PolygonSet outer, inner;
  for (int i = 0; i < 1500; ++i) {
    const Point centre{250.0 * (i % 40), 250.0 * (i / 40)};
    add_polygon(outer, {circle(centre, 100, 60)});
    add_polygon(inner, {circle(centre, 99.9, 61)});
  }
  const std::vector<const PolygonSet*> sets{&outer, &inner};
  const Arcs arcs = build_arcs(sets);
  EXPECT_LT(expect_sound(arcs, doubling).back(), arcs.points.size() / 2);
}

TEST(ArcSimplify, NothingAndLittleAreSimplifiedToo) {
  EXPECT_TRUE(simplify_arcs(Arcs{}, doubling).empty());
  const Arcs triangle = arcs_from(polygon({{{0, 0}, {1, 0}, {0, 1}}}));
  EXPECT_EQ(expect_sound(triangle, doubling).back(), 4U);
  EXPECT_EQ(simplify_arcs(triangle, {}), (std::vector<std::uint8_t>{255, 0, 0, 255}));
  const Arcs flat = arcs_from(polygon({{{0, 0}, {5, 0}, {9, 0}, {3, 0}}}));  // no area: a fault, but no crash
  EXPECT_GE(simplify_arcs(flat, doubling).size(), 4U);
}

TEST(ArcSimplify, TolerancesAreChecked) {
  const Arcs arcs = arcs_from(polygon({circle({0, 0}, 5, 100)}));
  for (const std::vector<double>& bad :
       {std::vector<double>{0}, {-1}, {1, 1}, {2, 1}, {NAN}, std::vector<double>(33, 1)})
    EXPECT_THROW(simplify_arcs(arcs, bad), Error);
}

}  // namespace
}  // namespace battlemap::geo
