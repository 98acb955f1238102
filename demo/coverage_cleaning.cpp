#include <geos_c.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "demo/county_source.hpp"
#include "geo/error.hpp"
#include "geo/gcj02.hpp"

namespace battlemap::demo {
namespace {

/// A GEOS context and geometries that end with it in the right order.
class Geos {
 public:
  Geos() : handle(GEOS_init_r()) {}
  ~Geos() { GEOS_finish_r(handle); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  struct Destroy {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(handle, g); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;
  Geometry own(GEOSGeometry* g, const char* what) const {
    if (g == nullptr) geo::fail("GEOS could not {} the county outlines", what);
    return Geometry(g, Destroy{handle});
  }
  GEOSContextHandle_t handle;
};

using Ring = std::vector<GridPoint>;
using Edge = std::pair<GridPoint, GridPoint>;

struct Face {
  std::vector<Ring> rings;  ///< exterior counter-clockwise, holes clockwise
  GridPoint inside;
  int county = -1;
};

std::set<Edge> outline_edges(const std::vector<RawCounty>& counties) {
  std::set<Edge> edges;
  for (const RawCounty& county : counties)
    for (const auto& ring : county.rings) {
      Ring points;
      for (const geo::Point p : ring) points.push_back(to_grid(geo::gcj02_to_wgs84(p)));
      for (std::size_t i = 0; i < points.size(); ++i) {
        const auto [a, b] = std::minmax(points[i], points[(i + 1) % points.size()]);
        if (a != b) edges.insert({a, b});
      }
    }
  return edges;
}

/// Coordinates in grid steps: integers, which doubles hold exactly.
Geos::Geometry line_work(const Geos& geos, const std::set<Edge>& edges) {
  std::vector<GEOSGeometry*> lines;
  for (const auto& [a, b] : edges) {
    GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(geos.handle, 2, 2);
    GEOSCoordSeq_setXY_r(geos.handle, sequence, 0, a.x, a.y);
    GEOSCoordSeq_setXY_r(geos.handle, sequence, 1, b.x, b.y);
    lines.push_back(GEOSGeom_createLineString_r(geos.handle, sequence));
  }
  return geos.own(GEOSGeom_createCollection_r(geos.handle, GEOS_MULTILINESTRING, lines.data(),
                                              static_cast<unsigned>(lines.size())),
                  "collect");
}

Ring ring_of(const Geos& geos, const GEOSGeometry* geometry, bool counter_clockwise) {
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(geos.handle, geometry);
  unsigned count = 0;
  GEOSCoordSeq_getSize_r(geos.handle, sequence, &count);
  Ring ring;
  for (unsigned i = 0; i + 1 < count; ++i) {
    double x = 0, y = 0;
    GEOSCoordSeq_getXY_r(geos.handle, sequence, i, &x, &y);
    ring.push_back({static_cast<std::int32_t>(std::lround(x)), static_cast<std::int32_t>(std::lround(y))});
  }
  if ((twice_area(ring) > 0) != counter_clockwise) std::reverse(ring.begin(), ring.end());
  return ring;
}

Face face_of(const Geos& geos, const GEOSGeometry* polygon) {
  Face face;
  face.rings.push_back(ring_of(geos, GEOSGetExteriorRing_r(geos.handle, polygon), true));
  for (int i = 0; i < GEOSGetNumInteriorRings_r(geos.handle, polygon); ++i)
    face.rings.push_back(ring_of(geos, GEOSGetInteriorRingN_r(geos.handle, polygon, i), false));
  const auto point = geos.own(GEOSPointOnSurface_r(geos.handle, polygon), "find a point in");
  double x = 0, y = 0;
  GEOSGeomGetX_r(geos.handle, point.get(), &x), GEOSGeomGetY_r(geos.handle, point.get(), &y);
  face.inside = {static_cast<std::int32_t>(std::lround(x)), static_cast<std::int32_t>(std::lround(y))};
  return face;
}

std::vector<Face> polygonize(const std::set<Edge>& edges) {
  const Geos geos;
  const auto lines = line_work(geos, edges);
  const auto noded = geos.own(GEOSUnaryUnionPrec_r(geos.handle, lines.get(), 1), "node");
  const GEOSGeometry* input = noded.get();
  const auto polygons = geos.own(GEOSPolygonize_r(geos.handle, &input, 1), "polygonise");
  std::vector<Face> faces;
  for (int i = 0; i < GEOSGetNumGeometries_r(geos.handle, polygons.get()); ++i)
    faces.push_back(face_of(geos, GEOSGetGeometryN_r(geos.handle, polygons.get(), i)));
  return faces;
}

geo::PolygonSet polygons_of(const std::vector<RawCounty>& counties) {
  geo::PolygonSet set;
  for (const RawCounty& county : counties) {
    for (const auto& ring : county.rings) {
      for (const geo::Point p : ring) set.add_point(p);
      set.end_ring();
    }
    set.end_polygon();
  }
  return set;
}

/// Even-odd in the source's own coordinates, as make-valid reads an invalid ring; the lower code wins.
void assign(std::vector<Face>& faces, const std::vector<RawCounty>& counties) {
  const geo::PolygonSet set = polygons_of(counties);
  for (Face& face : faces) {
    const geo::Point p = geo::wgs84_to_gcj02(to_lon_lat(face.inside));
    for (std::size_t i = 0; i < set.size() && face.county < 0; ++i)
      if (set.boxes[i].contains(p) && geo::polygon_contains(set, i, p)) face.county = static_cast<int>(i);
  }
}

using Sides = std::map<Edge, int>;  ///< directed edge -> face on its left

Sides sides_of(const std::vector<Face>& faces) {
  Sides sides;
  for (std::size_t f = 0; f < faces.size(); ++f)
    for (const Ring& ring : faces[f].rings)
      for (std::size_t i = 0; i < ring.size(); ++i)
        sides[{ring[i], ring[(i + 1) % ring.size()]}] = static_cast<int>(f);
  return sides;
}

double length_km(const Edge& edge) {
  const geo::Point d = to_km({edge.second.x - edge.first.x, edge.second.y - edge.first.y});
  return std::hypot(d.x, d.y);
}

/// An enclosed gap goes to the county along most of its border; one that touches the outside stays out.
void close_gaps(std::vector<Face>& faces, const Sides& sides) {
  std::map<int, std::map<int, double>> border;
  for (const auto& [edge, face] : sides) {
    if (faces[static_cast<std::size_t>(face)].county >= 0) continue;
    const auto other = sides.find({edge.second, edge.first});
    const int county = other == sides.end() ? -1 : faces[static_cast<std::size_t>(other->second)].county;
    border[face][county] += length_km(edge);
  }
  for (const auto& [face, lengths] : border) {
    if (lengths.contains(-1)) continue;
    const auto longest = std::max_element(lengths.begin(), lengths.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
    faces[static_cast<std::size_t>(face)].county = longest->first;
  }
}

CountyCoverage borders_of(const std::vector<Face>& faces, const Sides& sides) {
  CountyCoverage coverage;
  const auto county = [&](Edge edge) {
    const auto side = sides.find(edge);
    return side == sides.end() ? -1 : faces[static_cast<std::size_t>(side->second)].county;
  };
  for (const auto& [edge, face] : sides) {
    const Edge reverse{edge.second, edge.first};
    if (reverse < edge && sides.contains(reverse)) continue;
    const int left = county(edge), right = county(reverse);
    if (left != right) coverage.segments.push_back({edge.first, edge.second, left, right});
  }
  return coverage;
}

}  // namespace

CountyCoverage clean_coverage(const std::vector<RawCounty>& counties) {
  std::vector<Face> faces = polygonize(outline_edges(counties));
  assign(faces, counties);
  const Sides sides = sides_of(faces);
  close_gaps(faces, sides);
  for (std::size_t i = 0; i < counties.size(); ++i)
    if (std::none_of(faces.begin(), faces.end(),
                     [&](const Face& f) { return f.county == static_cast<int>(i); }))
      geo::fail("county {} {} has no area in the source", counties[i].place.code, counties[i].place.name);
  return borders_of(faces, sides);
}

}  // namespace battlemap::demo
