#include "geo/geometry_reader.hpp"

#include <ogr_geometry.h>

#include <cmath>
#include <memory>

namespace battlemap::geo {
namespace {

static_assert(sizeof(OGRRawPoint) == sizeof(Point), "points are copied from GDAL in bulk");

/// Copies a closed ring's points, then drops the repeated ones and the closing one.
void copy_points(const OGRLineString& line, std::vector<Point>& points, bool ring) {
  const std::size_t begin = points.size();
  points.resize(begin + static_cast<std::size_t>(line.getNumPoints()));
  line.getPoints(reinterpret_cast<OGRRawPoint*>(points.data() + begin));
  const auto first = points.begin() + static_cast<std::ptrdiff_t>(begin);
  points.erase(std::unique(first, points.end()), points.end());
  while (ring && points.size() > begin + 1 && points.back() == points[begin]) points.pop_back();
}

/// False when fewer than three points are left of it: it encloses nothing.
bool append_ring(const OGRLinearRing& ring, bool exterior, PolygonSet& set) {
  const std::size_t begin = set.points.size();
  copy_points(ring, set.points, true);
  const std::span<const Point> points{set.points.data() + begin, set.points.size() - begin};
  if (points.size() < 3) {
    set.points.resize(begin);
    return false;
  }
  if ((signed_area(points) > 0) != exterior)
    std::reverse(set.points.begin() + static_cast<std::ptrdiff_t>(begin), set.points.end());
  set.end_ring();
  return true;
}

void append_rings(const OGRPolygon& polygon, PolygonSet& set) {
  const OGRLinearRing* exterior = polygon.getExteriorRing();
  if (exterior == nullptr || !append_ring(*exterior, true, set)) return;
  for (int i = 0; i < polygon.getNumInteriorRings(); ++i)
    append_ring(*polygon.getInteriorRing(i), false, set);
}

/// Every polygon within; false when there is anything else.
bool append_parts(const OGRGeometry& geometry, PolygonSet& set) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon) {
    append_rings(*geometry.toPolygon(), set);
    return true;
  }
  if (!OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) return false;
  bool any = false;
  for (const OGRGeometry* part : *geometry.toGeometryCollection()) any |= append_parts(*part, set);
  return any;
}

bool append_line_parts(const OGRGeometry& geometry, LineSet& set) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbLineString) {
    copy_points(*geometry.toLineString(), set.points, false);
    set.end_line();
    return true;
  }
  if (!OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) return false;
  bool any = false;
  for (const OGRGeometry* part : *geometry.toGeometryCollection()) any |= append_line_parts(*part, set);
  return any;
}

bool all_finite(std::span<const Point> points) {
  return std::all_of(points.begin(), points.end(),
                     [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

bool is_plain(OGRwkbGeometryType type) {
  return type == wkbPolygon || type == wkbMultiPolygon || type == wkbLineString || type == wkbMultiLineString;
}

/// Curves as segments, surfaces as polygons; the geometry itself when it is plain.
template <class Append>
Taken append_plain(const OGRGeometry* geometry, const Append& append) {
  if (geometry == nullptr || geometry->IsEmpty()) return Taken::nothing;
  if (is_plain(wkbFlatten(geometry->getGeometryType()))) return append(*geometry);
  const std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
  return linear ? append(*linear) : Taken::wrong_type;
}

}  // namespace

Taken append_polygon(const OGRGeometry* geometry, PolygonSet& set) {
  const std::size_t points = set.points.size();
  const std::size_t rings = set.ring_begin.size();
  const Taken taken = append_plain(geometry, [&](const OGRGeometry& plain) {
    if (!append_parts(plain, set)) return Taken::wrong_type;
    if (set.ring_begin.size() == rings) return Taken::nothing;
    return all_finite(std::span(set.points).subspan(points)) ? Taken::all : Taken::not_finite;
  });
  if (taken == Taken::all) {
    set.end_polygon();
  } else {
    set.points.resize(points);
    set.ring_begin.resize(rings);
  }
  return taken;
}

Taken append_lines(const OGRGeometry* geometry, LineSet& set) {
  const std::size_t points = set.points.size();
  const std::size_t lines = set.line_begin.size();
  const Taken taken = append_plain(geometry, [&](const OGRGeometry& plain) {
    if (!append_line_parts(plain, set)) return Taken::wrong_type;
    return all_finite(std::span(set.points).subspan(points)) ? Taken::all : Taken::not_finite;
  });
  if (taken != Taken::all) {
    set.points.resize(points);
    set.line_begin.resize(lines);
  }
  return taken;
}

}  // namespace battlemap::geo
