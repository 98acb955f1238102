#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace battlemap::geo {

inline constexpr std::uint32_t npos = 0xFFFFFFFFU;  ///< the number of nothing

/// A point: projected metres (x east, y north) unless a name says lon/lat (degrees).
struct Point {
  double x = 0;
  double y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

inline double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// An axis-aligned box; empty until something is added.
struct Box {
  double min_x = std::numeric_limits<double>::infinity();
  double min_y = std::numeric_limits<double>::infinity();
  double max_x = -std::numeric_limits<double>::infinity();
  double max_y = -std::numeric_limits<double>::infinity();

  bool empty() const { return !(min_x <= max_x && min_y <= max_y); }
  double width() const { return empty() ? 0 : max_x - min_x; }
  double height() const { return empty() ? 0 : max_y - min_y; }
  Point centre() const { return {(min_x + max_x) / 2, (min_y + max_y) / 2}; }
  void add(Point p) {
    min_x = std::min(min_x, p.x), min_y = std::min(min_y, p.y);
    max_x = std::max(max_x, p.x), max_y = std::max(max_y, p.y);
  }
  void add(const Box& b) {
    if (b.empty()) return;
    add(Point{b.min_x, b.min_y}), add(Point{b.max_x, b.max_y});
  }
  bool contains(Point p) const { return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y; }
  bool intersects(const Box& b) const {
    return min_x <= b.max_x && b.min_x <= max_x && min_y <= b.max_y && b.min_y <= max_y;
  }
};

/// Many (multi)polygons in flat arrays: polygon -> rings -> points. Rings are stored open (the last point
/// does not repeat the first), exteriors counter-clockwise (y up), each exterior followed by its holes
/// (clockwise). A polygon may have no rings (a division without a boundary). Filled even-odd.
struct PolygonSet {
  std::vector<Point> points;
  std::vector<std::uint32_t> ring_begin{0};     ///< ring r is points [ring_begin[r], ring_begin[r+1])
  std::vector<std::uint32_t> polygon_begin{0};  ///< polygon i is rings [polygon_begin[i], polygon_begin[i+1])
  std::vector<Box> boxes;                       ///< one per polygon

  std::size_t size() const { return polygon_begin.size() - 1; }
  std::size_t ring_count() const { return ring_begin.size() - 1; }
  std::span<const Point> ring(std::size_t r) const {
    return {points.data() + ring_begin[r], ring_begin[r + 1] - ring_begin[r]};
  }
  void add_point(Point p) { points.push_back(p); }
  void end_ring() { ring_begin.push_back(static_cast<std::uint32_t>(points.size())); }
  /// Ends the polygon begun after the last one and computes its box.
  void end_polygon();
  /// Appends polygon `i` of another set.
  void append(const PolygonSet& from, std::size_t i);
  /// Appends all polygons of other sets, one set after the other, and empties these. On two cores.
  void append_all(std::span<PolygonSet> sets);
  /// Anew from the points.
  void update_boxes();
  Box extent() const;
};

/// Many polylines in flat arrays.
struct LineSet {
  std::vector<Point> points;
  std::vector<std::uint32_t> line_begin{0};
  std::size_t size() const { return line_begin.size() - 1; }
  std::span<const Point> line(std::size_t i) const {
    return {points.data() + line_begin[i], line_begin[i + 1] - line_begin[i]};
  }
  void end_line() { line_begin.push_back(static_cast<std::uint32_t>(points.size())); }
};

/// Twice-signed area halved: positive for counter-clockwise rings (y up). Square units of the points.
double signed_area(std::span<const Point> ring);
/// Even-odd area of polygon `i` (exteriors less holes).
double polygon_area(const PolygonSet& set, std::size_t i);
double polygon_perimeter(const PolygonSet& set, std::size_t i);
/// Centre of mass of the area within rings [first, last) of a set; without area the centre of their box.
Point rings_centroid(const PolygonSet& set, std::size_t first, std::size_t last);
/// Even-odd containment of a point in polygon `i`.
bool polygon_contains(const PolygonSet& set, std::size_t i, Point p);
/// Pole of inaccessibility of polygon `i`'s largest part: the point farthest from its outline, to within
/// `precision` (same unit). After the quad-tree search known as polylabel (Mapbox, 2016). `radius`, when
/// given, receives the distance to the outline. A polygon without rings gives {0, 0} and radius 0. The search
/// ends early at a point at least `enough` from the outline; the centroid is tried first.
Point pole_of_inaccessibility(const PolygonSet& set, std::size_t i, double precision,
                              double* radius = nullptr,
                              double enough = std::numeric_limits<double>::infinity());

}  // namespace battlemap::geo
