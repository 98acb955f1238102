#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "geo/criteria.hpp"

namespace battlemap::geo {

/// Whether an indicator's values come from judgements, itself or through what it is computed from. Unknown
/// ids do not.
bool made_from_exits(std::span<const Indicator> indicators, std::string_view id);

/// The columns of all indicators of kind "exit" for one year's judgements of everything. Households count at
/// their village (those without a village are left out); where there is nothing to judge they are not
/// applicable. Empty when there are no such indicators.
std::vector<Statistics::Column> exit_columns(const Dataset& dataset, const ExitResults& results);

/// Adds the columns of all years judged to the dataset's statistics.
void add_exit_statistics(Dataset& dataset, std::span<const std::shared_ptr<ExitResults>> judged);

}  // namespace battlemap::geo
