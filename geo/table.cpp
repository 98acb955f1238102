#include "geo/table.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "geo/nearest.hpp"
#include "geo/table_header.hpp"
#include "geo/table_rows.hpp"

namespace battlemap::geo {

struct Table::Impl {
  std::string name;
  std::unique_ptr<TableRows> rows;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> parts;  ///< of the columns' names, where they were put together
  std::int64_t header_row = 0;  ///< 0: the names are not in a row
  std::size_t long_rows = 0;
  std::int64_t first_long_row = 0;
  std::size_t rows_read = 0;
  std::vector<std::size_t> filled_down;  ///< columns
  std::size_t cells_filled = 0;
  std::int64_t first_filled_row = 0;
  Problems notes;

  void note(const char* kind, std::int64_t row, std::string message) {
    notes.push_back({kind, name, row, "", std::move(message)});
  }

  void find_columns(const std::vector<std::string>& header_cells) {
    if (auto named = rows->named_columns())
      columns = std::move(*named);
    else
      find_header(header_cells);
    std::set<std::string_view> seen;
    for (const std::string& column : columns)
      if (!column.empty() && !seen.insert(column).second)
        note("duplicate_column", header_row,
             fmt::format("two columns are called '{}'; the first counts", column));
  }

  void find_header(const std::vector<std::string>& header_cells) {
    constexpr std::int64_t most_rows = 22;
    std::vector<std::string_view> cells;
    std::vector<FirstRow> first;
    rows->restart({});
    while (rows->next(cells) && rows->row() <= most_rows) {
      first.push_back({rows->row(), {}});
      for (const std::string_view cell : cells) first.back().cells.emplace_back(trimmed(cell));
    }
    TableHeader header = find_table_header(first, header_cells);
    columns = std::move(header.names), parts = std::move(header.parts);
    header_row = header.last_row;
    const bool several = std::any_of(parts.begin(), parts.end(), [](const auto& of) { return of.size() > 1; });
    if (several)
      note("header_row", header.first_row,
           fmt::format("the names of the columns were put together from rows {} to {} (merged cells): {}",
                       header.first_row, header.last_row, fmt::join(columns, ", ")));
    else if (header.first_row > 1)
      note("header_row", header.first_row,
           fmt::format("the names of the columns were found in row {}; what is above it was left out",
                       header.first_row));
  }

  /// Cells past the last column, which nobody will see.
  void look_at_length(const std::vector<std::string_view>& cells) {
    const auto filled = [](std::string_view cell) { return !trimmed(cell).empty(); };
    const auto past = cells.begin() + static_cast<std::ptrdiff_t>(std::min(cells.size(), columns.size()));
    if (std::none_of(past, cells.end(), filled)) return;
    if (long_rows++ == 0) first_long_row = rows->row();
  }

  /// An empty cell stands for the last filled one above it.
  void fill(std::vector<std::string>& above, std::vector<std::string_view>& all) {
    above.resize(filled_down.size());
    bool any = false;
    for (std::size_t i = 0; i < filled_down.size(); ++i) {
      if (filled_down[i] >= all.size()) continue;
      std::string_view& cell = all[filled_down[i]];
      if (!trimmed(cell).empty())
        above[i] = cell;
      else if (!above[i].empty())
        cell = above[i], any = true;
    }
    if (any && cells_filled++ == 0) first_filled_row = rows->row();
  }

  void finish_notes() {
    if (rows_read == 0) note("no_rows", 0, "holds no row below its header");
    if (cells_filled > 0)
      note("filled_down", first_filled_row,
           fmt::format("{} row(s), the first is row {}, took empty cells for those above them (fill_down)", cells_filled,
                       first_filled_row));
    if (long_rows > 0)
      note("long_row", first_long_row,
           fmt::format(
               "{} row(s), the first is row {}, have cells past the last column, which were left out; is a "
               "number with a comma not in quotes?",
               long_rows, first_long_row));
    rows->add_notes(name, notes);
  }
};

Table::Table(const std::string& dataset, const std::string& layer)
    : Table(dataset, TableOptions{layer, std::nullopt, {}, false}) {}

Table::Table(const std::string& dataset, const TableOptions& options) : impl_(std::make_unique<Impl>()) {
  impl_->name = dataset + (options.layer.empty() ? "" : " layer " + options.layer);
  impl_->rows = open_table_rows(dataset, options);
  if (const std::string others = other_layers(); !others.empty())
    impl_->note("first_layer", 0, "no layer is named in the project file" + others);
  impl_->find_columns(options.header_cells);
}

Table::~Table() = default;
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(Table&&) noexcept = default;

const std::string& Table::name() const {
  return impl_->name;
}
const std::vector<std::string>& Table::columns() const {
  return impl_->columns;
}
std::optional<EncodingGuess> Table::encoding() const {
  return impl_->rows->encoding();
}
const Problems& Table::notes() const {
  return impl_->notes;
}

std::size_t require_column(const Table& table, std::string_view key, const std::string& name) {
  if (const auto found = table.find(name)) return *found;
  const auto near = nearest_names(name, table.columns());
  fail("{}: has no column '{}'; set {} in [[statistics]]{} (columns: {}){}", table.name(), name, key,
       key == "year_field" ? ", or year = 2016 for a table of one year" : "",
       near.empty() ? fmt::format("{}", fmt::join(table.columns(), ", "))
                    : fmt::format("{}, ...", fmt::join(near, ", ")),
       table.other_layers());
}

std::optional<std::size_t> Table::find(std::string_view column) const {
  const auto found = std::find(impl_->columns.begin(), impl_->columns.end(), column);
  if (found != impl_->columns.end()) return static_cast<std::size_t>(found - impl_->columns.begin());
  std::optional<std::size_t> only;
  for (std::size_t i = 0; i < impl_->parts.size(); ++i) {
    const auto& parts = impl_->parts[i];
    if (parts.size() < 2 || std::find(parts.begin(), parts.end(), column) == parts.end()) continue;
    if (only) return std::nullopt;
    only = i;
  }
  return only;
}

void Table::fill_down(const std::vector<std::string>& names) {
  for (const std::string& name : names) impl_->filled_down.push_back(require_column(*this, "fill_down", name));
}

std::string Table::other_layers() const { return impl_->rows->other_layers(); }

void Table::read(std::span<const std::size_t> columns, const Visit& visit) {
  TableRows& rows = *impl_->rows;
  std::vector<std::string_view> all, cells(columns.size());
  std::vector<std::string> above;
  std::vector<std::size_t> wanted(columns.begin(), columns.end());
  wanted.insert(wanted.end(), impl_->filled_down.begin(), impl_->filled_down.end());
  rows.restart(wanted);
  while (rows.next(all)) {
    if (impl_->header_row > 0 && rows.row() <= impl_->header_row) continue;
    if (impl_->header_row > 0) impl_->look_at_length(all);
    const bool empty =
        std::all_of(all.begin(), all.end(), [](std::string_view cell) { return cell.empty(); });
    if (empty && impl_->header_row > 0) continue;
    ++impl_->rows_read;
    if (!impl_->filled_down.empty()) impl_->fill(above, all);
    for (std::size_t i = 0; i < columns.size(); ++i)
      cells[i] = columns[i] < all.size() ? all[columns[i]] : std::string_view();
    visit(rows.row(), cells);
  }
  impl_->finish_notes();
}

}  // namespace battlemap::geo
