#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <string>

#include "demo/partition.hpp"
#include "demo/province_records.hpp"
#include "demo/regions.hpp"
#include "demo/seeds.hpp"
#include "demo/sha256.hpp"
#include "demo/stand_in.hpp"
#include "demo/village_links.hpp"

namespace battlemap::demo {
namespace {

struct Province {
  ProvinceInput input = stand_in_province(2016);
  std::vector<GridPoint> places = place_seeds(input, mesh_counties(input.coverage, {}), 2016);
  Figures figures = generate_figures(input, places, 2016);
  std::vector<GridMultiPolygon> regions;
  Province() {
    const Partition partition = partition_counties(input, places, 2016);
    regions = regions_of(partition.counties.mesh, partition.village, input.villages.size());
  }
  ProvinceRecords records() const { return make_records(input, figures, regions, places, {}, 2016); }
};

/// Metres between near points, by WGS 84's lengths of a degree: not the generator's own formula.
double metres_between(GridPoint a, GridPoint b) {
  const geo::Point p = to_lon_lat(a), q = to_lon_lat(b);
  const double phi = (p.y + q.y) / 2 * std::numbers::pi / 180;
  const double east = 111412.84 * std::cos(phi) - 93.5 * std::cos(3 * phi) + 0.118 * std::cos(5 * phi);
  const double north = 111132.92 - 559.82 * std::cos(2 * phi) + 1.175 * std::cos(4 * phi);
  return std::hypot((p.x - q.x) * east, (p.y - q.y) * north);
}

bool within(const GridPolygon& polygon, GridPoint p) {
  bool inside = false;
  for (const auto& ring : polygon.rings)
    for (std::size_t i = 0; i < ring.size(); ++i) {
      GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
      if ((a.y > p.y) == (b.y > p.y)) continue;
      if (a.y > b.y) std::swap(a, b);
      if (orientation(a, b, p) > 0) inside = !inside;
    }
  return inside;
}

void expect_fifteen_metres_apart(const ProvinceRecords& records) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<GridPoint>> cells;
  constexpr std::int64_t cell = 5'000;  // grid steps: some 45 by 55 m
  std::size_t count = 0;
  double least = 1e9;
  for (const Settlement& settlement : records.settlements)
    for (const auto& group : settlement.households)
      for (const GridPoint place : group) {
        const std::int64_t x = place.x / cell, y = place.y / cell;
        for (std::int64_t i = x - 1; i <= x + 1; ++i)
          for (std::int64_t j = y - 1; j <= y + 1; ++j)
            if (const auto found = cells.find({i, j}); found != cells.end())
              for (const GridPoint other : found->second)
                least = std::min(least, metres_between(place, other));
        cells[{x, y}].push_back(place), ++count;
      }
  EXPECT_EQ(count, 160'000U);
  EXPECT_GE(least, 15);
  EXPECT_LE(least, 40) << "some do live close together";
}

void expect_inside(const Province& province, const ProvinceRecords& records) {
  for (std::size_t v = 0; v < province.figures.villages.size(); ++v) {
    const Settlement& s = records.settlements[v];
    const GridPolygon& land = largest_part(province.regions[province.figures.villages[v].village]);
    ASSERT_TRUE(within(land, s.seat));
    for (const auto* points : {&s.groups, &s.facilities, &s.projects})
      for (const GridPoint p : *points) ASSERT_TRUE(within(land, p));
    for (const auto& group : s.households)
      for (const GridPoint p : group) ASSERT_TRUE(within(land, p));
  }
}

/// The one value of a query.
std::int64_t ask(GDALDataset& dataset, const std::string& sql) {
  OGRLayer* result = dataset.ExecuteSQL(sql.c_str(), nullptr, nullptr);
  if (result == nullptr) return -1;
  const OGRFeatureUniquePtr row(result->GetNextFeature());
  const std::int64_t value = row ? row->GetFieldAsInteger64(0) : -1;
  dataset.ReleaseResultSet(result);
  return value;
}

/// The published totals as anyone may count them in the file.
void expect_totals(const std::filesystem::path& file) {
  GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  ASSERT_TRUE(dataset);
  const std::map<std::string, std::int64_t> expected{
      {"SELECT COUNT(*) FROM household", 160'000},
      {"SELECT COUNT(DISTINCT id) FROM household", 160'000},
      {"SELECT SUM(people) FROM household", 520'000},
      {"SELECT SUM(people) FROM household WHERE exit_year = 2016", 116'000},
      {"SELECT SUM(people) FROM household WHERE exit_year > 2017", 318'700},
      {"SELECT SUM(people) FROM household WHERE exit_year = 9999", 2'000},
      {"SELECT SUM(people) FROM household WHERE code LIKE '6302%'", 175'548},
      {"SELECT COUNT(*) FROM household WHERE code LIKE '6302%'", 48'377},
      {"SELECT COUNT(*) FROM household WHERE \"group\" NOT IN (SELECT id FROM \"group\")", 0},
      {"SELECT COUNT(DISTINCT household) FROM pairing", 154'000},
      {"SELECT COUNT(*) FROM pairing WHERE household NOT IN (SELECT id FROM household)", 0},
      {"SELECT COUNT(*) FROM pairing WHERE cadre NOT IN (SELECT id FROM cadre)", 0},
      {"SELECT COUNT(*) FROM pairing WHERE unit NOT IN (SELECT id FROM unit)", 0},
      {"SELECT COUNT(*) FROM cadre WHERE role = '第一书记'", 1'622},
      {"SELECT SUM(funds) FROM project WHERE start = 2016", 650'000},
      {"SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND name LIKE '%\\_code' ESCAPE '\\'", 8}};
  for (const auto& [sql, value] : expected) EXPECT_EQ(ask(*dataset, sql), value) << sql;
}

/// One test for all: making the province is what takes long.
TEST(RecordPlaces, AreApartInsideCompleteAndTheSameTwice) {
  const Province province;
  const ProvinceRecords records = province.records();
  expect_fifteen_metres_apart(records), expect_inside(province, records);
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "records";
  std::filesystem::create_directories(folder);
  write_records(folder / "one.gpkg", province.input, province.figures, records);
  write_records(folder / "two.gpkg", province.input, province.figures, province.records());
  EXPECT_EQ(sha256_of_file(folder / "one.gpkg"), sha256_of_file(folder / "two.gpkg"));
  expect_totals(folder / "one.gpkg");
}

}  // namespace
}  // namespace battlemap::demo
