#include "geo/arcs.hpp"

#include "geo/arc_neighbours.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "geo/coverage_faults.hpp"
#include "geo/dissolve.hpp"

namespace battlemap::geo {
namespace {

/// Of the first layer.
std::vector<ArcSides> sides_of(const Arcs& arcs) {
  const Arcs::Layer& layer = arcs.layers.front();
  const std::vector<GridPoint> anywhere(arcs.points.size());
  const std::vector<Box> cells(layer.size());
  return arc_neighbours({layer.refs, layer.ring_begin, layer.polygon_begin, {}}, {0, anywhere, arcs.arc_begin}, {}, cells).sides;
}

void add_ring(PolygonSet& set, const std::vector<Point>& ring) {
  for (const Point p : ring) set.add_point(p);
  set.end_ring();
}

/// n x n squares of 1 km; every side has a bent corner in its middle, which both neighbours share.
PolygonSet bent_grid(int n) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> bend(-200, 200);
  std::map<std::pair<int, int>, Point> middles;  // by doubled coordinates
  const auto middle = [&](int x, int y) {
    const auto [at, fresh] = middles.try_emplace({x, y});
    if (fresh) at->second = {x * 500.0 + bend(random), y * 500.0 + bend(random)};
    return at->second;
  };
  PolygonSet set;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x) {
      const double x0 = x * 1000.0, y0 = y * 1000.0, x1 = x0 + 1000, y1 = y0 + 1000;
      add_ring(set, {{x0, y0}, middle(2 * x + 1, 2 * y), {x1, y0}, middle(2 * x + 2, 2 * y + 1),
                     {x1, y1}, middle(2 * x + 1, 2 * y + 2), {x0, y1}, middle(2 * x, 2 * y + 1)});
      set.end_polygon();
    }
  return set;
}

PolygonSet boxes(const std::vector<Box>& of) {
  PolygonSet set;
  for (const Box& b : of) {
    add_ring(set, {{b.min_x, b.min_y}, {b.max_x, b.min_y}, {b.max_x, b.max_y}, {b.min_x, b.max_y}});
    set.end_polygon();
  }
  return set;
}

Arcs arcs_of(const PolygonSet& set, double snap = 0) {
  const std::vector<const PolygonSet*> sets{&set};
  return build_arcs(sets, snap);
}

/// The ring from its smallest point on.
std::vector<Point> turned(std::span<const Point> ring) {
  std::vector<Point> out(ring.begin(), ring.end());
  std::rotate(out.begin(), std::min_element(out.begin(), out.end(), [](Point a, Point b) {
                return std::pair(a.x, a.y) < std::pair(b.x, b.y);
              }), out.end());
  return out;
}

void expect_same(const PolygonSet& a, const PolygonSet& b) {
  ASSERT_EQ(a.polygon_begin, b.polygon_begin);
  for (std::size_t r = 0; r < a.ring_count(); ++r) EXPECT_EQ(turned(a.ring(r)), turned(b.ring(r)));
}

TEST(Arcs, EveryBorderIsThereOnceAndRingsComeBack) {
  const PolygonSet grid = bent_grid(6);
  const Arcs arcs = arcs_of(grid);
  // 84 sides; at the four outer corners two of them are one border.
  EXPECT_EQ(arcs.size(), 80U);
  EXPECT_EQ(arcs.points.size(), 80U * 3 + 4 * 2);
  expect_same(polygons_of(arcs, 0), grid);
  const auto sides = sides_of(arcs);
  EXPECT_EQ(std::count_if(sides.begin(), sides.end(), [](ArcSides s) { return s.left == npos || s.right == npos; }), 20);
}

TEST(Arcs, LevelsShareThem) {
  const PolygonSet fine = bent_grid(6);
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> halves{{0, 18}, {18, 36}};
  const PolygonSet coarse = dissolve(fine, halves);
  const std::vector<const PolygonSet*> levels{&coarse, &fine};
  const Arcs arcs = build_arcs(levels);
  EXPECT_EQ(arcs.size(), 80U);
  expect_same(polygons_of(arcs, 0), coarse);
  expect_same(polygons_of(arcs, 1), fine);
  const auto sides = sides_of(arcs);
  EXPECT_EQ(std::count_if(sides.begin(), sides.end(), [](ArcSides s) { return s.left != npos && s.right != npos; }), 6);
}

TEST(Arcs, IslandsAndEnclavesAreClosedArcs) {
  PolygonSet set;
  add_ring(set, {{0, 0}, {9, 0}, {9, 9}, {0, 9}});
  add_ring(set, {{3, 3}, {3, 6}, {6, 6}, {6, 3}});
  set.end_polygon();
  add_ring(set, {{3, 3}, {6, 3}, {6, 6}, {3, 6}});
  set.end_polygon();
  set.end_polygon();  // a division without a boundary
  const Arcs arcs = arcs_of(set);
  EXPECT_EQ(arcs.size(), 2U);
  for (std::size_t a = 0; a < arcs.size(); ++a) EXPECT_EQ(arcs.line(a).front(), arcs.line(a).back());
  expect_same(polygons_of(arcs, 0), set);
}

/// A corner where four polygons meet, parts that touch in a point, borders of two coverages that differ.
TEST(Arcs, CoveragesThatShareLittleComeBackToo) {
  const PolygonSet touching = boxes({{0, 0, 1, 1}, {1, 1, 2, 2}, {1, 0, 2, 1}, {5, 5, 6, 6}});
  const PolygonSet other = boxes({{0, 0, 2, 1}, {0, 0, 2, 1}, {4, 4, 7, 7}});  // the second is the first again
  const std::vector<const PolygonSet*> sets{&touching, &other};
  const Arcs arcs = build_arcs(sets);
  expect_same(polygons_of(arcs, 0), touching);
  expect_same(polygons_of(arcs, 1), other);
}

TEST(Arcs, BordersThatNearlyMeetAreSnapped) {
  // The right neighbour is 6 cm off; the left one has a corner in the middle that it lacks.
  PolygonSet set;
  add_ring(set, {{0, 0}, {100, 0}, {100.03, 50}, {100, 100}, {0, 100}});
  set.end_polygon();
  add_ring(set, {{100.06, 0}, {200, 0}, {200, 100}, {100.06, 100.02}});
  set.end_polygon();
  EXPECT_EQ(arcs_of(set, 0.01).size(), 2U);
  const Arcs arcs = arcs_of(set, 0.1);
  EXPECT_EQ(arcs.size(), 3U);
  EXPECT_GT(arcs.snapped, 0U);
  const auto sides = sides_of(arcs);
  EXPECT_EQ(std::count_if(sides.begin(), sides.end(), [](ArcSides s) { return s.left != npos && s.right != npos; }), 1);
  for (const Point p : arcs.points) {
    const auto near = std::min_element(set.points.begin(), set.points.end(),
                                       [&](Point a, Point b) { return distance(a, p) < distance(b, p); });
    EXPECT_EQ(*near, p);  // corners move to corners, nothing is invented
  }
}

TEST(Arcs, WhatIsSmallerThanTheToleranceStays) {
  const PolygonSet set = boxes({{0, 0, 100, 100}, {100.5, 0, 101, 0.5}});
  const Arcs arcs = arcs_of(set, 2);
  const PolygonSet back = polygons_of(arcs, 0);
  ASSERT_EQ(back.ring_count(), 2U);
  EXPECT_GT(std::abs(polygon_area(back, 1)), 0.1);
}

/// Rings that start anywhere, repeat points, come back on themselves or are none.
TEST(Arcs, OddRingsComeBackWithoutRepeats) {
  PolygonSet set;
  add_ring(set, {{0, 0}, {0, 0}, {9, 0}, {9, 9}, {9, 9}, {0, 9}, {0, 0}});
  add_ring(set, {{1, 1}, {1, 1}});
  add_ring(set, {});
  set.end_polygon();
  add_ring(set, {{9, 9}, {9, 0}, {15, 0}, {15, 5}, {20, 5}, {15, 5}, {15, 9}});  // a spike
  set.end_polygon();
  add_ring(set, {{-0.0, 9}, {9, 9}, {9, 20}});
  set.end_polygon();
  PolygonSet clean;
  add_ring(clean, {{0, 0}, {9, 0}, {9, 9}, {0, 9}});
  add_ring(clean, {});
  add_ring(clean, {});
  clean.end_polygon();
  add_ring(clean, {{9, 9}, {9, 0}, {15, 0}, {15, 5}, {20, 5}, {15, 5}, {15, 9}});
  clean.end_polygon();
  add_ring(clean, {{0, 9}, {9, 9}, {9, 20}});
  clean.end_polygon();
  const Arcs arcs = arcs_of(set);
  expect_same(polygons_of(arcs, 0), clean);
  const auto sides = sides_of(arcs);
  EXPECT_EQ(
      std::count_if(sides.begin(), sides.end(), [](ArcSides s) { return s.left != npos && s.right != npos; }),
      3);
}

TEST(Arcs, AreTheSameForAllThreads) {
  const PolygonSet fine = bent_grid(150), coarse = bent_grid(70);  // several blocks of rings
  const std::vector<const PolygonSet*> sets{&fine, &coarse};
  const Arcs one = build_arcs(sets, 0, 1);
  expect_same(polygons_of(one, 0), fine);
  expect_same(polygons_of(one, 1), coarse);
  for (const int threads : {2, 5}) {
    const Arcs several = build_arcs(sets, 0, threads);
    EXPECT_EQ(several.points, one.points);
    EXPECT_EQ(several.arc_begin, one.arc_begin);
    for (std::size_t layer = 0; layer < 2; ++layer)
      EXPECT_EQ(several.layers[layer].refs, one.layers[layer].refs);
  }
  // Each side once: 2 n (n + 1) of them; those of the corners are two in one.
  const Arcs alone = arcs_of(fine);
  EXPECT_EQ(alone.size(), 2U * 150 * 151 - 4);
}

TEST(Arcs, TheSpikesTwoSidesAreOneArc) {
  PolygonSet set;
  add_ring(set, {{0, 0}, {4, 0}, {4, 2}, {6, 3}, {8, 2}, {6, 3}, {4, 2}, {4, 4}, {0, 4}});
  set.end_polygon();
  const Arcs arcs = arcs_of(set);
  EXPECT_EQ(arcs.size(), 2U);
  EXPECT_EQ(arcs.layers[0].refs.size(), 3U);
  EXPECT_EQ(arcs.points.size(), 3U + 6U);
}

std::vector<CoverageFault> faults_of(const PolygonSet& set, CoverageFault::Kind kind) {
  auto faults = find_faults(set);
  std::erase_if(faults, [&](const CoverageFault& f) { return f.kind != kind; });
  return faults;
}

TEST(CoverageFaults, LandThatMatchesHasNone) {
  EXPECT_TRUE(find_faults(bent_grid(12)).empty());
  EXPECT_TRUE(find_faults(boxes({{0, 0, 10, 10}, {10.05, 0, 20, 10}})).empty());      // within the tolerance
  EXPECT_TRUE(find_faults(boxes({{0, 0, 1000, 1000}, {5000, 0, 6000, 10}})).empty());  // islands
}

TEST(CoverageFaults, SliverBetweenTwoIsAGap) {
  PolygonSet set;
  add_ring(set, {{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}});
  set.end_polygon();
  add_ring(set, {{1000, 0}, {2000, 0}, {2000, 1000}, {1000, 1000}, {1004, 500}});
  set.end_polygon();
  const auto gaps = faults_of(set, CoverageFault::Kind::gap);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].polygons, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_NEAR(gaps[0].area, 2000, 1e-6);
  EXPECT_TRUE(faults_of(set, CoverageFault::Kind::overlap).empty());
}

TEST(CoverageFaults, HoleOfTheSizeOfALakeIsMeant) {
  PolygonSet set = bent_grid(5), holed;
  for (std::size_t i = 0; i < set.size(); ++i)
    if (i != 12) holed.append(set, i);
  EXPECT_TRUE(find_faults(holed).empty());
}

TEST(CoverageFaults, SharedGroundIsAnOverlap) {
  const auto lens = faults_of(boxes({{0, 0, 1000, 1000}, {990, 0, 2000, 1000}}), CoverageFault::Kind::overlap);
  ASSERT_EQ(lens.size(), 1U);
  EXPECT_NEAR(lens[0].area, 10000, 1e-6);
  const auto within = faults_of(boxes({{0, 0, 1000, 1000}, {400, 400, 500, 500}}), CoverageFault::Kind::overlap);
  ASSERT_EQ(within.size(), 1U);
  EXPECT_NEAR(within[0].area, 10000, 1e-6);
  const auto crossed = faults_of(boxes({{0, 400, 1000, 600}, {400, 0, 600, 1000}}), CoverageFault::Kind::overlap);
  ASSERT_EQ(crossed.size(), 1U);
  EXPECT_NEAR(crossed[0].area, 40000, 1e-6);
}

TEST(CoverageFaults, ThePolygonTwiceIsAnOverlap) {
  const auto twice = faults_of(boxes({{0, 0, 1000, 1000}, {1000, 0, 2000, 1000}, {0, 0, 1000, 1000}}),
                               CoverageFault::Kind::overlap);
  ASSERT_EQ(twice.size(), 1U);
  EXPECT_EQ(twice[0].polygons, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_NEAR(twice[0].area, 1e6, 1e-3);
}

}  // namespace
}  // namespace battlemap::geo
