#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::geo {

enum class CountOf : std::uint8_t {
  records,
  people  ///< the sum of the households' members
};

/// What to count. Panels and legends take every count of records from here, never from rows, so that they
/// print what the audience may see.
struct CountQuery {
  RecordKind kind = RecordKind::household;
  std::string by;      ///< a category, flags, year or yes_no field, or one that refers to another kind ("group");
                       ///< empty: the total only
  std::string across;  ///< a second field for the columns of a cross table; empty: one column
  CountOf of = CountOf::records;
  RecordFilter filter{};  ///< households only
};

/// One line or column of a count: what its records have in common.
struct CountHeading {
  std::string id;                         ///< of the category or record, the year as text, "no_data"
  Text name;                              ///< 因病 / Illness; 2016; 未脱贫; 无数据
  std::optional<std::uint16_t> category;  ///< index into the set's entries
  std::optional<int> year;                ///< not_yet for 未脱贫
  std::optional<std::uint32_t> row;       ///< of the record referred to
  Status status = Status::value;          ///< no_data: those without; masked: hidden from this audience
};

/// Counts of one place. Status::masked where the audience may not know a number: print status_name().
struct CountTable {
  std::vector<CountHeading> rows;     ///< all entries of a set, those with 0 too; years and records: as met
  std::vector<CountHeading> columns;  ///< empty without `across`
  std::vector<Value> cells;           ///< [row * columns.size() + column]; empty without `across`
  std::vector<Value> row_totals;
  std::vector<Value> column_totals;
  Value total;                        ///< not the sum of the rows for flags: a household has several

  const Value& cell(std::size_t row, std::size_t column) const { return cells[row * columns.size() + column]; }
};

/// Counts records of `place` (invalid: of everything). Throws UsageError for a field that cannot be counted by,
/// and for an unknown id in the filter.
///
/// Where the audience has `suppress_below`, counts of households are those prepared while loading: totals and
/// counts by one field, each safe against subtraction from its siblings' and its place's totals. Cross tables
/// and filtered counts are then masked.
CountTable count_records(const Dataset& dataset, DivisionRef place, const CountQuery& query);

/// The number of records of a kind within `place`; masked as above.
Value record_count(const Dataset& dataset, RecordKind kind, DivisionRef place);

}  // namespace battlemap::geo
