#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "demo/grid_point.hpp"

namespace battlemap::demo {

enum class FieldType { text, real, integer };
struct Field {
  std::string name;
  FieldType type = FieldType::text;
};

/// A cell of a table; the first alternative is NULL.
using FieldValue = std::variant<std::monostate, std::int64_t, double, std::string>;

/// Writes one GeoPackage whose bytes depend on nothing but what is put into it (the date of last change is
/// fixed). The file appears under its name only when finish() has returned.
class GeoPackageWriter {
 public:
  explicit GeoPackageWriter(const std::filesystem::path& file);
  ~GeoPackageWriter();
  GeoPackageWriter(const GeoPackageWriter&) = delete;
  GeoPackageWriter& operator=(const GeoPackageWriter&) = delete;
  enum class Shape { polygon, multi_polygon, line, point, none };
  /// Begins a layer in EPSG:4326 (coordinates lon, lat); features are added to the layer begun last.
  void begin_layer(const std::string& name, Shape shape, const std::vector<Field>& fields);
  /// `texts` fill the text fields, `reals` the real ones, each in the fields' order.
  void add(const GridMultiPolygon& polygons, std::span<const std::string> texts,
           std::span<const double> reals = {});
  void add_line(std::span<const geo::Point> lon_lat, std::span<const std::string> texts);
  /// One row; `values` fill all fields in their order. A point layer takes rows without a place too.
  void add_row(std::span<const FieldValue> values);
  void add_point(GridPoint point, std::span<const FieldValue> values);
  void add_road(std::span<const GridPoint> points, std::span<const FieldValue> values);
  /// An index on a field of the layer begun last: rows of one value are then found without reading all.
  void index_field(const std::string& field);
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::demo
