#pragma once
#include "geo/geometry.hpp"

namespace battlemap::geo {

/// WGS 84 to GCJ-02, both lon/lat degrees: the published polynomial-and-sine approximation of the shift.
/// Outside China's box it is the identity.
Point wgs84_to_gcj02(Point lon_lat);
/// The inverse by fixed-point iteration; a round trip returns within 1e-9 degrees (under 0.1 mm).
Point gcj02_to_wgs84(Point lon_lat);

}  // namespace battlemap::geo
