#pragma once
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace battlemap::geo {

/// A folder of this test's own, empty at first.
inline std::filesystem::path test_folder() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / test->test_suite_name() / test->name();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

struct TestFeature {
  std::string code;
  std::string name;
  std::string wkt;  ///< empty: no geometry
};

/// A square of `side` degrees as WKT, its lower left corner at (x, y).
inline std::string square(double x, double y, double side = 1) {
  char text[256];
  std::snprintf(text, sizeof text, "POLYGON((%.15g %.15g,%.15g %.15g,%.15g %.15g,%.15g %.15g,%.15g %.15g))",
                x, y, x + side, y, x + side, y + side, x, y + side, x, y);
  return text;
}

struct TestLayer {
  std::string name = "layer";
  OGRFieldType code_type = OFTString;
  int epsg = 4326;  ///< 0: none stated
  std::vector<TestFeature> features{};
};

/// Writes layers with the fields `code` and `name` through GDAL itself.
inline void write_layers(const std::filesystem::path& file, const std::vector<TestLayer>& layers) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  GDALDataset* dataset = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  ASSERT_NE(dataset, nullptr);
  dataset->StartTransaction();  // else a feature costs a write to the disk
  for (const TestLayer& each : layers) {
    OGRSpatialReference system;
    if (each.epsg != 0) system.importFromEPSG(each.epsg);
    system.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayer* layer =
        dataset->CreateLayer(each.name.c_str(), each.epsg == 0 ? nullptr : &system, wkbUnknown, nullptr);
    OGRFieldDefn code("code", each.code_type), name("name", OFTString);
    layer->CreateField(&code), layer->CreateField(&name);
    for (const TestFeature& f : each.features) {
      OGRFeature feature(layer->GetLayerDefn());
      if (f.code.empty())
        feature.SetFieldNull(0);
      else
        feature.SetField(0, f.code.c_str());
      feature.SetField("name", f.name.c_str());
      OGRGeometry* geometry = nullptr;
      if (!f.wkt.empty()) OGRGeometryFactory::createFromWkt(f.wkt.c_str(), nullptr, &geometry);
      feature.SetGeometryDirectly(geometry);
      ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
    }
  }
  dataset->CommitTransaction();
  GDALClose(dataset);
}

inline void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace battlemap::geo
