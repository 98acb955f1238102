#include "geo/code.hpp"

#include <algorithm>
#include <vector>

#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t code_digits = 12;
constexpr std::uint64_t level_bits = 8;

/// 10^(12 - digits of `level`): what a full 12-digit number is cut by to reach that level.
constexpr std::uint64_t scale_of(Level level) {
  return std::array<std::uint64_t, level_count>{10'000'000'000, 100'000'000, 1'000'000, 1'000, 1}[static_cast<std::size_t>(level)];
}

/// Whether the digits past `level` are zero.
constexpr bool ends_at(std::uint64_t number, Level level) { return level == Level::village || number % scale_of(level) == 0; }

std::optional<std::uint64_t> padded_number(std::string_view text) {
  if (text.empty() || text.size() > code_digits) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  for (std::size_t i = text.size(); i < code_digits; ++i) number *= 10;
  return number;
}

/// The finest level of a number whose trailing groups are not all zero.
Level level_of(std::uint64_t number) {
  Level level = Level::village;
  while (level != Level::province && ends_at(number, static_cast<Level>(index_of(level) - 1)))
    level = static_cast<Level>(index_of(level) - 1);
  return level;
}

bool has_province(std::uint64_t number) {
  return number >= scale_of(Level::province);
}

}  // namespace

std::string_view level_id(Level level) {
  return std::array{"province", "prefecture", "county", "township",
                    "village"}[static_cast<std::size_t>(level)];
}

std::string_view level_name_zh(Level level) {
  return std::array{"省", "市州", "县", "乡镇", "村"}[static_cast<std::size_t>(level)];
}

Level parse_level(std::string_view text) {
  for (const Level level : all_levels)
    if (text == level_id(level) || text == level_name_zh(level)) return level;
  std::vector<std::string> known;
  for (const Level level : all_levels) known.emplace_back(level_id(level));
  fail_unknown("level", text, known);
}

std::optional<Code> Code::parse(std::string_view text) {
  const bool has_level_size = std::any_of(all_levels.begin(), all_levels.end(), [&](Level level) {
    return text.size() == static_cast<std::size_t>(digits_of(level));
  });
  const auto number = has_level_size ? padded_number(text) : std::nullopt;
  if (!number || !has_province(*number)) return std::nullopt;
  return Code(*number * level_bits + static_cast<std::uint64_t>(level_of(*number)));
}

std::optional<Code> Code::parse_at(std::string_view text, Level level) {
  if (text.size() < static_cast<std::size_t>(digits_of(level))) return std::nullopt;
  const auto number = padded_number(text);
  if (!number || !has_province(*number) || !ends_at(*number, level)) return std::nullopt;
  return Code(*number * level_bits + static_cast<std::uint64_t>(level));
}

std::optional<Code> Code::of_key(std::uint64_t key) {
  const std::uint64_t number = key / level_bits, level = key % level_bits;
  constexpr std::uint64_t numbers = 1'000'000'000'000;
  if (level >= level_count || number >= numbers || !has_province(number) || !ends_at(number, static_cast<Level>(level)))
    return std::nullopt;
  return Code(key);
}

std::string Code::text() const {
  if (!valid()) return {};
  std::string digits = std::to_string(key_ / level_bits);
  digits.insert(0, code_digits - digits.size(), '0');
  return digits.substr(0, static_cast<std::size_t>(digits_of(level())));
}

Code Code::ancestor(Level coarser) const {
  if (!valid() || coarser >= level()) return *this;
  const std::uint64_t number = key_ / level_bits;
  return Code((number - number % scale_of(coarser)) * level_bits + static_cast<std::uint64_t>(coarser));
}

std::optional<Code> Code::parent() const {
  if (!valid() || level() == Level::province) return std::nullopt;
  return ancestor(static_cast<Level>(index_of(level()) - 1));
}

bool Code::is_within(Code other) const {
  return valid() && other.valid() && level() >= other.level() && ancestor(other.level()) == other;
}

Level Code::parting_level(Code a, Code b) {
  for (const Level level : all_levels)
    if (a.ancestor(level) != b.ancestor(level)) return level;
  return Level::village;
}

}  // namespace battlemap::geo
