#include "geo/gcj02.hpp"

#include <cmath>
#include <numbers>

namespace battlemap::geo {
namespace {

// The shift is defined on the Krasovsky 1940 ellipsoid.
constexpr double semi_major = 6378245.0;
constexpr double eccentricity_squared = 0.00669342162296594323;
constexpr double pi = std::numbers::pi;
constexpr int most_iterations = 30;
constexpr double settled_degrees = 1e-12;

bool in_china_box(Point p) {
  return p.x > 72.004 && p.x < 137.8347 && p.y > 0.8293 && p.y < 55.8271;
}

/// The waves that both shifts share, of the easting alone.
double ripple(double x) {
  return 20 * std::sin(6 * pi * x) + 20 * std::sin(2 * pi * x);
}

double north_shift(double x, double y) {
  const double polynomial = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x));
  const double waves = ripple(x) + 20 * std::sin(pi * y) + 40 * std::sin(pi * y / 3) +
                       160 * std::sin(pi * y / 12) + 320 * std::sin(pi * y / 30);
  return polynomial + waves * 2 / 3;
}

double east_shift(double x, double y) {
  const double polynomial = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x));
  const double waves = ripple(x) + 20 * std::sin(pi * x) + 40 * std::sin(pi * x / 3) +
                       150 * std::sin(pi * x / 12) + 300 * std::sin(pi * x / 30);
  return polynomial + waves * 2 / 3;
}

/// GCJ-02 less WGS 84 at a WGS 84 position, degrees.
Point shift_at(Point p) {
  const double x = p.x - 105;
  const double y = p.y - 35;
  const double latitude = p.y * pi / 180;
  const double w2 = 1 - eccentricity_squared * std::sin(latitude) * std::sin(latitude);
  const double w = std::sqrt(w2);
  const double meridian_radius = semi_major * (1 - eccentricity_squared) / (w2 * w);
  const double parallel_radius = semi_major / w * std::cos(latitude);
  return {east_shift(x, y) / parallel_radius * 180 / pi, north_shift(x, y) / meridian_radius * 180 / pi};
}

}  // namespace

Point wgs84_to_gcj02(Point p) {
  if (!in_china_box(p)) return p;
  const Point shift = shift_at(p);
  return {p.x + shift.x, p.y + shift.y};
}

Point gcj02_to_wgs84(Point p) {
  if (!in_china_box(p)) return p;
  Point guess = p;
  for (int i = 0; i < most_iterations; ++i) {
    const Point shift = shift_at(guess);
    const Point next{p.x - shift.x, p.y - shift.y};
    const bool settled =
        std::abs(next.x - guess.x) < settled_degrees && std::abs(next.y - guess.y) < settled_degrees;
    guess = next;
    if (settled) break;
  }
  return guess;
}

}  // namespace battlemap::geo
