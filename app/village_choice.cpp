#include "app/village_choice.hpp"

#include <algorithm>

#include "geo/record_counts.hpp"

namespace battlemap::app {
namespace {

constexpr const char* usual_indicator = "poor_villages";

std::string poor_indicator(const geo::Dataset& dataset) {
  const auto tables = geo::read_criteria_tables(dataset.project.criteria_folder);
  const std::string& named = tables[static_cast<std::size_t>(geo::ExitSubject::village)].applies_to;
  const std::string id = named.empty() ? usual_indicator : named;
  const auto all = dataset.statistics.indicators();
  if (std::none_of(all.begin(), all.end(), [&](const geo::Indicator& i) { return i.id == id; }))
    throw geo::UsageError(
        fmt::format("--all: the project has no indicator '{}' that says which villages are poor; use --all-villages "
                    "for those with household records",
                    id));
  return id;
}

std::pair<std::uint32_t, std::uint32_t> village_range(const geo::DivisionTree& tree, geo::DivisionRef place) {
  if (place.valid()) return tree.descendants(place, geo::Level::village);
  return {0, static_cast<std::uint32_t>(tree.at(geo::Level::village).size())};
}

}  // namespace

std::vector<geo::DivisionRef> choose_villages(const geo::Dataset& dataset, geo::DivisionRef place,
                                              VillageChoice choice, int year) {
  const std::string indicator = choice == VillageChoice::poor ? poor_indicator(dataset) : "";
  const auto wanted = [&](geo::DivisionRef village) {
    if (choice == VillageChoice::poor) {
      const geo::Value value = dataset.statistics.value(indicator, village, year);
      return value.has_value() && value.value > 0;
    }
    const geo::Value count = geo::record_count(dataset, geo::RecordKind::household, village);
    return count.status == geo::Status::masked || (count.has_value() && count.value > 0);
  };
  std::vector<geo::DivisionRef> villages;
  const auto [first, last] = village_range(dataset.tree, place);
  for (std::uint32_t i = first; i < last; ++i)
    if (const geo::DivisionRef village{geo::Level::village, i}; wanted(village)) villages.push_back(village);
  return villages;
}

}  // namespace battlemap::app
