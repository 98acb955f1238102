#include <ogrsf_frmts.h>

#include "demo/water.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

std::vector<GridPoint> grid_points(const OGRSimpleCurve& curve, int count) {
  std::vector<GridPoint> points;
  for (int i = 0; i < count; ++i) points.push_back(to_grid({curve.getX(i), curve.getY(i)}));
  return points;
}

}  // namespace

Waters read_waters(const std::filesystem::path& file) {
  GDALAllRegister();
  GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) geo::fail("cannot read {}: {}", file.string(), CPLGetLastErrorMsg());
  Waters waters;
  for (auto& feature : *dataset->GetLayerByName("lakes")) {
    const OGRLinearRing& ring = *feature->GetGeometryRef()->toPolygon()->getExteriorRing();
    waters.lakes.push_back(grid_points(ring, ring.getNumPoints() - 1));
  }
  for (auto& feature : *dataset->GetLayerByName("rivers")) {
    const OGRLineString& line = *feature->GetGeometryRef()->toLineString();
    waters.rivers.push_back(grid_points(line, line.getNumPoints()));
  }
  return waters;
}

}  // namespace battlemap::demo
