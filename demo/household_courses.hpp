#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "demo/random.hpp"

namespace battlemap::demo {

/// A registered household's course: its people never change, it gets out of poverty once or not at all.
struct HouseholdCourse {
  std::int32_t people = 1;    ///< 1 to largest_household
  std::size_t exit_year = 0;  ///< index of the year it got out; 0: poor to the last year
  bool poor_at_end_of(std::size_t year) const { return exit_year == 0 || exit_year > year; }
};
inline constexpr std::int32_t largest_household = 9;

/// `count` households with `people` in all (count <= people <= 9 * count), most of about the mean size.
std::vector<HouseholdCourse> draw_households(std::int64_t people, std::int64_t count, Random random);

/// Which numbers of people some of the households can make up together.
class SubsetSums {
 public:
  /// `sizes`: people of each household, in the order in which pick() prefers them.
  explicit SubsetSums(std::vector<std::int32_t> sizes);
  bool reachable(std::int64_t people) const { return people >= 0 && people <= total_ && has(0, people); }
  /// The reachable number nearest to `wanted` within [low, high] (ties: the lower).
  std::optional<std::int64_t> nearest(std::int64_t wanted, std::int64_t low, std::int64_t high) const;
  /// Households that together have `people` (reachable), the first ones of the order where there is a choice.
  std::vector<bool> pick(std::int64_t people) const;
  std::int64_t total() const { return total_; }

 private:
  /// The households from `first` on can make up `people`.
  bool has(std::size_t first, std::int64_t people) const;

  std::vector<std::int32_t> sizes_;
  std::int64_t total_ = 0;
  std::size_t words_ = 0;
  std::vector<std::uint64_t> bits_;  ///< a row of words for each first household, the last row: none
};

}  // namespace battlemap::demo
