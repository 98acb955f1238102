#include "render/id_buffer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/error.hpp"
#include "synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

using testing::JitteredGrid;
using testing::map_of;

std::vector<std::uint32_t> plain(const IdBuffer& ids) {
  return {ids.ids.begin(), ids.ids.end()};
}

/// How many cells claim each sample when every cell is rasterised alone.
std::vector<int> owners(const MapLayer& map, PixelRect tile) {
  std::vector<int> count;
  for (std::uint32_t i = 0; i < map.coverage->size(); ++i) {
    auto one = std::make_shared<geo::Coverage>();
    const auto ring = map.coverage->polygons.ring(i);
    JitteredGrid::add_polygon(one->polygons, {ring.begin(), ring.end()});
    MapLayer alone = map;
    alone.coverage = one;
    const auto ids = rasterise_ids(alone, tile, 0);
    count.resize(ids.ids.size());
    for (std::size_t k = 0; k < count.size(); ++k) count[k] += ids.ids[k] == 0;
  }
  return count;
}

TEST(IdBuffer, EveryInteriorSampleHasExactlyOneOwner) {
  const auto map = map_of(JitteredGrid(9, 7, 12).coverage(), 9, 7, 301, 233, 1.5);
  for (const int n : owners(map, {0, 0, 301, 233})) ASSERT_EQ(n, 1);
}

TEST(IdBuffer, EdgesThroughSampleCentresBelongToOneSide) {
  // Straight edges every 4 px, exactly on sample centres: half-open intervals decide.
  const auto coverage = JitteredGrid(8, 8, 1, 0).coverage();
  auto map = map_of(coverage, 8, 8, 32, 32, 1);
  map.view.centre = {4000 + 62.5, 4000 + 62.5};  // shifts edges by a quarter pixel: onto sample centres
  const auto count = owners(map, {1, 1, 30, 30});
  for (const int n : count) ASSERT_EQ(n, 1);
}

TEST(IdBuffer, SamplesTimesTheirAreaEqualThePolygonsAreaWithinThePerimetersShare) {
  const auto map = map_of(JitteredGrid(6, 6, 10).coverage(), 6, 6, 400, 400);
  const auto ids = rasterise_ids(map, {0, 0, 400, 400}, 0);
  std::vector<double> count(map.coverage->size());
  for (const auto id : ids.ids)
    if (id != id_none) ++count[id];
  const double side = map.view.metres_per_pixel / supersampling;
  for (std::size_t i = 0; i < count.size(); ++i) {
    const auto ring = map.coverage->polygons.ring(i);
    double area = 0, perimeter = 0;
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const auto a = ring[k], b = ring[(k + 1) % ring.size()];
      area += (a.x * b.y - b.x * a.y) / 2;
      perimeter += std::hypot(b.x - a.x, b.y - a.y);
    }
    // A sample can be wrong only where the outline passes through its square; errors mostly cancel.
    EXPECT_NEAR(count[i] * side * side, area, 0.25 * perimeter * side) << "cell " << i;
    EXPECT_GT(area, 0);
  }
}

TEST(IdBuffer, TilesAndThreadsGiveTheSameIds) {
  auto map = map_of(JitteredGrid(40, 30, 9).coverage(), 40, 30, 500, 375);
  auto lakes = std::make_shared<geo::PolygonSet>();
  JitteredGrid::add_polygon(*lakes, {{5000, 4000}, {15500, 6000}, {9000, 21000}});
  map.lakes = lakes;
  const auto whole = rasterise_ids(map, {0, 0, 500, 375}, 0, 1);
  EXPECT_EQ(plain(whole), plain(rasterise_ids(map, {0, 0, 500, 375}, 0, 5)));
  std::size_t water = 0;
  for (const int y : {0, 113, 200})
    for (const int x : {0, 77, 301}) {
      const PixelRect tile{x, y, 150, 170};
      const auto part = rasterise_ids(map, tile, 3, 2);
      for (int j = 0; j < part.height; ++j)
        for (int i = 0; i < part.width; ++i) {
          const int wx = (x - 3) * 2 + i, wy = (y - 3) * 2 + j;
          if (wx < 0 || wy < 0 || wx >= whole.width || wy >= whole.height) continue;
          const auto id = part.ids[static_cast<std::size_t>(j) * part.width + i];
          ASSERT_EQ(id, whole.ids[static_cast<std::size_t>(wy) * whole.width + wx]) << wx << ',' << wy;
          water += (id & id_water) != 0;
        }
    }
  EXPECT_GT(water, 1000U);
}

TEST(IdBuffer, HolesStayEmptyAndOuterRingsDoNot) {
  auto coverage = std::make_shared<geo::Coverage>();
  auto& set = coverage->polygons;
  for (const auto p : {geo::Point{0, 0}, {100, 0}, {100, 100}, {0, 100}}) set.add_point(p);
  set.end_ring();
  for (const auto p : {geo::Point{40, 40}, {40, 60}, {60, 60}, {60, 40}}) set.add_point(p);
  set.end_ring();
  set.polygon_begin.push_back(2);
  set.boxes.push_back({0, 0, 100, 100});
  MapLayer map;
  map.coverage = coverage;
  map.view = {{50, 50}, 1, {0, 0, 100, 100}};
  const auto ids = rasterise_ids(map, {0, 0, 100, 100}, 1);
  EXPECT_EQ(ids.cell_at(10, 10), 0U);
  EXPECT_EQ(ids.cell_at(50, 50), id_none);
  EXPECT_EQ(ids.cell_at(-1, 50), id_none);
  EXPECT_EQ(ids.cell_at(40, 40), id_none);
  EXPECT_EQ(ids.cell_at(39, 39), 0U);
  EXPECT_EQ(ids.cell_at(60, 60), 0U);
}

TEST(IdBuffer, SurvivesAbsurdCoordinates) {
  auto coverage = std::make_shared<geo::Coverage>();
  JitteredGrid::add_polygon(coverage->polygons, {{-1e300, -1e300}, {1e300, -1e300}, {0, 1e300}});
  JitteredGrid::add_polygon(coverage->polygons, {{std::nan(""), 0}, {10, 0}, {5, 9}});
  JitteredGrid::add_polygon(coverage->polygons, {{3, 3}});
  JitteredGrid::add_polygon(coverage->polygons, {});
  MapLayer map;
  map.coverage = coverage;
  map.view = {{0, 0}, 1, {0, 0, 64, 64}};
  EXPECT_EQ(rasterise_ids(map, {0, 0, 64, 64}).cell_at(32, 60), 0U);
  map.view.metres_per_pixel = 0;
  EXPECT_THROW(rasterise_ids(map, {0, 0, 64, 64}), geo::Error);
  map.view.metres_per_pixel = 1;
  EXPECT_THROW(rasterise_ids(map, {0, 0, -1, 64}), geo::Error);
  EXPECT_TRUE(rasterise_ids(map, {0, 0, 0, 0}, 0).ids.empty());
}

}  // namespace
}  // namespace battlemap::render
