#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/indicator.hpp"

namespace battlemap::geo {

/// `text` without white space at its ends: ASCII, the ideographic and the no-break space, a byte order mark.
std::string_view trimmed(std::string_view text);

/// ASCII digits, at least one, and nothing else.
bool all_digits(std::string_view text);

/// Full-width forms (U+FF01 to U+FF5E, "１２．５") as ASCII, and the minus sign U+2212 as "-".
std::string half_width(std::string_view text);

/// A finite decimal number: "13.2", "-5", "1e3", "1,234,567.8" (thousands in groups of three), full-width
/// digits; white space at the ends does not matter. nullopt for anything else: "NaN", "inf", "1,23", "12%".
std::optional<double> parse_number(std::string_view text);

/// A whole year: "2016", "2016.0", "2016年", full-width digits.
std::optional<int> parse_year(std::string_view cell);

/// The words of a project that stand for missing cells.
struct CellWords {
  std::vector<std::string> no_data;  ///< the empty cell always is
  std::vector<std::string> not_applicable;
};

/// A table's cell as value, no data or not applicable; nullopt when it is none of them. Provenance is left
/// to the caller.
std::optional<Statistics::Cell> parse_cell(std::string_view text, const CellWords& words);

}  // namespace battlemap::geo
