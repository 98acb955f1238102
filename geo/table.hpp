#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace battlemap::geo {

/// A table of text cells, read row by row: CSV, GeoPackage, or any table that GDAL opens. Files and
/// databases; network paths (/vsicurl/, https://...) are refused. All columns of a CSV are text and its first
/// line is its header; a byte order mark is skipped; cells that are not UTF-8 are read as GB 18030. Errors
/// (Error) name the file.
class Table {
 public:
  /// `layer` empty: the only or first one. Throws Error: no such file, not a table, no such layer (nearest
  /// offered).
  explicit Table(const std::string& dataset, const std::string& layer = {});
  ~Table();
  Table(Table&&) noexcept;
  Table& operator=(Table&&) noexcept;

  /// File name and, when it was asked for, layer: for messages and reports.
  const std::string& name() const;
  const std::vector<std::string>& columns() const;
  std::optional<std::size_t> find(std::string_view column) const;

  /// `row`: of a CSV as a spreadsheet counts, the header being row 1 (empty lines do not count); of other
  /// tables the feature id. `cells`: one per entry of `columns`, untrimmed, valid during the call; a null is
  /// "".
  using Visit = std::function<void(std::int64_t row, std::span<const std::string_view> cells)>;
  /// Reads all rows once, keeping one in memory. `columns`: indices into columns().
  void read(std::span<const std::size_t> columns, const Visit& visit);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The column `name`, which [[statistics]] gives as `key`. Throws Error naming the nearest columns.
std::size_t require_column(const Table& table, std::string_view key, const std::string& name);

}  // namespace battlemap::geo
