#include "render/cluster_map.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "render/scene.hpp"
#include "tiny_atlas.hpp"

namespace battlemap::render::testing {
namespace {

using geo::Level;

MapSpec map_of(FillKind kind, const std::string& palette) {
  MapSpec map;
  map.id = "added", map.title = {"题", "Title"};
  map.fill.emplace();
  map.fill->indicator = "rate", map.fill->kind = kind, map.fill->palette = palette;
  return map;
}

SheetRequest request_of(Level level) {
  SheetRequest request;
  request.map = "added", request.level = level, request.year = 2016;
  return request;
}

TEST(ClusterMap, RectanglesHaveTheNeighboursOneSees) {
  const auto atlas = tiny_atlas();
  const auto map = cluster_map(*atlas, "rate", Level::county, 2016, {.permutations = 99});
  ASSERT_EQ(map->cells.size(), 6U);  // side by side from west to east
  EXPECT_EQ(map->lisa.places[0].neighbours, 1U);
  EXPECT_EQ(map->lisa.places[2].neighbours, 2U);
  EXPECT_EQ(map->lisa.values, 6U);
  const auto townships = cluster_map(*atlas, "rate", Level::township, 2016, {.permutations = 99});
  EXPECT_EQ(townships->lisa.values, 22U);  // one has no data, one is not applicable
  EXPECT_EQ(cluster_map(*atlas, "rate", Level::county, 2016, {.permutations = 99}), map);  // kept
  EXPECT_THROW(cluster_map(*atlas, "rate", Level::village, 2016, {}), geo::UsageError);
}

TEST(ClusterMap, APictureCountsEveryPlaceAndSaysHow) {
  const auto atlas = tiny_atlas_with(map_of(FillKind::clusters, "clusters"));
  const Sheet sheet = compose(*atlas, text_engine(), request_of(Level::township));
  std::size_t counted = 0;
  for (const LegendEntry& entry : sheet.legend) counted += entry.count;
  EXPECT_EQ(counted, 24U);
  EXPECT_EQ(sheet.legend.front().label, "高—高聚集");
  std::string comment;
  for (const auto& [key, value] : sheet.metadata)
    if (key == "Comment") comment = value;
  EXPECT_NE(comment.find("999 次条件置换"), std::string::npos) << comment;
  EXPECT_NE(describe(*atlas, request_of(Level::county), {Level::county, 0}).find("(p = "), std::string::npos);
}

TEST(ClusterMap, ARampIsNoPaletteForKinds) {
  const auto atlas = tiny_atlas_with(map_of(FillKind::clusters, "warm"));
  EXPECT_THROW(compose(*atlas, text_engine(), request_of(Level::county)), geo::Error);
}

TEST(BivariateMap, EachCellHasTheClassOfBothIndicators) {
  MapSpec map = map_of(FillKind::bivariate, "two-ways");
  map.fill->second = "poor", map.fill->method = geo::Method::manual;
  map.fill->breaks = {10, 30}, map.fill->second_breaks = {100, 250};
  const auto atlas = tiny_atlas_with(map);
  const SheetRequest request = request_of(Level::township);
  const Scene scene = make_scene(*atlas, request);
  const geo::Statistics& statistics = atlas->dataset.statistics;
  const auto step = [](double v, double low, double high) { return v <= low ? 0 : v <= high ? 1 : 2; };
  std::size_t shown = 0;
  for (std::uint32_t cell = 0; cell < scene.looks.size(); ++cell) {
    const geo::DivisionRef ref = scene.coverage().cells[cell];
    const geo::Value rate = statistics.value("rate", ref, 2016), poor = statistics.value("poor", ref, 2016);
    const bool both = rate.has_value() && poor.has_value();
    EXPECT_EQ(scene.looks[cell].state == CellState::shown, both);
    if (!both) continue;
    ++shown;
    EXPECT_EQ(scene.looks[cell].cls, step(rate.value, 10, 30) + 3 * step(poor.value, 100, 250)) << cell;
  }
  EXPECT_GT(shown, 15U);
  const Sheet sheet = compose(*atlas, text_engine(), request);
  std::size_t counted = 0;
  for (const LegendEntry& entry : sheet.legend) counted += entry.count;
  EXPECT_EQ(counted, 24U);
}

TEST(Reporting, FewPlacesAreNamedOnTheMap) {
  const auto atlas = tiny_atlas();
  SheetRequest request;
  request.map = "rate", request.level = Level::county, request.year = 2016;
  const Sheet sheet = compose(*atlas, text_engine(), request);
  std::string comment;
  for (const auto& [key, value] : sheet.metadata)
    if (key == "Comment") comment = value;
  EXPECT_NE(comment.find("互助土族自治县 3/4 个乡镇"), std::string::npos) << comment;
  const std::string said = describe(*atlas, request, {Level::county, 0});
  EXPECT_NE(said.find("4 个乡镇中 3 个有数据"), std::string::npos) << said;
  request.level = Level::township;
  EXPECT_EQ(describe(*atlas, request, {Level::township, 1}).find("有数据"), std::string::npos);
}

}  // namespace
}  // namespace battlemap::render::testing
