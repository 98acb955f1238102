#pragma once
#include <memory>
#include <span>
#include <string>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// Longitude/latitude (degrees, WGS 84, lon first) to and from the project's plane (metres), by PROJ,
/// forward by the formulas of ClosedForm where these agree with PROJ to a tenth of a millimetre. One object per thread. Throws Error when PROJ does not understand the string.
class Projection {
 public:
  /// `definition`: a PROJ string or an authority code, e.g. "+proj=aea +lat_1=33 +lat_2=38 +lon_0=96.25 ...".
  explicit Projection(const std::string& definition);
  ~Projection();
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  /// In place. A point that cannot be projected becomes NaN.
  void forward(std::span<Point> lon_lat) const;
  void inverse(std::span<Point> metres) const;
  Point forward(Point lon_lat) const;
  Point inverse(Point metres) const;
  const std::string& definition() const { return definition_; }
  /// True ground metres per map metre at `at`, along x and along y (Tissot, by PROJ's factors).
  Point ground_metres_per_unit(Point at) const;
  /// Angle from map up (+y) to true north at `at`, radians, counter-clockwise positive.
  double convergence(Point at) const;

 private:
  struct Impl;
  std::string definition_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::geo
