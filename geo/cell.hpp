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

/// A whole year, 0 to 9999: "2016", "2016.0", "2016年", full-width digits; of a date: "2016-12-31", "2016年12月".
std::optional<int> parse_year(std::string_view cell);

/// The words of a project that stand for missing cells, and for 0.
struct CellWords {
  std::vector<std::string> no_data;  ///< the empty cell always is
  std::vector<std::string> not_applicable;
  std::vector<std::string> zero{};
};

/// A table's cell as value, no data or not applicable; nullopt when it is none of them. Provenance is left
/// to the caller.
std::optional<Statistics::Cell> parse_cell(std::string_view text, const CellWords& words);

/// A cell of a statistics table: as parse_cell, and what statisticians and spreadsheets write besides when the
/// project's words do not say otherwise. No data: "…" "..." ".." "#N/A" "N/A" "NA" "缺" "缺失" "缺报" "未报"
/// "未填" "不详" "无数据" "NULL" and the formula errors. Not applicable: "-" "–" "—" "——" "/" "×" "不适用". The
/// unit may follow the number: "13.2%" where it is %, "352户" where it is 户. "无" is none of them: it may
/// mean 0 or no data.
std::optional<Statistics::Cell> parse_statistic(std::string_view text, const CellWords& words, const Text& unit);

/// "#DIV/0!" and what else a spreadsheet shows for a formula that failed ("#N/A" is a word for no data).
bool is_formula_error(std::string_view text);

}  // namespace battlemap::geo
