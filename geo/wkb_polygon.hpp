#pragma once
#include <cstddef>
#include <span>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// Appends a Polygon or MultiPolygon in well-known binary (OGC 06-103r4, of either byte order, with or without z and m,
/// which are left out) as one polygon, as append_polygon does. False, and nothing appended, for everything else: other
/// kinds, what is cut short, what encloses nothing, coordinates that are no numbers. Then GDAL must say what it is.
bool append_wkb_polygon(std::span<const unsigned char> wkb, PolygonSet& set);

}  // namespace battlemap::geo
