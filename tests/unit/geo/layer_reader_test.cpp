#include "geo/layer_reader.hpp"

#include "geo/error.hpp"
#include "geo/gdal_open.hpp"
#include "layer_fixture.hpp"
#include "odd_layer.hpp"

namespace battlemap::geo {
namespace {

/// Shapes of all kinds that a layer may hold.
std::vector<TestFeature> all_kinds() {
  return {{"630101", "plain", square(100, 36)},
          {"630102", "z", "POLYGON Z((101 36 5,102 36 5,102 37 5,101 36 5))"},
          {"630103", "zm", "MULTIPOLYGON ZM(((103 36 5 6,104 36 5 6,104 37 5 6,103 36 5 6)))"},
          {"630104", "curve", "CURVEPOLYGON(COMPOUNDCURVE(CIRCULARSTRING(105 36,106 37,107 36),(107 36,105 36)))"},
          {"630105", "surface", "MULTISURFACE(((108 36,109 36,109 37,108 36)))"},
          {"630106", "collection", "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((110 36,111 36,111 37,110 36)))"},
          {"630107", "point", "POINT(100 36)"},
          {"630108", "line", "POLYGON((100 36,101 37,100 36))"},
          {"630109", "empty", "POLYGON EMPTY"},
          {"63x", "bad code", square(104, 36)},
          {"630110", "hole", "POLYGON((112 36,114 36,114 38,112 38,112 36),(112.5 36.5,113 36.5,113 37,112.5 36.5))"}};
}

struct Read {
  RawLayer raw;
  BoundaryReport report;
  Problems problems;
};

Read read(const std::filesystem::path& file, const BoundarySource& like = {}) {
  const QuietGdal quiet;
  BoundarySource source = like;
  source.dataset = file.string();
  const OpenedLayer opened = open_layer(source, false);
  Read read;
  ProblemLog log(read.problems, "layer", problems_per_kind);
  read.raw = read_layer(source, opened, log, read.report);
  return read;
}

/// The same layer with numbers for codes is read by features: no columns of text.
void expect_same_but_for_numbers(const Read& columns, const Read& features) {
  EXPECT_EQ(columns.raw.polygons.points, features.raw.polygons.points);
  EXPECT_EQ(columns.raw.polygons.ring_begin, features.raw.polygons.ring_begin);
  EXPECT_EQ(columns.raw.polygons.polygon_begin, features.raw.polygons.polygon_begin);
  EXPECT_EQ(columns.raw.rows, features.raw.rows);
  EXPECT_EQ(columns.report.features, features.report.features);
  ASSERT_EQ(columns.raw.entries.size(), features.raw.entries.size());
  for (std::size_t i = 0; i < columns.raw.entries.size(); ++i) {
    EXPECT_EQ(columns.raw.entries[i].code, features.raw.entries[i].code);
    EXPECT_EQ(columns.raw.entries[i].name, features.raw.entries[i].name);
  }
  auto by_features = lines_of(features.problems);
  std::erase_if(by_features, [](const std::string& line) { return line.starts_with("numeric_code"); });
  EXPECT_EQ(lines_of(columns.problems), by_features);
}

std::vector<TestFeature> with_number_codes(std::vector<TestFeature> features) {
  for (TestFeature& each : features)
    if (each.code == "63x") each.code = "7";
  return features;
}

TEST(LayerReader, ColumnsGiveWhatFeaturesGive) {
  const auto folder = test_folder();
  write_layers(folder / "text.gpkg", {{.features = with_number_codes(all_kinds())}});
  write_layers(folder / "number.gpkg", {{.code_type = OFTInteger64, .features = with_number_codes(all_kinds())}});
  const Read columns = read(folder / "text.gpkg"), features = read(folder / "number.gpkg");
  EXPECT_EQ(columns.raw.entries.size(), 7U);
  EXPECT_EQ(columns.report.features, 11U);
  expect_same_but_for_numbers(columns, features);
}

TEST(LayerReader, AMissingGeometryAmongThemIsReported) {
  auto kinds = with_number_codes(all_kinds());
  kinds.insert(kinds.begin() + 2, {"630111", "none", ""});
  const auto folder = test_folder();
  write_layers(folder / "text.gpkg", {{.features = kinds}});
  write_layers(folder / "number.gpkg", {{.code_type = OFTInteger64, .features = kinds}});
  const Read columns = read(folder / "text.gpkg");
  EXPECT_EQ(columns.problems[0].kind, "empty_geometry");
  EXPECT_EQ(columns.problems[0].code, "630111");
  EXPECT_EQ(columns.raw.entries.size(), 7U);
  expect_same_but_for_numbers(columns, read(folder / "number.gpkg"));
}

/// What is said of a layer after a program that knows no GeoPackage, or a failing disk, changed it.
std::string failure_after(const std::string& sql) {
  const auto file = test_folder() / "damaged.gpkg";
  write_layers(file, {{.features = all_kinds()}});
  GDALDatasetUniquePtr data(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
  for (const char* trigger : {"rtree_layer_geom_update1", "rtree_layer_geom_update2", "rtree_layer_geom_update3",
                              "rtree_layer_geom_update4", "rtree_layer_geom_update6", "rtree_layer_geom_update7"})
    data->ExecuteSQL(fmt::format("DROP TRIGGER IF EXISTS {}", trigger).c_str(), nullptr, nullptr);
  data->ExecuteSQL(sql.c_str(), nullptr, nullptr);
  data.reset();
  try {
    const Read damaged = read(file);
    std::string found;
    for (const std::string& line : lines_of(damaged.problems)) found += line + "\n";
    return found;
  } catch (const Error& e) {
    return std::string("error: ") + e.what();
  }
}

TEST(LayerReader, DamagedGeometriesAreRefusedAsGdalRefusesThem) {
  for (const char* sql : {"UPDATE layer SET geom = substr(geom, 1, 60) WHERE fid = 1",
                          "UPDATE layer SET geom = x'0102030405' WHERE fid = 11",
                          "UPDATE layer SET geom = 'POINT(1 2)' WHERE fid = 2"})
    EXPECT_EQ(failure_after(sql), "error: damaged.gpkg (layer): cannot be read to the end: Unable to read geometry") << sql;
}

TEST(LayerReader, TextThatIsNoUtf8IsTakenForGb18030) {
  const auto file = test_folder() / "gb.gpkg";
  write_layers(file, {{.features = {{"630101", "x", square(100, 36)}}}});
  GDALDatasetUniquePtr data(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
  data->ExecuteSQL("UPDATE layer SET name = CAST(x'20B4E520' AS TEXT)", nullptr, nullptr);
  data.reset();
  EXPECT_EQ(read(file).raw.entries.at(0).name, "村");
}

/// Enough features to be read in ranges.
std::vector<TestFeature> many_squares() {
  std::vector<TestFeature> features;
  for (int i = 0; i < 5000; ++i)
    features.push_back({fmt::format("{}", 630100 + i % 900), fmt::format("n{}", i), square(100 + i % 7, 30 + i % 5)});
  return features;
}

TEST(LayerReader, AFileOpenedTwiceGivesWhatItGivesOpenedOnce) {
  const auto file = test_folder() / "many.gpkg";
  write_layers(file, {{.features = many_squares()}});
  const Read once = read(file);
  BoundarySource source;
  source.dataset = file.string();
  Read twice;
  {
    const QuietGdal quiet;
    const OpenedLayer opened{VectorSource(source.dataset, ""), VectorSource(source.dataset, "")};
    ProblemLog log(twice.problems, "layer", problems_per_kind);
    twice.raw = read_layer(source, opened, log, twice.report);
  }
  EXPECT_EQ(twice.report.features, 5000U);
  expect_same_but_for_numbers(once, twice);
  for (std::size_t i = 0; i < twice.raw.entries.size(); i += 100)
    EXPECT_EQ(twice.raw.entries[i].name, fmt::format("n{}", i));
}

TEST(LayerReader, OnlyALargeFileThatIsReadAloneIsOpenedTwice) {
  const auto file = test_folder() / "small.gpkg";
  write_layers(file, {{.features = all_kinds()}});
  BoundarySource source;
  source.dataset = file.string();
  EXPECT_FALSE(open_layer(source, true).again);
  EXPECT_FALSE(open_layer(source, false).again);
  source.dataset = (test_folder() / "none.gpkg").string();
  EXPECT_THROW(open_layer(source, true), Error);
}

}  // namespace
}  // namespace battlemap::geo
