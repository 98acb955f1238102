#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/error.hpp"
#include "geo/text_encoding.hpp"

namespace battlemap::geo {

struct TableOptions {
  std::string layer;                 ///< layer or sheet; empty: the only or first one
  std::optional<Encoding> encoding;  ///< of a text file or shapefile; nullopt: found
  /// The header of a text file or sheet is the first of its first rows with one of these cells: titles stand above it.
  /// Empty, or no such row: the first row is the header.
  std::vector<std::string> header_cells;
  bool network = false;  ///< see open_vectors
};

/// A table of text cells, read row by row: CSV, a sheet of a spreadsheet (XLSX, ODS, XLS), GeoPackage, dBASE,
/// or the attributes of any other layer (see open_vectors). Text files (.csv .tsv .txt) may be of any size and
/// separated by , ; | or tab, which is found; their encoding is found from all their bytes. Errors (Error) name
/// the file.
class Table {
 public:
  /// `layer` empty: the only or first one. Throws Error: no such file, not a table, no such layer (nearest
  /// offered).
  explicit Table(const std::string& dataset, const std::string& layer = {});
  Table(const std::string& dataset, const TableOptions& options);
  ~Table();
  Table(Table&&) noexcept;
  Table& operator=(Table&&) noexcept;

  /// File name and, when it was asked for, layer: for messages and reports.
  const std::string& name() const;
  const std::vector<std::string>& columns() const;
  /// By its name; of a name put together from merged cells also by a part that no other column has.
  std::optional<std::size_t> find(std::string_view column) const;
  /// Empty cells of these columns stand for the last filled one above them: merged cells. Throws Error: no such column.
  void fill_down(const std::vector<std::string>& names);
  /// " (this is the first of its 3 sheets or layers; ...)": where none was named and there are more; else empty.
  std::string other_layers() const;

  /// How a text file or shapefile was understood; nullopt: the format says it.
  std::optional<EncodingGuess> encoding() const;
  /// Oddities that reading met: "uncertain_encoding", "bad_text", "unclosed_quote", "header_row",
  /// "duplicate_column", "long_row", "no_rows", "filled_down". Complete once read() is done.
  const Problems& notes() const;

  /// `row`: of a text file or sheet as a spreadsheet counts, the first row being row 1; of other tables the
  /// feature id. `cells`: one per entry of `columns`, untrimmed, valid during the call; a null is "". Rows of
  /// empty cells are passed over.
  using Visit = std::function<void(std::int64_t row, std::span<const std::string_view> cells)>;
  /// Reads all rows, keeping one in memory. `columns`: indices into columns().
  void read(std::span<const std::size_t> columns, const Visit& visit);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The column `name`, which [[statistics]] gives as `key`. Throws Error naming the nearest columns.
std::size_t require_column(const Table& table, std::string_view key, const std::string& name);

}  // namespace battlemap::geo
