#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::demo {

/// Grid steps per degree. All generated geometry lies on this grid (1e-7 degree: about 1 cm), so equality,
/// orientation and in-circle tests are exact integer arithmetic.
inline constexpr double grid_per_degree = 1e7;

/// Longitude and latitude in grid steps.
struct GridPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend bool operator==(const GridPoint&, const GridPoint&) = default;
  friend auto operator<=>(const GridPoint&, const GridPoint&) = default;
};

inline GridPoint to_grid(geo::Point lon_lat) {
  return {static_cast<std::int32_t>(std::lround(lon_lat.x * grid_per_degree)),
          static_cast<std::int32_t>(std::lround(lon_lat.y * grid_per_degree))};
}
/// The division is correctly rounded: the double nearest to the seven-digit decimal, in any reader.
inline geo::Point to_lon_lat(GridPoint p) {
  return {p.x / grid_per_degree, p.y / grid_per_degree};
}

/// Twice the signed area of a, b, c: positive when they turn left. Exact.
inline std::int64_t orientation(GridPoint a, GridPoint b, GridPoint c) {
  return (std::int64_t{b.x} - a.x) * (std::int64_t{c.y} - a.y) -
         (std::int64_t{b.y} - a.y) * (std::int64_t{c.x} - a.x);
}

/// Metres per grid step along x and y about Qinghai's middle latitude; only for choosing sizes and distances.
inline constexpr double metres_per_step_y = 111320.0 / grid_per_degree;
inline constexpr double metres_per_step_x = metres_per_step_y * 0.8;

/// Kilometres in a plane that is locally true enough (4:5 ratio of a degree's length) to choose sizes by.
inline geo::Point to_km(GridPoint p) {
  return {p.x * (metres_per_step_x / 1000), p.y * (metres_per_step_y / 1000)};
}
inline GridPoint from_km(geo::Point p) {
  return {static_cast<std::int32_t>(std::lround(p.x / (metres_per_step_x / 1000))),
          static_cast<std::int32_t>(std::lround(p.y / (metres_per_step_y / 1000)))};
}

/// Position along a Hilbert curve of order 16 over the square box from `low` with `side` steps.
std::uint32_t hilbert_index(GridPoint p, GridPoint low, std::int64_t side);

/// Closed rings, open storage (the first point is not repeated): exterior counter-clockwise, holes clockwise.
struct GridPolygon {
  std::vector<std::vector<GridPoint>> rings;
};
using GridMultiPolygon = std::vector<GridPolygon>;

/// Twice the signed area of an open ring. Exact.
std::int64_t twice_area(const std::vector<GridPoint>& ring);

}  // namespace battlemap::demo
