#include "geo/merge_categories.hpp"

#include <algorithm>

namespace battlemap::geo {
namespace {

/// Where each entry goes; `set` becomes what is left of it.
std::vector<std::uint16_t> merged_positions(CategorySet& set, const AudienceRules::FieldRule& rule) {
  std::vector<std::uint16_t> to;
  std::vector<Category> left;
  std::optional<std::uint16_t> merged;
  for (const Category& entry : set.entries) {
    const bool merge =
        std::find(rule.categories.begin(), rule.categories.end(), entry.id) != rule.categories.end();
    if (merge && merged) {
      to.push_back(*merged);
      continue;
    }
    to.push_back(static_cast<std::uint16_t>(left.size()));
    if (merge) merged = to.back();
    left.push_back(merge ? rule.into : entry);
  }
  set.entries = std::move(left);
  return to;
}

void move_entries(RecordTable::Column& column, const std::vector<std::uint16_t>& to) {
  for (std::uint16_t& entry : column.categories)
    if (entry != no_category) entry = to[entry];
  for (std::uint64_t& flags : column.flags) {
    std::uint64_t moved = 0;
    for (std::size_t bit = 0; bit < std::min<std::size_t>(to.size(), 64); ++bit)
      if ((flags >> bit & 1U) != 0 && to[bit] < 64) moved |= std::uint64_t{1} << to[bit];
    flags = moved;
  }
}

}  // namespace

void merge_categories(Records& records, const FieldSchema& field, const AudienceRules::FieldRule& rule) {
  const auto set = std::find_if(records.sets.begin(), records.sets.end(),
                                [&](const CategorySet& each) { return each.id == field.set; });
  if (set == records.sets.end()) return;
  const std::vector<std::uint16_t> to = merged_positions(*set, rule);
  for (RecordTable& table : records.tables)
    for (RecordTable::Column& column : table.columns)
      if (column.field->set == field.set) move_entries(column, to);
}

}  // namespace battlemap::geo
