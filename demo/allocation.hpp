#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace battlemap::demo {

/// Whole numbers that sum to `total` exactly, as near to proportional to `weights` as low[i] <= x[i] <=
/// high[i] lets them be: the common factor is found by bisection, the fractions go by largest remainder
/// (ties: lower index). Spans of one length; weights >= 0. Throws geo::Error when the bounds leave no room
/// for the total.
std::vector<std::int64_t> allocate(std::int64_t total, std::span<const double> weights,
                                   std::span<const std::int64_t> low, std::span<const std::int64_t> high);

}  // namespace battlemap::demo
