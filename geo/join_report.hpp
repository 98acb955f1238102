#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/code.hpp"
#include "geo/text_encoding.hpp"

namespace battlemap::geo {

/// What one join of one table and year did, both sides of it; shown by `check` and the window. The lists hold
/// at most `problems_per_kind` entries each, the counts everything.
struct JoinReport {
  struct UnmatchedRow {
    std::int64_t row = 0;
    std::string code;  ///< the cell as it is
    std::string name;  ///< of the table's name column, if it has one
    std::string reason;
    std::string nearest;  ///< "630105 城北区": the division that may be meant; may be empty
  };
  struct UnmatchedDivision {
    std::string code, name;
    std::string nearest;  ///< "row 7: 630105 城北区": an unmatched row that may be meant; may be empty
  };
  struct DuplicateRow {
    std::string code;
    std::int64_t first_row = 0, row = 0;
    bool agree = false;  ///< all cells are the same: counted once. Else neither counts
  };
  struct RepairedRow {
    std::int64_t row = 0;
    std::string cell, code;
  };
  struct NamedRow {
    std::int64_t row = 0;
    std::string name, code, division;
  };

  std::string source;
  Level level = Level::village;
  int year = 0;
  std::size_t matched = 0;              ///< divisions with a row
  std::size_t unmatched_divisions = 0;  ///< divisions of that level without a row
  std::size_t unmatched_rows = 0;       ///< rows whose code (or name) is no division
  std::size_t duplicates = 0;           ///< rows that repeat a code and year
  std::size_t conflicting = 0;          ///< of the matched, those whose rows contradict each other: no data
  std::size_t repaired = 0;
  std::size_t by_name = 0;                ///< rows matched by name
  std::optional<EncodingGuess> encoding;  ///< of a text file or shapefile
  std::vector<UnmatchedRow> rows_without_division;
  std::vector<UnmatchedDivision> divisions_without_row;
  std::vector<DuplicateRow> duplicate_rows;
  std::vector<RepairedRow> repaired_rows;
  std::vector<NamedRow> rows_by_name;
};

}  // namespace battlemap::geo
