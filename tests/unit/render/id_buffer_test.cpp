#include "render/id_buffer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/arc_shapes.hpp"
#include "geo/arcs.hpp"
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

// --- the slow way: cell by cell, every row of each edge, sorted ------------------------------------------------------

/// Crossings of one ring's edges with sample row `row`, as columns of the tile kept within [0, width].
void cross(const View& view, std::span<const geo::Point> ring, int x0, int row, int width, std::vector<int>& out) {
  const double scale = supersampling / view.metres_per_pixel;
  const auto at = [&](geo::Point p) {
    return geo::Point{supersampling * (view.frame.x + view.frame.w / 2.0) - 0.5 + (p.x - view.centre.x) * scale,
                      supersampling * (view.frame.y + view.frame.h / 2.0) - 0.5 - (p.y - view.centre.y) * scale};
  };
  for (std::size_t k = 0; k < ring.size(); ++k) {
    auto top = at(ring[k]), bottom = at(ring[(k + 1) % ring.size()]);
    if (top.y > bottom.y) std::swap(top, bottom);
    if (!(top.y <= row && row < bottom.y)) continue;
    const double slope = (bottom.x - top.x) / (bottom.y - top.y), x = top.x + (row - top.y) * slope;
    out.push_back(static_cast<int>(std::clamp(std::ceil(x) - x0, 0.0, static_cast<double>(width))));
  }
}

std::vector<std::uint32_t> filled_slowly(const MapLayer& map, PixelRect tile, int margin) {
  const int width = (tile.w + 2 * margin) * supersampling, height = (tile.h + 2 * margin) * supersampling;
  const int x0 = (tile.x - margin) * supersampling, y0 = (tile.y - margin) * supersampling;
  std::vector<std::uint32_t> ids(static_cast<std::size_t>(width) * height, id_none);
  const auto& set = map.coverage->polygons;
  std::vector<int> found;
  for (std::uint32_t i = 0; i < set.size(); ++i)
    for (int j = 0; j < height; ++j) {
      found.clear();
      for (auto r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r)
        cross(map.view, set.ring(r), x0, y0 + j, width, found);
      std::sort(found.begin(), found.end());
      for (std::size_t k = 0; k + 1 < found.size(); k += 2)
        std::fill(ids.begin() + static_cast<std::ptrdiff_t>(j) * width + found[k],
                  ids.begin() + static_cast<std::ptrdiff_t>(j) * width + found[k + 1], i);
    }
  return ids;
}

std::vector<std::uint32_t> filled(const MapLayer& map, PixelRect tile, int margin) {
  return plain(rasterise_ids(map, tile, margin, 3));
}

/// The coverage's polygons on a grid of whole numbers, as points and as arcs of the same points.
std::shared_ptr<geo::Coverage> with_arcs(const geo::Coverage& from) {
  struct Memory {
    std::vector<geo::GridPoint> points;
    geo::Arcs arcs;
  };
  auto memory = std::make_shared<Memory>();
  auto shapes = std::make_shared<geo::ArcShapes>();
  shapes->grid = {{-4096, -4096}, 0.25};
  auto out = std::make_shared<geo::Coverage>(from);
  const auto number = [](double v) { return static_cast<std::int32_t>(std::lround((v + 4096) / 0.25)); };
  for (auto& p : out->polygons.points) p = shapes->grid.at({number(p.x), number(p.y)});
  for (std::size_t i = 0; i < out->polygons.size(); ++i) {
    auto& box = out->polygons.boxes[i] = {};
    for (auto r = out->polygons.polygon_begin[i]; r < out->polygons.polygon_begin[i + 1]; ++r)
      for (const auto p : out->polygons.ring(r)) box.add(p);
  }
  const geo::PolygonSet* sets[] = {&out->polygons};
  memory->arcs = geo::build_arcs(sets);
  for (const auto p : memory->arcs.points) memory->points.push_back({number(p.x), number(p.y)});
  shapes->details.push_back({0, memory->points, memory->arcs.arc_begin});
  const auto& layer = memory->arcs.layers[0];
  shapes->levels[geo::index_of(from.level)] = {layer.refs, layer.ring_begin, layer.polygon_begin};
  shapes->memory = memory;
  out->arcs = shapes;
  out->arc_boxes = out->polygons.boxes;
  return out;
}

void expect_filled_as_slowly(MapLayer map) {
  for (const PixelRect tile : {PixelRect{0, 0, 150, 110}, {40, 30, 33, 41}, {-20, 90, 90, 60}, {149, 0, 20, 20}})
    for (const double zoom : {1.0, 3.7, 0.21}) {
      MapLayer zoomed = map;
      zoomed.view.metres_per_pixel /= zoom;
      const auto fast = filled(zoomed, tile, 2), slow = filled_slowly(zoomed, tile, 2);
      const auto unlike = std::mismatch(fast.begin(), fast.end(), slow.begin()).first;
      EXPECT_TRUE(unlike == fast.end()) << tile.x << ',' << tile.y << " x" << zoom << " at sample " << unlike - fast.begin()
                                          << ": " << (unlike == fast.end() ? 0 : *unlike) << " instead of "
                                          << (unlike == fast.end() ? 0 : slow[static_cast<std::size_t>(unlike - fast.begin())]);
    }
}

TEST(IdBuffer, IsFilledAsCellByCell) {
  for (const int per_edge : {1, 3, 11}) {
    const auto coverage = with_arcs(*JitteredGrid(23, 17, per_edge).coverage());
    auto map = map_of(coverage, 23, 17, 150, 110);
    expect_filled_as_slowly(map);
    coverage->arcs = nullptr;
    expect_filled_as_slowly(map);
  }
}

TEST(IdBuffer, OfOverlappingCellsTheLaterWins) {
  const auto coverage = JitteredGrid(12, 9, 4).coverage();
  for (const int n : {1, 2, 3}) {  // once, twice, thrice the same and each across many others
    const double low = 1000.0 * n, high = 9000 - 700.0 * n;
    for (int k = 0; k < n; ++k) {
      coverage->cells.push_back({geo::Level::village, static_cast<std::uint32_t>(coverage->cells.size())});
      coverage->ancestry.push_back(coverage->ancestry[0]);
      JitteredGrid::add_polygon(coverage->polygons, {{low, low}, {high, low + 313}, {high - 200, high}, {low + 5, high}});
    }
  }
  auto map = map_of(coverage, 12, 9, 150, 110);
  expect_filled_as_slowly(map);
  map.coverage = with_arcs(*coverage);
  expect_filled_as_slowly(map);
}

TEST(IdBuffer, RingsOfEitherDirectionAreFilledEvenOdd) {
  auto coverage = std::make_shared<geo::Coverage>();
  JitteredGrid::add_polygon(coverage->polygons, {{10, 10}, {20, 90}, {90, 80}, {80, 15}});                      // clockwise
  JitteredGrid::add_polygon(coverage->polygons, {{100, 0}, {150, 100}, {110, 110}, {160, 10}, {90, 60}});  // a star
  JitteredGrid::add_polygon(coverage->polygons, {{20, 20}, {60, 25}, {40, 70}});                               // above the first
  MapLayer map;
  map.coverage = coverage;
  map.view = {{75, 55}, 1, {0, 0, 150, 110}};
  expect_filled_as_slowly(map);
}

}  // namespace
}  // namespace battlemap::render
