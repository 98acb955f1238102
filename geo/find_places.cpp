// Finding places by what people type: a code, the start of one, a name or a part of it.
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <limits>
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

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

struct Query {
  std::string text;
  bool digits = false;
  std::optional<Code> code;

  explicit Query(std::string_view given) : text(normalised_name(given)), digits(all_digits(text)) {
    code = Code::parse(text);
  }
};

/// The best `limit` matches: of each rank no more are kept than could be among them.
class Matches {
 public:
  explicit Matches(std::size_t limit) : limit_(limit) {}
  void add(DivisionRef ref, int rank) {
    std::vector<FoundPlace>& same = by_rank_[static_cast<std::size_t>(rank)];
    if (same.size() < limit_) same.push_back({ref, rank});
  }
  std::vector<FoundPlace> take() {
    std::vector<FoundPlace> all;
    for (std::vector<FoundPlace>& some : by_rank_)
      for (FoundPlace& place : some)
        if (all.size() < limit_) all.push_back(place);
    return all;
  }

 private:
  std::size_t limit_;
  std::array<std::vector<FoundPlace>, rank_name_part + 1> by_rank_;
};

/// Those whose code is meant, or begins with what was typed: one run, for divisions are ordered by code.
void match_codes(const Divisions& divisions, Level level, const Query& query, Matches& matches) {
  const auto prefix_of = [&](const Division& d) { return d.code.text().substr(0, query.text.size()); };
  auto at = std::partition_point(divisions.begin(), divisions.end(), [&](const Division& d) { return prefix_of(d) < query.text; });
  for (; at != divisions.end() && prefix_of(*at) == query.text; ++at) {
    const bool whole = at->code == query.code || at->code.text().size() == query.text.size();
    matches.add({level, static_cast<std::uint32_t>(at - divisions.begin())}, whole ? rank_code : rank_code_prefix);
  }
}

/// "630105000000" means the county 630105.
void match_padded_code(const DivisionTree& tree, const Query& query, Matches& matches) {
  if (!query.code || query.code->text().size() == query.text.size()) return;
  if (const auto ref = tree.find(*query.code)) matches.add(*ref, rank_code);
}

void match_names(const DivisionTree& tree, Level level, const Query& query, Matches& matches) {
  const auto divisions = tree.at(level);
  const NameIndex& names = tree.names();
  names.each(level, query.text, [&](std::uint32_t i, std::size_t at) {
    if (query.digits && divisions[i].code.text().starts_with(query.text)) return;  // found by its code
    const bool whole = names.name(level, i).size() == query.text.size();
    matches.add({level, i}, at > 0 ? rank_name_part : whole ? rank_name : rank_name_prefix);
  });
}

std::vector<FoundPlace> best_matches(const DivisionTree& tree, const Query& query, std::size_t limit) {
  Matches matches(limit);
  if (query.digits) match_padded_code(tree, query, matches);
  for (const Level level : all_levels) {
    if (query.digits) match_codes(tree.at(level), level, query, matches);
    match_names(tree, level, query, matches);
  }
  return matches.take();
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
  return best_matches(tree, query, limit);
}

std::vector<std::string> nearest_place_names(const DivisionTree& tree, std::string_view text,
                                             std::size_t limit) {
  std::vector<std::string> names;
  std::unordered_set<std::string_view> seen;
  for (const Level level : all_levels)
    for (const Division& division : tree.at(level))
      if (!division.name_inferred && seen.insert(division.name).second) names.emplace_back(division.name);
  return nearest_names(normalised_name(text), names, limit);
}

DivisionRef resolve_place(const DivisionTree& tree, std::string_view code_or_name) {
  const Query query(code_or_name);
  if (query.text.empty()) throw UsageError("the name of the place is empty; give a code or a name");
  const std::vector<FoundPlace> found = best_matches(tree, query, std::numeric_limits<std::size_t>::max());
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
