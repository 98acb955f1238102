#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/code.hpp"

namespace battlemap::geo {

class DivisionTree;

/// Without outer blanks, ASCII letters in lower case. UTF-8 is self-synchronising: a byte match is a match of whole code
/// points.
std::string normalised_name(std::string_view text);

/// All names of a tree as one text a level, to be searched at once: 690,000 names take milliseconds.
///
///     \n互助土族自治县\n平安区\n\n乐都区\n       an empty line: a division without a name of its own
///       ^             ^     ^ ^
///     begin[0]        [1]  [2][3]
struct NameIndex {
  struct Level {
    std::string_view text;
    std::span<const std::uint32_t> begin;  ///< of each division's name, and one past the last line's end
  };
  std::array<Level, level_count> levels;
  std::shared_ptr<const void> memory;  ///< keeps what the views show

  std::string_view name(geo::Level level, std::size_t division) const {
    const Level& of = levels[static_cast<std::size_t>(level)];
    return of.text.substr(of.begin[division], of.begin[division + 1] - of.begin[division] - 1);
  }
  /// Calls `found(division, position within the name)` for the divisions of a level whose name holds `part`, ascending, each
  /// once.
  template <class Found>
  void each(geo::Level level, std::string_view part, const Found& found) const;
};

NameIndex make_name_index(const DivisionTree& tree);

/// Where `part` begins in `text` from `from` on; npos when it does not.
std::size_t find_part(std::string_view text, std::string_view part, std::size_t from);

template <class Found>
void NameIndex::each(geo::Level level, std::string_view part, const Found& found) const {
  const Level& of = levels[static_cast<std::size_t>(level)];
  if (part.empty() || part.find('\n') != std::string_view::npos) return;
  auto line = of.begin.begin();
  for (std::size_t at = find_part(of.text, part, 0); at != std::string_view::npos; at = find_part(of.text, part, *(line + 1))) {
    for (int near = 0; near < 4 && *(line + 1) <= at; ++near) ++line;  // where many match the next one mostly does
    if (*(line + 1) <= at) line = std::upper_bound(line, of.begin.end(), at) - 1;
    found(static_cast<std::uint32_t>(line - of.begin.begin()), at - *line);
  }
}

}  // namespace battlemap::geo
