#include "geo/dissolve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "geo/geos.hpp"

namespace battlemap::geo {
namespace {

using Range = std::pair<std::uint32_t, std::uint32_t>;

void add(PolygonSet& set, const std::vector<Point>& ring) {
  for (const Point p : ring) set.add_point(p);
  set.end_ring(), set.end_polygon();
}

/// A grid of cells whose inner corners are shaken; neighbours share their corners exactly.
PolygonSet shaken_grid(int n) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> shake(-0.3, 0.3);
  std::vector<Point> corners;
  for (int y = 0; y <= n; ++y)
    for (int x = 0; x <= n; ++x) {
      const bool inner = x > 0 && x < n && y > 0 && y < n;
      corners.push_back({x + (inner ? shake(random) : 0), y + (inner ? shake(random) : 0)});
    }
  const auto corner = [&](int x, int y) { return corners[static_cast<std::size_t>(y * (n + 1) + x)]; };
  PolygonSet set;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x)
      add(set, {corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1)});
  return set;
}

double total_area(const PolygonSet& set, Range range) {
  double area = 0;
  for (std::uint32_t i = range.first; i < range.second; ++i) area += polygon_area(set, i);
  return area;
}

TEST(Dissolve, KeepsAreaAndVertices) {
  const PolygonSet grid = shaken_grid(20);
  const std::vector<Range> ranges{{0, 57}, {57, 57}, {57, 230}, {230, 400}, {0, 400}};
  const PolygonSet united = dissolve(grid, ranges);
  ASSERT_EQ(united.size(), ranges.size());
  std::set<std::pair<double, double>> known;
  for (const Point p : grid.points) known.emplace(p.x, p.y);
  Geos geos;
  for (std::size_t g = 0; g < ranges.size(); ++g) {
    EXPECT_NEAR(polygon_area(united, g), total_area(grid, ranges[g]), 1e-9);
    if (g == 1) continue;
    EXPECT_EQ(geos.invalid_reason(united, g), "");
  }
  for (const Point p : united.points) EXPECT_TRUE(known.contains({p.x, p.y}));
  EXPECT_EQ(united.polygon_begin[1], united.polygon_begin[2]);  // an empty range has no rings
  EXPECT_EQ(united.ring(united.polygon_begin[4]).size(), 80U);
}

TEST(Dissolve, NeighboursOfTheResultStillShareTheirEdges) {
  const PolygonSet grid = shaken_grid(10);
  const PolygonSet halves = dissolve(grid, std::vector<Range>{{0, 50}, {50, 100}});
  const PolygonSet whole = dissolve(halves, std::vector<Range>{{0, 2}});
  EXPECT_EQ(whole.ring_count(), 1U);
  EXPECT_EQ(whole.points.size(), 40U);
}

TEST(Dissolve, HolesAndSeparatePartsComeOut) {
  const PolygonSet grid = shaken_grid(5);
  PolygonSet
      some;  // a ring of eight cells around one, and a cell far from it that touches it at a corner only
  for (const std::size_t i : {0, 1, 2, 5, 7, 10, 11, 12, 18}) some.append(grid, i);
  const PolygonSet united = dissolve(some, std::vector<Range>{{0, 9}});
  ASSERT_EQ(united.ring_count(), 3U);
  EXPECT_NEAR(polygon_area(united, 0), total_area(some, {0, 9}), 1e-12);
  EXPECT_EQ(Geos().invalid_reason(united, 0), "");
  EXPECT_FALSE(polygon_contains(united, 0, {1.5, 1.5}));
}

TEST(Dissolve, AHoleThatTouchesTheOutlineAtACornerStaysValid) {
  const PolygonSet grid = shaken_grid(4);
  PolygonSet some;  // all but an inner cell and the corner cell that touches it diagonally
  for (std::size_t i = 0; i < 16; ++i)
    if (i != 0 && i != 5) some.append(grid, i);
  const PolygonSet united = dissolve(some, std::vector<Range>{{0, 14}});
  EXPECT_NEAR(polygon_area(united, 0), total_area(some, {0, 14}), 1e-12);
  EXPECT_EQ(Geos().invalid_reason(united, 0), "");
}

TEST(Dissolve, EdgesThatDoNotMatchAreUnitedByGeos) {
  PolygonSet set;
  add(set, {{0, 0}, {1, 0}, {1, 2}, {0, 2}});
  add(set, {{1, 0}, {2, 0}, {2, 1}, {1, 1}});  // its corner (1, 1) lies on the first one's edge
  add(set, {{1, 1}, {2, 1}, {2, 2}, {1, 2}});
  add(set, {{0.5, 0.5}, {1.5, 0.5}, {1.5, 1.5}, {0.5, 1.5}});  // overlaps all
  const PolygonSet united = dissolve(set, std::vector<Range>{{0, 3}, {0, 4}});
  for (const std::size_t g : {0, 1}) {
    EXPECT_NEAR(polygon_area(united, g), 4, 1e-12);
    EXPECT_EQ(united.polygon_begin[g + 1] - united.polygon_begin[g], 1U);
  }
}

/// Else they would move when the outlines are packed, and a picture from the pack would not be the one from the sources.
TEST(Dissolve, CornersWhereBordersCrossAreOnTheGridOfAllOthers) {
  constexpr double step = 1.0 / 1024;
  PolygonSet set;
  add(set, {{0, 0}, {10, 1}, {10, 4}, {0, 3}});
  add(set, {{3, -2}, {7, -2}, {6, 9}, {4, 9}});
  for (const double asked : {step, 0.0}) {
    const PolygonSet united = dissolve(set, std::vector<Range>{{0, 2}}, asked);
    ASSERT_EQ(united.points.size(), 12U);
    const auto on_grid = [](Point p) { return p.x / step == std::round(p.x / step) && p.y / step == std::round(p.y / step); };
    EXPECT_EQ(std::ranges::all_of(united.points, on_grid), asked > 0);
    EXPECT_EQ(Geos().invalid_reason(united, 0), "");
  }
}

TEST(Dissolve, PolygonsThatTouchThemselvesAreMendedBeforeGeosGivesUp) {
  PolygonSet set;
  set.add_point({0, 0}), set.add_point({10, 0}), set.add_point({10, 10}), set.add_point({0, 10}), set.end_ring();
  set.add_point({8, 20}), set.add_point({9, 20}), set.add_point({9, 21}), set.end_ring();  // a hole outside of its shell
  set.end_polygon();
  add(set, {{5, 5}, {15, 6}, {15, 8}, {5, 9}});
  const PolygonSet united = dissolve(set, std::vector<Range>{{0, 2}}, 1.0 / 1024);
  EXPECT_GT(polygon_area(united, 0), 100);
}

std::vector<Point> outline_of(const std::vector<std::vector<Point>>& rings) {
  PolygonSet set;
  for (const auto& ring : rings) add(set, ring);
  return dissolve(set, std::vector<Range>{{0, static_cast<std::uint32_t>(rings.size())}}).points;
}

TEST(Dissolve, StartsWithTheFirstEdgeThatIsLeft) {
  const std::vector<Point> right{{1, 0}, {2, 0}, {2, 1}, {1, 1}};
  EXPECT_EQ(outline_of({{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, right}),
            (std::vector<Point>{{0, 0}, {1, 0}, {2, 0}, {2, 1}, {1, 1}, {0, 1}}));
  EXPECT_EQ(outline_of({{{1, 0}, {1, 1}, {0, 1}, {0, 0}}, right}),
            (std::vector<Point>{{1, 1}, {0, 1}, {0, 0}, {1, 0}, {2, 0}, {2, 1}}));
  // The edges that run back are the last and the first of a ring, one after the other.
  EXPECT_EQ(outline_of({{{0, 0}, {1, 0}, {1, 0.5}, {1, 1}, {0, 1}}, {{1, 0.5}, {1, 0}, {2, 0}, {2, 1}, {1, 1}}}),
            (std::vector<Point>{{0, 0}, {1, 0}, {2, 0}, {2, 1}, {1, 1}, {0, 1}}));
}

TEST(Dissolve, PartsThatTouchAtACornerAreCutThere) {
  EXPECT_EQ(outline_of({{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {{1, 1}, {2, 1}, {2, 2}, {1, 2}}}),
            (std::vector<Point>{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {1, 1}, {2, 1}, {2, 2}, {1, 2}}));
}

TEST(Dissolve, ZeroIsZeroWhateverItsSign) {
  EXPECT_EQ(outline_of({{{-1, 0.0}, {0.0, 0.0}, {0.0, 1}, {-1, 1}}, {{-0.0, -0.0}, {1, 0}, {1, 1}, {-0.0, 1}}}).size(), 6U);
}

TEST(Dissolve, NothingIsLeftOfARingAndItsOpposite) {
  EXPECT_TRUE(outline_of({{{0, 0}, {1, 0}, {1, 1}}, {{0, 0}, {1, 1}, {1, 0}}}).empty());
}

TEST(Dissolve, EdgesThatLieOnEachOtherAreNotLost) {
  const std::vector<Point> left{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, right{{1, 0}, {2, 0}, {2, 1}, {1, 1}};
  PolygonSet set;
  for (const auto& ring : {left, left, right}) add(set, ring);
  EXPECT_NEAR(polygon_area(dissolve(set, std::vector<Range>{{0, 3}}), 0), 2, 1e-12);
}

}  // namespace
}  // namespace battlemap::geo
