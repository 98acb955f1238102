#include "geo/code_match.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "geo/cell.hpp"

namespace battlemap::geo {
namespace {

/// "6.30105E+05" as "630105": only when the mantissa still holds every digit.
std::string without_exponent(const std::string& text) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string::npos || text.size() < 2 || text[1] != '.') return text;
  std::string_view power = std::string_view(text).substr(e + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  std::size_t exponent = 0;
  const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
  const std::string digits = text.substr(0, 1) + text.substr(2, e - 2);
  const bool whole =
      error == std::errc() && end == power.data() + power.size() && digits.size() == exponent + 1;
  return whole ? digits : text;
}

/// "630105.0" as "630105".
std::string without_zero_fraction(const std::string& text) {
  const std::size_t point = text.find('.');
  if (point == std::string::npos || text.find_first_not_of('0', point + 1) != std::string::npos) return text;
  return text.substr(0, point);
}

/// "630,105" as "630105", when the commas stand where thousands do.
std::string without_separators(const std::string& text) {
  if (text.find(',') == std::string::npos || text.find_first_not_of("0123456789,") != std::string::npos) return text;
  const auto number = parse_number(text);
  return number ? fmt::format("{:.0f}", *number) : text;
}

/// The digits that a damaged cell stands for; the text as it is when that cannot be told.
std::string plain_digits(std::string_view cell) {
  std::string text = half_width(cell);
  std::erase_if(text, [](char c) { return c == '\'' || c == '"' || c == ' '; });
  return without_separators(without_zero_fraction(without_exponent(text)));
}

/// Codes have an even number of digits, or 9: after a lost zero 1, 3, 5, 8 or 11 are left.
bool may_lack_zero(std::size_t digits) {
  return digits == 1 || digits == 3 || digits == 5 || digits == 8 || digits == 11;
}

}  // namespace

std::optional<Code> code_of_cell(std::string_view cell) {
  cell = trimmed(cell);
  if (const auto code = Code::parse(cell)) return code;
  const std::string digits = plain_digits(cell);
  return all_digits(digits) ? Code::parse(digits) : std::nullopt;
}

std::uint32_t CodeMatcher::find(Code code) {
  const auto divisions = tree_.at(level_);
  if (expected_ < divisions.size() && divisions[expected_].code == code) return expected_++;
  if (code.level() != level_) return npos;
  const auto found = tree_.find(code);
  if (!found) return npos;
  expected_ = found->index + 1;
  return found->index;
}

CodeMatch CodeMatcher::match(std::string_view cell) {
  cell = trimmed(cell);
  const auto code = Code::parse(cell);
  if (!code) return repair(cell);
  CodeMatch result{find(*code)};
  if (result.index != npos) return result;
  // "441900" in a table of counties: the county level of a prefecture that has no counties.
  if (const auto as_stated = Code::parse_at(cell, level_); as_stated && *as_stated != *code)
    result.index = find(*as_stated);
  if (result.index != npos) return result;
  if (code->level() == level_)
    result.why_not = fmt::format("no {} of the project has this code", level_id(level_));
  else
    result.why_not = fmt::format("it is the code of a {}, and this table holds {} rows",
                                 level_id(code->level()), level_id(level_));
  return result;
}

CodeMatch CodeMatcher::repair(std::string_view cell) {
  if (cell.empty()) return {npos, false, "the code cell is empty"};
  const std::string digits = plain_digits(cell);
  std::vector<std::string> candidates{digits};
  if (may_lack_zero(digits.size())) candidates.push_back("0" + digits);
  CodeMatch result{npos, false, "it is not a code of 2, 4, 6, 9 or 12 digits"};
  for (const std::string& candidate : candidates) {
    const auto code = all_digits(candidate) ? Code::parse(candidate) : std::nullopt;
    const std::uint32_t index = code ? find(*code) : npos;
    if (index == npos) continue;
    if (result.index != npos && result.index != index)
      return {npos, false, "it may mean more than one division"};
    result = {index, true, ""};
  }
  return result;
}

}  // namespace battlemap::geo
