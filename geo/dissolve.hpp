#pragma once
#include <cstdint>
#include <span>
#include <utility>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// One polygon for each range [first, last) of polygons of `set`: their union; without rings when they have
/// none. Where polygons share their edges vertex by vertex the result keeps exactly these vertices: an edge
/// that two members run along in opposite directions vanishes and the others chain into rings. Where that
/// does not give a valid polygon (edges that do not match, overlaps) GEOS computes the union of that range, whose
/// new corners are multiples of `step` metres (0: anywhere): those of the grid that all others are on. On all cores.
PolygonSet dissolve(const PolygonSet& set, std::span<const std::pair<std::uint32_t, std::uint32_t>> ranges, double step = 0);

}  // namespace battlemap::geo
