#pragma once
#include <cstdint>

#include "demo/statistics.hpp"

namespace battlemap::demo {

/// Plausible numbers of households for a village's people: 2.5 to 4.5 people each on the mean.
constexpr std::int64_t least_households(std::int64_t people) {
  return (2 * people + 8) / 9;
}
constexpr std::int64_t most_households(std::int64_t people) {
  return 2 * people / 5;
}

/// Gives every poverty county without one an exit year (the lower its rate, the earlier) and every poor
/// village its own: all of a county's by the year the county exits, the others by their rate, as many as the
/// totals say.
void schedule_exits(Figures& figures, std::uint64_t seed);

/// Makes up every village's households and says which get out in which year, so that people and households of
/// the years after the first follow: sums as in ControlTotals; villages and counties that have exited under
/// 3 %, poor villages that have not at 3 % or more.
void run_years(Figures& figures, std::uint64_t seed);

}  // namespace battlemap::demo
