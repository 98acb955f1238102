#pragma once
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::app {

enum class VillageChoice {
  poor,       ///< those that the village exit criteria apply to: 1 in that indicator ("poor_villages")
  households  ///< those with household records, or whose number of them is hidden from the audience: it is not 0 then
};

/// The villages within `place` (invalid: everywhere), by code. Throws UsageError when the project lacks the
/// indicator.
std::vector<geo::DivisionRef> choose_villages(const geo::Dataset& dataset, geo::DivisionRef place,
                                              VillageChoice choice, int year);

}  // namespace battlemap::app
