#pragma once
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

struct pj_ctx;    // PROJ's PJ_CONTEXT
struct PJconsts;  // PROJ's PJ

namespace battlemap::geo {

/// The formulas of common map projections on the ellipsoid, for who projects millions of points: Albers equal-area
/// conic, Lambert conformal conic with two parallels (Snyder 1987, Map Projections: A Working Manual, chapters 14 and
/// 15) and pseudo-Mercator. Only an answer where PROJ says the same: see Projection.
class ClosedForm {
 public:
  /// Of a projected coordinate system in metres; nullopt for projections that are not among these, and for systems
  /// with a datum shift of their own.
  static std::optional<ClosedForm> of(pj_ctx* context, const PJconsts* crs);

  /// Degrees (longitude, latitude) to metres; false, and nothing done, farther than 85 degrees from the equator or 90
  /// (pseudo-Mercator: 179) from the central meridian.
  bool forward(Point& lon_lat) const;
  /// The same of points one after the other, until one is not done; how many were. Bit for bit what it is one by one.
  std::size_t forward(std::span<Point> lon_lat) const;
  /// Degrees.
  double central_meridian() const { return central_; }

 private:
  friend struct ClosedFormLanes;
  enum class Kind { albers, lambert, pseudo_mercator };
  ClosedForm() = default;
  bool set_up();
  double q_of(double sine) const;
  double isometric(double sine) const;
  double along_meridian(double latitude) const;
  double radius_at(double latitude) const;
  double most_from_centre() const;
  void tabulate();

  Kind kind_ = Kind::albers;
  double semi_major_ = 0, eccentricity_ = 0;
  double central_ = 0, origin_ = 0, first_ = 0, second_ = 0;  ///< degrees
  double easting_ = 0, northing_ = 0;                         ///< metres
  double cone_ = 0, constant_ = 0, origin_radius_ = 0;
  /// Of each half degree of latitude: a polynomial for along_meridian in Newton's form; not a number where none fits.
  std::vector<std::array<double, 6>> pieces_;
};

}  // namespace battlemap::geo
