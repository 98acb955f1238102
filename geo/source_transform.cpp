#include "geo/source_transform.hpp"

#include <ogrsf_frmts.h>

#include <memory>

#include "geo/error.hpp"
#include "geo/gcj02.hpp"
#include "geo/gdal_open.hpp"
#include "geo/parallel.hpp"
#include "geo/proj_handles.hpp"
#include "geo/projection.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t points_per_range = 16384;

bool is_wgs84_degrees(const OGRSpatialReference& system) {
  constexpr double degree = 0.017453292519943295;
  if (!system.IsGeographic() || std::abs(system.GetAngularUnits() - degree) > 1e-12) return false;
  for (const int code : {4326, 4490}) {  // CGCS2000 lies within centimetres of WGS 84
    OGRSpatialReference known;
    known.importFromEPSG(code);
    if (system.IsSameGeogCS(&known)) return true;
  }
  return false;
}

/// GeoPackage's placeholders for "none" ("Undefined geographic SRS", "Undefined Cartesian SRS") and local
/// systems.
bool is_undefined(const OGRSpatialReference& system) {
  const char* name = system.GetName();
  return system.IsLocal() || (name != nullptr && std::string_view(name).starts_with("Undefined"));
}

bool fits_degrees(const Box& extent) {
  return extent.empty() ||
         (extent.min_x >= -180 && extent.max_x <= 180 && extent.min_y >= -90 && extent.max_y <= 90);
}

std::string crs_text(const OGRSpatialReference& system) {
  if (is_wgs84_degrees(system)) return {};
  char* text = nullptr;
  const char* options[] = {"FORMAT=WKT2_2019", nullptr};
  system.exportToWkt(&text, options);
  std::string wkt = text == nullptr ? "" : text;
  CPLFree(text);
  return wkt;
}

/// Any CRS to WGS 84 lon/lat degrees. One object per thread.
class ToWgs84 {
 public:
  explicit ToWgs84(const std::string& crs) : context_(proj_context_create()) {
    proj_log_level(context_.get(), PJ_LOG_NONE);
    proj_context_set_enable_network(context_.get(), 0);
    const Pj raw(proj_create_crs_to_crs(context_.get(), crs.c_str(), "OGC:CRS84", nullptr));
    if (raw) transform_.reset(proj_normalize_for_visualization(context_.get(), raw.get()));
    if (!transform_) fail("PROJ cannot convert from the coordinate system '{}' to WGS 84", crs);
  }
  void run(std::span<Point> points) const {
    proj_trans_generic(transform_.get(), PJ_FWD, &points.data()->x, sizeof(Point), points.size(),
                       &points.data()->y, sizeof(Point), points.size(), nullptr, 0, 0, nullptr, 0, 0);
  }

 private:
  PjContext context_;
  Pj transform_;
};

}  // namespace

std::string source_crs(const VectorSource& source, const std::string& stated, const Box& extent) {
  if (!stated.empty()) {
    const QuietGdal quiet;
    OGRSpatialReference system;
    if (system.SetFromUserInput(stated.c_str(), OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS_get()) !=
        OGRERR_NONE)
      fail("{}: PROJ does not understand proj = \"{}\" of the project file", source.name(), stated);
    return crs_text(system);
  }
  const OGRSpatialReference* system = source.layer().GetSpatialRef();
  if (system != nullptr && !is_undefined(*system)) return crs_text(*system);
  if (!fits_degrees(extent))
    fail(
        "{}: states no coordinate system and its coordinates ({:.0f} to {:.0f}, {:.0f} to {:.0f}) are no "
        "degrees; "
        "set proj in the project file",
        source.name(), extent.min_x, extent.max_x, extent.min_y, extent.max_y);
  return {};
}

void to_project_plane(std::span<Point> points, const std::string& crs, Datum datum,
                      const std::string& projection) {
  parallel_ranges(points.size(), points_per_range, [&](std::size_t first, std::size_t last) {
    // Making a PROJ object costs milliseconds: each thread keeps those of its last task.
    thread_local std::string made_for;
    thread_local std::unique_ptr<ToWgs84> to_wgs84;
    thread_local std::unique_ptr<Projection> plane;
    if (const std::string wanted = crs + '\n' + projection; !plane || made_for != wanted) {
      plane.reset();
      to_wgs84 = crs.empty() ? nullptr : std::make_unique<ToWgs84>(crs);
      plane = std::make_unique<Projection>(projection);
      made_for = wanted;
    }
    const std::span<Point> range = points.subspan(first, last - first);
    if (to_wgs84) to_wgs84->run(range);
    if (datum == Datum::gcj02)
      for (Point& p : range) p = gcj02_to_wgs84(p);
    plane->forward(range);
  });
}

}  // namespace battlemap::geo
