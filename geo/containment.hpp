#pragma once
#include "geo/coverage.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {

/// Reports ("outside_parent") divisions more than `outside_tolerance` of whose land lies outside the polygon
/// of the division above them. Places of the outline are looked at first, and those within a hundredth of the
/// division's size of the parent's outline are taken for inside; what is then in doubt is measured by a grid
/// of points.
void report_outside_parents(const DivisionTree& tree, const LevelPolygons& polygons, Problems& problems);

inline constexpr double outside_tolerance = 0.02;

}  // namespace battlemap::geo
