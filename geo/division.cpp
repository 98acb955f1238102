#include "geo/division.hpp"

#include <algorithm>
#include <set>

#include "geo/error.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

using Entries = std::vector<DivisionTree::Entry>;

std::array<Entries, level_count> split_by_level(Entries entries) {
  std::array<Entries, level_count> levels;
  std::array<std::size_t, level_count> counts{};
  for (const auto& entry : entries)
    if (entry.code.valid()) ++counts[static_cast<std::size_t>(entry.code.level())];
  for (std::size_t l = 0; l < level_count; ++l)
    if (counts[l] == entries.size()) {  // as one boundary layer gives them
      levels[l] = std::move(entries);
      return levels;
    }
  for (std::size_t l = 0; l < level_count; ++l) levels[l].reserve(counts[l]);
  for (auto& entry : entries)
    if (entry.code.valid()) levels[static_cast<std::size_t>(entry.code.level())].push_back(std::move(entry));
  return levels;
}

/// Boundary layers come sorted: mostly there is nothing to do.
void sort_and_drop_repeats(Entries& entries) {
  const auto not_before = [](const auto& a, const auto& b) { return a.code >= b.code; };
  if (std::adjacent_find(entries.begin(), entries.end(), not_before) == entries.end()) return;
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.code < b.code; });
  const auto end = std::unique(entries.begin(), entries.end(),
                               [](const auto& a, const auto& b) { return a.code == b.code; });
  entries.erase(end, entries.end());
}

/// Adds the parents that `children` need and `parents` lacks, without a name. Both sorted and stay so.
void add_missing_parents(const Entries& children, Entries& parents) {
  Entries missing;
  std::size_t next = 0;
  for (const auto& child : children) {
    const Code parent = *child.code.parent();
    while (next < parents.size() && parents[next].code < parent) ++next;
    const bool known = next < parents.size() && parents[next].code == parent;
    if (!known && (missing.empty() || missing.back().code != parent)) missing.push_back({parent, {}, {}});
  }
  if (missing.empty()) return;
  parents.insert(parents.end(), std::make_move_iterator(missing.begin()),
                 std::make_move_iterator(missing.end()));
  sort_and_drop_repeats(parents);
}

/// The texts of a tree: the names of each level one after the other, each type once.
struct Texts {
  std::array<std::string, level_count> names;
  std::set<std::string> types;
};

/// The divisions of one level, not linked yet; their texts go to `names` and `types`.
std::vector<Division> divisions_of(const Entries& entries, std::string& names, std::set<std::string>& types) {
  constexpr std::size_t divisions_per_range = 8192;
  std::vector<std::size_t> begin(entries.size() + 1, 0);
  std::vector<Division> divisions(entries.size());
  const std::string* type = nullptr;  // neighbours are mostly of one
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = entries[i];
    begin[i + 1] = begin[i] + (entry.name.empty() ? entry.code.text() : entry.name).size();
    if (entry.type.empty()) continue;
    if (type == nullptr || *type != entry.type) type = &*types.insert(entry.type).first;
    divisions[i].type = *type;
  }
  names.resize(begin.back());
  parallel_ranges(entries.size(), divisions_per_range, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const auto& entry = entries[i];
      divisions[i].code = entry.code;
      divisions[i].name_inferred = entry.name.empty();
      const std::string inferred = entry.name.empty() ? entry.code.text() : std::string();
      const std::string_view name = entry.name.empty() ? inferred : entry.name;
      name.copy(names.data() + begin[i], name.size());
      divisions[i].name = {names.data() + begin[i], name.size()};
    }
  });
  return divisions;
}

/// Both sorted by code, so that the children of one parent are contiguous.
void link(std::vector<Division>& parents, std::vector<Division>& children) {
  std::uint32_t p = 0;
  for (std::uint32_t c = 0; c < children.size(); ++c) {
    while (!children[c].code.is_within(parents[p].code)) ++p;
    if (parents[p].child_count++ == 0) parents[p].first_child = c;
    children[c].parent = p;
  }
}

}  // namespace

DivisionTree::DivisionTree(std::vector<Entry> entries) {
  auto levels = split_by_level(std::move(entries));
  for (Entries& level : levels) sort_and_drop_repeats(level);
  for (std::size_t l = level_count - 1; l > 0; --l) add_missing_parents(levels[l], levels[l - 1]);
  const auto texts = std::make_shared<Texts>();
  memory_ = texts;
  for (std::size_t l = 0; l < level_count; ++l) {
    levels_[l] = divisions_of(levels[l], texts->names[l], texts->types);
    Entries().swap(levels[l]);
    if (l > 0) link(levels_[l - 1], levels_[l]);
  }
}

std::optional<DivisionRef> DivisionTree::find(Code code) const {
  if (!code.valid()) return std::nullopt;
  const auto divisions = at(code.level());
  const auto found = std::lower_bound(divisions.begin(), divisions.end(), code,
                                      [](const Division& division, Code wanted) { return division.code < wanted; });
  if (found == divisions.end() || found->code != code) return std::nullopt;
  return DivisionRef{code.level(), static_cast<std::uint32_t>(found - divisions.begin())};
}

DivisionRef DivisionTree::ancestor(DivisionRef ref, Level level) const {
  while (ref.valid() && ref.level > level)
    ref = {static_cast<Level>(index_of(ref.level) - 1), (*this)[ref].parent};
  return ref;
}

std::pair<std::uint32_t, std::uint32_t> DivisionTree::descendants(DivisionRef ref, Level level) const {
  const auto divisions = at(level);
  if (!ref.valid() || level < ref.level) return {0, 0};
  const Code code = (*this)[ref].code;
  const auto first = std::partition_point(divisions.begin(), divisions.end(), [&](const Division& d) {
    return d.code.ancestor(ref.level) < code;
  });
  const auto last = std::partition_point(
      first, divisions.end(), [&](const Division& d) { return d.code.ancestor(ref.level) == code; });
  return {static_cast<std::uint32_t>(first - divisions.begin()),
          static_cast<std::uint32_t>(last - divisions.begin())};
}

std::string DivisionTree::path(DivisionRef ref, std::string_view separator) const {
  if (!ref.valid()) return {};
  std::string text;
  for (Level level = Level::province; level < ref.level; level = level_below(level))
    text.append((*this)[ancestor(ref, level)].name).append(separator);
  return text.append((*this)[ref].name);
}

const NameIndex& DivisionTree::names() const {
  std::call_once(names_->once, [&] { names_->index = make_name_index(*this); });
  return names_->index;
}

void DivisionTree::set_names(NameIndex index) {
  names_ = std::make_shared<Names>();
  std::call_once(names_->once, [&] { names_->index = std::move(index); });
}

Level DivisionTree::finest() const {
  for (std::size_t l = level_count; l-- > 1;)
    if (!levels_[l].empty()) return static_cast<Level>(l);
  return Level::province;
}

}  // namespace battlemap::geo
