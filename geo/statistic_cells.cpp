#include "geo/statistic_cells.hpp"

#include <algorithm>

namespace battlemap::geo {

StatisticCells::StatisticCells(const DivisionTree& tree) : tree_(tree) {
  for (const Level level : all_levels) {
    first_of_[static_cast<std::size_t>(level)] = places_;
    places_ += tree.at(level).size();
  }
}

void StatisticCells::add(std::uint32_t indicator, int year) {
  blocks_.try_emplace({indicator, year}, static_cast<std::uint32_t>(blocks_.size()));
}

std::uint32_t StatisticCells::at(std::uint32_t indicator, int year, Level level, std::size_t place) const {
  return static_cast<std::uint32_t>(blocks_.at({indicator, year}) * places_ +
                                    first_of_[static_cast<std::size_t>(level)] + place);
}

std::vector<SumRule> StatisticCells::tree_rules(std::span<const double> numbers) const {
  std::vector<SumRule> rules;
  each([&](std::uint32_t indicator, int year, Level level) {
    const auto divisions = tree_.at(level);
    for (std::size_t i = 0; i < divisions.size(); ++i) {
      SumRule rule{at(indicator, year, level, i)};
      for (std::uint32_t k = 0; k < divisions[i].child_count; ++k) {
        const Level finer = level_below(level);
        const std::uint32_t part = at(indicator, year, finer, divisions[i].first_child + k);
        if (numbers[part] != absent) rule.parts.push_back(part);
      }
      if (numbers[rule.whole] != absent && !rule.parts.empty()) rules.push_back(std::move(rule));
    }
  });
  return rules;
}

void StatisticCells::add_sum_rules(std::span<const double> numbers, std::uint32_t whole,
                                   std::span<const std::uint32_t> parts, int years_back,
                                   std::vector<SumRule>& rules) const {
  each([&](std::uint32_t indicator, int year, Level level) {
    const auto has_year = [&](std::uint32_t part) { return blocks_.contains({part, year - years_back}); };
    if (indicator != whole || !std::all_of(parts.begin(), parts.end(), has_year)) return;
    for (std::size_t i = 0; i < tree_.at(level).size(); ++i) {
      SumRule rule{at(whole, year, level, i)};
      for (const std::uint32_t part : parts) rule.parts.push_back(at(part, year - years_back, level, i));
      const bool all_there = std::all_of(rule.parts.begin(), rule.parts.end(),
                                         [&](std::uint32_t part) { return numbers[part] != absent; });
      if (numbers[rule.whole] != absent && all_there) rules.push_back(std::move(rule));
    }
  });
}

}  // namespace battlemap::geo
