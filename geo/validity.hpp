#pragma once
#include <span>
#include <string>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// False: the ring (open, three points or more) certainly does not touch or cross itself. True: it may; ask
/// GEOS. Chains of edges that run on in one direction cannot touch themselves; the others that come near each other are
/// looked at edge by edge: a twentieth of the price of GEOS on small rings.
bool may_touch_itself(std::span<const Point> ring);

/// The same of polygon `i`: none of its rings touches itself or another, holes lie in their exterior, and no part lies
/// within another.
bool may_be_invalid(const PolygonSet& set, std::size_t i);

struct Repair {
  std::size_t polygon = 0;  ///< index in the set
  std::string reason;       ///< what was wrong, with the place, in the set's coordinates
  PolygonSet repaired;      ///< one polygon, or none when nothing polygonal is left
};

/// Checks all polygons (on all cores) and repairs those that are not valid; ordered by polygon. GEOS decides,
/// but it is asked only about those that may_be_invalid: asking it about
/// 690,000 small polygons takes 14 s of processor time, this about 0.4.
std::vector<Repair> find_repairs(const PolygonSet& set);

}  // namespace battlemap::geo
