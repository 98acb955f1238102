#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// What GEOS does to polygons of a PolygonSet. One object per thread. Throws Error when GEOS fails.
class Geos {
 public:
  Geos();
  ~Geos();
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;

  /// Empty when polygon `i` is valid (OGC), else why and where it is not: "Self-intersection[101.5 36.6]".
  std::string invalid_reason(const PolygonSet& set, std::size_t i);
  /// Appends the polygonal part of polygon `i` made valid to `out` as one polygon; false (nothing appended)
  /// when none is left.
  bool append_repaired(const PolygonSet& set, std::size_t i, PolygonSet& out);
  /// Appends the union of `members` to `out` as one polygon (without rings when the union is empty). With a `step` (metres) all its
  /// corners are whole multiples of it, those that borders make where they cross too; 0: where they cross.
  void append_union(const PolygonSet& set, std::span<const std::uint32_t> members, double step, PolygonSet& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::geo
