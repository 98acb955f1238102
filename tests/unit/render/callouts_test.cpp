#include "render/callouts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "render/cell_grid.hpp"
#include "render/id_buffer.hpp"
#include "tiny_atlas.hpp"

namespace battlemap::render::testing {
namespace {

std::vector<Vec2> scattered(std::uint32_t seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<Vec2> places;
  for (std::size_t i = 0; i < count; ++i)
    places.push_back({static_cast<float>(random() % 3000) / 10, static_cast<float>(random() % 4000) / 10});
  return places;
}

TEST(Callouts, EveryPlaceHasARowOfItsOwnAndNoLeadersCross) {
  const CalloutColumn column{320, 340, 50, 20};
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    const auto places = scattered(seed, 5 + seed % 20);
    const auto rows = callout_rows(places, column);
    EXPECT_EQ(std::set<std::size_t>(rows.begin(), rows.end()).size(), places.size());
    EXPECT_EQ(*std::max_element(rows.begin(), rows.end()), places.size() - 1);
    for (std::size_t i = 0; i < places.size(); ++i)
      for (std::size_t j = i + 1; j < places.size(); ++j) {
        const auto a = leader_line(places[i], 0, rows[i], column),
                   b = leader_line(places[j], 0, rows[j], column);
        EXPECT_FALSE(segments_cross(a[0], a[1], b[0], b[1])) << seed << ": " << i << ", " << j;
      }
  }
}

TEST(Callouts, LeadersStartAtTheSymbolsEdgeAndEndBeforeTheName) {
  const CalloutColumn column{100, 130, 40, 20};
  const auto line = leader_line({40, 40}, 10, 0, column);
  ASSERT_EQ(line.size(), 3U);
  EXPECT_EQ(line[0], (Vec2{50, 40}));
  EXPECT_EQ(line[1], (Vec2{100, 40}));
  EXPECT_LT(line[2].x, 130);
  EXPECT_EQ(line[2].y, 40);
}

TEST(Callouts, SegmentsCrossOnlyInside) {
  EXPECT_TRUE(segments_cross({0, 0}, {10, 10}, {0, 10}, {10, 0}));
  EXPECT_FALSE(segments_cross({0, 0}, {10, 0}, {0, 5}, {10, 5}));
  EXPECT_FALSE(segments_cross({0, 0}, {10, 10}, {10, 10}, {20, 0}));
}

/// Counties of the small project on a sheet so small that most names fit nowhere.
Sheet crowded_sheet(float right_room) {
  SheetRequest request;
  request.map = "rate", request.width = 700, request.height = 400, request.furniture = false;
  request.view_metres_per_pixel = 12e3;  // the land is 100 x 25 px
  request.view_centre = geo::Point{(350.0 - 50 - (700 - right_room - 100)) * 12e3, 0};
  return compose(*tiny_atlas(), text_engine(), request);
}

TEST(Callouts, NamesThatFitNowhereStandBesideTheLand) {
  const Sheet sheet = crowded_sheet(400);
  // The six counties; the two prefectures have no number to show there and may stay unplaced.
  EXPECT_GE(sheet.report.labels_placed, 6U);
  EXPECT_LE(sheet.report.labels_unplaced, 2U);
  std::size_t leaders = 0, values = 0;
  for (const Layer& layer : sheet.layers)
    for (const Item& item : layer.items) {
      if (layer.name == "labels" && std::holds_alternative<LineItem>(item)) ++leaders;
      if (const auto* text = std::get_if<TextItem>(&item)) values += text->text.ends_with("%");
    }
  EXPECT_GT(leaders, 0U);
  EXPECT_GT(values, 0U);
}

TEST(Callouts, WithoutRoomTheyAreCountedAsUnplaced) {
  const Sheet sheet = crowded_sheet(20);
  EXPECT_GT(sheet.report.labels_unplaced, 0U);
  EXPECT_EQ(sheet.report.labels_placed + sheet.report.labels_unplaced, 8U);
}

TEST(CellGrid, KnowsLandBordersAndEdge) {
  SheetRequest request;
  request.map = "rate", request.width = 1600, request.height = 800, request.furniture = false;
  const Scene scene = make_scene(*tiny_atlas(), request);
  const CellGrid grid(scene, geo::Level::county);
  const Vec2 middle = scene.view.to_pixel({0, 0});  // the border between the two middle counties
  const double county = 200e3 / scene.view.metres_per_pixel;
  EXPECT_NE(grid.at({middle.x + 20, middle.y}), grid.at({middle.x - 20, middle.y}));
  EXPECT_EQ(grid.at({middle.x, 2}), id_none);
  EXPECT_NEAR(grid.borders_under({middle.x - 50, middle.y - 40, 100, 80}), 80, 12);
  EXPECT_EQ(grid.borders_under({middle.x + 20, middle.y - 40, 60, 80}), 0);
  EXPECT_NEAR(grid.right_edge(middle.y - 20, middle.y + 20), middle.x + 3 * county, 8);
}

}  // namespace
}  // namespace battlemap::render::testing
