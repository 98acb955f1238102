#include <gtest/gtest.h>

#include <filesystem>

#include "demo/demo.hpp"
#include "demo/sha256.hpp"
#include "geo/error.hpp"
#include "tiling.hpp"

namespace battlemap::demo {
namespace {

std::filesystem::path make(const std::string& name, std::size_t villages, double vertices) {
  SyntheticOptions options;
  options.folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / name;
  options.villages = villages, options.vertices_per_village = vertices;
  build_synthetic(options);
  return options.folder;
}

TEST(Synthetic, TilesTheBoxForAnyNumberOfVillages) {
  for (const std::size_t villages : {1, 2, 3, 7, 40, 600}) {
    const auto folder = make("synthetic-" + std::to_string(villages), villages, 40);
    const TilingEdges tiling = read_tiling(folder / "village.gpkg", "village");
    EXPECT_EQ(tiling.features, villages);
    expect_tiles(tiling);
    EXPECT_NEAR(tiling.area, 13.7 * 7.6, 1e-9);
    EXPECT_NEAR(static_cast<double>(tiling.edges.size()) / static_cast<double>(villages), 40, 3);
  }
}

TEST(Synthetic, GivesTheSameBytesTwice) {
  const auto one = make("synthetic-a", 300, 30), two = make("synthetic-b", 300, 30);
  for (const char* file : {"village.gpkg", "village.csv", "project.toml"})
    EXPECT_EQ(sha256_of_file(one / file), sha256_of_file(two / file)) << file;
}

TEST(Synthetic, ASecondYearChangesNothingOfTheFirst) {
  SyntheticOptions options;
  options.folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "synthetic-years";
  options.villages = 300, options.vertices_per_village = 30, options.two_years = true;
  build_synthetic(options);
  const auto one = make("synthetic-c", 300, 30);
  for (const char* file : {"village.gpkg", "village.csv", "maps/poverty-rate.toml"})
    EXPECT_EQ(sha256_of_file(one / file), sha256_of_file(options.folder / file)) << file;
  EXPECT_TRUE(std::filesystem::exists(options.folder / "village_2017.csv"));
  EXPECT_FALSE(std::filesystem::exists(one / "village_2017.csv"));
}

TEST(Synthetic, RefusesSizesThatMakeNoSense) {
  EXPECT_THROW(make("synthetic-none", 0, 30), geo::UsageError);
  EXPECT_THROW(make("synthetic-thin", 10, 2), geo::UsageError);
}

}  // namespace
}  // namespace battlemap::demo
