// Households by a filter, and who is paired with them.
#include <algorithm>

#include "geo/nearest.hpp"
#include "geo/records.hpp"

namespace battlemap::geo {
namespace {

std::uint64_t bits_of(const CategorySet& set, std::span<const std::string> ids) {
  std::uint64_t bits = 0;
  for (const std::string& id : ids) bits |= std::uint64_t{1} << std::min<std::size_t>(set.require(id), 63);
  return bits;
}

/// The households paired with a cadre, as marks by row; empty when no cadre is asked for.
std::vector<bool> paired_with(const Records& records, const std::string& cadre) {
  if (cadre.empty()) return {};
  const RecordTable& cadres = records[RecordKind::cadre];
  const auto row = cadres.find(cadre);
  if (!row) {
    std::vector<std::string> known;
    for (const std::uint32_t each : cadres.rows_by_id) known.emplace_back(cadres.text("id", each));
    if (known.size() > 2000) known.clear();  // a list nobody reads, and slow to compare
    fail_unknown("cadre", cadre, known);
  }
  std::vector<bool> marks(records[RecordKind::household].size());
  const RecordTable& pairings = records[RecordKind::pairing];
  for (const std::uint32_t pairing : referring_rows(pairings, "cadre", *row))
    if (const auto household = linked_row(pairings, "household", pairing)) marks[*household] = true;
  return marks;
}

class HouseholdFilter {
 public:
  HouseholdFilter(const Records& records, const RecordFilter& filter)
      : table_(records[RecordKind::household]), filter_(filter) {
    const auto wanted = [&](std::string_view set, const std::vector<std::string>& ids) {
      std::vector<bool> marks;
      if (ids.empty()) return marks;
      marks.resize(records.set(set).entries.size());
      for (const std::string& id : ids) marks[records.set(set).require(id)] = true;
      return marks;
    };
    categories_ = wanted("household_category", filter.categories);
    causes_ = wanted("cause", filter.causes);
    if (!filter.measures.empty()) measures_ = bits_of(records.set("measure"), filter.measures);
    paired_ = paired_with(records, filter.cadre);
  }

  bool passes(std::uint32_t row) const {
    return is_wanted(categories_, "category", row) && is_wanted(causes_, "cause", row) &&
           (filter_.measures.empty() || (table_.flags("measures", row) & measures_) != 0) && exits(row) &&
           (filter_.cadre.empty() || paired_[row]);
  }

 private:
  bool is_wanted(const std::vector<bool>& marks, std::string_view field, std::uint32_t row) const {
    if (marks.empty()) return true;
    const auto entry = table_.category(field, row);
    return entry && *entry < marks.size() && marks[*entry];
  }

  bool exits(std::uint32_t row) const {
    const auto& years = filter_.exit_years;
    if (years.empty()) return true;
    const auto year = table_.number("exit_year", row);
    return year && std::find(years.begin(), years.end(), static_cast<int>(*year)) != years.end();
  }

  const RecordTable& table_;
  const RecordFilter& filter_;
  std::vector<bool> categories_, causes_;
  std::uint64_t measures_ = 0;
  std::vector<bool> paired_;
};

}  // namespace

std::vector<std::uint32_t> select_households(const DivisionTree& tree, const Records& records,
                                             DivisionRef place, const RecordFilter& filter) {
  const auto [first, last] = rows_within(tree, records[RecordKind::household], place);
  const HouseholdFilter wanted(records, filter);
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = first; row < last; ++row)
    if (wanted.passes(row)) rows.push_back(row);
  return rows;
}

std::vector<std::vector<std::uint32_t>> paired_cadres(const Records& records,
                                                      std::span<const std::uint32_t> rows) {
  const RecordTable& pairings = records[RecordKind::pairing];
  std::vector<std::vector<std::uint32_t>> cadres(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (const std::uint32_t pairing : referring_rows(pairings, "household", rows[i])) {
      const auto cadre = linked_row(pairings, "cadre", pairing);
      if (cadre && std::find(cadres[i].begin(), cadres[i].end(), *cadre) == cadres[i].end())
        cadres[i].push_back(*cadre);
    }
  return cadres;
}

}  // namespace battlemap::geo
