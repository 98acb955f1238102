#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace battlemap::geo {

/// The five administrative levels, coarsest first (GB/T 2260 and the statistical codes for rural areas).
enum class Level : std::uint8_t { province, prefecture, county, township, village };
inline constexpr int level_count = 5;
/// As project and map files write them.
inline constexpr std::array<std::pair<std::string_view, Level>, level_count> level_words{
    {{"province", Level::province},
     {"prefecture", Level::prefecture},
     {"county", Level::county},
     {"township", Level::township},
     {"village", Level::village}}};
inline constexpr std::array<Level, level_count> all_levels{Level::province, Level::prefecture, Level::county,
                                                           Level::township, Level::village};
constexpr int index_of(Level level) {
  return static_cast<int>(level);
}
/// Digits of a code at `level`: 2, 4, 6, 9, 12.
constexpr int digits_of(Level level) {
  return std::array{2, 4, 6, 9, 12}[static_cast<std::size_t>(level)];
}
/// The next finer level; a village has none but its own.
constexpr Level level_below(Level level) {
  return level == Level::village ? level : static_cast<Level>(index_of(level) + 1);
}
/// "province", "prefecture", "county", "township", "village".
std::string_view level_id(Level level);
/// 省, 市州, 县, 乡镇, 村 (zh) or the English word.
std::string_view level_name_zh(Level level);
/// Throws UsageError naming the nearest known level.
Level parse_level(std::string_view text);

/// A statistical division code. Text, never a number: leading zeros count. The parent's code is a prefix of
/// the child's. Ordering is that of the tree in pre-order (a parent directly before its children).
class Code {
 public:
  Code() = default;
  /// Accepts 2, 4, 6, 9 or 12 ASCII digits. Trailing zero groups name the coarser division that they stand
  /// for ("630105000000" and "630105" are the same county). nullopt for anything else.
  static std::optional<Code> parse(std::string_view text);
  /// A code from a source whose level is known: zero groups are kept, so that "441900" in a county layer is
  /// the county-level division of a prefecture without counties, not the prefecture. Digits past the level
  /// must be zero ("630105000000" at county). nullopt for anything else.
  static std::optional<Code> parse_at(std::string_view text, Level level);
  /// The code with that key(); nullopt when no code has it.
  static std::optional<Code> of_key(std::uint64_t key);
  Level level() const { return static_cast<Level>(key_ & 7U); }
  /// Canonical text: as many digits as the level has.
  std::string text() const;
  /// The code of the ancestor at `level`; itself when `level` is its own or finer.
  Code ancestor(Level level) const;
  /// The parent's code; nullopt for a province.
  std::optional<Code> parent() const;
  bool is_within(Code ancestor) const;
  /// The coarsest level at which two codes differ (two villages of one township: village). Two equal codes
  /// give Level::village.
  static Level parting_level(Code a, Code b);
  bool valid() const { return key_ != 0; }
  std::uint64_t key() const { return key_; }
  friend auto operator<=>(Code, Code) = default;

 private:
  explicit Code(std::uint64_t key) : key_(key) {}
  std::uint64_t key_ = 0;  ///< 12 digits zero-padded on the right as a number, times 8, plus the level
};

}  // namespace battlemap::geo

template <>
struct std::hash<battlemap::geo::Code> {
  std::size_t operator()(battlemap::geo::Code code) const noexcept {
    return static_cast<std::size_t>(code.key() * 0x9E3779B97F4A7C15ULL);
  }
};
