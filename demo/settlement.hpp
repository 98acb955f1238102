#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "demo/village_ground.hpp"

namespace battlemap::demo {

inline constexpr double least_household_distance = 15;  ///< metres

enum class RoadKind { village, township, county };
/// Where a road crosses a village's outline.
struct RoadGate {
  GridPoint at;
  RoadKind kind = RoadKind::township;
};
struct SettledRoad {
  RoadKind kind = RoadKind::village;
  std::vector<GridPoint> points;
};

/// What a village needs room for.
struct SettlementPlan {
  std::vector<std::size_t> households;  ///< poor households of each group
  std::size_t facilities = 0;           ///< besides the seat, near it and near the groups by turns
  std::size_t projects = 0;
  std::vector<RoadGate> gates;  ///< on the outline: a road from each to the seat
};

/// Where it all lies, on the grid.
struct Settlement {
  GridPoint seat;
  std::vector<GridPoint> groups;
  std::vector<std::vector<GridPoint>> households;  ///< by group
  std::vector<GridPoint> facilities, projects;
  std::vector<SettledRoad> roads;  ///< from the seat or from an earlier road to each gate and group
};

/// Settles a village: the seat in a valley near its heart, groups along the valleys, a road to each, the
/// households along roads and valleys about their group, at least 15 m apart and no nearer to the outline
/// than 12 m (so neighbours' households keep the distance too). Deterministic in the seed. Throws geo::Error
/// when the village has no room.
Settlement settle_village(const VillageGround& ground, const SettlementPlan& plan, std::uint64_t seed);

}  // namespace battlemap::demo
