#include "geo/join_match.hpp"

#include <algorithm>

#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t short_form_bytes = 6;  ///< two Chinese characters

bool begins(std::string_view whole, std::string_view part) {
  return part.size() >= short_form_bytes && whole.starts_with(part);
}

}  // namespace

/// Made when first asked for: most tables have a code in every row, and never ask.
const NameMatcher::ByName& NameMatcher::by_name() const {
  if (by_name_) return *by_name_;
  by_name_.emplace();
  const auto divisions = tree_.at(level_);
  by_name_->reserve(divisions.size());
  for (std::uint32_t i = 0; i < divisions.size(); ++i)
    if (!divisions[i].name_inferred) (*by_name_)[divisions[i].name].push_back(i);
  return *by_name_;
}

DivisionRef NameMatcher::known_above(std::string_view cell) const {
  const auto code = code_of_cell(cell);
  for (auto above = code ? code->parent() : std::nullopt; above; above = above->parent())
    if (const auto known = tree_.find(*above); known && known->level < level_) return *known;
  return {};
}

/// By code or by a name that one coarser division has.
DivisionRef NameMatcher::find_parent(std::string_view parent) const {
  if (const auto code = code_of_cell(parent)) {
    const auto found = tree_.find(*code);
    return found && found->level < level_ ? *found : DivisionRef{};
  }
  DivisionRef only;
  for (const Level level : all_levels) {
    if (level >= level_) break;
    const auto divisions = tree_.at(level);
    for (std::uint32_t i = 0; i < divisions.size(); ++i) {
      if (divisions[i].name != parent) continue;
      if (only.valid()) return {};
      only = {level, i};
    }
  }
  return only;
}

CodeMatch NameMatcher::match(std::string_view name, std::string_view parent, std::string_view code) const {
  name = trimmed(name), parent = trimmed(parent);
  if (name.empty()) return {npos, false, "the name cell is empty"};
  const DivisionRef within = parent.empty() ? known_above(code) : find_parent(parent);
  if (!parent.empty() && !within.valid())
    return {npos, false, fmt::format("its parent '{}' is not one place of the project", parent)};
  auto [first, last] = within.valid() ? tree_.descendants(within, level_)
                                      : std::pair<std::uint32_t, std::uint32_t>{0, tree_.at(level_).size()};
  std::vector<std::uint32_t> found;
  const auto same = by_name().find(name);
  if (same != by_name().end())
    for (const std::uint32_t i : same->second)
      if (i >= first && i < last) found.push_back(i);
  for (std::uint32_t i = first; same == by_name().end() && i < last; ++i) {
    const std::string_view known = tree_.at(level_)[i].name;
    if (begins(known, name) || begins(name, known)) found.push_back(i);
  }
  const std::string where = within.valid() ? fmt::format(" in {}", tree_[within].name) : "";
  if (found.empty())
    return {npos, false, fmt::format("no {} is called '{}'{}", level_id(level_), name, where)};
  if (found.size() > 1)
    return {npos, false,
            fmt::format("{} places{} may be called '{}'; set parent_field", found.size(), where, name)};
  return {found.front(), false, ""};
}

std::uint32_t NameMatcher::sibling_called(std::string_view name, std::uint32_t index) const {
  const auto divisions = tree_.at(level_);
  if (name.empty() || divisions[index].name == name) return npos;
  const auto same = by_name().find(name);
  if (same == by_name().end()) return npos;
  for (const std::uint32_t other : same->second)
    if (divisions[other].parent == divisions[index].parent) return other;
  return npos;
}

std::string NameMatcher::label(std::uint32_t index) const {
  const Division& division = tree_.at(level_)[index];
  return division.name_inferred ? division.code.text() : fmt::format("{} {}", division.code.text(), division.name);
}

std::string NameMatcher::nearest(std::string_view code, std::string_view name) const {
  constexpr std::uint32_t most_searched = 2000;
  const auto same = by_name().find(trimmed(name));
  if (same != by_name().end() && same->second.size() == 1) return label(same->second.front());
  const DivisionRef within = known_above(code);
  auto [first, last] = within.valid() ? tree_.descendants(within, level_)
                                      : std::pair<std::uint32_t, std::uint32_t>{0, tree_.at(level_).size()};
  last = std::min(last, first + most_searched);
  if (same != by_name().end())
    for (const std::uint32_t i : same->second)
      if (i >= first && i < last) return label(i);
  const bool named = !trimmed(name).empty();
  std::vector<std::string> known;
  for (std::uint32_t i = first; i < last; ++i)
    known.push_back(named ? std::string(tree_.at(level_)[i].name) : tree_.at(level_)[i].code.text());
  const auto near = nearest_names(trimmed(named ? name : code), known, 1);
  if (near.empty()) return {};
  return label(first +
               static_cast<std::uint32_t>(std::find(known.begin(), known.end(), near[0]) - known.begin()));
}

}  // namespace battlemap::geo
