#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::geo {

/// What a village's records may lack.
enum class Gap : std::uint8_t {
  secretary,   ///< the village has no First Secretary
  plan,        ///< households without a planned exit year or without any measure
  pair,        ///< households that nobody is paired with
  group_place  ///< households whose group is not known or has no place on the map
};
inline constexpr int gap_count = 4;
std::string_view gap_id(Gap gap);   ///< "secretary", "plan", "pair", "group_place"
const Text& gap_name(Gap gap);      ///< 无第一书记, ...

/// How many; `no_data` where the project has no such records or fields, `masked` where they, or a number so
/// small, are hidden from the audience.
struct GapCount {
  Status status = Status::no_data;
  std::size_t count = 0;
  friend bool operator==(const GapCount&, const GapCount&) = default;
};

struct VillageGaps {
  DivisionRef village;
  GapCount households;
  std::array<GapCount, gap_count> gaps;  ///< secretary: 1 where there is none
  const GapCount& operator[](Gap gap) const { return gaps[static_cast<std::size_t>(gap)]; }
  /// Anything is known to be missing.
  bool any() const;
};

/// Every village within `place` (invalid: everywhere) that has households, by code. Needs the dataset's
/// records; empty without them.
std::vector<VillageGaps> missing_items(const Dataset& dataset, DivisionRef place);

}  // namespace battlemap::geo
