#pragma once
#include <span>
#include <vector>

#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/geometry.hpp"
#include "geo/project.hpp"

namespace battlemap::geo {

/// A place where the polygons of a coverage do not meet: ground that none has, or that two have.
struct CoverageFault {
  enum class Kind { gap, overlap } kind = Kind::gap;
  std::vector<std::uint32_t> polygons;  ///< beside the gap, or the two that overlap; ascending
  double area = 0;                      ///< square metres
  Point at;                             ///< a corner of it
};

/// Gaps and overlaps of polygons that should share their borders: slivers left between borders that run beside
/// each other, holes of less than `limits.width`, land that belongs to two. Nothing for land that matches.
std::vector<CoverageFault> find_faults(const PolygonSet& coverage, const CoverageLimits& limits = {});

/// The faults of every coverage as problems of kind "gap" and "overlap", with codes.
void report_faults(const DivisionTree& tree, std::span<const Coverage> coverages, const CoverageLimits& limits,
                   Problems& problems);

}  // namespace battlemap::geo
