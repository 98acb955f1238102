#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/cell.hpp"
#include "geo/problem_log.hpp"
#include "geo/records.hpp"

namespace battlemap::geo {

/// A source's cell as GDAL holds it: a number, or text (empty for null).
struct RawCell {
  std::string_view text;
  double number = 0;
  bool is_number = false;
};

/// Where a cell's problems go, and which row they are of.
struct RowLog {
  ProblemLog& log;
  std::int64_t row = 0;
  std::string_view code{};
  void add(const std::string& kind, const std::string& message) const {
    log.add(kind, row, std::string(code), fmt::format("row {}: {}", row, message));
  }
};

/// Reads one column of a source into a column of a RecordTable. What cannot be read is no data and reported;
/// texts that meet no category become entries after those of the set, in the order they are met.
class RecordColumnReader {
 public:
  /// `set`: of category and flags fields, else nullptr. All references outlive the reader.
  RecordColumnReader(const FieldSchema& field, int year, std::string column, const CategorySet* set,
                     const CellWords& words);
  void add(const RawCell& cell, std::vector<std::string>& strings, const RowLog& log);
  /// Repeats the last row's value: a road of several parts is several rows.
  void repeat_last();

  RecordTable::Column& column() { return result_; }
  const FieldSchema& field() const { return *result_.field; }
  const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  Status add_text(const RawCell& cell, std::vector<std::string>& strings);
  Status add_number(const RawCell& cell, const RowLog& log);
  Status add_year(const RawCell& cell, const RowLog& log);
  Status add_yes_no(const RawCell& cell, const RowLog& log);
  Status add_category(const RawCell& cell, const RowLog& log);
  Status add_flags(const RawCell& cell, const RowLog& log);
  std::uint16_t entry_of(std::string_view text, const RowLog& log);
  std::uint64_t flags_of(std::string_view text, const RowLog& log);
  Status bad_cell(const RawCell& cell, const std::string& kind, std::string_view expected, const RowLog& log);

  std::string column_;
  const CategorySet* set_;
  const CellWords& words_;
  RecordTable::Column result_;
  std::unordered_map<std::string, std::size_t> entries_;  ///< texts met so far
  std::unordered_map<std::string, std::uint64_t> flags_;  ///< whole cells met so far, all of it known
  std::vector<std::string> unknown_;
  std::string buffer_;
};

}  // namespace battlemap::geo
