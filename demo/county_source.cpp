#include "demo/county_source.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <memory>

#include "demo/unpacked_tar.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

std::vector<std::string> county_files(const std::string& archive, const std::string& folder) {
  std::vector<std::string> files;
  const std::unique_ptr<char*, decltype(&CSLDestroy)> list(VSIReadDirRecursive(archive.c_str()), &CSLDestroy);
  for (char** entry = list.get(); entry != nullptr && *entry != nullptr; ++entry) {
    const std::string name = *entry;
    if (name.starts_with(folder) && name.ends_with(".geojson"))
      files.push_back(archive + "/" + name);
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) geo::fail("{} holds no county of {}", archive, folder);
  return files;
}

void add_rings(const OGRGeometry& geometry, std::vector<std::vector<geo::Point>>& rings) {
  if (wkbFlatten(geometry.getGeometryType()) == wkbMultiPolygon) {
    for (const OGRPolygon* part : *geometry.toMultiPolygon()) add_rings(*part, rings);
    return;
  }
  for (const OGRLinearRing* ring : *geometry.toPolygon()) {
    auto& points = rings.emplace_back();
    for (int i = 0; i + 1 < ring->getNumPoints(); ++i) points.push_back({ring->getX(i), ring->getY(i)});
  }
}

RawCounty county_of(const OGRFeature& feature, const std::string& file) {
  RawCounty county{{feature.GetFieldAsString("id"), feature.GetFieldAsString("name")}, {}, {}};
  int count = 0;
  const double* centre = feature.GetFieldAsDoubleList(feature.GetFieldIndex("cp"), &count);
  const OGRGeometry* geometry = feature.GetGeometryRef();
  if (county.place.code.size() != 6 || count != 2 || geometry == nullptr ||
      (wkbFlatten(geometry->getGeometryType()) != wkbPolygon &&
       wkbFlatten(geometry->getGeometryType()) != wkbMultiPolygon))
    geo::fail("{}: a feature needs an id of six digits, cp and a polygon; got id '{}'", file,
              county.place.code);
  county.seat = {centre[0], centre[1]};
  add_rings(*geometry, county.rings);
  return county;
}

GDALDatasetUniquePtr open_county(const std::string& file) {
  GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) geo::fail("cannot read {}: {}", file, CPLGetLastErrorMsg());
  return dataset;
}

std::string copy_county(const OGRFeature& from, OGRLayer& to, const std::string& file) {
  OGRFeature feature(to.GetLayerDefn());
  if (const int id = from.GetFieldIndex("id"); id >= 0) feature.SetField("code", from.GetFieldAsString(id));
  feature.SetField("name", from.GetFieldAsString("name"));
  feature.SetGeometry(from.GetGeometryRef());
  if (to.CreateFeature(&feature) != OGRERR_NONE) geo::fail("{}: cannot be copied: {}", file, CPLGetLastErrorMsg());
  return feature.GetFieldAsString("code");
}

OGRLayer* begin_counties(GDALDataset& dataset) {
  OGRSpatialReference degrees;
  degrees.importFromEPSG(4326);
  degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  OGRLayer* layer = dataset.CreateLayer("county", &degrees, wkbUnknown, nullptr);
  if (layer == nullptr) return nullptr;
  OGRFieldDefn code("code", OFTString), name("name", OFTString);
  layer->CreateField(&code), layer->CreateField(&name);
  return layer;
}

}  // namespace

std::size_t copy_all_counties(const std::filesystem::path& tarball, const std::filesystem::path& scratch,
                              const std::filesystem::path& file, std::string& table) {
  GDALAllRegister();
  const UnpackedTar tar(tarball, scratch);
  std::filesystem::remove(file);
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  GDALDatasetUniquePtr out(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  OGRLayer* layer = out ? begin_counties(*out) : nullptr;
  if (layer == nullptr) geo::fail("cannot write {}: {}", file.string(), CPLGetLastErrorMsg());
  out->StartTransaction();
  table = "code,number\n";
  std::size_t count = 0;
  for (const std::string& name : county_files(tar.member(), "package/src/")) {
    const GDALDatasetUniquePtr dataset = open_county(name);
    for (auto& feature : *dataset->GetLayer(0)) {
      const std::string code = copy_county(*feature, *layer, name);
      if (!code.empty()) table += code + ',' + code.back() + '\n';
      ++count;
    }
  }
  if (out->CommitTransaction() != OGRERR_NONE) geo::fail("cannot write {}: {}", file.string(), CPLGetLastErrorMsg());
  return count;
}

std::vector<RawCounty> read_counties(const std::filesystem::path& tarball,
                                     const std::filesystem::path& scratch) {
  GDALAllRegister();
  std::vector<RawCounty> counties;
  const UnpackedTar tar(tarball, scratch);
  for (const std::string& file : county_files(tar.member(), "package/src/青海/")) {
    const GDALDatasetUniquePtr dataset = open_county(file);
    for (auto& feature : *dataset->GetLayer(0)) counties.push_back(county_of(*feature, file));
  }
  std::sort(counties.begin(), counties.end(),
            [](const RawCounty& a, const RawCounty& b) { return a.place.code < b.place.code; });
  return counties;
}

}  // namespace battlemap::demo
