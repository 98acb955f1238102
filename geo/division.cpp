#include "geo/division.hpp"

#include <algorithm>
#include <limits>
#include <map>

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

/// What a tree keeps.
struct TreeMemory {
  std::array<std::vector<DivisionRecord>, level_count> records;
  std::array<std::string, level_count> names;  ///< of each level one after the other
  std::vector<std::string> types;              ///< each once; the first is none
};

/// Numbers of types in the order in which they come.
class TypeNumbers {
 public:
  explicit TypeNumbers(std::vector<std::string>& types) : types_(types) { types_.assign(1, {}); }
  std::uint32_t of(const std::string& type) {
    if (type == types_[last_]) return last_;  // neighbours are mostly of one
    const auto [place, added] = numbers_.try_emplace(type, static_cast<std::uint32_t>(types_.size()));
    if (added) types_.push_back(type);
    return last_ = place->second;
  }

 private:
  std::vector<std::string>& types_;
  std::map<std::string, std::uint32_t> numbers_{{{}, 0}};
  std::uint32_t last_ = 0;
};

/// The divisions of one level, not linked yet.
std::vector<DivisionRecord> records_of(const Entries& entries, std::string& names, TypeNumbers& types) {
  constexpr std::size_t divisions_per_range = 8192;
  std::vector<DivisionRecord> records(entries.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = entries[i];
    records[i].name_begin = static_cast<std::uint32_t>(size);
    records[i].type = types.of(entry.type);
    size += (entry.name.empty() ? entry.code.text() : entry.name).size();
  }
  if (size > std::numeric_limits<std::uint32_t>::max()) fail("the names of {} divisions are {} bytes long: too long", entries.size(), size);
  names.resize(size);
  parallel_ranges(entries.size(), divisions_per_range, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const auto& entry = entries[i];
      records[i].code = entry.code;
      records[i].name_inferred = entry.name.empty();
      const std::string inferred = entry.name.empty() ? entry.code.text() : std::string();
      const std::string_view name = entry.name.empty() ? inferred : entry.name;
      name.copy(names.data() + records[i].name_begin, name.size());
      records[i].name_size = static_cast<std::uint32_t>(name.size());
    }
  });
  return records;
}

/// Both sorted by code, so that the children of one parent are contiguous.
void link(std::vector<DivisionRecord>& parents, std::vector<DivisionRecord>& children) {
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
  const auto memory = std::make_shared<TreeMemory>();
  TypeNumbers types(memory->types);
  for (std::size_t l = 0; l < level_count; ++l) {
    memory->records[l] = records_of(levels[l], memory->names[l], types);
    Entries().swap(levels[l]);
    if (l > 0) link(memory->records[l - 1], memory->records[l]);
  }
  for (std::size_t l = 0; l < level_count; ++l) levels_[l] = {memory->records[l], memory->names[l], memory->types};
  memory_ = memory;
}

std::optional<DivisionRef> DivisionTree::find(Code code) const {
  if (!code.valid()) return std::nullopt;
  const auto divisions = at(code.level()).records();
  const auto found = std::lower_bound(divisions.begin(), divisions.end(), code,
                                      [](const DivisionRecord& division, Code wanted) { return division.code < wanted; });
  if (found == divisions.end() || found->code != code) return std::nullopt;
  return DivisionRef{code.level(), static_cast<std::uint32_t>(found - divisions.begin())};
}

DivisionRef DivisionTree::ancestor(DivisionRef ref, Level level) const {
  while (ref.valid() && ref.level > level)
    ref = {static_cast<Level>(index_of(ref.level) - 1), at(ref.level).records()[ref.index].parent};
  return ref;
}

std::pair<std::uint32_t, std::uint32_t> DivisionTree::descendants(DivisionRef ref, Level level) const {
  const auto divisions = at(level).records();
  if (!ref.valid() || level < ref.level) return {0, 0};
  const Code code = (*this)[ref].code;
  const auto first = std::partition_point(divisions.begin(), divisions.end(), [&](const DivisionRecord& d) {
    return d.code.ancestor(ref.level) < code;
  });
  const auto last = std::partition_point(
      first, divisions.end(), [&](const DivisionRecord& d) { return d.code.ancestor(ref.level) == code; });
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
  std::call_once(names_->once, [&] {
    auto saved = names_->saved ? names_->saved() : std::nullopt;
    names_->index = saved ? std::move(*saved) : make_name_index(*this);
  });
  return names_->index;
}

void DivisionTree::set_names(std::function<std::optional<NameIndex>()> saved) {
  names_ = std::make_shared<Names>();
  names_->saved = std::move(saved);
}

Level DivisionTree::finest() const {
  for (std::size_t l = level_count; l-- > 1;)
    if (!levels_[l].empty()) return static_cast<Level>(l);
  return Level::province;
}

}  // namespace battlemap::geo
