#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace battlemap::geo {

/// Distinct numbers, ascending, and how often each occurs.
struct WeightedValues {
  std::vector<double> values;
  std::vector<std::uint32_t> weights;
};
/// `sorted`: ascending and finite.
WeightedValues distinct_values(std::span<const double> sorted);

/// The partition of `data` into exactly `count` (1 .. number of distinct values) runs with the least total
/// squared deviation from each run's mean; returns the first index of each run, so [0] is 0. Exact: dynamic
/// programming (Fisher 1958; Wang and Song 2011) with divide and conquer over the monotone last cuts, in
/// O(count n log n) time and O(count n) memory. Of equal optima the one with the earliest cuts.
std::vector<std::uint32_t> natural_runs(const WeightedValues& data, int count);

}  // namespace battlemap::geo
