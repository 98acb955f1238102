#include "geo/dataset.hpp"

namespace battlemap::geo {
namespace {

/// Throws Error naming the control when its indicator does not exist.
void require_indicator(const Dataset& dataset, const ControlTotal& total) {
  try {
    dataset.statistics.indicator(total.indicator);
  } catch (const UsageError& e) {
    fail("{}: control total '{}': {}", dataset.project.file.string(), total.id, e.what());
  }
}

ControlResult check(const Dataset& dataset, const ControlTotal& total) {
  ControlResult result{total, {}, false};
  require_indicator(dataset, total);
  const auto place = dataset.tree.find(total.place);
  if (!place) return result;
  result.actual = dataset.statistics.value(total.indicator, *place, total.year);
  result.ok = result.actual.has_value() && agrees(result.actual.value, total);
  return result;
}

}  // namespace

bool agrees(double actual, const ControlTotal& total) {
  return format_number(actual, total.decimals) == format_number(total.expected, total.decimals);
}

std::vector<ControlResult> check_controls(const Dataset& dataset) {
  std::vector<ControlResult> results;
  for (const ControlTotal& total : dataset.project.controls) results.push_back(check(dataset, total));
  return results;
}

}  // namespace battlemap::geo
