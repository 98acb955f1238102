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

std::uint32_t require_cadre(const RecordTable& cadres, const std::string& cadre) {
  if (const auto row = cadres.find(cadre)) return *row;
  std::vector<std::string> known;
  for (const std::uint32_t each : cadres.rows_by_id) known.emplace_back(cadres.text("id", each));
  if (known.size() > 2000) known.clear();  // a list nobody reads, and slow to compare
  fail_unknown("cadre", cadre, known);
}

/// The households paired with a cadre, as marks by row.
std::vector<bool> paired_with(const Records& records, const std::string& cadre) {
  std::vector<bool> marks(records[RecordKind::household].size());
  if (cadre.empty() || records[RecordKind::cadre].dropped) return marks;
  const std::uint32_t row = require_cadre(records[RecordKind::cadre], cadre);
  const RecordTable& pairings = records[RecordKind::pairing];
  for (const std::uint32_t pairing : referring_rows(pairings, "cadre", row))
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
    if (!filter.cadre.empty()) paired_ = paired_with(records, filter.cadre);
    category_ = table_.column("category"), cause_ = table_.column("cause");
    measure_ = table_.column("measures"), exit_ = table_.column("exit_year");
  }

  bool passes(std::uint32_t row) const {
    return is_wanted(categories_, category_, row) && is_wanted(causes_, cause_, row) && has_measure(row) &&
           exits(row) && (filter_.cadre.empty() || paired_[row]);
  }

 private:
  using Column = RecordTable::Column;

  static bool has(const Column* column, std::uint32_t row) {
    return column != nullptr && column->status[row] == Status::value;
  }

  static bool is_wanted(const std::vector<bool>& marks, const Column* column, std::uint32_t row) {
    return marks.empty() || (has(column, row) && marks[column->categories[row]]);
  }

  bool has_measure(std::uint32_t row) const {
    return filter_.measures.empty() || (has(measure_, row) && (measure_->flags[row] & measures_) != 0);
  }

  bool exits(std::uint32_t row) const {
    const auto& years = filter_.exit_years;
    return years.empty() ||
           (has(exit_, row) &&
            std::find(years.begin(), years.end(), static_cast<int>(exit_->numbers[row])) != years.end());
  }

  const RecordTable& table_;
  const RecordFilter& filter_;
  std::vector<bool> categories_, causes_;
  std::uint64_t measures_ = 0;
  const Column *category_ = nullptr, *cause_ = nullptr, *measure_ = nullptr, *exit_ = nullptr;
  std::vector<bool> paired_;
};

}  // namespace

void check_filter(const Records& records, const RecordFilter& filter) {
  for (const std::string& id : filter.categories) records.set("household_category").require(id);
  for (const std::string& id : filter.causes) records.set("cause").require(id);
  for (const std::string& id : filter.measures) records.set("measure").require(id);
  const RecordTable& cadres = records[RecordKind::cadre];
  if (!filter.cadre.empty() && !cadres.dropped) require_cadre(cadres, filter.cadre);
}

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
