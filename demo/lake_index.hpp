#pragma once
#include "demo/village_ground.hpp"
#include "geo/geometry.hpp"

namespace battlemap::demo {

/// Tells whether a point lies in a lake.
class LakeIndex {
 public:
  explicit LakeIndex(const Waters& waters);
  bool contains(GridPoint p) const;

 private:
  geo::PolygonSet lakes_;  ///< in grid steps
};

}  // namespace battlemap::demo
