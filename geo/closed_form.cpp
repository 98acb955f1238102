#include "geo/closed_form.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <string_view>

#include "geo/proj_handles.hpp"

namespace battlemap::geo {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double most_latitude = 85, most_from_centre = 90;

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
  return form.set_up() ? std::optional(form) : std::nullopt;
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

bool ClosedForm::forward(Point& p) const {
  const double from_centre = p.x - central_;
  if (!(std::abs(p.y) <= most_latitude && std::abs(from_centre) <= most_from_centre)) return false;
  const double sine = std::sin(p.y * degree), turn = from_centre * degree;
  if (kind_ == Kind::pseudo_mercator) {
    p = {easting_ + semi_major_ * turn, northing_ + semi_major_ * std::atanh(sine)};
    return true;
  }
  const double radius = kind_ == Kind::albers ? semi_major_ * std::sqrt(constant_ - cone_ * q_of(sine)) / cone_
                                              : constant_ * std::exp(-cone_ * isometric(sine));
  const double angle = cone_ * turn;
  const Point q{easting_ + radius * std::sin(angle), northing_ + origin_radius_ - radius * std::cos(angle)};
  if (!std::isfinite(q.x) || !std::isfinite(q.y)) return false;
  p = q;
  return true;
}

}  // namespace battlemap::geo
