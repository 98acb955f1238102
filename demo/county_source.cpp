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

std::vector<std::string> county_files(const std::string& archive) {
  std::vector<std::string> files;
  const std::unique_ptr<char*, decltype(&CSLDestroy)> list(VSIReadDirRecursive(archive.c_str()), &CSLDestroy);
  for (char** entry = list.get(); entry != nullptr && *entry != nullptr; ++entry) {
    const std::string name = *entry;
    if (name.starts_with("package/src/青海/") && name.ends_with(".geojson"))
      files.push_back(archive + "/" + name);
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) geo::fail("{} holds no county of package/src/青海", archive);
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

}  // namespace

std::vector<RawCounty> read_counties(const std::filesystem::path& tarball,
                                     const std::filesystem::path& scratch) {
  GDALAllRegister();
  std::vector<RawCounty> counties;
  const UnpackedTar tar(tarball, scratch);
  for (const std::string& file : county_files(tar.member())) {
    GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!dataset) geo::fail("cannot read {}: {}", file, CPLGetLastErrorMsg());
    for (auto& feature : *dataset->GetLayer(0)) counties.push_back(county_of(*feature, file));
  }
  std::sort(counties.begin(), counties.end(),
            [](const RawCounty& a, const RawCounty& b) { return a.place.code < b.place.code; });
  return counties;
}

}  // namespace battlemap::demo
