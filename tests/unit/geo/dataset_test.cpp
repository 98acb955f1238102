// A whole small province: loading, the leaf rule, dissolved levels.
#include "geo/dataset.hpp"

#include <gtest/gtest.h>

#include "code_of.hpp"
#include "geo/boundaries.hpp"
#include "geo/error.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {
namespace {

const std::string head =
    "[project]\ntitle = '省'\nyears = [2016]\n"
    "projection = '+proj=aea +lat_1=33 +lat_2=38 +lon_0=96 +datum=WGS84 +units=m'\n";

/// County 630102 has four villages in two townships; county 630103 beside it has none.
std::filesystem::path small_province(const std::string& boundaries) {
  const auto folder = test_folder();
  const TestLayer villages{.name = "village",
                           .features = {{"630102100200", "一村", square(100, 36)},
                                        {"630102100201", "二村", square(101, 36)},
                                        {"630102101200", "三村", square(100, 37)},
                                        {"630102101201", "四村", square(101, 37)}}};
  const TestLayer counties{
      .name = "county",
      .features = {
          {"630102", "甲县", "POLYGON((100 36,101 36,102 36,102 37,102 38,101 38,100 38,100 37,100 36))"},
          {"630103", "乙县", "POLYGON((102 36,104 36,104 38,102 38,102 37,102 36))"}}};
  write_layers(folder / "divisions.gpkg", {villages, counties});
  write_text(folder / "project.toml", head + boundaries);
  return folder;
}

std::string boundary(const std::string& level) {
  return "[[boundary]]\nlevel = '" + level + "'\ndataset = 'divisions.gpkg'\nlayer = '" + level + "'\n";
}

double dataset_area(const Coverage& coverage) {
  double area = 0;
  for (std::size_t i = 0; i < coverage.size(); ++i) area += polygon_area(coverage.polygons, i);
  return area;
}

TEST(Dataset, ChildlessDivisionsAreCellsOfFinerLevels) {
  const Dataset data = load_dataset(read_project(small_province(boundary("village") + boundary("county"))));
  const Coverage& villages = data.coverage(Level::village);
  ASSERT_EQ(villages.size(), 5U);
  EXPECT_EQ(data.tree[villages.cells[4]].name, "乙县");
  EXPECT_EQ(villages.cells[4].level, Level::county);
  EXPECT_EQ(villages.ancestry[4][3], npos);
  EXPECT_EQ(villages.parting_level(0, 1), Level::village);
  EXPECT_EQ(villages.parting_level(1, 2), Level::township);
  EXPECT_EQ(villages.parting_level(0, 4), Level::county);
  EXPECT_EQ(data.coverage(Level::township).size(), 3U);
  EXPECT_EQ(data.coverage(Level::county).size(), 2U);
  for (const Level level : all_levels) {
    const Coverage& coverage = data.coverage(level);
    EXPECT_NEAR(dataset_area(coverage), dataset_area(villages), dataset_area(villages) * 1e-12) << level_id(level);
    for (std::size_t i = 0; i < coverage.size(); ++i) {
      EXPECT_TRUE(polygon_contains(coverage.polygons, i, coverage.anchor(i).at));
      EXPECT_GT(coverage.anchor(i).radius, 10000);
    }
  }
}

TEST(Dataset, MissingUpperLevelsAreDissolved) {
  const Dataset data = load_dataset(read_project(small_province(boundary("village") + boundary("county"))));
  std::vector<Level> dissolved;
  for (const BoundaryReport& report : data.boundary_reports)
    if (report.dissolved) dissolved.push_back(report.level);
  EXPECT_EQ(dissolved, (std::vector<Level>{Level::township, Level::prefecture, Level::province}));
  EXPECT_EQ(data.coverage(Level::province).polygons.ring_count(), 1U);
  // Every corner on the outline stays; (102, 37), where the counties meet inside, is gone.
  EXPECT_EQ(data.coverage(Level::province).polygons.points.size(), 9U);
  EXPECT_EQ(data.tree.at(Level::province)[0].name, "63");
  EXPECT_TRUE(data.tree.at(Level::province)[0].name_inferred);
}

TEST(Dataset, CountiesAloneLeaveFinerLevelsEmpty) {
  const Dataset data = load_dataset(read_project(small_province(boundary("county"))));
  EXPECT_EQ(data.coverage(Level::county).size(), 2U);
  EXPECT_EQ(data.coverage(Level::township).size(), 0U);
  EXPECT_EQ(data.coverage(Level::village).size(), 0U);
  EXPECT_EQ(data.tree.finest(), Level::county);
}

TEST(Dataset, VillagesAloneMakeEveryLevel) {
  const Dataset data = load_dataset(read_project(small_province(boundary("village"))));
  EXPECT_EQ(data.coverage(Level::village).size(), 4U);
  EXPECT_EQ(data.coverage(Level::township).size(), 2U);
  EXPECT_EQ(data.coverage(Level::county).size(), 1U);
  EXPECT_EQ(data.coverage(Level::province).polygons.points.size(), 8U);
}

TEST(Dataset, ExtentsAreThoseOfThePlaceOrTheNextAboveIt) {
  const Dataset data = load_dataset(read_project(small_province(boundary("village") + boundary("county"))));
  const Box county = data.extent_of(data.tree.find(code("630103")).value());
  EXPECT_EQ(county.min_x, data.coverage(Level::county).polygons.boxes[1].min_x);
  EXPECT_EQ(data.extent_of({}).max_x, data.coverage(Level::county).polygons.extent().max_x);
}

TEST(Dataset, AMissingChildBoundaryIsDissolvedAndReported) {
  const auto folder = small_province(boundary("village") + boundary("county"));
  std::filesystem::remove(folder / "divisions.gpkg");
  write_layers(folder / "divisions.gpkg",
               {{.name = "village", .features = {{"630102100200", "一村", square(100, 36)}}},
                {.name = "county", .features = {{"630103", "乙县", square(101, 36)}}}});
  const Dataset data = load_dataset(read_project(folder));
  EXPECT_EQ(data.coverage(Level::county).size(), 2U);
  const auto& problems = data.problems;
  EXPECT_TRUE(std::any_of(problems.begin(), problems.end(), [](const Problem& p) {
    return p.kind == "missing_boundary" && p.code == "630102";
  }));
}

TEST(Dataset, ChildrenThatDoNotCoverTheirParentAreReported) {
  const auto folder = small_province(boundary("village") + boundary("county"));
  std::filesystem::remove(folder / "divisions.gpkg");
  write_layers(folder / "divisions.gpkg",
               {{.name = "village", .features = {{"630102100200", "一村", square(100, 36, 0.5)}}},
                {.name = "county", .features = {{"630102", "甲县", square(100, 36)}}}});
  const Dataset data = load_dataset(read_project(folder));
  const auto& problems = data.problems;
  EXPECT_TRUE(std::any_of(problems.begin(), problems.end(),
                          [](const Problem& p) { return p.kind == "area_mismatch"; }));
}

TEST(Dataset, MissingGeneratedFilesNameTheCommandThatMakesThem) {
  const auto folder = test_folder();
  write_text(folder / "project.toml",
             head + "[[boundary]]\nlevel = 'county'\ndataset = 'generated/divisions.gpkg'\n");
  for (const auto& load : {std::function([&] { load_dataset(read_project(folder)); }),
                           std::function([&] { read_divisions(read_project(folder)); })}) {
    try {
      load();
      FAIL();
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("battlemap demo " + folder.string()), std::string::npos)
          << e.what();
    }
  }
}

std::string statistics(const std::string& more = "") {
  return "[[statistics]]\nlevel = 'village'\ndataset = 'village.csv'\n" + more;
}

std::size_t count_of(const Problems& problems, std::string_view kind) {
  return static_cast<std::size_t>(
      std::count_if(problems.begin(), problems.end(), [&](const Problem& p) { return p.kind == kind; }));
}

const std::string poor_indicator = "[[indicator]]\nid = 'poor'\nkind = 'count'\n";

TEST(Dataset, VillagesWithoutBoundariesCountInTheirCounty) {
  const auto folder = small_province(boundary("county") + statistics());
  write_text(folder / "indicators.toml", poor_indicator);
  write_text(
      folder / "village.csv",
      "code,name,year,poor\n630102100200,一村,2016,5\n630102101201.0,,2016,7\n630103100200,丙村,2016,2\n"
      "630104100200,无县,2016,90\n640102100200,外省,2016,90\n630102100209,旧村,2010,90\n");
  const Dataset data = load_dataset(read_project(folder));
  EXPECT_EQ(data.tree.at(Level::village).size(), 3U);
  EXPECT_EQ(data.tree[data.tree.find(code("630102100200")).value()].name, "一村");
  EXPECT_TRUE(data.tree[data.tree.find(code("630102101201")).value()].name_inferred);
  const auto poor = [&](std::string_view place) {
    return data.statistics.value("poor", data.tree.find(code(place)).value(), 2016).value;
  };
  EXPECT_EQ(poor("630102"), 12);
  EXPECT_EQ(poor("630103"), 2);
  EXPECT_EQ(poor("63"), 14);  // 630104 is no county of the boundaries, 640102 not even of the province
  ASSERT_EQ(data.join_reports.size(), 1U);
  EXPECT_EQ(data.join_reports[0].matched, 3U);
  EXPECT_EQ(data.join_reports[0].unmatched_rows, 2U);
  EXPECT_EQ(data.join_reports[0].unmatched_divisions, 0U);
  EXPECT_EQ(count_of(data.problems, "no_boundary"), 1U);
  EXPECT_EQ(count_of(data.problems, "unmatched_row"), 2U);
  EXPECT_EQ(count_of(data.problems, "area_mismatch"), 0U);
  EXPECT_EQ(count_of(data.problems, "missing_boundary"), 0U);
  EXPECT_EQ(data.coverage(Level::county).size(), 2U);
  EXPECT_EQ(data.coverage(Level::village).size(), 0U);
}

TEST(Dataset, WhereVillagesHaveBoundariesAnotherCodeIsAMistake) {
  const auto folder = small_province(boundary("village") + boundary("county") + statistics());
  write_text(folder / "indicators.toml", poor_indicator);
  write_text(folder / "village.csv",
             "code,year,poor\n630102100200,2016,5\n630102100299,2016,7\n630102109200,2016,7\n"
             "630103100200,2016,2\n");
  const Dataset data = load_dataset(read_project(folder));
  EXPECT_EQ(data.tree.at(Level::village).size(),
            5U);  // 630103 has no villages in the layer: the table's counts
  EXPECT_EQ(data.join_reports[0].matched, 2U);
  EXPECT_EQ(data.join_reports[0].unmatched_rows, 2U);
  EXPECT_EQ(data.statistics.value("poor", data.tree.find(code("63")).value(), 2016).value, 7);
  const Coverage& villages = data.coverage(Level::village);
  ASSERT_EQ(villages.size(), 5U);
  EXPECT_EQ(data.tree[villages.cells[4]].name, "乙县");  // its village has no outline
  EXPECT_EQ(data.coverage(Level::township).size(), 3U);
  EXPECT_EQ(count_of(data.problems, "area_mismatch"), 0U);
}

TEST(Dataset, NothingInAnInventedPlaceIsPublished) {
  const auto folder = small_province(boundary("village") + boundary("county") + statistics() +
                                     "provenance = 'published'\n[files]\nprovenance = 'provenance.toml'\n");
  write_text(folder / "indicators.toml", poor_indicator + "provenance = 'published'\nsource = '年鉴'\n");
  write_text(folder / "village.csv", "code,year,poor\n630102100200,2016,5\n");
  const auto village = code("630102100200");
  const auto provenance = [&](const Dataset& data) {
    return data.statistics.value("poor", data.tree.find(village).value(), 2016).provenance;
  };
  EXPECT_EQ(provenance(load_dataset(read_project(folder))), Provenance::published);
  write_text(folder / "provenance.toml", "source = 'stand-in'\nnote = '虚构'\n");
  const Dataset data = load_dataset(read_project(folder));
  EXPECT_EQ(provenance(data), Provenance::generated);
  EXPECT_EQ(data.statistics.indicator("poor").provenance, Provenance::generated);
  EXPECT_TRUE(data.statistics.indicator("poor").source.empty());
}

TEST(Dataset, WaterIsProjected) {
  const auto folder = small_province(boundary("county") +
                                     "[[water]]\nkind='lakes'\ndataset='water.gpkg'\nlayer='lakes'\n"
                                     "[[water]]\nkind='rivers'\ndataset='water.gpkg'\nlayer='rivers'\n"
                                     "name_field='name'\n");
  write_layers(
      folder / "water.gpkg",
      {{.name = "lakes",
        .features = {{"1", "湖", square(100.2, 36.2, 0.1)},
                     {"2", "x", "POLYGON((101 36,102 37,102 36,101 37,101 36))"}}},
       {.name = "rivers", .features = {{"1", "黄河", "MULTILINESTRING((100 36,101 37),(101 37,102 37))"}}}});
  const Dataset data = load_dataset(read_project(folder));
  ASSERT_EQ(data.lakes.size(), 2U);
  EXPECT_EQ(data.lake_names.size(), 2U);
  EXPECT_TRUE(data.extent_of({}).contains(data.lakes.boxes[0].centre()));
  ASSERT_EQ(data.rivers.size(), 2U);
  EXPECT_EQ(data.river_names, (std::vector<std::string>{"黄河", "黄河"}));
}

TEST(Dataset, DivisionsAloneAreReadWithoutPolygons) {
  const DivisionTree tree =
      read_divisions(read_project(small_province(boundary("village") + boundary("county"))));
  EXPECT_EQ(tree.at(Level::village).size(), 4U);
  EXPECT_EQ(tree[tree.find(code("630103")).value()].name, "乙县");
}

TEST(Dataset, LakesOnNoLandOfTheProjectAreLeftOut) {
  const auto folder = small_province(boundary("village") + "[[water]]\nkind = 'lakes'\ndataset = 'lakes.gpkg'\nname_field = 'name'\n");
  write_layers(folder / "lakes.gpkg",
               {TestLayer{.name = "lake", .features = {{"1", "别处的湖", square(110, 30, 0.3)}, {"2", "湖", square(100.2, 36.2, 0.3)}}}});
  const Dataset data = load_dataset(read_project(folder));
  EXPECT_EQ(data.lakes.size(), 1U);
  EXPECT_EQ(data.lake_names, (std::vector<std::string>{"湖"}));
}

}  // namespace
}  // namespace battlemap::geo
