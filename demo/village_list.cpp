#include "demo/village_list.hpp"

#include <cpl_vsi.h>
#include <ogrsf_frmts.h>

#include <algorithm>

#include "demo/unpacked_tar.hpp"
#include "geo/code.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

/// SQLite's driver takes no member of an archive: unpack the one file.
std::filesystem::path unpack(const std::filesystem::path& tarball, const std::filesystem::path& scratch) {
  const UnpackedTar tar(tarball, scratch);
  const std::string member = tar.member("package/dist/data.sqlite");
  const std::filesystem::path file = scratch / "villages.sqlite";
  if (CPLCopyFile(file.c_str(), member.c_str()) != 0)
    geo::fail("cannot unpack package/dist/data.sqlite from {}: {}", tarball.string(), CPLGetLastErrorMsg());
  return file;
}

std::vector<Place> query(GDALDataset& dataset, const std::string& table, std::size_t digits) {
  const std::string sql = "SELECT code, name FROM " + table + " WHERE provinceCode = '63' ORDER BY code";
  OGRLayer* rows = dataset.ExecuteSQL(sql.c_str(), nullptr, nullptr);
  if (rows == nullptr)
    geo::fail("{}: table {} cannot be read: {}", dataset.GetDescription(), table, CPLGetLastErrorMsg());
  std::vector<Place> places;
  for (auto& row : *rows) places.push_back({row->GetFieldAsString(0), row->GetFieldAsString(1)});
  dataset.ReleaseResultSet(rows);
  for (const Place& place : places)
    if (place.code.size() != digits || !geo::Code::parse(place.code))
      geo::fail("table {} of the village list: code '{}' should have {} digits", table, place.code, digits);
  if (places.empty()) geo::fail("table {} of the village list has no rows of province 63", table);
  return places;
}

}  // namespace

void read_village_list(const std::filesystem::path& tarball, const std::filesystem::path& scratch,
                       ProvinceInput& input) {
  GDALAllRegister();
  const std::filesystem::path file = unpack(tarball, scratch);
  {
    GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!dataset)
      geo::fail("cannot open the village list from {}: {}", tarball.string(), CPLGetLastErrorMsg());
    input.province = {"63", "青海省"};
    input.prefectures = query(*dataset, "city", 4);
    input.towns = query(*dataset, "street", 9);
    input.villages = query(*dataset, "village", 12);
  }
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
}

}  // namespace battlemap::demo
