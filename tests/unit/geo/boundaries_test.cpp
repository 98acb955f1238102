// Layers as people really have them, written through GDAL and read back.
#include "geo/boundaries.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/gcj02.hpp"
#include "geo/geos.hpp"
#include "geo/join.hpp"
#include "geo/projection.hpp"
#include "geo/validity.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {
namespace {

const std::string albers = "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m";

struct Loaded {
  BoundaryLayer layer;
  Problems problems;
  const Problem* problem(std::string_view kind, std::string_view code = "") const {
    for (const Problem& p : problems)
      if (p.kind == kind && (code.empty() || p.code == code)) return &p;
    return nullptr;
  }
};

Loaded load(const TestLayer& layer, BoundarySource source = {}) {
  const auto file = test_folder() / "divisions.gpkg";
  write_layers(file, {layer});
  source.dataset = file.string();
  Loaded loaded;
  loaded.layer = read_boundaries(source, albers, loaded.problems);
  return loaded;
}

std::string boundaries_failure(const BoundarySource& source) {
  Problems problems;
  try {
    read_boundaries(source, albers, problems);
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

/// More features than are read by one reader, every third with a code that is none.
TestLayer many_features() {
  TestLayer layer;
  for (int i = 0; i < 6000; ++i)
    layer.features.push_back({i % 3 == 1 ? fmt::format("bad{}", i) : fmt::format("63010{}{:03}{:03}", 1 + i / 4000, 100 + i / 100 % 40, 200 + i % 100),
                              fmt::format("村{}", i), square(90 + i % 100 * 0.1, 32 + i / 100 * 0.1, 0.1)});
  return layer;
}

void expect_many_features(const Loaded& loaded, std::int64_t moved_from, std::int64_t moved_by) {
  EXPECT_EQ(loaded.layer.report.features, 6000U);
  ASSERT_EQ(loaded.layer.entries.size(), 4000U);
  EXPECT_EQ(loaded.layer.polygons.size(), 4000U);
  EXPECT_EQ(loaded.layer.entries[1].name, "村2");
  EXPECT_EQ(loaded.layer.entries[3999].name, "村5999");
  // As one reader tells it: the first thousand in the file's order, then how many more.
  ASSERT_EQ(loaded.problems.size(), problems_per_kind + 1);
  for (std::size_t k = 0; k < problems_per_kind; ++k) {
    const auto row = static_cast<std::int64_t>(3 * k + 2);
    ASSERT_EQ(loaded.problems[k].row, row >= moved_from ? row + moved_by : row);
    ASSERT_EQ(loaded.problems[k].code, fmt::format("bad{}", row - 1));
  }
  EXPECT_EQ(loaded.problems.back().message, "and 1000 more of this kind");
  EXPECT_EQ(loaded.problems.back().count, 1000U);
}

TEST(Boundaries, AreReadInRangesAsTheyAreInOne) {
  expect_many_features(load(many_features(), {.level = Level::village}), 1 << 30, 0);
}

TEST(Boundaries, IdsMayHaveLargeGaps) {
  const auto file = test_folder() / "divisions.gpkg";
  write_layers(file, {many_features()});
  GDALDataset* dataset = static_cast<GDALDataset*>(GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr));
  ASSERT_NE(dataset, nullptr);
  dataset->ReleaseResultSet(dataset->ExecuteSQL("UPDATE layer SET fid = fid + 1000000 WHERE fid > 10", nullptr, nullptr));
  GDALClose(dataset);
  Loaded loaded;
  BoundarySource source{.level = Level::village};
  source.dataset = file.string();
  loaded.layer = read_boundaries(source, albers, loaded.problems);
  expect_many_features(loaded, 11, 1000000);
}

TEST(Boundaries, AreOrderedByCodeAndProjected) {
  const Loaded loaded =
      load({.features = {{"630222", "B", square(101, 36)}, {"630105", "A", square(100, 36)}}});
  ASSERT_EQ(loaded.layer.entries.size(), 2U);
  EXPECT_EQ(loaded.layer.entries[0].code.text(), "630105");
  EXPECT_EQ(loaded.layer.entries[0].name, "A");
  EXPECT_TRUE(loaded.problems.empty());
  const Projection projection(albers);
  const Point corner = projection.forward(Point{100, 36});
  const auto ring = loaded.layer.polygons.ring(0);
  ASSERT_EQ(ring.size(), 4U);
  EXPECT_NE(std::find_if(ring.begin(), ring.end(),
                         [&](Point p) { return std::hypot(p.x - corner.x, p.y - corner.y) < 1e-6; }),
            ring.end());
  EXPECT_GT(signed_area(ring), 0);
  EXPECT_TRUE(loaded.layer.polygons.boxes[0].contains(corner));
  EXPECT_EQ(loaded.layer.report.features, 2U);
  EXPECT_EQ(loaded.layer.report.loaded, 2U);
  EXPECT_EQ(loaded.layer.report.points, 8U);
}

TEST(Boundaries, PartsAndHolesKeepTheirOrder) {
  const Loaded loaded = load({.features = {{"630105", "A",
                                            "MULTIPOLYGON(((100 36,100 37,101 37,101 36,100 36),(100.2 "
                                            "36.2,100.4 36.2,100.4 36.4,100.2 36.2)),"
                                            "((102 36,103 36,103 37,102 36)))"}}});
  const PolygonSet& set = loaded.layer.polygons;
  ASSERT_EQ(set.ring_count(), 3U);
  EXPECT_GT(signed_area(set.ring(0)), 0);
  EXPECT_LT(signed_area(set.ring(1)), 0);
  EXPECT_GT(signed_area(set.ring(2)), 0);
  EXPECT_TRUE(loaded.problems.empty());
}

TEST(Boundaries, BrokenFeaturesAreReportedAndTheRestLoads) {
  const Loaded loaded =
      load({.features = {{"630105", "good", square(100, 36)},
                         {"630106", "bow tie", "POLYGON((101 36,102 37,102 36,101 37,101 36))"},
                         {"630107", "null", ""},
                         {"630108", "empty", "POLYGON EMPTY"},
                         {"630109", "point", "POINT(100 36)"},
                         {"630105", "again", square(104, 36)},
                         {"63x", "bad", square(105, 36)},
                         {"630105100", "township", square(105, 36)},
                         {"", "no code", square(106, 36)},
                         {"630110", "line only", "POLYGON((101 36,102 37,101 36))"},
                         {"630111", "mixed",
                          "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((107 36,108 36,108 37,107 36)))"}}});
  EXPECT_EQ(loaded.layer.report.features, 11U);
  ASSERT_EQ(loaded.layer.entries.size(), 3U);
  EXPECT_EQ(loaded.layer.entries[1].name, "bow tie");
  EXPECT_EQ(loaded.layer.report.repaired, 1U);
  ASSERT_NE(loaded.problem("invalid_geometry", "630106"), nullptr);
  EXPECT_EQ(loaded.problem("invalid_geometry", "630106")->row, 2);
  EXPECT_NE(loaded.problem("invalid_geometry", "630106")->message.find("Self-intersection"),
            std::string::npos);
  EXPECT_NE(loaded.problem("empty_geometry", "630107"), nullptr);
  EXPECT_NE(loaded.problem("empty_geometry", "630108"), nullptr);
  EXPECT_NE(loaded.problem("wrong_geometry_type", "630109"), nullptr);
  ASSERT_NE(loaded.problem("duplicate_code", "630105"), nullptr);
  EXPECT_EQ(loaded.problem("duplicate_code", "630105")->row, 6);
  EXPECT_NE(loaded.problem("bad_code", "63x"), nullptr);
  EXPECT_NE(loaded.problem("bad_code", "630105100"), nullptr);
  EXPECT_NE(loaded.problem("missing_code"), nullptr);
  EXPECT_NE(loaded.problem("empty_geometry", "630110"), nullptr);
  EXPECT_EQ(loaded.layer.polygons.ring_count(), 4U);  // the bow tie became two triangles
}

TEST(Boundaries, NumericCodesAreReadAsText) {
  for (const OGRFieldType type : {OFTReal, OFTInteger64}) {
    const Loaded loaded = load({.code_type = type, .features = {{"630105", "A", square(100, 36)}}});
    EXPECT_EQ(loaded.layer.entries[0].code.text(), "630105");
    EXPECT_NE(loaded.problem("numeric_code"), nullptr);
  }
  const Loaded text = load({.features = {{" 630105.0 ", "A", square(100, 36)}}});
  EXPECT_EQ(text.layer.entries[0].code.text(), "630105");
  EXPECT_NE(text.problem("repaired_code", "630105"), nullptr);
}

TEST(Boundaries, OtherCoordinateSystemsAreConverted) {
  const Projection utm("EPSG:32647");
  const Point p = utm.forward(Point{100, 36});
  const Loaded loaded = load({.epsg = 32647, .features = {{"630105", "A", square(p.x, p.y, 1000)}}});
  const Point corner = Projection(albers).forward(Point{100, 36});
  double nearest = 1e9;
  for (const Point q : loaded.layer.polygons.points)
    nearest = std::min(nearest, std::hypot(q.x - corner.x, q.y - corner.y));
  EXPECT_LT(nearest, 1e-3);
}

TEST(Boundaries, ProjGoesBeforeWhatTheLayerSays) {
  const Point p = Projection("EPSG:32647").forward(Point{100, 36});
  BoundarySource source;
  source.proj = "EPSG:32647";
  const Loaded loaded = load({.epsg = 0, .features = {{"630105", "A", square(p.x, p.y, 1000)}}}, source);
  EXPECT_NEAR(loaded.layer.polygons.boxes[0].min_x, Projection(albers).forward(Point{100, 36}).x, 100);
  source.proj = "";
  source.dataset = (std::filesystem::path(BATTLEMAP_TEST_OUT) / "Boundaries" /
                    "ProjGoesBeforeWhatTheLayerSays" / "divisions.gpkg")
                       .string();
  EXPECT_NE(boundaries_failure(source).find("set proj in the project file"), std::string::npos) << boundaries_failure(source);
}

TEST(Boundaries, Gcj02IsUndone) {
  BoundarySource source;
  source.datum = Datum::gcj02;
  const Point shifted = wgs84_to_gcj02({100, 36});
  const Loaded loaded = load({.features = {{"630105", "A", square(shifted.x, shifted.y)}}}, source);
  const Point corner = Projection(albers).forward(Point{100, 36});
  double nearest = 1e9;
  for (const Point q : loaded.layer.polygons.points)
    nearest = std::min(nearest, std::hypot(q.x - corner.x, q.y - corner.y));
  EXPECT_LT(nearest, 1e-3);
}

TEST(Boundaries, MissingThingsAreNamedWithTheNearest) {
  const auto file = test_folder() / "divisions.gpkg";
  write_layers(file, {{.name = "county", .features = {{"630105", "A", square(100, 36)}}}});
  BoundarySource source;
  source.dataset = file.string();
  source.code_field = "coed";
  EXPECT_NE(boundaries_failure(source).find("has no field 'coed'; did you mean code? (fields: code, name)"),
            std::string::npos)
      << boundaries_failure(source);
  source.code_field = "code";
  source.type_field = "kind";
  EXPECT_NE(boundaries_failure(source).find("set type_field in the project file"), std::string::npos);
  source.type_field = "";
  source.layer = "contry";
  EXPECT_NE(boundaries_failure(source).find("has no layer 'contry'; did you mean county?"), std::string::npos)
      << boundaries_failure(source);
  source.layer = "";
  source.level = Level::village;
  EXPECT_NE(boundaries_failure(source).find("none of its 1 features could be used as a village"), std::string::npos)
      << boundaries_failure(source);
  source.dataset = (file.parent_path() / "none.gpkg").string();
  EXPECT_NE(boundaries_failure(source).find("no such file"), std::string::npos);
  write_text(file.parent_path() / "text.gpkg", "this is no database");
  source.dataset = (file.parent_path() / "text.gpkg").string();
  EXPECT_NE(boundaries_failure(source).find("cannot be opened"), std::string::npos) << boundaries_failure(source);
}

TEST(Boundaries, TheNetworkIsRefused) {
  for (const char* dataset :
       {"/vsicurl/http://example.com/a.gpkg", "/vsizip//vsicurl/https://example.com/a.zip",
        "https://example.com/a.geojson", "HTTP://example.com/a.geojson", "/vsis3/bucket/a.gpkg",
        "GeoJSON:http://example.com/a.geojson", "WFS:http://example.com/wfs"}) {
    BoundarySource source;
    source.dataset = dataset;
    EXPECT_NE(boundaries_failure(source).find("not allowed"), std::string::npos) << dataset << ": " << boundaries_failure(source);
  }
}

TEST(Validity, TheSweepSuspectsWhatGeosRejects) {
  const std::vector<Point> good{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}};
  const std::vector<Point> crossing{{0, 0}, {4, 4}, {4, 0}, {0, 4}};
  const std::vector<Point> touching{{0, 0}, {4, 0}, {2, 2}, {4, 4}, {0, 4}, {2, 2}};
  const std::vector<Point> spike{{0, 0}, {4, 0}, {6, 0}, {4, 0}, {4, 4}};
  const std::vector<Point> corner_on_edge{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}};
  EXPECT_FALSE(may_touch_itself(good));
  EXPECT_TRUE(may_touch_itself(crossing));
  EXPECT_TRUE(may_touch_itself(touching));
  EXPECT_TRUE(may_touch_itself(spike));
  EXPECT_TRUE(may_touch_itself(corner_on_edge));
}

/// Its repair covers what GEOS makes of the polygon, and is valid.
PolygonSet expect_repaired_as_by_geos(const PolygonSet& broken) {
  const auto repairs = find_repairs(broken);
  EXPECT_EQ(repairs.size(), 1U);
  Geos geos;
  PolygonSet by_geos;
  EXPECT_TRUE(geos.append_repaired(broken, 0, by_geos));
  const PolygonSet& own = repairs.at(0).repaired;
  EXPECT_EQ(own.size(), 1U);
  EXPECT_EQ(geos.invalid_reason(own, 0), "");
  EXPECT_NEAR(polygon_area(own, 0), polygon_area(by_geos, 0), 1e-9);
  for (double x = -0.95; x < 9; x += 0.13)
    for (double y = -0.97; y < 9; y += 0.17)
      EXPECT_EQ(polygon_contains(own, 0, {x, y}), polygon_contains(by_geos, 0, {x, y})) << x << " " << y;
  return own;
}

PolygonSet one_polygon(const std::vector<std::vector<Point>>& rings) {
  PolygonSet set;
  for (const auto& ring : rings) {
    for (const Point p : ring) set.add_point(p);
    set.end_ring();
  }
  set.end_polygon();
  return set;
}

TEST(Validity, RingsThatTouchThemselvesAreTakenApart) {
  const PolygonSet two = expect_repaired_as_by_geos(one_polygon({{{0, 0}, {4, 0}, {2, 2}, {4, 4}, {0, 4}, {2, 2}}}));
  EXPECT_EQ(two.ring_count(), 2U);
  EXPECT_EQ(two.points.size(), 6U);
  // A hole that hangs on the outline by a corner, drawn in one line with it.
  const PolygonSet hole = expect_repaired_as_by_geos(
      one_polygon({{{0, 0}, {8, 0}, {8, 8}, {4, 8}, {3, 4}, {5, 4}, {4, 8}, {0, 8}}}));
  EXPECT_EQ(hole.ring_count(), 2U);
  EXPECT_LT(signed_area(hole.ring(1)), 0);
  // A spike goes.
  const PolygonSet spike = expect_repaired_as_by_geos(one_polygon({{{0, 0}, {4, 0}, {6, 0}, {4, 0}, {4, 4}, {0, 4}}}));
  EXPECT_EQ(spike.ring_count(), 1U);
}

TEST(Validity, WhatCrossesIsLeftToGeos) {
  expect_repaired_as_by_geos(one_polygon({{{0, 0}, {4, 4}, {4, 0}, {0, 4}}}));
  expect_repaired_as_by_geos(one_polygon({{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}}));            // a corner on an edge
  expect_repaired_as_by_geos(one_polygon({{{0, 0}, {4, 0}, {4, 4}, {0, 4}}, {{2, 2}, {6, 2}, {6, 6}, {2, 6}}}));  // parts overlap
  // A loop within the ring that runs the same way round, hanging on a corner: empty even-odd.
  expect_repaired_as_by_geos(one_polygon({{{0, 0}, {8, 0}, {8, 8}, {0, 8}, {0, 0}, {3, 1}, {2, 3}}}));
}

TEST(Validity, OfARingThatRunsBackOverItselfNothingIsLeft) {
  const auto repairs = find_repairs(one_polygon({{{0, 0}, {4, 0}, {6, 1}, {4, 0}}}));
  ASSERT_EQ(repairs.size(), 1U);
  EXPECT_EQ(repairs[0].repaired.size(), 0U);
}

}  // namespace
}  // namespace battlemap::geo
