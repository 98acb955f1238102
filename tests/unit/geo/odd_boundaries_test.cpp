// Boundary files of several kinds and layers that do not fit each other: the exact report, and what still
// loads.
#include "geo/boundaries.hpp"
#include "geo/boundary_fields.hpp"
#include "geo/dataset.hpp"
#include "geo/projection.hpp"
#include "odd_layer.hpp"

namespace battlemap::geo {
namespace {

using Lines = std::vector<std::string>;

/// A project of whole files, for what shows between layers.
Dataset load_layers(const std::vector<BoundarySource>& sources) {
  Project project;
  project.projection = odd_plane;
  project.years = {2016};
  project.boundaries = sources;
  return load_dataset(project);
}

/// How many divisions each level has that has any: "province 1, county 3".
std::string counts_of(const DivisionTree& tree) {
  std::string text;
  for (const Level level : all_levels)
    if (!tree.at(level).empty())
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", level_id(level), tree.at(level).size());
  return text;
}

BoundarySource source_of(Level level, const std::string& file, const std::vector<std::string>& features) {
  BoundarySource source;
  source.level = level;
  source.dataset = write_odd_geojson(file, features);
  return source;
}

const std::string no_names =
    "no_name 0 -: 1 of 1 province divisions have no name in any source; their codes are shown";

TEST(OddBoundaries, OneLayerOfSeveralLevelsAndRubbish) {
  BoundarySource source =
      source_of(Level::county, "all.geojson",
                {odd_feature("\"code\":\"63\",\"name\":\"P\"", odd_box(100, 36, 2)),
                 odd_feature("\"code\":\"6301\",\"name\":\"C\"", odd_box(100, 36, 2)),
                 odd_feature("\"code\":\"630101\",\"name\":\"a\"", odd_box(100, 36, 1)),
                 odd_feature("\"code\":\"630102000000\",\"name\":\"b\"", odd_box(101, 36, 1)),
                 odd_feature("\"code\":\"rubbish\",\"name\":\"?\"", odd_box(101, 37, 1)),
                 odd_feature("\"code\":\"630103\",\"name\":\"c\"",
                             odd_polygon("[[[100,37],[102,37],[102,38],[100,38],[100,37]]]"))});
  source.several_levels = true;
  const Dataset data = load_layers({source});
  EXPECT_EQ(counts_of(data.tree), "province 1, prefecture 1, county 3");
  EXPECT_EQ(data.tree.at(Level::prefecture)[0].name, "C");
  EXPECT_EQ(data.tree.at(Level::province)[0].name, "P");
  EXPECT_EQ(
      lines_of(data.problems),  // once, not once a level
      (Lines{
          "bad_code 4 rubbish: feature 4: 'rubbish' in field 'code' is no province code (2 digits, further "
          "ones zero); left out"}));
}

TEST(OddBoundaries, ALevelFieldGoesBeforeTheCode) {
  BoundarySource source =
      source_of(Level::county, "all.geojson",
                {odd_feature("\"code\":\"441900\",\"kind\":\"县级\",\"name\":\"a\"", odd_box(100, 36)),
                 odd_feature("\"code\":\"4419\",\"kind\":\"2\",\"name\":\"b\"", odd_box(100, 36))});
  source.several_levels = true, source.level_field = "kind";
  const Dataset data = load_layers({source});
  EXPECT_EQ(counts_of(data.tree), "province 1, prefecture 1, county 1");
  EXPECT_EQ(data.tree.at(Level::county)[0].code.text(), "441900");
  EXPECT_EQ(data.tree.at(Level::prefecture)[0].name, "b");
  EXPECT_EQ(lines_of(data.problems), Lines{no_names});
}

TEST(OddBoundaries, ALayerOfSeveralLevelsTakenForOne) {
  const BoundarySource source = source_of(
      Level::county, "all.geojson",
      {odd_feature("\"code\":\"6301\",\"name\":\"C\"", odd_box(100, 36)), odd_county("630101", 100)});
  Problems problems;
  EXPECT_EQ(read_boundaries(source, odd_plane, problems).entries.size(), 1U);
  EXPECT_EQ(
      lines_of(problems),
      (Lines{
          "bad_code 0 6301: feature 0: '6301' in field 'code' is the code of a prefecture, not of a county; "
          "set level = \"several\" when the layer holds both; left out"}));
}

TEST(OddBoundaries, AParentThatIsMissing) {
  const Dataset data = load_layers(
      {source_of(Level::prefecture, "upper.geojson",
                 {odd_feature("\"code\":\"6301\",\"name\":\"C\"", odd_box(100, 36, 1))}),
       source_of(Level::county, "lower.geojson",
                 {odd_county("630101", 100), odd_county("630201", 101), odd_county("630202", 102)})});
  EXPECT_EQ(counts_of(data.tree), "province 1, prefecture 2, county 3");
  EXPECT_EQ(data.coverage(Level::prefecture).size(), 2U);  // the missing one is dissolved
  EXPECT_EQ(
      lines_of(data.problems),
      (Lines{"missing_parent 0 6302: no prefecture boundary has this code, but 2 of this layer's codes begin "
             "with "
             "it; they were kept under a prefecture made from them",
             no_names,
             "no_name 0 -: 1 of 2 prefecture divisions have no name in any source; their codes are shown",
             "missing_boundary 0 6302: no boundary in the source; dissolved from its county boundaries"}));
}

TEST(OddBoundaries, ChildrenOutsideTheirParent) {
  const Dataset data = load_layers(
      {source_of(Level::prefecture, "upper.geojson",
                 {odd_feature("\"code\":\"6301\",\"name\":\"C\"", odd_box(100, 36, 2))}),
       source_of(Level::county, "lower.geojson",
                 {odd_county("630101", 100), odd_county("630102", 101.5), odd_county("630103", 108),
                  odd_county("630104", 0, odd_box(101.0001, 37, 1))})});
  EXPECT_EQ(data.coverage(Level::county).size(), 4U);
  EXPECT_EQ(lines_of(data.problems), (Lines{no_names,
                                            "outside_parent 0 630102: 50 % of the land of N630102 lies "
                                            "outside 6301 C, to which its code says it "
                                            "belongs; is one of the boundaries shifted (datum, proj)?",
                                            "outside_parent 0 630103: 100 % of the land of N630103 lies "
                                            "outside 6301 C, to which its code says it "
                                            "belongs; is one of the boundaries shifted (datum, proj)?"}));
}

TEST(OddBoundaries, OnlyVillagesFromWhichAllElseIsDissolved) {
  const Dataset data = load_layers({source_of(
      Level::village, "villages.geojson",
      {odd_county("630101001001", 100), odd_county("630101001002", 101), odd_county("630201001001", 102)})});
  EXPECT_EQ(counts_of(data.tree), "province 1, prefecture 2, county 2, township 2, village 3");
  for (const Level level : all_levels) EXPECT_EQ(data.coverage(level).size(), data.tree.at(level).size());
  EXPECT_NEAR(polygon_area(data.coverage(Level::province).polygons, 0),
              3 * polygon_area(data.coverage(Level::village).polygons, 0), 1e6);
  EXPECT_EQ(lines_of(data.problems).size(), 4U);  // the four levels whose names nobody gave
}

TEST(OddBoundaries, OneCodeInTwoFiles) {
  const Dataset data = load_layers(
      {source_of(Level::county, "a.geojson", {odd_county("630101", 100)}),
       source_of(Level::county, "b.geojson", {odd_county("630101", 105), odd_county("630102", 101)})});
  EXPECT_EQ(counts_of(data.tree), "province 1, prefecture 1, county 2");
  EXPECT_NEAR(data.coverage(Level::county).polygons.boxes[0].centre().x,
              Projection(odd_plane).forward({100.5, 36.5}).x, 1000);
  EXPECT_EQ(lines_of(data.problems)[2],
            "duplicate_code 0 630101: the code stands in a.geojson (a) already; this one is left out");
}

/// Three counties with the fields PAC and 名称, written as `driver` does it with texts in GBK.
std::string write_gbk(const char* driver, const char* name) {
  GDALAllRegister();
  const auto folder = test_folder();
  const char* options[] = {"ENCODING=GB18030", nullptr};
  GDALDatasetUniquePtr data(GetGDALDriverManager()->GetDriverByName(driver)->Create(
      (folder / name).c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  OGRLayer* layer = data->CreateLayer("a", nullptr, wkbPolygon, const_cast<char**>(options));
  OGRFieldDefn code("PAC", OFTString), title("\xE5\x90\x8D\xE7\xA7\xB0", OFTString);
  layer->CreateField(&code), layer->CreateField(&title);
  for (const auto& [c, n, x] : {std::tuple{"630101", "城东区", 100},
                                {"630222", "民和回族土族自治县", 101},
                                {"630105", "城北区", 102}}) {
    OGRFeature record(layer->GetLayerDefn());
    record.SetField(0, c), record.SetField(1, n);
    OGRGeometry* geometry = nullptr;
    OGRGeometryFactory::createFromWkt(square(x, 36).c_str(), nullptr, &geometry);
    record.SetGeometryDirectly(geometry);
    EXPECT_EQ(layer->CreateFeature(&record), OGRERR_NONE);
  }
  data.reset();
  return (folder / name).string();
}

const std::string found_code =
    "found_field 0 -: no field is called code; codes were found in 'PAC' (3 different ones); set code_field "
    "when that is "
    "wrong";
const std::string found_name =
    "found_field 0 -: no field is called name; names were found in '名称'; set name_field when that is wrong";

/// The names of a layer, in the order of their codes, and the report.
std::pair<std::string, Lines> names_in(const BoundarySource& source) {
  Problems problems;
  std::string names;
  for (const auto& entry : read_boundaries(source, odd_plane, problems).entries)
    names += (names.empty() ? "" : " ") + entry.name;
  return {names, lines_of(problems)};
}

const std::string all_names = "城东区 城北区 民和回族土族自治县";

TEST(OddBoundaries, AShapefileInGbkWithoutCpg) {
  BoundarySource source;
  source.dataset = write_gbk("ESRI Shapefile", "a.shp");
  std::filesystem::remove(source.dataset.substr(0, source.dataset.size() - 3) + "cpg");
  const auto [names, lines] = names_in(source);
  EXPECT_EQ(names, all_names);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(
      lines[0].starts_with("guessed_encoding 0 -: has no .cpg file; its texts were taken for GB18030, "
                           "confidence 99 %; when names look wrong set encoding") ||
      lines[0].find("confidence 100 %") != std::string::npos)
      << lines[0];
  EXPECT_EQ((Lines{lines[1], lines[2]}), (Lines{found_code, found_name}));
}

TEST(OddBoundaries, AShapefileThatSaysItsEncoding) {
  BoundarySource source;
  source.dataset = write_gbk("ESRI Shapefile", "a.shp");
  EXPECT_EQ(names_in(source), std::pair(all_names, (Lines{found_code, found_name})));
}

TEST(OddBoundaries, AShapefileInGbkThatIsSaidToBeSo) {
  BoundarySource source;
  source.dataset = write_gbk("ESRI Shapefile", "a.shp");
  std::filesystem::remove(source.dataset.substr(0, source.dataset.size() - 3) + "cpg");
  source.encoding = Encoding::gb18030;
  EXPECT_EQ(names_in(source), std::pair(all_names, (Lines{found_code, found_name})));
}

/// What reading fails with.
std::string failure_of(const BoundarySource& source) {
  Problems problems;
  try {
    read_boundaries(source, odd_plane, problems);
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

TEST(OddBoundaries, ShapefilesOfWhichAPartWasNotCopied) {
  BoundarySource source;
  source.dataset = write_gbk("ESRI Shapefile", "a.shp");
  const std::string stem = source.dataset.substr(0, source.dataset.size() - 3);
  std::filesystem::remove(stem + "dbf");
  EXPECT_EQ(failure_of(source), "a.shp (a): has no fields at all; a shapefile's are in the .dbf beside it");
  std::filesystem::remove(stem + "shx");
  EXPECT_EQ(failure_of(source),
            source.dataset +
                ": cannot be opened: its .shx is missing; a shapefile is several files (.shp .shx "
                ".dbf .prj .cpg): copy all of them");
}

TEST(OddBoundaries, AShapefileCutOff) {
  BoundarySource source;
  source.dataset = write_gbk("ESRI Shapefile", "a.shp");
  std::filesystem::resize_file(source.dataset, 300);
  EXPECT_TRUE(failure_of(source).starts_with("a.shp (a): cannot be read to the end: ")) << failure_of(source);
}

TEST(OddBoundaries, LayersOfNoUse) {
  EXPECT_EQ(failure_of(source_of(Level::county, "none.geojson", {})),
            "none.geojson (none): holds no feature");
  EXPECT_EQ(
      failure_of(source_of(Level::county, "nofield.geojson", {odd_feature("\"a\":\"x\"", odd_box(100, 36))})),
      "nofield.geojson (nofield): has no field 'code' and no other that holds county codes (fields: a); set "
      "code_field in the project file");
  EXPECT_EQ(failure_of(source_of(Level::county, "points.geojson",
                                 {odd_county("630101", 0, "{\"type\":\"Point\",\"coordinates\":[101,36]}")})),
            "points.geojson (points): none of its 1 features could be used as a county; is code_field the "
            "right field, "
            "and level right? The first: feature 0: is a POINT, not a polygon; left out");
}

TEST(OddBoundaries, AGeoPackageWhoseFirstLayerIsAnother) {
  const auto file = test_folder() / "all.gpkg";
  write_layers(file, {{.name = "province", .features = {{"63", "P", square(100, 36)}}},
                      {.name = "county", .features = {{"630101", "a", square(100, 36)}}}});
  BoundarySource source;
  source.dataset = file.string();
  EXPECT_EQ(failure_of(source),
            "all.gpkg (province): none of its 1 features could be used as a county; is code_field the right "
            "field, and "
            "level right? The first: feature 1: '63' in field 'code' is the code of a province, not of a "
            "county; set "
            "level = \"several\" when the layer holds both; left out (this is the first of its 2 layers; set "
            "layer for "
            "another: county)");
  source.layer = "conty";
  EXPECT_EQ(failure_of(source),
            file.string() + ": has no layer 'conty'; did you mean county? (layers: province, county)");
  source.layer = "county";
  EXPECT_EQ(names_in(source), std::pair(std::string("a"), Lines{}));
  source.layer.clear(), source.level = Level::province;
  EXPECT_EQ(names_in(source),
            std::pair(std::string("P"),
                      (Lines{"first_layer 0 -: no layer is named in the project file (this is the first "
                             "of its 2 layers; set layer for another: county)"})));
}

TEST(OddBoundaries, MetresWithoutACoordinateSystem) {
  const auto file = test_folder() / "metres.gpkg";
  write_layers(file, {{.epsg = 0, .features = {{"630101", "a", square(500000, 4000000, 90000)}}}});
  BoundarySource source;
  source.dataset = file.string();
  EXPECT_EQ(failure_of(source),
            "metres.gpkg (layer): states no coordinate system and its coordinates (500000 to 590000, 4000000 "
            "to 4090000) "
            "are no degrees; set proj in the project file");
  source.proj = "EPSG:no";
  EXPECT_EQ(failure_of(source),
            "metres.gpkg (layer): PROJ does not understand proj = \"EPSG:no\" of the project file");
  source.proj = "EPSG:32647";
  EXPECT_EQ(names_in(source), std::pair(std::string("a"), Lines{}));
}

TEST(OddBoundaries, RealNumbersForCodes) {
  const auto file = test_folder() / "real.gpkg";
  write_layers(file, {{.code_type = OFTReal,
                       .features = {{"630101", "a", square(100, 36)}, {"630102.5", "b", square(101, 36)}}}});
  BoundarySource source;
  source.dataset = file.string();
  EXPECT_EQ(
      names_in(source),
      std::pair(
          std::string("a"),
          (Lines{"numeric_code 0 -: field 'code' stores codes as numbers; they were read as text of whole "
                 "numbers, but a number loses leading zeros: store codes as text",
                 "bad_code 2 630102.5: feature 2: '630102.5' in field 'code' is no county code (6 digits, "
                 "further ones zero); left out"})));
}

}  // namespace
}  // namespace battlemap::geo
