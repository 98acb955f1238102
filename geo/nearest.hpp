#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace battlemap::geo {

/// The known names most like `name` (Damerau-Levenshtein distance over UTF-8 code points, substrings
/// first), best first, at most `limit`; empty when nothing is near.
std::vector<std::string> nearest_names(std::string_view name, std::span<const std::string> known,
                                       std::size_t limit = 3);

/// Throws UsageError: "unknown map 'povrty'; did you mean poverty-rate, ...? (known: ...)".
[[noreturn]] void fail_unknown(std::string_view what, std::string_view name, std::span<const std::string> known);

}  // namespace battlemap::geo
