#include <algorithm>
#include <numeric>

#include "geo/error.hpp"
#include "geo/nearest.hpp"
#include "geo/records.hpp"

namespace battlemap::geo {
namespace {

using RecordColumn = RecordTable::Column;
using Rows = std::span<const std::uint32_t>;

template <class T>
std::vector<T> taken(const std::vector<T>& values, Rows rows) {
  std::vector<T> result;
  if (values.empty()) return result;
  result.reserve(rows.size());
  for (const std::uint32_t row : rows) result.push_back(values[row]);
  return result;
}

RecordColumn taken(const RecordColumn& column, Rows rows) {
  RecordColumn result;
  result.field = column.field, result.year = column.year;
  result.status = taken(column.status, rows), result.numbers = taken(column.numbers, rows);
  result.categories = taken(column.categories, rows), result.flags = taken(column.flags, rows);
  result.texts = taken(column.texts, rows);
  return result;
}

LineSet taken(const LineSet& lines, Rows rows) {
  LineSet result;
  for (const std::uint32_t row : rows) {
    const auto line = lines.line(row);
    result.points.insert(result.points.end(), line.begin(), line.end());
    result.end_line();
  }
  return result;
}

std::vector<std::uint32_t> order_by_id(const RecordTable& table) {
  std::vector<std::uint32_t> rows;
  const RecordColumn* ids = table.column("id");
  if (ids == nullptr) return rows;
  for (std::uint32_t row = 0; row < table.size(); ++row)
    if (ids->status[row] == Status::value) rows.push_back(row);
  std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return table.strings[ids->texts[a]] < table.strings[ids->texts[b]];
  });
  return rows;
}

}  // namespace

const RecordColumn* RecordTable::column(std::string_view field, int year) const {
  const RecordColumn* for_all = nullptr;
  for (const RecordColumn& each : columns) {
    if (each.field->id != field) continue;
    if (each.year == year) return &each;
    if (each.year == 0) for_all = &each;
  }
  return for_all;
}

std::string_view RecordTable::text(std::string_view field, std::uint32_t row) const {
  const RecordColumn* found = column(field);
  if (found == nullptr || found->texts.empty()) return {};
  return strings[found->texts[row]];
}

std::optional<double> RecordTable::number(std::string_view field, std::uint32_t row, int year) const {
  const RecordColumn* found = column(field, year);
  if (found == nullptr || found->numbers.empty() || found->status[row] != Status::value) return std::nullopt;
  return found->numbers[row];
}

std::optional<std::uint16_t> RecordTable::category(std::string_view field, std::uint32_t row) const {
  const RecordColumn* found = column(field);
  if (found == nullptr || found->categories.empty() || found->status[row] != Status::value)
    return std::nullopt;
  return found->categories[row];
}

std::uint64_t RecordTable::flags(std::string_view field, std::uint32_t row) const {
  const RecordColumn* found = column(field);
  return found == nullptr || found->flags.empty() ? 0 : found->flags[row];
}

Status RecordTable::status(std::string_view field, std::uint32_t row, int year) const {
  const RecordColumn* found = column(field, year);
  return found == nullptr ? Status::no_data : found->status[row];
}

std::optional<std::uint32_t> RecordTable::find(std::string_view id) const {
  const RecordColumn* ids = column("id");
  if (ids == nullptr) return std::nullopt;
  const auto at = std::partition_point(rows_by_id.begin(), rows_by_id.end(),
                                       [&](std::uint32_t row) { return strings[ids->texts[row]] < id; });
  if (at == rows_by_id.end() || strings[ids->texts[*at]] != id) return std::nullopt;
  return *at;
}

RecordTable take_rows(const RecordTable& table, Rows rows) {
  RecordTable result;
  result.kind = table.kind, result.loaded = table.loaded, result.dropped = table.dropped;
  result.source = table.source, result.provenance = table.provenance;
  result.places = taken(table.places, rows), result.points = taken(table.points, rows);
  if (record_kind_has_lines(table.kind)) result.lines = taken(table.lines, rows);
  result.source_rows = taken(table.source_rows, rows);
  result.strings = table.strings;
  for (const RecordColumn& column : table.columns) result.columns.push_back(taken(column, rows));
  result.rows_by_id = order_by_id(result);
  return result;
}

const CategorySet& Records::set(std::string_view id) const {
  std::vector<std::string> known;
  for (const CategorySet& each : sets) {
    if (each.id == id) return each;
    known.push_back(each.id);
  }
  fail_unknown("set of categories", id, known);
}

bool Records::any() const {
  return std::any_of(tables.begin(), tables.end(), [](const RecordTable& table) { return table.loaded; });
}

std::pair<std::uint32_t, std::uint32_t> rows_within(const DivisionTree& tree, const RecordTable& table,
                                                    DivisionRef place) {
  const auto begin = table.places.begin();
  if (!place.valid()) return {0, static_cast<std::uint32_t>(table.size())};
  const Code code = tree[place].code;
  const auto placed_end =
      std::partition_point(begin, table.places.end(), [](DivisionRef each) { return each.valid(); });
  const auto first =
      std::partition_point(begin, placed_end, [&](DivisionRef each) { return tree[each].code < code; });
  const auto last = std::partition_point(first, placed_end,
                                         [&](DivisionRef each) { return tree[each].code.is_within(code); });
  return {static_cast<std::uint32_t>(first - begin), static_cast<std::uint32_t>(last - begin)};
}

std::span<const std::uint32_t> referring_rows(const RecordTable& from, std::string_view field,
                                              std::uint32_t row) {
  const RecordColumn* column = from.column(field);
  if (column == nullptr || row + 1 >= column->referrers_begin.size()) return {};
  const std::uint32_t first = column->referrers_begin[row], last = column->referrers_begin[row + 1];
  return {column->referrers.data() + first, last - first};
}

std::optional<std::uint32_t> linked_row(const RecordTable& table, std::string_view field, std::uint32_t row) {
  const RecordColumn* column = table.column(field);
  if (column == nullptr || row >= column->links.size() || column->links[row] == npos) return std::nullopt;
  return column->links[row];
}

}  // namespace battlemap::geo
