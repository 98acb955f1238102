#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "demo/grid_point.hpp"
#include "geo/geometry.hpp"

namespace battlemap::demo {

/// Metres east and north of a point: equirectangular about it, true to 0.5 % over a village.
class LocalPlane {
 public:
  explicit LocalPlane(GridPoint origin);
  geo::Point to_metres(GridPoint p) const;
  GridPoint to_grid(geo::Point metres) const;

 private:
  GridPoint origin_;
  double metres_per_x_;
};

/// Lakes and rivers of the province, on the grid. Either may be empty.
struct Waters {
  std::vector<std::vector<GridPoint>> lakes;  ///< open rings; islands count as lake
  std::vector<std::vector<GridPoint>> rivers;
};

/// The land of one village: where it ends, where water is, how wild it is away from valleys. Metres of its
/// LocalPlane.
class VillageGround {
 public:
  /// `heart`: where the village's growth began; its largest part counts. Made-up boundaries put some villages
  /// wholly into a lake: there the lake does not count.
  VillageGround(const GridMultiPolygon& village, GridPoint heart, const Waters& waters, std::uint64_t seed);

  /// Its origin is the heart.
  const LocalPlane& plane() const { return plane_; }
  /// Radius of a circle of the village's area.
  double radius() const { return radius_; }
  const geo::Box& box() const { return land_.boxes.front(); }
  /// Metres to the nearest outline, the village's or a lake's; negative outside the village and in a lake.
  double clearance(geo::Point p) const;
  /// 0 on a valley's floor or a river's bank to 1 on the ridges.
  double wildness(geo::Point p) const;

 private:
  void add_lakes(const Waters& waters);
  double share_of_land() const;
  void drop_lakes();
  void add_rivers(const Waters& waters);
  bool is_land(geo::Point p) const;

  LocalPlane plane_;
  geo::PolygonSet land_;                                  ///< the village, then lakes that touch its box
  std::vector<std::pair<geo::Point, geo::Point>> banks_;  ///< river segments near the village
  double radius_ = 0;
  std::uint64_t seed_;
  double valley_width_ = 0;  ///< of the made-up valleys, from ridge to ridge
};

}  // namespace battlemap::demo
