#include "render/map_arcs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

using testing::JitteredGrid;
using testing::map_of;

constexpr Rect everywhere{-1000, -1000, 10000, 10000};

double area(const std::vector<std::vector<Vec2>>& rings) {
  double twice = 0;
  for (const auto& ring : rings)
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Vec2 a = ring[i], b = ring[(i + 1) % ring.size()];
      twice += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
  return std::abs(twice) / 2;
}

/// A map of hand-drawn cells, one metre a pixel, north up: y of the sheet is 100 - y of the map.
MapLayer map_with(const std::vector<std::vector<geo::Point>>& cells) {
  auto coverage = std::make_shared<geo::Coverage>();
  for (std::uint32_t i = 0; i < cells.size(); ++i) {
    JitteredGrid::add_polygon(coverage->polygons, cells[i]);
    coverage->cells.push_back({geo::Level::village, i});
    coverage->ancestry.push_back({0, 0, 0, 0, i});
  }
  MapLayer map;
  map.view.centre = {50, 50}, map.view.metres_per_pixel = 1, map.view.frame = {0, 0, 100, 100};
  map.coverage = coverage;
  return map;
}
std::vector<geo::Point> box(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

TEST(MapArcs, HaveEveryBorderOnce) {
  const auto map = map_with({box(0, 0, 50, 100), box(50, 0, 100, 50), box(50, 50, 100, 100)});
  const auto arcs = make_arcs(map, everywhere, 0.1F);
  std::multiset<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const auto& arc : arcs.arcs) pairs.insert(std::minmax(arc.left, arc.right));
  // The first cell has no corner where the other two meet: two borders of its own, seen from two sides each.
  EXPECT_EQ(pairs.count({1, 2}), 1U);
  EXPECT_EQ(arcs.nodes, 4U) << "(50, 0), (50, 50), (100, 50), (50, 100)";
}

TEST(MapArcs, KnowWhoLiesBeyondABorderWithOtherCorners) {
  const auto map = map_with({box(0, 0, 50, 100), box(50, 0, 100, 50), box(50, 50, 100, 100)});
  const auto arcs = make_arcs(map, everywhere, 0.1F);
  std::set<std::pair<std::uint32_t, std::uint32_t>> outer;
  for (const auto& arc : arcs.arcs)
    if (arc.left == geo::npos || arc.right == geo::npos)
      outer.insert({arc.left == geo::npos ? arc.right : arc.left, arc.beyond});
  EXPECT_TRUE(outer.contains({1, 0}));
  EXPECT_TRUE(outer.contains({2, 0}));
  EXPECT_TRUE(outer.contains({0, geo::npos}));
  EXPECT_TRUE(outer.contains({0, 1}) || outer.contains({0, 2}));
}

TEST(MapArcs, EnclavesAreClosedArcs) {
  auto outer = map_with({box(0, 0, 100, 100), box(40, 40, 60, 60)});
  auto coverage = std::make_shared<geo::Coverage>(*outer.coverage);
  auto& set = coverage->polygons;
  set = {};
  for (const auto p : box(0, 0, 100, 100)) set.add_point(p);
  set.end_ring();
  for (const geo::Point p : {geo::Point{40, 40}, {40, 60}, {60, 60}, {60, 40}}) set.add_point(p);  // clockwise
  set.end_ring();
  set.end_polygon();
  JitteredGrid::add_polygon(set, box(40, 40, 60, 60));
  outer.coverage = coverage;
  const auto arcs = make_arcs(outer, everywhere, 0.1F);
  ASSERT_EQ(arcs.arcs.size(), 2U);
  for (const auto& arc : arcs.arcs) EXPECT_EQ(arc.from, arc.to);
  EXPECT_NEAR(area(union_rings(arcs, [](std::uint32_t c) { return c == 1; }, everywhere)), 400, 1e-2);
  EXPECT_NEAR(area(union_rings(arcs, [](std::uint32_t) { return true; }, everywhere)), 10000, 1e-1);
  EXPECT_EQ(union_rings(arcs, [](std::uint32_t c) { return c == 0; }, everywhere).size(), 2U);
}

TEST(MapArcs, UnionsHaveTheAreaOfTheirCells) {
  const auto map = map_of(JitteredGrid(12, 9, 11).coverage(), 12, 9, 1200, 900, 1);
  const double square = map.view.metres_per_pixel * map.view.metres_per_pixel;
  for (const float tolerance : {0.05F, 0.5F}) {
    const auto arcs = make_arcs(map, everywhere, tolerance);
    const auto odd = [](std::uint32_t c) { return c % 3 == 1; };
    double expected = 0;
    for (std::uint32_t c = 0; c < map.coverage->size(); ++c)
      if (odd(c)) expected += geo::polygon_area(map.coverage->polygons, c) / square;
    EXPECT_NEAR(area(union_rings(arcs, odd, everywhere)), expected, expected * 0.004) << tolerance;
    const auto all = union_rings(arcs, [](std::uint32_t) { return true; }, everywhere);
    ASSERT_EQ(all.size(), 1U) << "no gaps between neighbours";
    EXPECT_NEAR(area(all), 1200 * 900, 1200 * 900 * 0.001);
  }
}

TEST(MapArcs, CoarserArcsHaveFewerPoints) {
  const auto map = map_of(JitteredGrid(12, 9, 25).coverage(), 12, 9, 1200, 900, 1);
  const auto fine = make_arcs(map, everywhere, 0.05F), coarse = make_arcs(map, everywhere, 3);
  EXPECT_LT(coarse.points.size() * 3, fine.points.size() * 2);
  EXPECT_EQ(coarse.arcs.size(), fine.arcs.size());
}

TEST(MapArcs, UnionsEndAtTheClip) {
  const auto map = map_of(JitteredGrid(12, 9, 5).coverage(), 12, 9, 1200, 900, 1);
  const Rect clip{300, 200, 400, 300};
  const auto arcs = make_arcs(map, clip, 0.1F);
  EXPECT_LT(arcs.arcs.size(), make_arcs(map, everywhere, 0.1F).arcs.size());
  EXPECT_NEAR(area(union_rings(arcs, [](std::uint32_t) { return true; }, clip)), 400 * 300, 1);
}

TEST(MapArcs, NothingInViewIsNothing) {
  const auto map = map_of(JitteredGrid(2, 2, 5).coverage(), 2, 2, 200, 200, 1);
  EXPECT_TRUE(make_arcs(map, {5000, 5000, 10, 10}, 0.1F).arcs.empty());
  EXPECT_TRUE(make_arcs(MapLayer{}, everywhere, 0.1F).arcs.empty());
}

}  // namespace
}  // namespace battlemap::render
