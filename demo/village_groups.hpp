#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "demo/statistics.hpp"

namespace battlemap::demo {

/// A part of a village (社) and what it holds of the village's numbers.
struct VillageGroup {
  std::string name;  ///< 一社, 二社, ...
  std::int64_t people = 0, households = 0;
  std::int64_t poor_households = 0;  ///< of the first year
};

/// 1 to 12 groups that share a village's people, households and poor households exactly; the poor are fewer
/// in the first, by the seat.
std::vector<VillageGroup> divide_village(const VillageFigures& village, std::uint64_t seed);

}  // namespace battlemap::demo
