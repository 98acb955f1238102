// Finding places by what people type: a code, the start of one, a name or a part of it.
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

#include "geo/cell.hpp"
#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

constexpr int rank_code = 0;
constexpr int rank_code_prefix = 1;
constexpr int rank_name = 2;
constexpr int rank_name_prefix = 3;
constexpr int rank_name_part = 4;
constexpr std::size_t most_listed = 20;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Without outer blanks, ASCII letters in lower case. UTF-8 is self-synchronising: a byte match is a match of
/// whole code points.
std::string normalised(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return lower;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

struct Query {
  std::string text;
  bool digits = false;
  std::optional<Code> code;

  explicit Query(std::string_view given) : text(normalised(given)), digits(all_digits(text)) {
    code = Code::parse(text);
  }
  /// -1: no match.
  int rank(const Division& division) const {
    if (digits && code == division.code) return rank_code;
    if (digits) {
      const std::string own = division.code.text();
      if (own == text) return rank_code;
      if (own.starts_with(text)) return rank_code_prefix;
    }
    if (division.name_inferred) return -1;
    const std::string name = normalised(division.name);
    const std::size_t at = name.find(text);
    if (at == std::string::npos) return -1;
    if (at > 0) return rank_name_part;
    return name.size() == text.size() ? rank_name : rank_name_prefix;
  }
};

std::vector<FoundPlace> all_matches(const DivisionTree& tree, const Query& query) {
  std::vector<FoundPlace> found;
  for (const Level level : all_levels) {
    const auto divisions = tree.at(level);
    for (std::uint32_t i = 0; i < divisions.size(); ++i)
      if (const int rank = query.rank(divisions[i]); rank >= 0) found.push_back({{level, i}, rank});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.rank < b.rank; });
  return found;
}

std::string listing(const DivisionTree& tree, std::span<const FoundPlace> places) {
  std::string text;
  for (const FoundPlace& place : places.first(std::min(places.size(), most_listed)))
    text += fmt::format("\n  {}  {}", tree[place.ref].code.text(), tree.path(place.ref));
  if (places.size() > most_listed) text += fmt::format("\n  and {} more", places.size() - most_listed);
  return text;
}

[[noreturn]] void fail_none(const DivisionTree& tree, std::string_view text) {
  if (all_digits(text)) {
    const auto code = Code::parse(text);
    if (!code)
      throw UsageError(fmt::format("no place has the code '{}'; a code has 2, 4, 6, 9 or 12 digits", text));
    for (auto up = code->parent(); up; up = up->parent())
      if (const auto ref = tree.find(*up))
        throw UsageError(fmt::format("no place has the code '{}'; the nearest above it is {} {}", text,
                                     up->text(), tree.path(*ref)));
  }
  const std::vector<std::string> near = nearest_place_names(tree, text);
  throw UsageError(fmt::format("no place is called '{}'{}", text,
                               near.empty() ? "; battlemap find PROJECT TEXT lists what there is"
                                            : fmt::format("; did you mean {}?", fmt::join(near, ", "))));
}

}  // namespace

std::vector<FoundPlace> find_places(const DivisionTree& tree, std::string_view text, std::size_t limit) {
  const Query query(text);
  if (query.text.empty()) return {};
  std::vector<FoundPlace> found = all_matches(tree, query);
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::vector<std::string> nearest_place_names(const DivisionTree& tree, std::string_view text,
                                             std::size_t limit) {
  std::vector<std::string> names;
  std::unordered_set<std::string_view> seen;
  for (const Level level : all_levels)
    for (const Division& division : tree.at(level))
      if (!division.name_inferred && seen.insert(division.name).second) names.push_back(division.name);
  return nearest_names(normalised(text), names, limit);
}

DivisionRef resolve_place(const DivisionTree& tree, std::string_view code_or_name) {
  const Query query(code_or_name);
  if (query.text.empty()) throw UsageError("the name of the place is empty; give a code or a name");
  const std::vector<FoundPlace> found = all_matches(tree, query);
  if (found.empty()) fail_none(tree, query.text);
  const FoundPlace best = found.front();
  if (best.rank == rank_code) return best.ref;
  const bool exact = best.rank == rank_name;
  const bool short_form = best.rank == rank_name_prefix && code_points(query.text) > 1;
  if (!exact && !short_form) fail_none(tree, query.text);
  // A whole name must be the only one; a short form ("互助") means the coarsest place that begins with it.
  std::vector<FoundPlace> meant;
  for (const FoundPlace& place : found)
    if (place.rank == best.rank && (exact || place.ref.level == best.ref.level)) meant.push_back(place);
  if (meant.size() == 1) return best.ref;
  throw UsageError(fmt::format("'{}' could be {} places; give the code of one:{}", query.text, meant.size(),
                               listing(tree, meant)));
}

}  // namespace battlemap::geo
