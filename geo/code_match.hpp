#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "geo/division.hpp"

namespace battlemap::geo {

/// A table's code cell found among the divisions of one level.
struct CodeMatch {
  std::uint32_t index = npos;  ///< npos: no division
  bool repaired = false;       ///< the cell was not the code as it should be written
  std::string why_not;         ///< without a match: what is wrong, to end a sentence about the cell
};

/// The code that a cell holds, damage by spreadsheets undone but for a lost leading zero, whatever its level.
std::optional<Code> code_of_cell(std::string_view cell);

/// Finds codes as tables hold them. Damage that spreadsheets do ("630105.0", "6.30105E+05" with every digit
/// kept, "'630105", full-width digits, a lost leading zero) is repaired when exactly one division of `level`
/// can be meant. Fast for rows in the tree's order. Not thread-safe.
class CodeMatcher {
 public:
  CodeMatcher(const DivisionTree& tree, Level level) : tree_(tree), level_(level) {}
  CodeMatch match(std::string_view cell);

 private:
  std::uint32_t find(Code code);
  CodeMatch repair(std::string_view cell);

  const DivisionTree& tree_;
  Level level_;
  std::uint32_t expected_ = 0;  ///< the division after the last one found
};

}  // namespace battlemap::geo
