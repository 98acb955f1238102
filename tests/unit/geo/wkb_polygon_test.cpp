#include "geo/wkb_polygon.hpp"

#include <gtest/gtest.h>
#include <ogr_geometry.h>

#include <memory>
#include <random>

#include "geo/geometry_reader.hpp"

namespace battlemap::geo {
namespace {

using Geometry = std::unique_ptr<OGRGeometry>;
using Bytes = std::vector<unsigned char>;

Geometry parse(const char* wkt) {
  OGRGeometry* geometry = nullptr;
  OGRGeometryFactory::createFromWkt(wkt, nullptr, &geometry);
  return Geometry(geometry);
}

Bytes write(const OGRGeometry& geometry, OGRwkbByteOrder order, OGRwkbVariant variant) {
  Bytes bytes(geometry.WkbSize());
  EXPECT_EQ(geometry.exportToWkb(order, bytes.data(), variant), OGRERR_NONE);
  return bytes;
}

void expect_same(const PolygonSet& a, const PolygonSet& b) {
  EXPECT_EQ(a.points, b.points);
  EXPECT_EQ(a.ring_begin, b.ring_begin);
  EXPECT_EQ(a.polygon_begin, b.polygon_begin);
}

bool is_untouched(const PolygonSet& set) {
  return set.points.empty() && set.ring_count() == 0 && set.size() == 0 && set.boxes.empty();
}

constexpr const char* polygons[] = {
    "POLYGON((0 0,4 0,4 4,0 4,0 0))",
    "POLYGON((0 0,0 4,4 4,4 0,0 0),(1 1,3 1,3 3,1 3,1 1),(0 0,1 0,0 0))",
    "POLYGON((0 0,0 0,4 0,4 0,4 4,0 4,0 0,0 0),(1 1,1 2,2 2,1 1))",
    "POLYGON Z((0 0 7,4 0 8,4 4 9,0 4 7,0 0 7))",
    "POLYGON M((0 0 7,4 0 8,4 4 9,0 4 7,0 0 7))",
    "POLYGON ZM((0 0 1 7,4 0 2 8,4 4 3 9,0 4 4 7,0 0 1 7),(1 1 1 1,2 1 1 1,2 2 1 1,1 1 1 1))",
    "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5),(5.5 5.2,5.8 5.2,5.8 5.5,5.5 5.2)),((7 7,8 8,7 7)))",
    "MULTIPOLYGON Z(((0 0 1,1 0 2,1 1 3,0 0 1)),((5 5 1,6 5 1,6 6 1,5 5 1)))",
    "MULTIPOLYGON(EMPTY,((0 0,1 0,1 1,0 0)))",
    // An exterior that encloses nothing takes its hole with it.
    "MULTIPOLYGON(((9 9,8 8,9 9),(0 0,1 0,1 1,0 0)),((0 0,1 0,1 1,0 0)))"};

TEST(WkbPolygon, IsWhatGdalReads) {
  for (const char* wkt : polygons) {
    const Geometry geometry = parse(wkt);
    ASSERT_TRUE(geometry) << wkt;
    PolygonSet expected;
    ASSERT_EQ(append_polygon(geometry.get(), expected), Taken::all) << wkt;
    for (const OGRwkbByteOrder order : {wkbNDR, wkbXDR})
      for (const OGRwkbVariant variant : {wkbVariantIso, wkbVariantPostGIS1, wkbVariantOldOgc}) {
        SCOPED_TRACE(wkt);
        if (geometry->IsMeasured() && variant == wkbVariantOldOgc) continue;  // has no m
        PolygonSet set;
        EXPECT_TRUE(append_wkb_polygon(write(*geometry, order, variant), set));
        expect_same(set, expected);
      }
  }
}

TEST(WkbPolygon, WhatIsNoPolygonWithAnAreaIsLeftToGdal) {
  for (const char* wkt :
       {"POINT(1 2)", "LINESTRING(0 0,1 1)", "POLYGON EMPTY", "MULTIPOLYGON EMPTY", "POLYGON((0 0,1 1,0 0))",
        "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)))", "CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))",
        "MULTISURFACE(((0 0,1 0,1 1,0 0)))", "TRIANGLE((0 0,1 0,1 1,0 0))", "TIN(((0 0,1 0,1 1,0 0)))",
        "POLYGON((0 0,nan 0,1 1,0 0))", "POLYGON((0 0,inf 0,1 1,0 0))"}) {
    const Geometry geometry = parse(wkt);
    if (!geometry) continue;  // GDAL's own text of numbers that are none differs by version
    PolygonSet set;
    EXPECT_FALSE(append_wkb_polygon(write(*geometry, wkbNDR, wkbVariantIso), set)) << wkt;
    EXPECT_TRUE(is_untouched(set)) << wkt;
  }
}

TEST(WkbPolygon, CutShortAnywhereIsRefused) {
  for (const char* wkt : polygons) {
    const Bytes whole = write(*parse(wkt), wkbNDR, wkbVariantIso);
    for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
      PolygonSet set;
      EXPECT_FALSE(append_wkb_polygon(std::span(whole).first(bytes), set)) << wkt << " " << bytes;
      EXPECT_TRUE(is_untouched(set));
    }
    PolygonSet set;
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_FALSE(append_wkb_polygon(longer, set));
  }
}

TEST(WkbPolygon, DamagedBytesGiveWhatGdalReadsOrNothing) {
  std::mt19937 random(7);
  std::size_t taken = 0, refused = 0;
  CPLPushErrorHandler(CPLQuietErrorHandler);
  for (int round = 0; round < 20000; ++round) {
    Bytes bytes = write(*parse(polygons[random() % std::size(polygons)]), random() % 2 ? wkbNDR : wkbXDR, wkbVariantIso);
    // Mostly in the heads and counts, where damage matters most.
    for (std::size_t k = random() % 3 + 1; k > 0; --k) bytes[random() % std::min<std::size_t>(bytes.size(), 60)] = static_cast<unsigned char>(random() % 9);
    PolygonSet set;
    if (!append_wkb_polygon(bytes, set)) {
      ++refused;
      EXPECT_TRUE(is_untouched(set));
      continue;
    }
    ++taken;
    OGRGeometry* read = nullptr;
    ASSERT_EQ(OGRGeometryFactory::createFromWkb(bytes.data(), nullptr, &read, bytes.size()), OGRERR_NONE);
    const Geometry geometry(read);
    PolygonSet expected;
    ASSERT_EQ(append_polygon(geometry.get(), expected), Taken::all);
    expect_same(set, expected);
  }
  CPLPopErrorHandler();
  EXPECT_GT(taken, 100U);
  EXPECT_GT(refused, 100U);
}

}  // namespace
}  // namespace battlemap::geo
