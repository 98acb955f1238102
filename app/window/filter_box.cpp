#include "app/window/filter_box.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "geo/record_counts.hpp"

namespace battlemap::app {
namespace {

using geo::RecordKind;
using geo::Status;
using geo::Text;

struct Subject {
  FilterBy by;
  std::string_view field;
  std::string_view set;  ///< of a category; empty: years
};
constexpr Subject subjects[] = {{FilterBy::category, "category", "household_category"},
                                {FilterBy::cause, "cause", "cause"},
                                {FilterBy::exit_year, "exit_year", ""},
                                {FilterBy::measure, "measures", "measure"}};

const Subject& subject_of(FilterBy by) {
  return subjects[static_cast<std::size_t>(by)];
}

/// The ids chosen of one subject; years as text.
std::vector<std::string> chosen(const geo::RecordFilter& filter, FilterBy by) {
  std::vector<std::string> years;
  switch (by) {
    case FilterBy::category:
      return filter.categories;
    case FilterBy::cause:
      return filter.causes;
    case FilterBy::measure:
      return filter.measures;
    case FilterBy::cadre:
      if (!filter.cadre.empty()) years.push_back(filter.cadre);
      return years;
    case FilterBy::exit_year:
      break;
  }
  for (const int year : filter.exit_years) years.push_back(std::to_string(year));
  return years;
}

void set_chosen(geo::RecordFilter& filter, FilterBy by, const std::vector<std::string>& ids) {
  if (by == FilterBy::category) filter.categories = ids;
  if (by == FilterBy::cause) filter.causes = ids;
  if (by == FilterBy::measure) filter.measures = ids;
  if (by == FilterBy::cadre) filter.cadre = ids.empty() ? std::string() : ids.back();
  if (by != FilterBy::exit_year) return;
  filter.exit_years.clear();
  for (const std::string& id : ids) filter.exit_years.push_back(std::stoi(id));
}

std::string year_label(int year, geo::Language language) {
  if (year == geo::not_yet) return language == geo::Language::en ? "Not out" : "未脱贫";
  return std::to_string(year);
}

bool is_hidden(const geo::RecordTable& households, const Subject& subject) {
  if (households.dropped) return true;
  const geo::RecordTable::Column* column = households.column(subject.field);
  return column != nullptr &&
         std::ranges::find(column->status, Status::masked) != column->status.end();
}

std::optional<std::size_t> shown_count(const geo::Value& value) {
  if (value.status == Status::masked) return std::nullopt;
  return value.has_value() ? static_cast<std::size_t>(value.value) : 0;
}

FilterGroup group_of(const geo::Dataset& dataset, geo::DivisionRef place, const geo::RecordFilter& filter,
                     const Subject& subject, geo::Language language) {
  const geo::RecordTable& households = dataset.records[RecordKind::household];
  const geo::FieldSchema& field = geo::require_field(RecordKind::household, subject.field);
  FilterGroup group{subject.by, field.name.in(language), is_hidden(households, subject), {}};
  if (group.hidden || households.column(subject.field) == nullptr) return group;
  geo::RecordFilter others = filter;
  set_chosen(others, subject.by, {});
  const geo::CountTable counts = geo::count_records(
      dataset, place, {.kind = RecordKind::household, .by = std::string(subject.field), .filter = others});
  const auto ids = chosen(filter, subject.by);
  for (std::size_t i = 0; i < counts.rows.size(); ++i) {
    const geo::CountHeading& heading = counts.rows[i];
    if (heading.status != Status::value) continue;  // nobody can choose what is not stated
    FilterChoice choice{heading.id, heading.name.in(language), shown_count(counts.row_totals[i]), false};
    if (heading.year) choice.id = std::to_string(*heading.year);
    choice.chosen = std::ranges::find(ids, choice.id) != ids.end();
    if (choice.chosen || choice.count.value_or(1) > 0) group.choices.push_back(std::move(choice));
  }
  return group;
}

std::string chip_label(const geo::Records& records, FilterBy by, const std::string& id, geo::Language language) {
  if (by == FilterBy::cadre) return (language == geo::Language::en ? "Cadre " : "干部 ") + id;
  if (by == FilterBy::exit_year) return year_label(std::stoi(id), language);
  const geo::CategorySet& set = records.set(subject_of(by).set);
  const auto entry = set.find(id);
  return entry ? set.entries[*entry].name.in(language) : id;
}

constexpr FilterBy all_subjects[] = {FilterBy::category, FilterBy::cause, FilterBy::exit_year, FilterBy::measure,
                                     FilterBy::cadre};

}  // namespace

FilterBox filter_box(const geo::Dataset& dataset, geo::DivisionRef place, const geo::RecordFilter& filter,
                     geo::Language language) {
  FilterBox box;
  const geo::RecordTable& households = dataset.records[RecordKind::household];
  if (!households.loaded) return box;
  const geo::CountQuery query{.kind = RecordKind::household, .filter = filter};
  box.all = shown_count(geo::record_count(dataset, RecordKind::household, place));
  box.shown = shown_count(geo::count_records(dataset, place, query).total);
  for (const Subject& subject : subjects) {
    FilterGroup group = group_of(dataset, place, filter, subject, language);
    if (group.hidden || !group.choices.empty()) box.groups.push_back(std::move(group));
  }
  return box;
}

std::vector<FilterChip> filter_chips(const geo::Records& records, const geo::RecordFilter& filter,
                                     geo::Language language) {
  std::vector<FilterChip> chips;
  for (const FilterBy by : all_subjects)
    for (const std::string& id : chosen(filter, by)) chips.push_back({by, id, chip_label(records, by, id, language)});
  return chips;
}

void toggle(geo::RecordFilter& filter, FilterBy by, const std::string& id) {
  std::vector<std::string> ids = chosen(filter, by);
  const auto found = std::ranges::find(ids, id);
  if (found != ids.end())
    ids.erase(found);
  else
    ids.push_back(id);
  set_chosen(filter, by, ids);
}

void drop_unknown(geo::RecordFilter& filter, const geo::Records& records) {
  for (const FilterBy by : {FilterBy::category, FilterBy::cause, FilterBy::measure}) {
    const Subject& subject = subject_of(by);
    std::vector<std::string> ids = chosen(filter, by);
    std::erase_if(ids, [&](const std::string& id) {
      return is_hidden(records[RecordKind::household], subject) || !records.set(subject.set).find(id);
    });
    set_chosen(filter, by, ids);
  }
  if (is_hidden(records[RecordKind::household], subject_of(FilterBy::exit_year))) filter.exit_years.clear();
  if (!records[RecordKind::cadre].find(filter.cadre)) filter.cadre.clear();
}

std::vector<std::string> find_cadres(const geo::Dataset& dataset, geo::DivisionRef place, std::string_view text,
                                     std::size_t limit) {
  const geo::RecordTable& pairings = dataset.records[RecordKind::pairing];
  const geo::RecordTable& cadres = dataset.records[RecordKind::cadre];
  std::set<std::string> found;
  const auto [first, last] = geo::rows_within(dataset.tree, pairings, place);
  for (std::uint32_t row = first; row < last && found.size() < limit; ++row) {
    const auto cadre = geo::linked_row(pairings, "cadre", row);
    if (!cadre) continue;
    const std::string_view id = cadres.text("id", *cadre);
    if (id.find(text) != std::string_view::npos) found.emplace(id);
  }
  return {found.begin(), found.end()};
}

}  // namespace battlemap::app
