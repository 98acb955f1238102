#include <cstdlib>
#include <filesystem>

#include "../geo/arc_checks.hpp"
#include "demo/division_layers.hpp"
#include "demo/seeds.hpp"
#include "demo/stand_in.hpp"
#include "demo/synthetic_coverage.hpp"
#include "geo/dataset.hpp"
#include "geo/project.hpp"
#include "tiling.hpp"

namespace battlemap::demo {
namespace {

using geo::Point;
using geo::PolygonSet;

/// About metres, at the middle of the province.
Point in_metres(double longitude, double latitude) {
  return {longitude * 90e3, latitude * 111e3};
}

void add_rings(PolygonSet& set, const OGRPolygon& polygon) {
  for (const OGRLinearRing* ring : polygon) {
    for (int i = 0; i + 1 < ring->getNumPoints(); ++i) set.add_point(in_metres(ring->getX(i), ring->getY(i)));
    set.end_ring();
  }
}

PolygonSet read_level(const std::string& file, const char* layer) {
  GDALAllRegister();
  PolygonSet set;
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) return set;
  for (auto& feature : *dataset->GetLayerByName(layer)) {
    const OGRGeometry& geometry = *feature->GetGeometryRef();
    if (wkbFlatten(geometry.getGeometryType()) == wkbPolygon)
      add_rings(set, *geometry.toPolygon());
    else
      for (const OGRPolygon* part : *geometry.toMultiPolygon()) add_rings(set, *part);
    set.end_polygon();
  }
  return set;
}

void expect_sound_levels(const std::string& file) {
  std::vector<PolygonSet> levels;
  for (const char* layer : {"province", "prefecture", "county", "township", "village"})
    levels.push_back(read_level(file, layer));
  ASSERT_GT(levels.back().size(), 4000U);
  std::vector<const PolygonSet*> sets;
  for (const PolygonSet& level : levels) sets.push_back(&level);
  const geo::Arcs arcs = geo::build_arcs(sets);
  const auto points = geo::expect_sound(arcs, {30, 120, 480, 2000, 8000});
  EXPECT_LT(points.back(), arcs.points.size() / 2);
}

TEST(SimplifiedLevels, OfTheStandInTile) {
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "simplified-levels";
  std::filesystem::create_directories(folder);
  const ProvinceInput input = stand_in_province(7);
  const auto seeds = place_seeds(input, mesh_counties(input.coverage, {}), 7);
  write_divisions(folder / "stand_in.gpkg", input, partition_counties(input, seeds, 7));
  expect_sound_levels(folder / "stand_in.gpkg");
}

TEST(SimplifiedLevels, OfTheFetchedProvinceTile) {
  const char* given = std::getenv("BATTLEMAP_DEMO_DIR");
  const auto folder = given != nullptr
                          ? std::filesystem::path(given)
                          : std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/generated";
  if (!std::filesystem::exists(folder / "manifest.txt")) GTEST_SKIP() << folder << " is not made";
  expect_sound_levels(folder / "divisions.gpkg");
}

/// The folder that `battlemap demo FOLDER --china` made: real borders, with the faults that they were published with.
TEST(SimplifiedLevels, OfTheFetchedCountiesOfChina) {
  const char* folder = std::getenv("BATTLEMAP_CHINA_DIR");
  if (folder == nullptr) GTEST_SKIP() << "BATTLEMAP_CHINA_DIR is not set";
  geo::Project project = geo::read_project(folder);
  project.use_packs = false;
  const geo::Dataset dataset = geo::load_dataset(project);
  std::vector<const PolygonSet*> sets;
  for (const geo::Coverage& coverage : dataset.coverages)
    if (coverage.size() > 0) sets.push_back(&coverage.outlines());
  ASSERT_GE(sets.size(), 3U);
  ASSERT_GT(sets.back()->size(), 2800U);
  const geo::Arcs arcs = geo::build_arcs(sets);
  const auto points = geo::expect_sound(arcs, {30, 120, 480, 2000, 8000});
  EXPECT_LT(points.back(), arcs.points.size() / 2);
}

TEST(SimplifiedLevels, OfASyntheticCoverageTile) {
  const SyntheticCoverage coverage(1500, 60, 5);
  PolygonSet set;
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    for (const GridPoint p : coverage.ring(i))
      set.add_point(in_metres(static_cast<double>(p.x) * 1e-7, static_cast<double>(p.y) * 1e-7));
    set.end_ring(), set.end_polygon();
  }
  const std::vector<const PolygonSet*> sets{&set};
  const geo::Arcs arcs = geo::build_arcs(sets);
  const auto points = geo::expect_sound(arcs, {8, 32, 128, 512, 2048, 8192});
  EXPECT_LT(points.back(), arcs.points.size() / 5);
}

}  // namespace
}  // namespace battlemap::demo
