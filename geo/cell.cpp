#include "geo/cell.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace battlemap::geo {
namespace {

constexpr std::array<std::string_view, 5> wide_spaces{"\u3000", "\u00A0", "\uFEFF", "\u200B", "\u202F"};

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Bytes of the white space that `text` starts with.
std::size_t leading_space(std::string_view text) {
  if (text.empty()) return 0;
  if (is_space(text.front())) return 1;
  for (const std::string_view space : wide_spaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

std::size_t trailing_space(std::string_view text) {
  if (text.empty()) return 0;
  if (is_space(text.back())) return 1;
  for (const std::string_view space : wide_spaces)
    if (text.ends_with(space)) return space.size();
  return 0;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Most cells are counts: a few digits, five times as fast as the general way.
std::optional<double> small_integer(std::string_view text) {
  if (text.empty() || text.size() > 15) return std::nullopt;  // 15 digits fit a double exactly
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return static_cast<double>(value);
}

/// Plain decimal or exponent notation, nothing else before or after. "inf" and "nan" have no digit in front.
std::optional<double> plain_number(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  if (text.size() <= sign || !(is_digit(text[sign]) || text[sign] == '.')) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// "1,234,567.8" without its commas; nullopt when they do not stand before groups of three.
std::optional<std::string> without_thousands(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('.'));
  std::string result;
  std::size_t group = 0;
  bool grouped = false;
  for (const char c : whole) {
    if (c != ',') {
      result += c, group += is_digit(c) ? 1 : 0;
      continue;
    }
    if (group == 0 || group > 3 || (grouped && group != 3)) return std::nullopt;
    grouped = true, group = 0;
  }
  if (grouped && group != 3) return std::nullopt;
  return result + std::string(text.substr(whole.size()));
}

/// "1 234 567", as standards and yearbooks write it, with commas; the text itself unless it is digits and blanks.
std::string blanks_as_commas(std::string_view text) {
  constexpr std::array<std::string_view, 4> blanks{" ", "\u00A0", "\u2009", "\u202F"};
  std::string result;
  while (!text.empty()) {
    const auto blank = std::find_if(blanks.begin(), blanks.end(), [&](auto b) { return text.starts_with(b); });
    if (blank == blanks.end() && !is_digit(text.front()) && text.front() != '.' && text.front() != '-')
      return result + std::string(text);
    result += blank == blanks.end() ? text.front() : ',';
    text.remove_prefix(blank == blanks.end() ? 1 : blank->size());
  }
  return result;
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto visible = [](char c) { return c > ' ' && c <= '~'; };
  if (!text.empty() && visible(text.front()) && visible(text.back())) return text;
  while (const std::size_t space = leading_space(text)) text.remove_prefix(space);
  while (const std::size_t space = trailing_space(text)) text.remove_suffix(space);
  return text;
}

std::string half_width(std::string_view text) {
  constexpr std::string_view minus = "\u2212";
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned code = (byte(i) & 0x0FU) << 12U | (byte(i + 1) & 0x3FU) << 6U | (byte(i + 2) & 0x3FU);
    const auto continues = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
    const bool three = (byte(i) & 0xF0U) == 0xE0U && continues(i + 1) && continues(i + 2);
    if (three && code >= 0xFF01U && code <= 0xFF5EU)
      result += static_cast<char>(code - 0xFF01U + '!'), i += 3;
    else if (text.substr(i).starts_with(minus))
      result += '-', i += minus.size();
    else
      result += text[i++];
  }
  return result;
}

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (const auto value = small_integer(text)) return value;
  if (const auto value = plain_number(text)) return value;
  std::string plain = half_width(text);
  if (plain.starts_with('+') && !plain.starts_with("+-")) plain.erase(0, 1);
  const auto joined = without_thousands(blanks_as_commas(plain));
  return joined ? plain_number(*joined) : std::nullopt;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "2016-12-31", "2016/6", "2016年12月", "2016/12/31 00:00:00": a month and perhaps more behind four digits. Not "2016-2017".
bool is_date(std::string_view text) {
  if (text.size() < 6 || !all_digits(text.substr(0, 4))) return false;
  std::array<int, 2> parts{};
  std::size_t part = 0, digits = 0;
  for (std::string_view rest = text.substr(4); !rest.empty();) {
    constexpr std::array<std::string_view, 8> marks{"-", "/", ".", "年", "月", "日", " ", ":"};
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](auto m) { return rest.starts_with(m); });
    const bool apart = mark != marks.end() && (part > 0 ? digits > 0 : *mark != " " && *mark != ":");
    if (apart) {
      ++part, digits = 0, rest.remove_prefix(mark->size());
    } else if (is_digit(rest.front()) && part > 0 && ++digits <= 2) {
      if (part <= parts.size()) parts[part - 1] = parts[part - 1] * 10 + (rest.front() - '0');
      rest.remove_prefix(1);
    } else {
      return false;
    }
  }
  return parts[0] >= 1 && parts[0] <= 12 && parts[1] <= 31;
}

std::optional<int> parse_year(std::string_view cell) {
  cell = trimmed(cell);
  if (is_date(cell) && !plain_number(cell)) cell = cell.substr(0, 4);
  if (cell.ends_with("年")) cell.remove_suffix(std::string_view("年").size());
  const auto number = parse_number(cell);
  if (!number || *number != static_cast<int>(std::clamp(*number, 0.0, 9999.0))) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<Statistics::Cell> parse_cell(std::string_view text, const CellWords& words) {
  text = trimmed(text);
  if (text.empty() || contains(words.no_data, text)) return Statistics::Cell{};
  if (contains(words.not_applicable, text)) return Statistics::Cell{0, Status::not_applicable};
  if (contains(words.zero, text)) return Statistics::Cell{0, Status::value};
  const auto value = parse_number(text);
  if (!value) return std::nullopt;
  return Statistics::Cell{*value, Status::value};
}

bool is_formula_error(std::string_view text) {
  constexpr std::array<std::string_view, 8> errors{"#DIV/0!", "#VALUE!", "#REF!",   "#NAME?",
                                                   "#NUM!",   "#NULL!",  "#SPILL!", "#CALC!"};
  return std::find(errors.begin(), errors.end(), trimmed(text)) != errors.end();
}

std::optional<Statistics::Cell> parse_statistic(std::string_view text, const CellWords& words,
                                                const Text& unit) {
  constexpr std::array<std::string_view, 15> unknown{"…",    "……",   "...",  "..",     "#N/A",
                                                     "N/A",  "NA",   "缺",   "缺失",   "缺报",
                                                     "未报", "未填", "不详", "无数据", "NULL"};
  constexpr std::array<std::string_view, 8> inapplicable{"-", "–", "—", "——", "/", "×", "--", "不适用"};
  if (auto cell = parse_cell(text, words)) return cell;
  text = trimmed(text);
  const std::string plain = half_width(text);
  const auto is_one_of = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view word) { return word == text || word == plain; });
  };
  if (is_one_of(unknown) || is_formula_error(plain)) return Statistics::Cell{};
  if (is_one_of(inapplicable)) return Statistics::Cell{0, Status::not_applicable};
  for (const std::string& end : {unit.zh, unit.en}) {
    if (end.empty() || !plain.ends_with(half_width(end))) continue;
    if (const auto value = parse_number(plain.substr(0, plain.size() - half_width(end).size())))
      return Statistics::Cell{*value, Status::value};
  }
  return std::nullopt;
}

}  // namespace battlemap::geo
