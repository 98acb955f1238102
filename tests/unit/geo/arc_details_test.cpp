#include "geo/arc_details.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace battlemap::geo {
namespace {

Box square_extent(double x, double y, double side) {
  return {x, y, x + side, y + side};
}

TEST(ArcGrid, ReachesOverTheExtentWithRoom) {
  for (const double side : {0.0, 1e-9, 1.0, 3e4, 1.2e6, 4.2e6, 5e9, 1e200})
    for (const double x : {0.0, -7.3e5, 2.9e7}) {
      const Box extent = square_extent(x, 4.1e6, side);
      const Grid grid = grid_for(extent);
      EXPECT_EQ(std::exp2(std::round(std::log2(grid.step))), grid.step);
      for (const Point corner : {Point{extent.min_x, extent.min_y}, Point{extent.max_x, extent.max_y}}) {
        const GridPoint there = nearest(grid, corner);
        EXPECT_LE(std::max(std::abs(there.x), std::abs(there.y)), 1 << 30);
        EXPECT_LE(distance(grid.at(there), corner), grid.step * std::sqrt(0.5));
        EXPECT_EQ(nearest(grid, grid.at(there)), there);
      }
    }
  EXPECT_EQ(grid_for(square_extent(-6e5, 3e6, 1.2e6)).step, std::exp2(-10));
  EXPECT_EQ(grid_for(Box{}).step, std::exp2(-10));
  EXPECT_THROW(grid_for(square_extent(0, 0, INFINITY)), std::exception);
}

TEST(ArcGrid, SnappedPointsComeBackBitForBit) {
  const Grid grid = grid_for(square_extent(-6e5, 3e6, 1.2e6));
  std::vector<Point> points;
  for (int i = 0; i < 200000; ++i) points.push_back({std::sin(i) * 6e5, 3.6e6 + std::cos(i) * 6e5});
  const std::vector<Point> before = points;
  snap_to_grid(points, grid);
  for (std::size_t i = 0; i < points.size(); ++i) {
    ASSERT_LE(distance(points[i], before[i]), grid.step * 0.71);
    ASSERT_EQ(grid.at(nearest(grid, points[i])), points[i]);
  }
}

TEST(ArcDetails, FullDetailIsTheArcs) {
  PolygonSet set;
  for (const auto& ring : {std::vector<Point>{{0, 0}, {9, 0}, {9, 9}, {0, 9}}, {{9, 0}, {18, 1}, {9, 9}}}) {
    for (const Point p : ring) set.add_point(p);
    set.end_ring();
    set.end_polygon();
  }
  const PolygonSet none;
  std::array<const PolygonSet*, level_count> by_level;
  by_level.fill(&none);
  by_level.back() = &set;
  const auto shapes = make_arc_shapes(by_level, grid_for(set.extent()));
  ASSERT_FALSE(shapes->details.empty());
  const Arcs arcs = build_arcs(by_level);
  ASSERT_EQ(shapes->details[0].size(), arcs.size());
  EXPECT_EQ(shapes->details[0].tolerance, 0);
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    const auto line = shapes->details[0].line(a);
    ASSERT_EQ(line.size(), arcs.line(a).size());
    for (std::size_t k = 0; k < line.size(); ++k) EXPECT_EQ(shapes->grid.at(line[k]), arcs.line(a)[k]);
  }
  EXPECT_EQ(shapes->levels.back().size(), 2U);
  EXPECT_EQ(shapes->levels.front().size(), 0U);
}

TEST(ArcDetails, EachIsPartOfTheOneBeforeAndMuchSmaller) {
  PolygonSet set;
  for (int i = 0; i < 30; ++i) {
    for (int k = 0; k < 2000; ++k) {
      const double angle = 2 * M_PI * k / 2000,
                   radius = 9000 + 300 * std::sin(40 * angle) + 9 * std::sin(777 * angle);
      set.add_point({i * 2e4 + radius * std::cos(angle), radius * std::sin(angle)});
    }
    set.end_ring(), set.end_polygon();
  }
  const Grid grid = grid_for(set.extent());
  snap_to_grid(set.points, grid);
  PolygonSet none;
  const std::array<const PolygonSet*, level_count> by_level{&none, &none, &set, &none, &set};
  const auto shapes = make_arc_shapes(by_level, grid);
  ASSERT_GE(shapes->details.size(), 4U);
  for (std::size_t k = 1; k < shapes->details.size(); ++k) {
    const ArcLines &fine = shapes->details[k - 1], &coarse = shapes->details[k];
    EXPECT_GT(coarse.tolerance, fine.tolerance);
    EXPECT_LE(static_cast<double>(coarse.points.size()), 0.7 * static_cast<double>(fine.points.size()));
    ASSERT_EQ(coarse.size(), 30U);
    for (std::size_t a = 0; a < coarse.size(); ++a) {
      std::size_t from = 0;  // in the finer line
      EXPECT_EQ(coarse.line(a).front(), coarse.line(a).back());
      for (const GridPoint p : coarse.line(a)) {
        const auto rest = fine.line(a).subspan(from);
        const auto found = std::find(rest.begin(), rest.end(), p);
        ASSERT_NE(found, rest.end());
        from += static_cast<std::size_t>(found - rest.begin()) + 1;
      }
    }
  }
  EXPECT_EQ(&shapes->within(0), &shapes->details[0]);
  EXPECT_EQ(&shapes->within(1e9), &shapes->details.back());
  EXPECT_EQ(shapes->levels[2].size(), shapes->levels[4].size());
}

}  // namespace
}  // namespace battlemap::geo
