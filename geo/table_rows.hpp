#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/error.hpp"
#include "geo/table.hpp"
#include "geo/text_encoding.hpp"

namespace battlemap::geo {

/// The rows of one table, whatever holds it. Names of columns are apart from the rows where the format knows
/// them; where it does not (CSV, spreadsheets) the first rows are to be looked at.
class TableRows {
 public:
  virtual ~TableRows() = default;
  /// The columns' names; nullopt when they stand in one of the rows.
  virtual std::optional<std::vector<std::string>> named_columns() const { return std::nullopt; }
  /// From the first row on. `columns`: only these cells will be looked at; empty: all.
  virtual void restart(std::span<const std::size_t> columns) = 0;
  /// All cells of the next row (of those asked for), valid until the next call; false at the end.
  virtual bool next(std::vector<std::string_view>& cells) = 0;
  /// Of the row last read, as people count.
  virtual std::int64_t row() const = 0;
  virtual std::optional<EncodingGuess> encoding() const { return std::nullopt; }
  /// See Table::other_layers.
  virtual std::string other_layers() const { return {}; }
  /// After the last row: what reading it found.
  virtual void add_notes(const std::string& /*source*/, Problems& /*notes*/) const {}
};

std::unique_ptr<TableRows> open_table_rows(const std::string& dataset, const TableOptions& options);

}  // namespace battlemap::geo
