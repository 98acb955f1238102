#include "geo/projection.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <numbers>
#include <optional>
#include <vector>

#include "geo/closed_form.hpp"
#include "geo/error.hpp"
#include "geo/proj_handles.hpp"

namespace battlemap::geo {
namespace {

constexpr double degree = std::numbers::pi / 180;

std::string with_crs_type(const std::string& definition) {
  const bool needs = definition.find("proj=") != std::string::npos &&
                     definition.find("type=crs") == std::string::npos && definition[0] == '+';
  return needs ? definition + " +type=crs" : definition;
}

/// A projected CRS in metres with x east and y north is what everything after this relies on.
void require_metres(PJ_CONTEXT* context, const PJ* crs, const std::string& definition) {
  const PJ_TYPE type = proj_get_type(crs);
  if (type == PJ_TYPE_BOUND_CRS) {
    const Pj source(proj_get_source_crs(context, crs));
    return require_metres(context, source.get(), definition);
  }
  if (type != PJ_TYPE_PROJECTED_CRS)
    fail(
        "projection '{}' is not a projected coordinate system; give one such as an Albers equal-area "
        "\"+proj=aea +lat_1=.. +lat_2=.. +lon_0=.. +datum=WGS84 +units=m\"",
        definition);
  const Pj system(proj_crs_get_coordinate_system(context, crs));
  double metres = 0;
  proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &metres, nullptr, nullptr,
                        nullptr);
  if (metres != 1) fail("projection '{}' is not in metres; add +units=m", definition);
}

Point squared_unit_lengths(const PJ_FACTORS& f, double meridian_radius, double parallel_radius) {
  // The columns of the inverse Jacobian: degrees of longitude and latitude per map metre along x and along y.
  const double determinant = f.dx_dlam * f.dy_dphi - f.dx_dphi * f.dy_dlam;
  const Point along_x{f.dy_dphi / determinant * parallel_radius, -f.dy_dlam / determinant * meridian_radius};
  const Point along_y{-f.dx_dphi / determinant * parallel_radius, f.dx_dlam / determinant * meridian_radius};
  return {along_x.x * along_x.x + along_x.y * along_x.y, along_y.x * along_y.x + along_y.y * along_y.y};
}

struct Ellipsoid {
  double semi_major = 0;  ///< metres
  double eccentricity_squared = 0;
};

/// PROJ's objects for one definition; one thread at a time.
class ProjObjects {
 public:
  explicit ProjObjects(const std::string& definition) : context_(proj_context_create()) {
    proj_log_level(context_.get(), PJ_LOG_NONE);
    proj_context_set_enable_network(context_.get(), 0);
    const std::string text = with_crs_type(definition);
    crs_.reset(definition.empty() ? nullptr : proj_create(context_.get(), text.c_str()));
    if (!crs_) fail("PROJ does not understand the projection '{}': {}", definition, reason());
    if (!proj_is_crs(crs_.get())) fail("projection '{}' is an operation, not a coordinate system", definition);
    require_metres(context_.get(), crs_.get(), definition);
    const Pj raw(proj_create_crs_to_crs(context_.get(), "OGC:CRS84", text.c_str(), nullptr));
    if (raw) transform_.reset(proj_normalize_for_visualization(context_.get(), raw.get()));
    if (!transform_) fail("PROJ cannot project from WGS 84 to '{}': {}", definition, reason());
  }

  /// WGS 84 lon/lat degrees to metres, or back.
  void run(PJ_DIRECTION direction, std::span<Point> points) const {
    proj_trans_generic(transform_.get(), direction, &points.data()->x, sizeof(Point), points.size(),
                       &points.data()->y, sizeof(Point), points.size(), nullptr, 0, 0, nullptr, 0, 0);
    for (Point& p : points)  // PROJ marks what it cannot project as infinite
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) p.x = p.y = std::numeric_limits<double>::quiet_NaN();
    proj_errno_reset(transform_.get());
  }

  Ellipsoid ellipsoid() const {
    const Pj shape(proj_get_ellipsoid(context_.get(), crs_.get()));
    Ellipsoid found;
    double inverse_flattening = 0;
    proj_ellipsoid_get_parameters(context_.get(), shape.get(), &found.semi_major, nullptr, nullptr, &inverse_flattening);
    const double flattening = inverse_flattening == 0 ? 0 : 1 / inverse_flattening;
    found.eccentricity_squared = flattening * (2 - flattening);
    return found;
  }

  /// Where it says what PROJ says.
  std::optional<ClosedForm> closed_form() const {
    auto form = ClosedForm::of(context_.get(), crs_.get());
    if (form && !agrees_with(*form)) form.reset();
    return form;
  }

 private:
  std::string reason() const {
    const int code = proj_context_errno(context_.get());
    return code == 0 ? "no such name" : proj_context_errno_string(context_.get(), code);
  }

  /// To a tenth of a millimetre on a net over half the earth: a datum shift, a wrong sign or another prime meridian would
  /// be metres.
  bool agrees_with(const ClosedForm& form) const {
    constexpr double tolerance = 1e-4;
    std::vector<Point> net, formula;
    for (double latitude = -80; latitude <= 80; latitude += 16)
      for (double from_centre = -75; from_centre <= 75; from_centre += 15)
        net.push_back({form.central_meridian() + from_centre, latitude});
    formula = net;
    run(PJ_FWD, net);
    for (std::size_t i = 0; i < net.size(); ++i)
      if (!form.forward(formula[i]) || !(distance(net[i], formula[i]) <= tolerance)) return false;
    return true;
  }

  PjContext context_;
  Pj crs_;        ///< the projected CRS: factors
  Pj transform_;  ///< WGS 84 lon/lat degrees -> metres
};

/// What is found out of a definition once, for all threads.
struct KnownProjection {
  Ellipsoid ellipsoid;
  std::optional<ClosedForm> closed_form;
};

struct KnownProjections {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const KnownProjection>> by_definition;
};

/// Of a definition that was asked for before, or made with `objects`, which are made then. PROJ looks into its database for some
/// milliseconds: who only projects forward by formulas need not wait for that once more.
std::shared_ptr<const KnownProjection> known_projection(const std::string& definition, std::unique_ptr<ProjObjects>& objects) {
  static KnownProjections known;
  const std::lock_guard lock(known.mutex);
  auto& slot = known.by_definition[definition];
  if (slot) return slot;
  auto made = std::make_unique<ProjObjects>(definition);
  slot = std::make_shared<const KnownProjection>(KnownProjection{made->ellipsoid(), made->closed_form()});
  objects = std::move(made);
  return slot;
}

}  // namespace

struct Projection::Impl {
  std::string definition;
  mutable std::unique_ptr<ProjObjects> objects;  ///< made when first needed
  std::shared_ptr<const KnownProjection> known;

  explicit Impl(const std::string& of) : definition(of), known(known_projection(of, objects)) {}

  void run(PJ_DIRECTION direction, std::span<Point> points) const {
    if (!objects) objects = std::make_unique<ProjObjects>(definition);
    objects->run(direction, points);
  }

  void forward(std::span<Point> points) const {
    const auto& form = known->closed_form;
    if (!form) return run(PJ_FWD, points);
    for (std::size_t done = 0; done < points.size(); ++done) {
      done += form->forward(points.subspan(done));
      if (done < points.size()) run(PJ_FWD, points.subspan(done, 1));
    }
  }

  /// The derivatives by which longitude and latitude become map, per semi-major axis, and the meridian's angle.
  /// By differences: proj_factors() makes the whole transformation anew at every call.
  PJ_FACTORS factors(Point lon_lat) const {
    constexpr double step = 1e-5;  // degrees: about a metre
    std::array<Point, 4> at{{{lon_lat.x + step, lon_lat.y}, {lon_lat.x - step, lon_lat.y},
                             {lon_lat.x, lon_lat.y + step}, {lon_lat.x, lon_lat.y - step}}};
    run(PJ_FWD, at);
    const double per_radian = 1 / (2 * step * degree * known->ellipsoid.semi_major);
    PJ_FACTORS factors{};
    factors.dx_dlam = (at[0].x - at[1].x) * per_radian, factors.dy_dlam = (at[0].y - at[1].y) * per_radian;
    factors.dx_dphi = (at[2].x - at[3].x) * per_radian, factors.dy_dphi = (at[2].y - at[3].y) * per_radian;
    factors.meridian_convergence = -std::atan2(factors.dx_dphi, factors.dy_dphi);
    return factors;
  }
};

Projection::Projection(const std::string& definition)
    : definition_(definition), impl_(std::make_unique<Impl>(definition)) {}
Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

void Projection::forward(std::span<Point> lon_lat) const {
  impl_->forward(lon_lat);
}
void Projection::inverse(std::span<Point> metres) const {
  impl_->run(PJ_INV, metres);
}

Point Projection::forward(Point lon_lat) const {
  impl_->forward({&lon_lat, 1});
  return lon_lat;
}

Point Projection::inverse(Point metres) const {
  impl_->run(PJ_INV, {&metres, 1});
  return metres;
}

Point Projection::ground_metres_per_unit(Point at) const {
  const Point lon_lat = inverse(at);
  const double sine = std::sin(lon_lat.y * degree);
  const double w = std::sqrt(1 - impl_->known->ellipsoid.eccentricity_squared * sine * sine);
  const double meridian_radius = (1 - impl_->known->ellipsoid.eccentricity_squared) / (w * w * w);
  const double parallel_radius = std::cos(lon_lat.y * degree) / w;
  // PROJ's derivatives are those of the map on an ellipsoid of unit semi-major axis.
  const Point squares = squared_unit_lengths(impl_->factors(lon_lat), meridian_radius, parallel_radius);
  return {std::sqrt(squares.x), std::sqrt(squares.y)};
}

double Projection::convergence(Point at) const {
  return impl_->factors(inverse(at)).meridian_convergence;
}

}  // namespace battlemap::geo
