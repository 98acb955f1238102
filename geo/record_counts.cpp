#include "geo/record_counts.hpp"

#include <algorithm>
#include <numeric>

#include "geo/count_breakdown.hpp"
#include "geo/prepared_counts.hpp"

namespace battlemap::geo {
namespace {

Value count_value(double number, Provenance provenance) {
  Value value;
  value.status = Status::value, value.provenance = provenance;
  value.value = number;
  value.reported = value.expected = 1;
  return value;
}

Value masked_value() {
  Value value;
  value.status = Status::masked;
  return value;
}

void mask(std::vector<Value>& values) {
  std::fill(values.begin(), values.end(), masked_value());
}

std::vector<std::uint32_t> rows_of(const Dataset& dataset, DivisionRef place, const CountQuery& query) {
  if (query.kind == RecordKind::household)
    return select_households(dataset.tree, dataset.records, place, query.filter);
  const auto [first, last] = rows_within(dataset.tree, dataset.records[query.kind], place);
  std::vector<std::uint32_t> rows(last - first);
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

std::vector<Value> values_of(const std::vector<double>& numbers, Provenance provenance) {
  std::vector<Value> values;
  values.reserve(numbers.size());
  for (const double number : numbers) values.push_back(count_value(number, provenance));
  return values;
}

/// Counts rows that the audience may see one by one.
CountTable count_rows(const Dataset& dataset, DivisionRef place, const CountQuery& query) {
  const RecordTable& records = dataset.records[query.kind];
  const std::vector<std::uint32_t> rows = rows_of(dataset, place, query);
  Breakdown by(dataset.records, records, query.by, rows),
      across(dataset.records, records, query.across, rows);
  const std::size_t width = across.headings().size();
  std::vector<double> row_totals(by.headings().size()), column_totals(width),
      cells(row_totals.size() * width);
  double total = 0;
  for (const std::uint32_t row : rows) {
    const double one = query.of == CountOf::people ? records.number("people", row).value_or(0) : 1;
    total += one;
    const auto columns = across.of(row);
    for (const std::uint32_t column : columns) column_totals[column] += one;
    for (const std::uint32_t line : by.of(row)) {
      row_totals[line] += one;
      for (const std::uint32_t column : columns) cells[line * width + column] += one;
    }
  }
  CountTable table;
  table.total = count_value(total, records.provenance);
  if (!query.by.empty())
    table.rows = by.headings(), table.row_totals = values_of(row_totals, records.provenance);
  if (query.across.empty()) {
    if (by.is_masked()) mask(table.row_totals);
    return table;
  }
  table.columns = across.headings();
  table.column_totals = values_of(column_totals, records.provenance);
  table.cells = values_of(cells, records.provenance);
  if (by.is_masked()) mask(table.row_totals);
  if (across.is_masked()) mask(table.column_totals);
  if (by.is_masked() || across.is_masked()) mask(table.cells);
  return table;
}

/// The sum over all provinces for an invalid place; hidden when any part is.
Value prepared_value(const Dataset& dataset, const PreparedCounts& counts, CountOf of, DivisionRef place,
                     std::size_t n) {
  if (place.valid()) return counts.value(of, place, n);
  Value sum = count_value(0, counts.provenance);
  for (std::uint32_t i = 0; i < dataset.tree.at(Level::province).size(); ++i) {
    const Value part = counts.value(of, {Level::province, i}, n);
    if (!part.has_value()) return masked_value();
    sum.value += part.value;
  }
  return sum;
}

/// Headings and counts of one field; all masked for a field that nothing was prepared for.
void prepared_field(const Dataset& dataset, const PreparedCounts& counts, DivisionRef place, CountOf of,
                    const std::string& field, std::vector<CountHeading>& headings,
                    std::vector<Value>& totals) {
  if (field.empty()) return;
  if (const PreparedCounts::Field* found = counts.find(field)) {
    headings = found->headings;
    for (std::size_t h = 0; h < headings.size(); ++h)
      totals.push_back(prepared_value(dataset, counts, of, place, found->first + h));
    return;
  }
  // Throws for a field that cannot be counted by.
  headings = Breakdown(dataset.records, dataset.records[counts.kind], field, {}).headings();
  totals.assign(headings.size(), masked_value());
}

void mask_all(CountTable& table) {
  table.total = masked_value();
  for (auto* values : {&table.row_totals, &table.column_totals, &table.cells}) mask(*values);
}

CountTable count_prepared(const Dataset& dataset, const PreparedCounts& counts, DivisionRef place,
                          const CountQuery& query) {
  CountTable table;
  table.total = prepared_value(dataset, counts, query.of, place, 0);
  prepared_field(dataset, counts, place, query.of, query.by, table.rows, table.row_totals);
  prepared_field(dataset, counts, place, query.of, query.across, table.columns, table.column_totals);
  table.cells.assign(table.rows.size() * table.columns.size(), masked_value());
  if (!query.filter.empty()) mask_all(table);
  return table;
}

}  // namespace

CountTable count_records(const Dataset& dataset, DivisionRef place, const CountQuery& query) {
  if (!query.filter.empty() && query.kind == RecordKind::household)
    check_filter(dataset.records, query.filter);
  for (const auto& prepared : dataset.records.prepared)
    if (prepared->kind == query.kind) return count_prepared(dataset, *prepared, place, query);
  return count_rows(dataset, place, query);
}

Value record_count(const Dataset& dataset, RecordKind kind, DivisionRef place) {
  CountQuery query;
  query.kind = kind;
  return count_records(dataset, place, query).total;
}

}  // namespace battlemap::geo
