#pragma once
#include "geo/geometry.hpp"

class OGRGeometry;

namespace battlemap::geo {

/// How much of a geometry could be taken.
enum class Taken { all, nothing, wrong_type, not_finite };

/// Appends `geometry` (may be null) to `set` as one polygon, rings normalised as PolygonSet says; repeated
/// points and rings of fewer than three points are left out. Curves become segments; of a collection the
/// polygons are taken. Anything but Taken::all appends nothing.
Taken append_polygon(const OGRGeometry* geometry, PolygonSet& set);

/// Appends each line of `geometry` to `set`.
Taken append_lines(const OGRGeometry* geometry, LineSet& set);

}  // namespace battlemap::geo
