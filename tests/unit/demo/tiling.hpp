#pragma once
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

namespace battlemap::demo {

/// Directed edges of a layer of polygons, on the 1e-7 degree grid. In a tiling each occurs once, and those
/// without their opposite are the outline.
struct TilingEdges {
  using Point = std::pair<std::int64_t, std::int64_t>;
  std::set<std::pair<Point, Point>> edges;
  std::size_t features = 0, invalid = 0, repeated = 0;
  double area = 0;

  void add(const OGRPolygon& polygon) {
    for (const OGRLinearRing* ring : polygon)
      for (int i = 0; i + 1 < ring->getNumPoints(); ++i) {
        const auto at = [&](int k) {
          return Point{std::llround(ring->getX(k) * 1e7), std::llround(ring->getY(k) * 1e7)};
        };
        if (!edges.insert({at(i), at(i + 1)}).second) ++repeated;
      }
  }
  std::set<std::pair<Point, Point>> outline() const {
    std::set<std::pair<Point, Point>> outer;
    for (const auto& edge : edges)
      if (!edges.contains({edge.second, edge.first})) outer.insert(edge);
    return outer;
  }
  /// Area within the outline, square degrees.
  double outline_area() const {
    double sum = 0;
    for (const auto& [a, b] : outline())
      sum += (static_cast<double>(a.first) * static_cast<double>(b.second) -
              static_cast<double>(b.first) * static_cast<double>(a.second)) /
             2e14;
    return sum;
  }
};

inline TilingEdges read_tiling(const std::string& file, const std::string& layer) {
  GDALAllRegister();
  TilingEdges result;
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) {
    ADD_FAILURE() << "cannot open " << file;
    return result;
  }
  for (auto& feature : *dataset->GetLayerByName(layer.c_str())) {
    const OGRGeometry& geometry = *feature->GetGeometryRef();
    ++result.features;
    if (!geometry.IsValid()) ++result.invalid;  // GEOS
    if (wkbFlatten(geometry.getGeometryType()) == wkbPolygon) {
      result.area += geometry.toPolygon()->get_Area(), result.add(*geometry.toPolygon());
    } else {
      result.area += geometry.toMultiPolygon()->get_Area();
      for (const OGRPolygon* part : *geometry.toMultiPolygon()) result.add(*part);
    }
  }
  return result;
}

inline void expect_tiles(const TilingEdges& tiling) {
  EXPECT_EQ(tiling.invalid, 0U);
  EXPECT_EQ(tiling.repeated, 0U);
  EXPECT_NEAR(tiling.area, tiling.outline_area(), 1e-9);
}

}  // namespace battlemap::demo
