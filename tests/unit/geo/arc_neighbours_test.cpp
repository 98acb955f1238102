#include "geo/arc_neighbours.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "geo/arc_details.hpp"
#include "geo/dissolve.hpp"

namespace battlemap::geo {
namespace {

constexpr std::uint32_t columns = 16;

PolygonSet squares() {
  PolygonSet set;
  for (std::uint32_t i = 0; i < columns * columns; ++i) {
    const double x = 1000.0 * (i % columns), y = 1000.0 * (i / columns);
    for (const Point p : {Point{x, y}, {x + 1000, y}, {x + 1000, y + 1000}, {x, y + 1000}}) set.add_point(p);
    set.end_ring(), set.end_polygon();
  }
  set.update_boxes();
  return set;
}

/// What is found for each of all arcs, whether only some were looked at or not.
std::vector<ArcSides> by_arc(const FoundArcNeighbours& found, std::size_t arcs) {
  if (found.arcs.empty()) return found.sides;
  std::vector<ArcSides> all(arcs);
  for (std::size_t k = 0; k < found.arcs.size(); ++k) all[found.arcs[k]] = found.sides[k];
  return all;
}

TEST(ArcNeighbours, OfFewLargeCellsAreThoseOfAllArcs) {
  PolygonSet fine = squares();
  const Grid grid = grid_for(fine.extent());
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> halves{{0, 128}, {128, 256}};
  PolygonSet coarse = dissolve(fine, halves);
  coarse.update_boxes();
  const PolygonSet none;
  const auto shapes = make_arc_shapes({&none, &none, &coarse, &none, &fine}, grid);
  const ArcLines& lines = shapes->details.front();
  const auto few = arc_neighbours(shapes->levels[2], lines, grid, coarse.boxes);
  const auto many = arc_neighbours(shapes->levels[4], lines, grid, fine.boxes);
  EXPECT_TRUE(few.partition && many.partition);
  EXPECT_TRUE(many.arcs.empty());
  ASSERT_FALSE(few.arcs.empty());
  EXPECT_TRUE(std::is_sorted(few.arcs.begin(), few.arcs.end()));
  const auto of_few = by_arc(few, lines.size()), of_many = by_arc(many, lines.size());
  const auto half_of = [](std::uint32_t cell) { return cell == npos ? npos : cell / 128; };
  for (std::size_t a = 0; a < lines.size(); ++a) {
    // A border within a half is none of the halves'.
    const std::uint32_t left = half_of(of_many[a].left), right = half_of(of_many[a].right);
    EXPECT_EQ(of_few[a].left, left == right ? npos : left) << a;
    EXPECT_EQ(of_few[a].right, left == right ? npos : right) << a;
  }
  for (std::size_t k = 0; k < few.sides.size(); ++k)
    for (const GridPoint p : lines.line(few.arcs[k])) EXPECT_TRUE(few.reach[k / ArcNeighbours::group].contains(grid.at(p)));
}

TEST(ArcNeighbours, TwoCellsOnOneSideAreNoPartition) {
  PolygonSet set = squares();
  set.append(squares(), 5);
  set.update_boxes();
  const Grid grid = grid_for(set.extent());
  const PolygonSet none;
  const auto shapes = make_arc_shapes({&none, &none, &none, &none, &set}, grid);
  EXPECT_FALSE(arc_neighbours(shapes->levels[4], shapes->details.front(), grid, set.boxes).partition);
}

}  // namespace
}  // namespace battlemap::geo
