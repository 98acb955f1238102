#include "demo/geopackage.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

/// Otherwise the moment of writing ends up in gpkg_contents.last_change.
constexpr const char* fixed_date = "2016-12-31T00:00:00.000Z";

std::filesystem::path partial_name(const std::filesystem::path& file) {
  return file.parent_path() / (file.stem().string() + ".part.gpkg");
}

void fill_ring(OGRLinearRing& ring, const std::vector<GridPoint>& points) {
  const auto count = static_cast<int>(points.size());
  ring.setNumPoints(count + 1);
  for (int i = 0; i <= count; ++i) {
    const geo::Point p = to_lon_lat(points[static_cast<std::size_t>(i % count)]);
    ring.setPoint(i, p.x, p.y);
  }
}

std::unique_ptr<OGRPolygon> polygon_of(const GridPolygon& source) {
  auto polygon = std::make_unique<OGRPolygon>();
  for (const auto& points : source.rings) {
    auto ring = std::make_unique<OGRLinearRing>();
    fill_ring(*ring, points);
    polygon->addRingDirectly(ring.release());
  }
  return polygon;
}

std::unique_ptr<OGRGeometry> geometry_of(const GridMultiPolygon& polygons, GeoPackageWriter::Shape shape) {
  if (shape == GeoPackageWriter::Shape::polygon) return polygon_of(polygons.front());
  auto multi = std::make_unique<OGRMultiPolygon>();
  for (const GridPolygon& polygon : polygons) multi->addGeometryDirectly(polygon_of(polygon).release());
  return multi;
}

OGRwkbGeometryType ogr_type(GeoPackageWriter::Shape shape) {
  switch (shape) {
    case GeoPackageWriter::Shape::polygon:
      return wkbPolygon;
    case GeoPackageWriter::Shape::multi_polygon:
      return wkbMultiPolygon;
    case GeoPackageWriter::Shape::line:
      return wkbLineString;
    case GeoPackageWriter::Shape::point:
      return wkbPoint;
    case GeoPackageWriter::Shape::none:
      return wkbNone;
  }
  return wkbUnknown;
}

OGRFieldType ogr_type(FieldType type) {
  switch (type) {
    case FieldType::text:
      return OFTString;
    case FieldType::real:
      return OFTReal;
    case FieldType::integer:
      return OFTInteger64;
  }
  return OFTString;
}

void set_value(OGRFeature& feature, int field, const FieldValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    feature.SetField(field, static_cast<GIntBig>(*whole));
  } else if (const auto* real = std::get_if<double>(&value)) {
    feature.SetField(field, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    feature.SetField(field, text->c_str());
  } else {
    feature.SetFieldNull(field);
  }
}

}  // namespace

struct GeoPackageWriter::Impl {
  std::filesystem::path file, partial;
  GDALDatasetUniquePtr dataset;
  OGRLayer* layer = nullptr;
  Shape shape = Shape::polygon;
  OGRSpatialReference wgs84;

  [[noreturn]] void fail_writing() const {
    geo::fail("cannot write {}: {} Is there room on the disk?", file.string(), CPLGetLastErrorMsg());
  }
  void put(std::unique_ptr<OGRGeometry> geometry, std::span<const std::string> texts,
           std::span<const double> reals) {
    OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    std::size_t text = 0, real = 0;
    for (int i = 0; i < feature->GetFieldCount(); ++i) {
      if (feature->GetFieldDefnRef(i)->GetType() == OFTReal) {
        feature->SetField(i, reals[real++]);
      } else {
        feature->SetField(i, texts[text++].c_str());
      }
    }
    feature->SetGeometryDirectly(geometry.release());
    if (layer->CreateFeature(feature.get()) != OGRERR_NONE) fail_writing();
  }
  void put_row(std::unique_ptr<OGRGeometry> geometry, std::span<const FieldValue> values) {
    OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    if (static_cast<std::size_t>(feature->GetFieldCount()) != values.size())
      geo::fail("{}: {} values for {} fields of layer {}", file.string(), values.size(),
                feature->GetFieldCount(), layer->GetName());
    for (std::size_t i = 0; i < values.size(); ++i) set_value(*feature, static_cast<int>(i), values[i]);
    if (geometry) feature->SetGeometryDirectly(geometry.release());
    if (layer->CreateFeature(feature.get()) != OGRERR_NONE) fail_writing();
  }
};

GeoPackageWriter::GeoPackageWriter(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
  GDALAllRegister();
  impl_->file = file, impl_->partial = partial_name(file);
  CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", fixed_date);
  std::error_code ignored;
  std::filesystem::remove(impl_->partial, ignored);
  impl_->wgs84.SetFromUserInput("EPSG:4326");
  impl_->wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  if (driver == nullptr) geo::fail("GDAL has no GeoPackage driver; install Debian's libgdal32");
  impl_->dataset.reset(driver->Create(impl_->partial.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  if (!impl_->dataset) impl_->fail_writing();
}

GeoPackageWriter::~GeoPackageWriter() {
  const bool unfinished = impl_->dataset != nullptr;
  impl_->dataset.reset();
  CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", nullptr);
  std::error_code ignored;
  if (unfinished) std::filesystem::remove(impl_->partial, ignored);
}

void GeoPackageWriter::begin_layer(const std::string& name, Shape shape, const std::vector<Field>& fields) {
  if (impl_->layer != nullptr) impl_->dataset->CommitTransaction();
  impl_->shape = shape;
  // Points are many and found by their village's code: an index of their places would only cost time.
  CPLStringList options;
  if (shape == Shape::point) options.SetNameValue("SPATIAL_INDEX", "NO");
  impl_->layer = impl_->dataset->CreateLayer(name.c_str(), &impl_->wgs84, ogr_type(shape), options.List());
  if (impl_->layer == nullptr) impl_->fail_writing();
  for (const Field& field : fields) {
    OGRFieldDefn definition(field.name.c_str(), ogr_type(field.type));
    if (impl_->layer->CreateField(&definition) != OGRERR_NONE) impl_->fail_writing();
  }
  impl_->dataset->StartTransaction();
}

void GeoPackageWriter::add(const GridMultiPolygon& polygons, std::span<const std::string> texts,
                           std::span<const double> reals) {
  impl_->put(geometry_of(polygons, impl_->shape), texts, reals);
}

void GeoPackageWriter::add_line(std::span<const geo::Point> lon_lat, std::span<const std::string> texts) {
  auto line = std::make_unique<OGRLineString>();
  line->setNumPoints(static_cast<int>(lon_lat.size()));
  for (std::size_t i = 0; i < lon_lat.size(); ++i)
    line->setPoint(static_cast<int>(i), lon_lat[i].x, lon_lat[i].y);
  impl_->put(std::move(line), texts, {});
}

void GeoPackageWriter::add_row(std::span<const FieldValue> values) {
  impl_->put_row(nullptr, values);
}

void GeoPackageWriter::add_point(GridPoint point, std::span<const FieldValue> values) {
  const geo::Point p = to_lon_lat(point);
  impl_->put_row(std::make_unique<OGRPoint>(p.x, p.y), values);
}

void GeoPackageWriter::add_road(std::span<const GridPoint> points, std::span<const FieldValue> values) {
  auto line = std::make_unique<OGRLineString>();
  for (const GridPoint point : points) {
    const geo::Point p = to_lon_lat(point);
    line->addPoint(p.x, p.y);
  }
  impl_->put_row(std::move(line), values);
}

void GeoPackageWriter::index_field(const std::string& field) {
  const std::string layer = impl_->layer->GetName();
  const std::string sql = fmt::format("CREATE INDEX \"{0}_{1}\" ON \"{0}\" (\"{1}\")", layer, field);
  CPLErrorReset();
  impl_->dataset->ReleaseResultSet(impl_->dataset->ExecuteSQL(sql.c_str(), nullptr, nullptr));
  if (CPLGetLastErrorType() >= CE_Failure) impl_->fail_writing();
}

void GeoPackageWriter::finish() {
  if (impl_->layer != nullptr && impl_->dataset->CommitTransaction() != OGRERR_NONE) impl_->fail_writing();
  impl_->dataset.reset();
  std::error_code error;
  std::filesystem::rename(impl_->partial, impl_->file, error);
  if (error) geo::fail("cannot write {}: {}", impl_->file.string(), error.message());
}

}  // namespace battlemap::demo
