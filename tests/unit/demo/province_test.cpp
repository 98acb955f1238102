#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "demo/division_layers.hpp"
#include "demo/seeds.hpp"
#include "demo/sha256.hpp"
#include "demo/stand_in.hpp"
#include "tiling.hpp"

namespace battlemap::demo {
namespace {

void expect_levels_tile(const std::string& file) {
  const TilingEdges county = read_tiling(file, "county"), village = read_tiling(file, "village");
  const TilingEdges town = read_tiling(file, "township"), prefecture = read_tiling(file, "prefecture");
  const TilingEdges province = read_tiling(file, "province");
  for (const TilingEdges* level : {&county, &village, &town, &prefecture, &province}) expect_tiles(*level);
  EXPECT_EQ(county.features, 44U);
  EXPECT_EQ(village.features, 4687U);
  EXPECT_EQ(town.features, 425U);
  // The upper levels carry the same vertices: each one's edges are edges of the level below.
  EXPECT_TRUE(std::includes(county.edges.begin(), county.edges.end(), prefecture.edges.begin(),
                            prefecture.edges.end()));
  EXPECT_TRUE(
      std::includes(village.edges.begin(), village.edges.end(), town.edges.begin(), town.edges.end()));
  EXPECT_EQ(county.outline(), prefecture.outline());
  EXPECT_EQ(county.outline(), province.edges);
  EXPECT_EQ(village.outline(), town.outline());
}

TEST(Province, TheStandInTilesAtEveryLevelAndIsTheSameTwice) {
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "stand-in-province";
  std::filesystem::create_directories(folder);
  std::string digest;
  for (const char* name : {"one.gpkg", "two.gpkg"}) {
    const ProvinceInput input = stand_in_province(7);
    const auto seeds = place_seeds(input, mesh_counties(input.coverage, {}), 7);
    write_divisions(folder / name, input, partition_counties(input, seeds, 7));
    if (digest.empty()) digest = sha256_of_file(folder / name);
    EXPECT_EQ(sha256_of_file(folder / name), digest);
  }
  expect_levels_tile(folder / "one.gpkg");
}

TEST(Province, TheFetchedProvinceTilesAtEveryLevel) {
  const char* given = std::getenv("BATTLEMAP_DEMO_DIR");
  const auto folder = given != nullptr
                          ? std::filesystem::path(given)
                          : std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/generated";
  if (!std::filesystem::exists(folder / "manifest.txt")) GTEST_SKIP() << folder << " is not made";
  expect_levels_tile(folder / "divisions.gpkg");
}

}  // namespace
}  // namespace battlemap::demo
