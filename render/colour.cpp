#include "render/colour.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

using Vec3 = std::array<double, 3>;
using Mat3 = std::array<Vec3, 3>;

Vec3 multiply(const Mat3& m, const Vec3& v) {
  Vec3 out{};
  for (std::size_t r = 0; r < 3; ++r) out[r] = m[r][0] * v[0] + m[r][1] * v[1] + m[r][2] * v[2];
  return out;
}

double to_linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::uint8_t from_linear(double linear) {
  const double l = std::clamp(linear, 0.0, 1.0);
  const double c = l <= 0.0031308 ? 12.92 * l : 1.055 * std::pow(l, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(c * 255));
}

Vec3 linear_rgb(Colour c) {
  return {to_linear(c.r), to_linear(c.g), to_linear(c.b)};
}

Colour from_linear_rgb(const Vec3& v, std::uint8_t alpha) {
  return {from_linear(v[0]), from_linear(v[1]), from_linear(v[2]), alpha};
}

// sRGB (IEC 61966-2-1) to CIE XYZ with the D65 white, and back.
constexpr Mat3 rgb_to_xyz{{{0.4124564, 0.3575761, 0.1804375},
                           {0.2126729, 0.7151522, 0.0721750},
                           {0.0193339, 0.1191920, 0.9503041}}};
constexpr Mat3 xyz_to_rgb{{{3.2404542, -1.5371385, -0.4985314},
                           {-0.9692660, 1.8760108, 0.0415560},
                           {0.0556434, -0.2040259, 1.0572252}}};
constexpr Vec3 white{0.95047, 1.0, 1.08883};
constexpr double lab_epsilon = 216.0 / 24389.0;
constexpr double lab_kappa = 24389.0 / 27.0;

double lab_f(double t) {
  return t > lab_epsilon ? std::cbrt(t) : (lab_kappa * t + 16) / 116;
}
double lab_f_inverse(double f) {
  const double cube = f * f * f;
  return cube > lab_epsilon ? cube : (116 * f - 16) / lab_kappa;
}

// Linear sRGB to the cones' LMS (Viénot, Brettel and Mollon 1999, as normalised for sRGB), and back.
constexpr Mat3 rgb_to_lms{
    {{17.8824, 43.5161, 4.11935}, {3.45565, 27.1554, 3.86714}, {0.0299566, 0.184309, 1.46709}}};
constexpr Mat3 lms_to_rgb{{{0.0809444479, -0.130504409, 0.116721066},
                           {-0.0102485335, 0.0540193266, -0.113614708},
                           {-0.000365296938, -0.00412161469, 0.693511405}}};

/// Dichromats see the colours of a plane through black and white: the missing cone's answer follows from the
/// other two so that greys stay grey and one anchor colour (blue for the red-green defects) keeps its look.
Vec3 project_missing_cone(const Vec3& lms, std::size_t missing, const Vec3& grey, const Vec3& anchor) {
  const std::size_t a = missing == 0 ? 1 : 0;
  const std::size_t b = missing == 2 ? 1 : 2;
  const double det = grey[a] * anchor[b] - grey[b] * anchor[a];
  const double p = (grey[missing] * anchor[b] - anchor[missing] * grey[b]) / det;
  const double q = (grey[a] * anchor[missing] - anchor[a] * grey[missing]) / det;
  Vec3 out = lms;
  out[missing] = p * lms[a] + q * lms[b];
  return out;
}

/// Tritanopes need two half planes (Brettel, Viénot and Mollon 1997): red on one side of the neutral axis,
/// cyan on the other, both seen as a normal eye sees them.
Vec3 project_tritan(const Vec3& lms, const Vec3& grey) {
  const Vec3 red = multiply(rgb_to_lms, {1, 0, 0});
  const Vec3 cyan = multiply(rgb_to_lms, {0, 1, 1});
  const bool reddish = lms[0] * grey[1] > lms[1] * grey[0];
  return project_missing_cone(lms, 2, grey, reddish ? red : cyan);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Colour parse_colour(std::string_view text) {
  std::array<std::uint8_t, 4> channels{0, 0, 0, 255};
  bool good = (text.size() == 7 || text.size() == 9) && text[0] == '#';
  for (std::size_t i = 1; good && i < text.size(); i += 2) {
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    good = high >= 0 && low >= 0;
    if (good) channels[i / 2] = static_cast<std::uint8_t>(high * 16 + low);
  }
  if (!good) geo::fail("'{}' is not a colour; write #RRGGBB or #RRGGBBAA, e.g. #B4381F", text);
  return {channels[0], channels[1], channels[2], channels[3]};
}

Colour mix(Colour a, Colour b, double t) {
  const auto blend = [t](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(x + (y - x) * t, 0.0, 255.0)));
  };
  return {blend(a.r, b.r), blend(a.g, b.g), blend(a.b, b.b), blend(a.a, b.a)};
}

Colour with_alpha(Colour c, double alpha) {
  c.a = static_cast<std::uint8_t>(std::lround(std::clamp(alpha, 0.0, 1.0) * 255));
  return c;
}

double relative_luminance(Colour c) {
  const Vec3 l = linear_rgb(c);
  return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2];
}

double contrast_ratio(Colour a, Colour b) {
  const double la = relative_luminance(a), lb = relative_luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Lab to_lab(Colour c) {
  const Vec3 xyz = multiply(rgb_to_xyz, linear_rgb(c));
  const double fx = lab_f(xyz[0] / white[0]), fy = lab_f(xyz[1] / white[1]), fz = lab_f(xyz[2] / white[2]);
  return {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

Colour from_lab(Lab lab) {
  const double fy = (lab.l + 16) / 116;
  const Vec3 xyz{white[0] * lab_f_inverse(fy + lab.a / 500), white[1] * lab_f_inverse(fy),
                 white[2] * lab_f_inverse(fy - lab.b / 200)};
  return from_linear_rgb(multiply(xyz_to_rgb, xyz), 255);
}

Colour simulate(Colour c, ColourVision vision) {
  if (vision == ColourVision::normal) return c;
  const Vec3 grey = multiply(rgb_to_lms, {1, 1, 1});
  const Vec3 blue = multiply(rgb_to_lms, {0, 0, 1});
  const Vec3 lms = multiply(rgb_to_lms, linear_rgb(c));
  Vec3 seen = lms;
  if (vision == ColourVision::protanopia) seen = project_missing_cone(lms, 0, grey, blue);
  if (vision == ColourVision::deuteranopia) seen = project_missing_cone(lms, 1, grey, blue);
  if (vision == ColourVision::tritanopia) seen = project_tritan(lms, grey);
  return from_linear_rgb(multiply(lms_to_rgb, seen), c.a);
}

double colour_difference(Colour a, Colour b) {
  const Lab x = to_lab(a), y = to_lab(b);
  return std::hypot(x.l - y.l, x.a - y.a, x.b - y.b);
}

}  // namespace battlemap::render
