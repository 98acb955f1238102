#include "geo/closed_form.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numbers>
#include <string>
#include <string_view>

#include "geo/lanes.hpp"
#include "geo/proj_handles.hpp"

namespace battlemap::geo {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double most_latitude = 85;
constexpr double most_from_cone = 90, most_from_meridian = 179;  ///< degrees of longitude; PROJ turns what lies beyond 180 round
constexpr double piece_degrees = 0.5;
constexpr double most_piece_error = 1e-6;  // metres

/// Chebyshev's nodes on [-1, 1].
constexpr std::array<double, 6> nodes{-0.9659258262890683, -0.7071067811865476, -0.2588190451025207,
                                      0.2588190451025207,  0.7071067811865476,  0.9659258262890683};

/// The polynomial of degree 5 through the values at the nodes: divided differences.
template <class Function>
std::array<double, 6> interpolate(const Function& function) {
  std::array<double, 6> c{};
  for (std::size_t i = 0; i < c.size(); ++i) c[i] = function(nodes[i]);
  for (std::size_t order = 1; order < c.size(); ++order)
    for (std::size_t i = c.size(); i-- > order;) c[i] = (c[i] - c[i - 1]) / (nodes[i] - nodes[i - order]);
  return c;
}

double newton(const std::array<double, 6>& c, double t) {
  double value = c.back();
  for (std::size_t i = c.size() - 1; i-- > 0;) value = value * (t - nodes[i]) + c[i];
  return value;
}

constexpr int side = 200;
constexpr double step = std::numbers::pi / 2 / side;
using Directions = std::array<Point, 2 * side + 1>;

/// Cosines and sines of 401 angles up to 90 degrees.
const Directions& known_directions() {
  static const Directions directions = [] {
    Directions all;
    for (int i = -side; i <= side; ++i) all[static_cast<std::size_t>(i + side)] = {std::cos(i * step), std::sin(i * step)};
    return all;
  }();
  return directions;
}

/// Cosine and sine of up to 90 degrees, in radians: those of the nearest known angle, turned by what is left, at most
/// 0.0039, of which the sixth power is nothing in a double.
Point direction_of(double angle) {
  const double at = angle * (1 / step) + (side + 0.5);
  if (!(at >= 0 && at < 2 * side + 1)) return {std::cos(angle), std::sin(angle)};
  const int nearest = static_cast<int>(at);
  const Point known = known_directions()[static_cast<std::size_t>(nearest)];
  const double rest = angle - (nearest - side) * step, square = rest * rest;
  const double cosine = 1 - square / 2 * (1 - square / 12), sine = rest * (1 - square / 6 * (1 - square / 20));
  return {known.x * cosine - known.y * sine, known.y * cosine + known.x * sine};
}

/// What PROJ's conversion is made of: EPSG codes of the method and of its parameters, in degrees and metres.
struct Conversion {
  std::string_view method;
  std::map<std::string, double, std::less<>> parameters;
  std::optional<double> of(std::string_view code) const {
    const auto found = parameters.find(code);
    return found == parameters.end() ? std::nullopt : std::optional(found->second);
  }
};

std::optional<Conversion> conversion_of(PJ_CONTEXT* context, const PJ* operation) {
  const char* authority = nullptr;
  const char* method = nullptr;
  if (!proj_coordoperation_get_method_info(context, operation, nullptr, &authority, &method) || method == nullptr ||
      authority == nullptr || std::string_view(authority) != "EPSG")
    return std::nullopt;
  Conversion conversion{method, {}};
  const int count = proj_coordoperation_get_param_count(context, operation);
  for (int i = 0; i < count; ++i) {
    const char* code = nullptr;
    const char* unit_category = nullptr;
    double value = 0, in_si = 1;
    if (!proj_coordoperation_get_param(context, operation, i, nullptr, nullptr, &code, &value, nullptr, &in_si, nullptr,
                                       nullptr, nullptr, &unit_category) ||
        code == nullptr || unit_category == nullptr)
      return std::nullopt;
    const bool angle = std::string_view(unit_category) == "angular";
    conversion.parameters[code] = value * in_si / (angle ? degree : 1);
  }
  return conversion;
}

}  // namespace

std::optional<ClosedForm> ClosedForm::of(PJ_CONTEXT* context, const PJ* crs) {
  if (proj_get_type(crs) != PJ_TYPE_PROJECTED_CRS) return std::nullopt;
  const Pj operation(proj_crs_get_coordoperation(context, crs));
  const auto conversion = operation ? conversion_of(context, operation.get()) : std::nullopt;
  if (!conversion) return std::nullopt;
  ClosedForm form;
  if (conversion->method == "9822")
    form.kind_ = Kind::albers;
  else if (conversion->method == "9802")
    form.kind_ = Kind::lambert;
  else if (conversion->method == "1024")
    form.kind_ = Kind::pseudo_mercator;
  else
    return std::nullopt;
  const bool conic = form.kind_ != Kind::pseudo_mercator;
  const auto central = conversion->of(conic ? "8822" : "8802"), origin = conversion->of(conic ? "8821" : "8801");
  const auto easting = conversion->of(conic ? "8826" : "8806"), northing = conversion->of(conic ? "8827" : "8807");
  if (!central || !origin || !easting || !northing) return std::nullopt;
  form.central_ = *central, form.origin_ = *origin, form.easting_ = *easting, form.northing_ = *northing;
  if (conic) {
    const auto first = conversion->of("8823"), second = conversion->of("8824");
    if (!first || !second) return std::nullopt;
    form.first_ = *first, form.second_ = *second;
  }
  const Pj ellipsoid(proj_get_ellipsoid(context, crs));
  double inverse_flattening = 0;
  if (!ellipsoid || !proj_ellipsoid_get_parameters(context, ellipsoid.get(), &form.semi_major_, nullptr, nullptr,
                                                   &inverse_flattening))
    return std::nullopt;
  const double flattening = inverse_flattening == 0 ? 0 : 1 / inverse_flattening;
  form.eccentricity_ = std::sqrt(flattening * (2 - flattening));
  if (!form.set_up()) return std::nullopt;
  form.tabulate();
  return form;
}

/// Snyder (3-12): of the authalic latitude.
double ClosedForm::q_of(double sine) const {
  const double e = eccentricity_, along = e * sine;
  if (e == 0) return 2 * sine;
  return (1 - e * e) * (sine / (1 - along * along) + std::atanh(along) / e);
}

/// The isometric latitude; Snyder's t (15-9) is exp of its negative.
double ClosedForm::isometric(double sine) const {
  return std::atanh(sine) - eccentricity_ * std::atanh(eccentricity_ * sine);
}

/// The cone of the two parallels; false where they make none.
bool ClosedForm::set_up() {
  if (kind_ == Kind::pseudo_mercator) return origin_ == 0;
  const double e2 = eccentricity_ * eccentricity_;
  const auto m_of = [&](double latitude) {  // Snyder (14-15)
    const double sine = std::sin(latitude * degree);
    return std::cos(latitude * degree) / std::sqrt(1 - e2 * sine * sine);
  };
  const double sine1 = std::sin(first_ * degree), sine2 = std::sin(second_ * degree), sine0 = std::sin(origin_ * degree);
  const double m1 = m_of(first_), m2 = m_of(second_);
  const bool one = std::abs(first_ - second_) < 1e-9;
  if (kind_ == Kind::albers) {
    const double q1 = q_of(sine1), q2 = q_of(sine2);
    cone_ = one ? sine1 : (m1 * m1 - m2 * m2) / (q2 - q1);
    constant_ = m1 * m1 + cone_ * q1;
    origin_radius_ = semi_major_ * std::sqrt(constant_ - cone_ * q_of(sine0)) / cone_;
  } else {
    cone_ = one ? sine1 : (std::log(m1) - std::log(m2)) / (isometric(sine2) - isometric(sine1));
    constant_ = semi_major_ * m1 / cone_ * std::exp(cone_ * isometric(sine1));
    origin_radius_ = constant_ * std::exp(-cone_ * isometric(sine0));
  }
  return std::isfinite(cone_) && std::abs(cone_) > 1e-6 && std::isfinite(constant_) && std::isfinite(origin_radius_);
}

/// Of a latitude in degrees: the radius of its parallel on the cone, or metres north of the equator.
double ClosedForm::along_meridian(double latitude) const {
  const double sine = std::sin(latitude * degree);
  if (kind_ == Kind::pseudo_mercator) return semi_major_ * std::atanh(sine);
  return kind_ == Kind::albers ? semi_major_ * std::sqrt(constant_ - cone_ * q_of(sine)) / cone_
                               : constant_ * std::exp(-cone_ * isometric(sine));
}

void ClosedForm::tabulate() {
  const auto count = static_cast<std::size_t>(2 * most_latitude / piece_degrees);
  pieces_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double middle = -most_latitude + (static_cast<double>(i) + 0.5) * piece_degrees;
    const auto exact = [&](double t) { return along_meridian(middle + t * piece_degrees / 2); };
    pieces_[i] = interpolate(exact);
    // Between the nodes, where a polynomial is farthest from what it stands for.
    for (const double t : {-1.0, -0.85, -0.5, 0.0, 0.5, 0.85, 1.0})
      if (!(std::abs(newton(pieces_[i], t) - exact(t)) <= most_piece_error)) pieces_[i].fill(std::nan(""));
  }
}

double ClosedForm::radius_at(double latitude) const {
  const double at = (latitude + most_latitude) * (1 / piece_degrees);
  const auto piece = std::min(static_cast<std::size_t>(at), pieces_.size() - 1);
  const double radius = newton(pieces_[piece], 2 * (at - static_cast<double>(piece)) - 1);
  return std::isnan(radius) ? along_meridian(latitude) : radius;
}

/// A cylinder needs no direction on a cone: its formula holds all around. China lies 73 to 135 degrees from the one that the web uses.
double ClosedForm::most_from_centre() const { return kind_ == Kind::pseudo_mercator ? most_from_meridian : most_from_cone; }

bool ClosedForm::forward(Point& p) const {
  const double from_centre = p.x - central_;
  if (!(std::abs(p.y) <= most_latitude && std::abs(from_centre) <= most_from_centre())) return false;
  const double turn = from_centre * degree, radius = radius_at(p.y);
  if (kind_ == Kind::pseudo_mercator) {
    p = {easting_ + semi_major_ * turn, northing_ + radius};
    return true;
  }
  const Point direction = direction_of(cone_ * turn);
  const Point q{easting_ + radius * direction.y, northing_ + origin_radius_ - radius * direction.x};
  if (!std::isfinite(q.x) || !std::isfinite(q.y)) return false;
  p = q;
  return true;
}

/// Four points at once. Those that follow each other mostly lie so near each other that they take the same piece of each
/// table; each step is the one that forward does for a point.
struct ClosedFormLanes {
  static constexpr std::size_t count = 4;
  using Doubles = double __attribute__((vector_size(sizeof(double) * count)));
  using Longs = std::int64_t __attribute__((vector_size(sizeof(std::int64_t) * count)));
  struct Pair {
    Doubles x, y;
  };

  BATTLEMAP_IN_LANES static void load(Pair& to, const Point* from) {
    to.x = Doubles{from[0].x, from[1].x, from[2].x, from[3].x}, to.y = Doubles{from[0].y, from[1].y, from[2].y, from[3].y};
  }
  BATTLEMAP_IN_LANES static void store(Point* to, const Pair& from) {
    for (std::size_t k = 0; k < count; ++k) to[k] = {from.x[k], from.y[k]};
  }
  BATTLEMAP_IN_LANES static bool all(const Longs& of) { return (of[0] & of[1] & of[2] & of[3]) != 0; }

  /// False, and nothing done, where the points take different pieces or one needs more than formulas.
  BATTLEMAP_IN_LANES static bool forward(const ClosedForm& form, const Directions& directions, Point* points) {
    Pair p;
    load(p, points);
    const Doubles from_centre = p.x - form.central_;
    const double most = form.most_from_centre();
    Longs good = (from_centre <= most) & (from_centre >= -most);
    const Doubles at = (p.y + most_latitude) * (1 / piece_degrees);
    if (!(at[0] >= 0 && at[0] < static_cast<double>(form.pieces_.size()))) return false;
    const auto piece = static_cast<std::uint32_t>(at[0]);
    good &= (at >= static_cast<double>(piece)) & (at < static_cast<double>(piece + 1));
    const std::array<double, 6>& c = form.pieces_[piece];
    const Doubles t = 2 * (at - static_cast<double>(piece)) - 1;
    Doubles radius = Doubles{} + c[5];
#pragma GCC unroll 5
    for (std::size_t i = 5; i-- > 0;) radius = radius * (t - nodes[i]) + c[i];

    const Doubles turn = from_centre * degree;
    Pair q;
    if (form.kind_ == ClosedForm::Kind::pseudo_mercator) {
      q.x = form.easting_ + form.semi_major_ * turn, q.y = form.northing_ + radius;
    } else {
      const Doubles angle = form.cone_ * turn, angle_at = angle * (1 / step) + (side + 0.5);
      if (!(angle_at[0] >= 0 && angle_at[0] < 2 * side + 1)) return false;
      const int nearest = static_cast<int>(angle_at[0]);
      good &= (angle_at >= static_cast<double>(nearest)) & (angle_at < static_cast<double>(nearest + 1));
      const Point known = directions[static_cast<std::size_t>(nearest)];
      const Doubles rest = angle - (nearest - side) * step, square = rest * rest;
      const Doubles cosine = 1 - square / 2 * (1 - square / 12), sine = rest * (1 - square / 6 * (1 - square / 20));
      q.x = form.easting_ + radius * (known.y * cosine + known.x * sine);
      q.y = form.northing_ + form.origin_radius_ - radius * (known.x * cosine - known.y * sine);
    }
    if (!all(good & (q.x - q.x == 0) & (q.y - q.y == 0))) return false;  // the last: finite
    store(points, q);
    return true;
  }

  BATTLEMAP_IN_LANES static std::size_t forward_all(const ClosedForm& form, const Directions& directions, std::span<Point> points) {
    std::size_t i = 0;
    for (; i + count <= points.size(); i += count) {
      if (forward(form, directions, points.data() + i)) continue;
      for (std::size_t k = i; k < i + count; ++k)
        if (!form.forward(points[k])) return k;
    }
    for (; i < points.size(); ++i)
      if (!form.forward(points[i])) return i;
    return i;
  }
};

#ifdef __x86_64__
namespace {

[[gnu::target("avx2")]] std::size_t forward_by_avx2(const ClosedForm& form, const Directions& directions, std::span<Point> points) {
  return ClosedFormLanes::forward_all(form, directions, points);
}

}  // namespace
#endif

std::size_t ClosedForm::forward(std::span<Point> lon_lat) const {
#ifdef __x86_64__  // registers of two numbers are slower than one by one
  if (has_avx2()) return forward_by_avx2(*this, known_directions(), lon_lat);
#endif
  std::size_t done = 0;
  while (done < lon_lat.size() && forward(lon_lat[done])) ++done;
  return done;
}

}  // namespace battlemap::geo
