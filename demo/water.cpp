#include "demo/water.hpp"

#include <ogrsf_frmts.h>

#include <array>
#include <map>
#include <memory>

#include "demo/geopackage.hpp"
#include "demo/unpacked_tar.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

constexpr double smallest_lake_km2 = 2;

OGREnvelope box(double margin) {
  OGREnvelope e;
  e.MinX = 89.4 - margin, e.MaxX = 103.1 + margin, e.MinY = 31.6 - margin, e.MaxY = 39.25 + margin;
  return e;
}

GridPolygon grid_polygon(const OGRPolygon& polygon) {
  GridPolygon out;
  bool exterior = true;
  for (const OGRLinearRing* ring : polygon) {
    std::vector<GridPoint> points;
    for (int i = 0; i + 1 < ring->getNumPoints(); ++i) {
      const GridPoint p = to_grid({ring->getX(i), ring->getY(i)});
      if (points.empty() || points.back() != p) points.push_back(p);
    }
    if (points.size() < 3) continue;
    if ((twice_area(points) > 0) != exterior) std::reverse(points.begin(), points.end());
    out.rings.push_back(std::move(points));
    exterior = false;
  }
  return out;
}

double area_km2(const GridPolygon& polygon) {
  double sum = 0;
  for (const auto& ring : polygon.rings)
    sum += static_cast<double>(twice_area(ring)) / 2 * metres_per_step_x * metres_per_step_y / 1e6;
  return sum;
}

/// The source has no names; the lakes people look for, by a point in them.
std::string lake_name(const OGRPolygon& lake) {
  struct Named {
    double x, y;
    const char* name;
  };
  constexpr std::array<Named, 6> known{{{100.15, 36.9, "青海湖"},
                                        {97.27, 34.93, "扎陵湖"},
                                        {97.7, 34.9, "鄂陵湖"},
                                        {97.58, 38.3, "哈拉湖"},
                                        {90.45, 35.75, "西金乌兰湖"},
                                        {91.1, 36.0, "可可西里湖"}}};
  for (const Named& named : known) {
    OGRPoint point(named.x, named.y);
    if (lake.Contains(&point)) return named.name;
  }
  return "";
}

void add_lake(GeoPackageWriter& out, const OGRPolygon& lake) {
  OGREnvelope envelope;
  lake.getEnvelope(&envelope);
  if (!box(0).Intersects(envelope)) return;
  const GridPolygon polygon = grid_polygon(lake);
  if (polygon.rings.empty() || area_km2(polygon) < smallest_lake_km2) return;
  const std::array<std::string, 1> texts{lake_name(lake)};
  out.add({polygon}, texts);
}

void add_lakes(GeoPackageWriter& out, const OGRGeometry& geometry) {
  const auto type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon) add_lake(out, *geometry.toPolygon());
  if (!OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) return;
  for (const OGRGeometry* part : *geometry.toGeometryCollection()) add_lakes(out, *part);
}

void read_lakes(GeoPackageWriter& out, const std::filesystem::path& tarball,
                const std::filesystem::path& scratch) {
  const UnpackedTar tar(tarball, scratch);
  const std::string member = tar.member("package/map.geo.json");
  GDALDatasetUniquePtr dataset(GDALDataset::Open(member.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) geo::fail("cannot read the lakes from {}: {}", member, CPLGetLastErrorMsg());
  for (auto& feature : *dataset->GetLayer(0))
    if (feature->GetGeometryRef() != nullptr) add_lakes(out, *feature->GetGeometryRef());
}

std::string chinese_river_name(const std::string& name) {
  static const std::map<std::string, std::string> names{{"Huang", "黄河"},
                                                        {"Tongtian", "通天河"},
                                                        {"Tuotuo", "沱沱河"},
                                                        {"Buh", "布哈河"},
                                                        {"Qumar", "楚玛尔河"},
                                                        {"Yalong", "雅砻江"},
                                                        {"Za", "扎曲"},
                                                        {"Dam", "当曲"},
                                                        {"Dadu", "大渡河"},
                                                        {"Nu (Salween)", "怒江"},
                                                        {"Jinsha (Yangtze)", "金沙江"},
                                                        {"Zi", "子曲"},
                                                        {"Lancang (Mekong)", "澜沧江"}};
  const auto found = names.find(name);
  return found == names.end() ? "" : found->second;
}

void add_line(GeoPackageWriter& out, const OGRGeometry& geometry, std::span<const std::string> texts) {
  if (OGR_GT_IsSubClassOf(wkbFlatten(geometry.getGeometryType()), wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) add_line(out, *part, texts);
    return;
  }
  if (wkbFlatten(geometry.getGeometryType()) != wkbLineString) return;
  const OGRLineString& line = *geometry.toLineString();
  std::vector<geo::Point> points;
  for (int i = 0; i < line.getNumPoints(); ++i)
    points.push_back(to_lon_lat(to_grid({line.getX(i), line.getY(i)})));
  if (points.size() > 1) out.add_line(points, texts);
}

void read_rivers(GeoPackageWriter& out) {
  const std::string file = river_file();
  GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) geo::fail("cannot read the rivers from {}: {}", file, CPLGetLastErrorMsg());
  const OGREnvelope e = box(0.6);
  OGRLayer* layer = dataset->GetLayer(0);
  layer->SetSpatialFilterRect(e.MinX, e.MinY, e.MaxX, e.MaxY);
  OGRLinearRing ring;
  ring.addPoint(e.MinX, e.MinY), ring.addPoint(e.MaxX, e.MinY), ring.addPoint(e.MaxX, e.MaxY);
  ring.addPoint(e.MinX, e.MaxY), ring.closeRings();
  OGRPolygon clip;
  clip.addRing(&ring);
  for (auto& feature : *layer) {
    if (feature->GetGeometryRef() == nullptr) continue;
    const std::unique_ptr<OGRGeometry> inside(feature->GetGeometryRef()->Intersection(&clip));
    const std::string name = feature->GetFieldAsString("name");
    const std::array<std::string, 2> texts{chinese_river_name(name), name};
    if (inside) add_line(out, *inside, texts);
  }
}

}  // namespace

std::filesystem::path river_file() {
  return "/usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp";
}

bool write_water(const std::filesystem::path& file, const std::filesystem::path& lake_tarball) {
  GDALAllRegister();
  GeoPackageWriter out(file);
  const bool rivers = !lake_tarball.empty() && std::filesystem::exists(river_file());
  out.begin_layer("lakes", GeoPackageWriter::Shape::polygon, {{"name"}});
  if (!lake_tarball.empty()) read_lakes(out, lake_tarball, file.parent_path());
  out.begin_layer("rivers", GeoPackageWriter::Shape::line, {{"name"}, {"name_en"}});
  if (rivers) read_rivers(out);
  out.finish();
  return rivers;
}

}  // namespace battlemap::demo
