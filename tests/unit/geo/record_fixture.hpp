#pragma once
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <filesystem>
#include <string>
#include <vector>

#include "geo/dataset.hpp"
#include "layer_fixture.hpp"

namespace battlemap::geo {

/// A row of a test table: cells by column; "" is null. `wkt` empty: no geometry.
struct TestRow {
  std::vector<std::string> cells;
  std::string wkt;
};

inline std::string at(double x, double y) {
  return fmt::format("POINT({} {})", x, y);
}

/// Adds a layer with text columns to a GeoPackage, made when it is not there.
inline void write_table(const std::filesystem::path& file, const std::string& name,
                        const std::vector<std::string>& columns, const std::vector<TestRow>& rows) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  GDALDataset* dataset = std::filesystem::exists(file)
                             ? GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE)
                             : driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  ASSERT_NE(dataset, nullptr);
  OGRSpatialReference system;
  system.importFromEPSG(4326);
  system.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  OGRLayer* layer = dataset->CreateLayer(name.c_str(), &system, wkbUnknown, nullptr);
  for (const std::string& column : columns) {
    OGRFieldDefn field(column.c_str(), OFTString);
    layer->CreateField(&field);
  }
  for (const TestRow& row : rows) {
    OGRFeature feature(layer->GetLayerDefn());
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      if (!row.cells[i].empty()) feature.SetField(static_cast<int>(i), row.cells[i].c_str());
    OGRGeometry* geometry = nullptr;
    if (!row.wkt.empty()) OGRGeometryFactory::createFromWkt(row.wkt.c_str(), nullptr, &geometry);
    feature.SetGeometryDirectly(geometry);
    ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
  }
  GDALClose(dataset);
}

/// A township of three villages, each a tenth of a degree wide, side by side from 100 E, 36 N.
class RecordProject : public ::testing::Test {
 protected:
  static constexpr const char* first = "630102100200";
  static constexpr const char* second = "630102100201";
  static constexpr const char* third = "630102100202";

  void SetUp() override {
    folder_ = test_folder();
    write_layers(folder_ / "divisions.gpkg", {{.name = "village",
                                               .features = {{first, "一村", square(100, 36, 0.1)},
                                                            {second, "二村", square(100.1, 36, 0.1)},
                                                            {third, "三村", square(100.2, 36, 0.1)}}}});
  }

  std::filesystem::path records_file() const { return folder_ / "records.gpkg"; }

  /// `toml` goes after the project's own tables.
  Project project(const std::string& toml, const std::string& keys = "") const {
    write_text(folder_ / "project.toml",
               "[project]\ntitle = '省'\nyears = [2015, 2016]\n"
               "projection = '+proj=aea +lat_1=33 +lat_2=38 +lon_0=96 +datum=WGS84 +units=m'\n" +
                   keys + "\n[[boundary]]\nlevel = 'village'\ndataset = 'divisions.gpkg'\n" + toml);
    return read_project(folder_);
  }

  static std::string records(const std::string& kind, const std::string& more = "") {
    return "[[records]]\nkind = '" + kind + "'\ndataset = 'records.gpkg'\nlayer = '" + kind + "'\n" + more;
  }

  Dataset load(const std::string& toml, const std::string& within = "") const {
    LoadOptions options;
    options.records = true, options.records_within = within;
    return load_dataset(project(toml), options);
  }

  static std::vector<Problem> problems_of(const Dataset& dataset, std::string_view kind) {
    std::vector<Problem> found;
    for (const Problem& problem : dataset.problems)
      if (problem.kind == kind) found.push_back(problem);
    return found;
  }

  /// Problems of records; divisions without names are none.
  static std::string odd(const Dataset& dataset) {
    std::string text;
    for (const Problem& problem : dataset.problems)
      if (problem.kind != "no_name") text += problem.kind + ": " + problem.message + "\n";
    return text;
  }

  static DivisionRef place(const Dataset& dataset, std::string_view code) {
    return *dataset.tree.find(*Code::parse(code));
  }

  template <class Load>
  static std::string error_of(const Load& load) {
    try {
      load();
    } catch (const Error& e) {
      return e.what();
    }
    return "no error";
  }

  std::filesystem::path folder_;
};

}  // namespace battlemap::geo
