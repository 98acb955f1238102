#pragma once
#include <cstdint>

#include "geo/geometry.hpp"
#include "geo/geos.hpp"

namespace battlemap::geo {

/// Appends the common outline of polygons [first, last) of `set` as one polygon of exactly their points: edges that two
/// of them run along in opposite directions vanish, the others are chained into rings that pass each point once (without
/// rings when nothing is left). False, and nothing appended, where that gives no valid polygon: edges that do not match
/// or that cross, overlaps. What is appended covers what the polygons' edges enclose even-odd.
bool append_exact_outline(const PolygonSet& set, std::uint32_t first, std::uint32_t last, Geos& geos, PolygonSet& out);

}  // namespace battlemap::geo
