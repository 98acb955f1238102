#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::app {

/// What a filter can be about.
enum class FilterBy { category, cause, exit_year, measure, cadre };
inline constexpr int filter_by_count = 5;

/// One choice of a filter: "因病", with how many households of the place it would show beside the other
/// choices already made.
struct FilterChoice {
  std::string id;
  std::string label;
  std::optional<std::size_t> count;  ///< nullopt: hidden from this audience
  bool chosen = false;
};
struct FilterGroup {
  FilterBy by = FilterBy::category;
  std::string title;
  bool hidden = false;  ///< from this audience: nothing can be chosen
  std::vector<FilterChoice> choices;
};

/// Everything the filter panel shows. Computed anew when place, filter, language or data change.
struct FilterBox {
  std::vector<FilterGroup> groups;  ///< without cadres: there are too many to list
  std::optional<std::size_t> shown, all;  ///< households of the place that pass, and all of them; nullopt: hidden
};
FilterBox filter_box(const geo::Dataset& dataset, geo::DivisionRef place, const geo::RecordFilter& filter,
                     geo::Language language);

/// A part of a filter in words, as a chip that can be taken away.
struct FilterChip {
  FilterBy by = FilterBy::category;
  std::string id;
  std::string label;
};
std::vector<FilterChip> filter_chips(const geo::Records& records, const geo::RecordFilter& filter,
                                     geo::Language language);

/// Adds the choice or takes it away. A cadre replaces the one chosen before.
void toggle(geo::RecordFilter& filter, FilterBy by, const std::string& id);

/// Takes away what `records` does not know (they were loaded anew, for another audience).
void drop_unknown(geo::RecordFilter& filter, const geo::Records& records);

/// Cadres of the place (paired with households there) whose id holds `text`, at most `limit`.
std::vector<std::string> find_cadres(const geo::Dataset& dataset, geo::DivisionRef place, std::string_view text,
                                     std::size_t limit);

}  // namespace battlemap::app
