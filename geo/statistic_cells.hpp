#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "geo/division.hpp"
#include "geo/suppression.hpp"

namespace battlemap::geo {

/// The cells of several indicators, of all years and places, in one row: what sums are looked for in.
class StatisticCells {
 public:
  /// A cell without a value: no part of any sum.
  static constexpr double absent = std::numeric_limits<double>::infinity();

  explicit StatisticCells(const DivisionTree& tree);

  /// Before anything else is asked.
  void add(std::uint32_t indicator, int year);
  std::size_t size() const { return blocks_.size() * places_; }
  std::uint32_t at(std::uint32_t indicator, int year, Level level, std::size_t place) const;

  template <class Visit>
  void each(const Visit& visit) const {
    for (const auto& [key, block] : blocks_)
      for (const Level level : all_levels) visit(key.first, key.second, level);
  }

  /// Every parent is the sum of its children.
  std::vector<SumRule> tree_rules(std::span<const double> numbers) const;
  /// whole(year) is the sum of the parts(year - years_back), at every place.
  void add_sum_rules(std::span<const double> numbers, std::uint32_t whole,
                     std::span<const std::uint32_t> parts, int years_back, std::vector<SumRule>& rules) const;

 private:
  const DivisionTree& tree_;
  std::array<std::size_t, level_count> first_of_{};  ///< place, by level
  std::size_t places_ = 0;
  std::map<std::pair<std::uint32_t, int>, std::uint32_t> blocks_;  ///< by indicator and year
};

}  // namespace battlemap::geo
