#include "geo/geos.hpp"

#include <geos_c.h>

#include <utility>
#include <vector>

#include "geo/error.hpp"

namespace battlemap::geo {

struct Geos::Impl {
  GEOSContextHandle_t handle = GEOS_init_r();
  std::string last_error;

  struct Destroy {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;

  Impl() {
    GEOSContext_setErrorMessageHandler_r(
        handle, [](const char* message, void* self) { static_cast<Impl*>(self)->last_error = message; },
        this);
  }
  ~Impl() { GEOS_finish_r(handle); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Geometry own(GEOSGeometry* geometry) {
    if (geometry == nullptr) fail("GEOS: {}", last_error.empty() ? "out of memory" : last_error);
    return {geometry, Destroy{handle}};
  }

  GEOSGeometry* linear_ring(std::span<const Point> ring) {
    std::vector<Point> closed(ring.begin(), ring.end());
    closed.push_back(closed.front());
    return GEOSGeom_createLinearRing_r(
        handle,
        GEOSCoordSeq_copyFromBuffer_r(handle, &closed.data()->x, static_cast<unsigned>(closed.size()), 0, 0));
  }

  /// Exteriors run counter-clockwise and come before their holes.
  Geometry from(const PolygonSet& set, std::size_t i) {
    std::vector<GEOSGeometry*> parts;
    const std::uint32_t end = set.polygon_begin[i + 1];
    for (std::uint32_t r = set.polygon_begin[i]; r < end;) {
      GEOSGeometry* shell = linear_ring(set.ring(r++));
      std::vector<GEOSGeometry*> holes;
      while (r < end && signed_area(set.ring(r)) < 0) holes.push_back(linear_ring(set.ring(r++)));
      parts.push_back(
          GEOSGeom_createPolygon_r(handle, shell, holes.data(), static_cast<unsigned>(holes.size())));
    }
    if (parts.size() == 1) return own(parts[0]);
    return own(GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, parts.data(),
                                           static_cast<unsigned>(parts.size())));
  }

  void append_ring(const GEOSGeometry* ring, bool exterior, PolygonSet& out) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(handle, ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(handle, sequence, &size);
    if (size < 4) return;
    std::vector<Point> points(size);
    GEOSCoordSeq_copyToBuffer_r(handle, sequence, &points.data()->x, 0, 0);
    points.pop_back();
    if ((signed_area(points) > 0) != exterior) std::reverse(points.begin(), points.end());
    out.points.insert(out.points.end(), points.begin(), points.end());
    out.end_ring();
  }

  /// The rings of every polygon within `geometry`; points and lines are left out.
  void append_rings(const GEOSGeometry* geometry, PolygonSet& out) {
    if (GEOSGeomTypeId_r(handle, geometry) == GEOS_POLYGON) {
      if (GEOSisEmpty_r(handle, geometry) == 1) return;
      append_ring(GEOSGetExteriorRing_r(handle, geometry), true, out);
      for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, geometry); ++i)
        append_ring(GEOSGetInteriorRingN_r(handle, geometry, i), false, out);
    } else if (GEOSGeomTypeId_r(handle, geometry) >= GEOS_MULTIPOINT) {
      for (int i = 0; i < GEOSGetNumGeometries_r(handle, geometry); ++i)
        append_rings(GEOSGetGeometryN_r(handle, geometry, i), out);
    }
  }
};

Geos::Geos() : impl_(std::make_unique<Impl>()) {}
Geos::~Geos() = default;

std::string Geos::invalid_reason(const PolygonSet& set, std::size_t i) {
  const auto geometry = impl_->from(set, i);
  char* reason = GEOSisValidReason_r(impl_->handle, geometry.get());
  std::string text = reason == nullptr ? "invalid" : reason;
  GEOSFree_r(impl_->handle, reason);
  return text == "Valid Geometry" ? std::string() : text;
}

bool Geos::append_repaired(const PolygonSet& set, std::size_t i, PolygonSet& out) {
  const auto geometry = impl_->from(set, i);
  const auto valid = impl_->own(GEOSMakeValid_r(impl_->handle, geometry.get()));
  const std::size_t rings = out.ring_count();
  impl_->append_rings(valid.get(), out);
  if (out.ring_count() == rings) return false;
  out.end_polygon();
  return true;
}

void Geos::append_union(const PolygonSet& set, std::span<const std::uint32_t> members, double step, PolygonSet& out) {
  const auto united = [&](bool repaired) {
    std::vector<GEOSGeometry*> parts;
    for (const std::uint32_t i : members) {
      auto part = impl_->from(set, i);
      if (repaired) part = impl_->own(GEOSMakeValid_r(impl_->handle, part.get()));
      parts.push_back(part.release());
    }
    const auto all = impl_->own(GEOSGeom_createCollection_r(impl_->handle, GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                            static_cast<unsigned>(parts.size())));
    return step > 0 ? GEOSUnaryUnionPrec_r(impl_->handle, all.get(), step) : GEOSUnaryUnion_r(impl_->handle, all.get());
  };
  GEOSGeometry* first = united(false);
  // What was moved onto the grid may touch itself now, which GEOS does not always forgive.
  const auto whole = impl_->own(first != nullptr ? first : united(true));
  impl_->append_rings(whole.get(), out);
  out.end_polygon();
}

}  // namespace battlemap::geo
