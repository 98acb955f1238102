#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "demo/grid_point.hpp"

namespace battlemap::demo {

enum class FieldType { text, real };
struct Field {
  std::string name;
  FieldType type = FieldType::text;
};

/// Writes one GeoPackage whose bytes depend on nothing but what is put into it (the date of last change is
/// fixed). The file appears under its name only when finish() has returned.
class GeoPackageWriter {
 public:
  explicit GeoPackageWriter(const std::filesystem::path& file);
  ~GeoPackageWriter();
  GeoPackageWriter(const GeoPackageWriter&) = delete;
  GeoPackageWriter& operator=(const GeoPackageWriter&) = delete;
  enum class Shape { polygon, multi_polygon, line };
  /// Begins a layer in EPSG:4326 (coordinates lon, lat); features are added to the layer begun last.
  void begin_layer(const std::string& name, Shape shape, const std::vector<Field>& fields);
  /// `texts` fill the text fields, `reals` the real ones, each in the fields' order.
  void add(const GridMultiPolygon& polygons, std::span<const std::string> texts,
           std::span<const double> reals = {});
  void add_line(std::span<const geo::Point> lon_lat, std::span<const std::string> texts);
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::demo
