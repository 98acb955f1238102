#include "demo/lake_index.hpp"

namespace battlemap::demo {

LakeIndex::LakeIndex(const Waters& waters) {
  for (const auto& ring : waters.lakes) {
    for (const GridPoint p : ring) lakes_.add_point({static_cast<double>(p.x), static_cast<double>(p.y)});
    lakes_.end_ring(), lakes_.end_polygon();
  }
}

bool LakeIndex::contains(GridPoint point) const {
  const geo::Point p{static_cast<double>(point.x), static_cast<double>(point.y)};
  for (std::size_t i = 0; i < lakes_.size(); ++i)
    if (lakes_.boxes[i].contains(p) && geo::polygon_contains(lakes_, i, p)) return true;
  return false;
}

}  // namespace battlemap::demo
