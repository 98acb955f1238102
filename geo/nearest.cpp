#include "geo/nearest.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t most_known_listed = 20;

/// Code points of UTF-8 text, ASCII letters in lower case; a byte that is no valid start stands for itself.
std::u32string folded(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U && !points.empty())
      points.back() = (points.back() << 6U) | (byte & 0x3FU);
    else if (byte >= 0xC0U)
      points.push_back(byte & 0x1FU);
    else
      points.push_back(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
  }
  return points;
}

struct Distance {
  std::size_t prefix;  ///< to the start of the known name that fits best ("povrty" to "poverty-rate": 1)
  std::size_t whole;
};

/// Damerau-Levenshtein distance, optimal string alignment (Damerau 1964; Levenshtein 1966).
Distance distance_between(const std::u32string& name, const std::u32string& known) {
  const std::size_t width = known.size() + 1;
  std::vector<std::size_t> before(width), last(width), row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = j;
  for (std::size_t i = 1; i <= name.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (name[i - 1] == known[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && name[i - 1] == known[j - 2] && name[i - 2] == known[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last), last.swap(row);
  }
  return {*std::min_element(last.begin(), last.end()), last.back()};
}

bool contains(const std::u32string& whole, const std::u32string& part) {
  return !part.empty() && whole.find(part) != std::u32string::npos;
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view name, std::span<const std::string> known,
                                       std::size_t limit) {
  const std::u32string wanted = folded(name);
  const std::size_t most = std::max<std::size_t>(1, wanted.size() / 3);
  std::vector<std::tuple<bool, std::size_t, std::size_t, std::size_t>>
      near;  // not a part, prefix, whole, index
  for (std::size_t i = 0; i < known.size(); ++i) {
    const std::u32string candidate = folded(known[i]);
    const bool part = contains(candidate, wanted) || (candidate.size() > 1 && contains(wanted, candidate));
    const Distance d = distance_between(wanted, candidate);
    const bool close = d.whole <= most || (wanted.size() > 2 && d.prefix <= most);
    if (part || (close && d.prefix < wanted.size())) near.emplace_back(!part, d.prefix, d.whole, i);
  }
  const std::size_t count = std::min(limit, near.size());
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count), near.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(known[std::get<3>(near[i])]);
  return names;
}

void fail_unknown(std::string_view what, std::string_view name, std::span<const std::string> known) {
  std::string message = fmt::format("unknown {} '{}'", what, name);
  const std::vector<std::string> near = nearest_names(name, known);
  if (!near.empty()) message += fmt::format("; did you mean {}?", fmt::join(near, ", "));
  if (known.size() <= most_known_listed) message += fmt::format(" (known: {})", fmt::join(known, ", "));
  throw UsageError(message);
}

}  // namespace battlemap::geo
