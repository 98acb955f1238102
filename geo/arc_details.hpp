#pragma once
#include <array>
#include <memory>
#include <span>

#include "geo/arc_shapes.hpp"
#include "geo/arcs.hpp"
#include "geo/geometry.hpp"

namespace battlemap::geo {

/// The finest grid whose whole numbers reach over an extent (projected metres) with room for as much again:
/// its step is 2^-10 m for a province of 1,500 km.
Grid grid_for(const Box& extent);
/// The nearest point of a grid.
GridPoint nearest(const Grid& grid, Point p);
/// Moves points to the nearest ones of a grid.
void snap_to_grid(std::span<Point> points, const Grid& grid);

/// The arcs of `level_count` coverages (empty ones for levels that have none), whose points are on the grid,
/// with as many details as are worth their memory: at tolerances that double, those with at most 70 % of the
/// points of the one before.
std::shared_ptr<const ArcShapes> make_arc_shapes(const std::array<const PolygonSet*, level_count>& by_level,
                                                 const Grid& grid);
/// The same of arcs that are there: one layer for each level.
std::shared_ptr<const ArcShapes> make_arc_shapes(Arcs&& arcs, const Grid& grid);

}  // namespace battlemap::geo
