// Boundary files as they come, each named for what is wrong with it: the exact report, and what still loads.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "geo/boundaries.hpp"
#include "geo/boundary_fields.hpp"
#include "geo/dataset.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {
namespace {

const std::string plane = "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m";

/// One GeoJSON feature; `geometry` as GeoJSON, `fields` as JSON members.
std::string feature(const std::string& fields, const std::string& geometry) {
  return "{\"type\":\"Feature\",\"properties\":{" + fields + "},\"geometry\":" + geometry + "}";
}
std::string box(double x, double y, double side = 1) {
  return fmt::format(
      "{{\"type\":\"Polygon\",\"coordinates\":[[[{0},{1}],[{2},{1}],[{2},{3}],[{0},{3}],[{0},{1}]]]}}", x, y,
      x + side, y + side);
}
std::string county(const char* code, double x, const std::string& geometry = "") {
  return feature(fmt::format("\"code\":\"{0}\",\"name\":\"N{0}\"", code),
                 geometry.empty() ? box(x, 36) : geometry);
}
std::string polygon(const char* coordinates) {
  return std::string("{\"type\":\"Polygon\",\"coordinates\":") + coordinates + "}";
}

struct OddLayer {
  const char* what;
  std::vector<std::string> features;
  const char* loads;   ///< codes
  const char* report;  ///< "kind@feature", features counted from 0
};

void PrintTo(const OddLayer& odd, std::ostream* out) {
  *out << odd.what;
}

std::string write_geojson(const std::string& name, const std::vector<std::string>& features) {
  std::string stem = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::replace(stem.begin(), stem.end(), '/', '_');
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "odd-layers" / stem;
  std::filesystem::create_directories(folder);
  std::string text = "{\"type\":\"FeatureCollection\",\"features\":[";
  for (const std::string& each : features) text += each + (&each == &features.back() ? "" : ",");
  write_text(folder / name, text + "]}");
  return (folder / name).string();
}

std::string codes_of(const std::vector<DivisionTree::Entry>& entries) {
  std::string text;
  for (const auto& entry : entries) text += (text.empty() ? "" : " ") + entry.code.text();
  return text;
}

std::string report_of(const Problems& problems) {
  std::string text;
  for (const Problem& problem : problems)
    text +=
        (text.empty() ? "" : " ") + problem.kind + (problem.row == 0 ? "" : fmt::format("@{}", problem.row));
  return text;
}

class OddLayers : public ::testing::TestWithParam<OddLayer> {};

TEST_P(OddLayers, AreReportedAndTheRestLoads) {
  BoundarySource source;
  source.dataset = write_geojson("odd.geojson", GetParam().features);
  Problems problems;
  const BoundaryLayer layer = read_boundaries(source, plane, problems);
  EXPECT_EQ(codes_of(layer.entries), GetParam().loads) << GetParam().what;
  EXPECT_EQ(report_of(problems), GetParam().report) << GetParam().what;
}

const std::string good = county("630101", 100);
const std::vector<OddLayer> odd_layers{
    {"nothing wrong", {good, county("630102", 101)}, "630101 630102", ""},
    {"a bow tie",
     {good, county("630102", 0, polygon("[[[101,36],[102,37],[102,36],[101,37],[101,36]]]"))},
     "630101 630102",
     "invalid_geometry@1"},
    {"a hole outside",
     {good, county("630102", 0,
                   polygon("[[[101,36],[102,36],[102,37],[101,36]],[[105,36],[106,36],[106,37],[105,36]]]"))},
     "630101 630102",
     "invalid_geometry@1"},
    {"a spike",
     {good, county("630102", 0, polygon("[[[101,36],[102,36],[104,36],[102,36],[102,37],[101,36]]]"))},
     "630101 630102",
     "invalid_geometry@1"},
    {"a polygon without area",
     {good, county("630102", 0, polygon("[[[101,36],[102,37],[101,36]]]"))},
     "630101",
     "empty_geometry@1"},
    {"a polygon flat as a line",
     {good, county("630102", 0, polygon("[[[101,36],[102,37],[103,38],[101,36]]]"))},
     "630101",
     "invalid_geometry@1"},
    {"a polygon not closed",
     {good, county("630102", 0, polygon("[[[101,36],[102,36],[102,37]]]"))},
     "630101 630102",
     ""},
    {"no geometry", {good, county("630102", 0, "null")}, "630101", "empty_geometry@1"},
    {"an empty polygon", {good, county("630102", 0, polygon("[]"))}, "630101", "empty_geometry@1"},
    {"a point",
     {good, county("630102", 0, "{\"type\":\"Point\",\"coordinates\":[101,36]}")},
     "630101",
     "wrong_geometry_type@1"},
    {"a line",
     {good, county("630102", 0, "{\"type\":\"LineString\",\"coordinates\":[[101,36],[102,37]]}")},
     "630101",
     "wrong_geometry_type@1"},
    {"a collection of a point and a polygon",
     {good,
      county("630102", 0,
             "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,1]}," +
                 box(101, 36) + "]}")},
     "630101 630102",
     ""},
    {"a code twice", {good, county("630101", 101)}, "630101", "duplicate_code@1"},
    {"a code under two spellings", {good, county("630101000000", 101)}, "630101", "duplicate_code@1"},
    {"an empty code", {good, county("", 101)}, "630101", "missing_code@1"},
    {"a code that is null",
     {good, feature("\"code\":null,\"name\":\"x\"", box(101, 36))},
     "630101",
     "missing_code@1"},
    {"letters for a code", {good, county("6301x2", 101)}, "630101", "bad_code@1"},
    {"a code of a finer level", {good, county("630102001", 101)}, "630101", "bad_code@1"},
    {"a code with a decimal", {good, county("630102.0", 101)}, "630101 630102", "repaired_code@1"},
    {"codes as numbers",
     {feature("\"code\":630101,\"name\":\"a\"", box(100, 36)),
      feature("\"code\":630102,\"name\":\"b\"", box(101, 36))},
     "630101 630102",
     "numeric_code"},
    {"codes under another name",
     {feature("\"OBJECTID\":1,\"PAC\":\"630101\",\"SHENG\":\"630000\",\"MC\":\"城东区\"", box(100, 36)),
      feature("\"OBJECTID\":2,\"PAC\":\"630102\",\"SHENG\":\"630000\",\"MC\":\"城北区\"", box(101, 36))},
     "630101 630102",
     "found_field found_field"},
    {"codes without names", {feature("\"code\":\"630101\"", box(100, 36))}, "630101", ""},
    {"a place at the pole",
     {good, county("630102", 0, polygon("[[[101,89],[102,89],[102,95],[101,89]]]"))},
     "630101",
     "outside_projection@1"},
};
INSTANTIATE_TEST_SUITE_P(Geo, OddLayers, ::testing::ValuesIn(odd_layers));

/// A project of whole files, for what shows between layers.
Dataset load_layers(const std::vector<BoundarySource>& sources) {
  Project project;
  project.projection = plane;
  project.years = {2016};
  project.boundaries = sources;
  return load_dataset(project);
}

std::vector<const Problem*> of_kind(const Dataset& data, std::string_view kind) {
  std::vector<const Problem*> found;
  for (const Problem& problem : data.problems)
    if (problem.kind == kind) found.push_back(&problem);
  return found;
}

TEST(OddBoundaries, OneLayerMayHoldSeveralLevels) {
  BoundarySource source;
  source.several_levels = true;
  source.dataset =
      write_geojson("all.geojson", {feature("\"code\":\"63\",\"name\":\"P\"", box(100, 36, 2)),
                                    feature("\"code\":\"6301\",\"name\":\"C\"", box(100, 36, 2)),
                                    feature("\"code\":\"630101\",\"name\":\"a\"", box(100, 36, 1)),
                                    feature("\"code\":\"630102000000\",\"name\":\"b\"", box(101, 36, 1)),
                                    feature("\"code\":\"rubbish\",\"name\":\"?\"", box(101, 37, 1))});
  const Dataset data = load_layers({source});
  EXPECT_EQ(data.tree.at(Level::county).size(), 2U);
  EXPECT_EQ(data.tree.at(Level::prefecture)[0].name, "C");
  EXPECT_EQ(data.tree.at(Level::province)[0].name, "P");
  ASSERT_EQ(of_kind(data, "bad_code").size(), 1U);  // once, not once a level
  EXPECT_EQ(of_kind(data, "bad_code")[0]->row, 4);
}

TEST(OddBoundaries, ALevelFieldGoesBeforeTheCode) {
  BoundarySource source;
  source.several_levels = true, source.level_field = "kind";
  source.dataset = write_geojson(
      "all.geojson", {feature("\"code\":\"441900\",\"kind\":\"县级\",\"name\":\"a\"", box(100, 36)),
                      feature("\"code\":\"4419\",\"kind\":\"2\",\"name\":\"b\"", box(100, 36))});
  const Dataset data = load_layers({source});
  ASSERT_EQ(data.tree.at(Level::county).size(), 1U);
  EXPECT_EQ(data.tree.at(Level::county)[0].code.text(), "441900");
  EXPECT_EQ(data.tree.at(Level::prefecture)[0].name, "b");
}

TEST(OddBoundaries, AMissingParentIsReportedWithTheNumberOfItsChildren) {
  BoundarySource upper, lower;
  upper.level = Level::prefecture, lower.level = Level::county;
  upper.dataset =
      write_geojson("upper.geojson", {feature("\"code\":\"6301\",\"name\":\"C\"", box(100, 36, 1))});
  lower.dataset =
      write_geojson("lower.geojson", {county("630101", 100), county("630201", 101), county("630202", 102)});
  const Dataset data = load_layers({upper, lower});
  const auto found = of_kind(data, "missing_parent");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]->code, "6302");
  EXPECT_NE(found[0]->message.find("but 2 of this layer's codes begin with it"), std::string::npos)
      << found[0]->message;
  EXPECT_EQ(data.tree.at(Level::county).size(), 3U);
  EXPECT_EQ(data.coverage(Level::prefecture).size(), 2U);  // the missing one is dissolved
}

TEST(OddBoundaries, AChildOutsideItsParentIsReportedWithHowMuch) {
  BoundarySource upper, lower;
  upper.level = Level::prefecture, lower.level = Level::county;
  upper.dataset =
      write_geojson("upper.geojson", {feature("\"code\":\"6301\",\"name\":\"C\"", box(100, 36, 2))});
  lower.dataset =
      write_geojson("lower.geojson", {county("630101", 100), county("630102", 101.5), county("630103", 108),
                                      county("630104", 0, box(101.0001, 37, 1))});
  const Dataset data = load_layers({upper, lower});
  const auto found = of_kind(data, "outside_parent");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0]->code, "630102");
  EXPECT_NE(found[0]->message.find("50 % of the land"), std::string::npos) << found[0]->message;
  EXPECT_EQ(found[1]->code, "630103");
  EXPECT_NE(found[1]->message.find("100 % of the land"), std::string::npos) << found[1]->message;
  EXPECT_EQ(data.coverage(Level::county).size(), 4U);
}

/// A shapefile written with GBK texts and without .cpg.
std::string write_gbk_shapefile(bool with_cpg) {
  GDALAllRegister();
  const auto folder = test_folder();
  const char* options[] = {"ENCODING=GB18030", nullptr};
  GDALDatasetUniquePtr data(GetGDALDriverManager()
                                ->GetDriverByName("ESRI Shapefile")
                                ->Create((folder / "a.shp").c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  OGRLayer* layer = data->CreateLayer("a", nullptr, wkbPolygon, const_cast<char**>(options));
  OGRFieldDefn code("PAC", OFTString), name("\xE5\x90\x8D\xE7\xA7\xB0", OFTString);
  layer->CreateField(&code), layer->CreateField(&name);
  for (const auto& [c, n, x] : {std::tuple{"630101", "城东区", 100},
                                {"630222", "民和回族土族自治县", 101},
                                {"630105", "城北区", 102}}) {
    OGRFeature feature_of(layer->GetLayerDefn());
    feature_of.SetField(0, c), feature_of.SetField(1, n);
    OGRGeometry* geometry = nullptr;
    OGRGeometryFactory::createFromWkt(square(x, 36).c_str(), nullptr, &geometry);
    feature_of.SetGeometryDirectly(geometry);
    EXPECT_EQ(layer->CreateFeature(&feature_of), OGRERR_NONE);
  }
  data.reset();
  if (!with_cpg) std::filesystem::remove(folder / "a.cpg");
  return (folder / "a.shp").string();
}

TEST(OddBoundaries, AShapefileInGbkWithoutCpgKeepsItsNames) {
  BoundarySource source;
  source.dataset = write_gbk_shapefile(false);
  Problems problems;
  const BoundaryLayer layer = read_boundaries(source, plane, problems);
  ASSERT_EQ(layer.entries.size(), 3U);
  EXPECT_EQ(layer.entries[0].name, "城东区");
  EXPECT_EQ(layer.entries[2].name, "民和回族土族自治县");
  EXPECT_EQ(report_of(problems), "guessed_encoding found_field found_field");
  EXPECT_NE(problems[2].message.find("'名称'"), std::string::npos) << problems[2].message;
  EXPECT_NE(problems[0].message.find("GB18030, confidence"), std::string::npos) << problems[0].message;
}

TEST(OddBoundaries, AShapefileThatSaysItsEncodingIsBelieved) {
  BoundarySource source;
  source.dataset = write_gbk_shapefile(true);
  Problems problems;
  EXPECT_EQ(read_boundaries(source, plane, problems).entries[0].name, "城东区");
  EXPECT_EQ(report_of(problems), "found_field found_field");
}

}  // namespace
}  // namespace battlemap::geo
