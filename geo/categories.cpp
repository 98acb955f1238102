#include <algorithm>

#include "geo/cell.hpp"
#include "geo/default_tables.hpp"
#include "geo/nearest.hpp"
#include "geo/records.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::geo {
namespace {

/// What texts are compared by: no outer blanks, no full-width forms, no case.
std::string plain(std::string_view text) {
  std::string result = half_width(trimmed(text));
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return result;
}

bool meets(const Category& category, const std::string& text) {
  return plain(category.id) == text || plain(category.name.zh) == text || plain(category.name.en) == text ||
         std::any_of(category.match.begin(), category.match.end(),
                     [&](const std::string& other) { return plain(other) == text; });
}

Category read_category(const TomlTable& table, const CategorySet& set) {
  Category category;
  category.id = table.string("id");
  category.name = {table.string("zh", ""), table.string("en", "")};
  category.match = table.strings("match");
  if (category.id.empty()) table.fail("id", "a name that maps and filters refer to");
  if (category.name.empty()) category.name = {category.id, category.id};
  std::vector<std::string> texts = category.match;
  texts.insert(texts.end(), {category.id, category.name.zh, category.name.en});
  for (const std::string& text : texts)
    if (const auto other = text.empty() ? std::nullopt : set.find(text))
      table.fail("id",
                 fmt::format("texts of its own: '{}' means '{}' already", text, set.entries[*other].id));
  table.finish();
  return category;
}

std::vector<std::string> schema_sets() {
  std::vector<std::string> ids;
  for (int kind = 0; kind < record_kind_count; ++kind)
    for (const FieldSchema& field : record_schema(static_cast<RecordKind>(kind)))
      if (!field.set.empty() && std::find(ids.begin(), ids.end(), field.set) == ids.end())
        ids.emplace_back(field.set);
  return ids;
}

CategorySet read_set(const TomlTable& table) {
  CategorySet set;
  set.id = table.string("id");
  const std::vector<std::string> known = schema_sets();
  if (std::find(known.begin(), known.end(), set.id) == known.end()) {
    const auto near = nearest_names(set.id, known, 1);
    table.fail("id", fmt::format("a set that a field of records has{}",
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near.front())));
  }
  set.name = table.text("name", Text{set.id, set.id});
  for (const TomlTable& entry : table.tables("entries")) set.entries.push_back(read_category(entry, set));
  if (set.entries.empty() || set.entries.size() > most_entries)
    table.fail("entries", fmt::format("1 to {} entries", most_entries));
  table.finish();
  return set;
}

std::vector<CategorySet> read_sets(const TomlTable& file) {
  std::vector<CategorySet> sets;
  for (const TomlTable& table : file.tables("set")) {
    sets.push_back(read_set(table));
    const auto same = [&](const CategorySet& other) { return other.id == sets.back().id; };
    if (std::count_if(sets.begin(), sets.end(), same) > 1) table.fail("id", "each set once");
  }
  file.finish();
  return sets;
}

}  // namespace

std::optional<std::size_t> CategorySet::find(std::string_view text) const {
  const std::string wanted = plain(text);
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (meets(entries[i], wanted)) return i;
  return std::nullopt;
}

std::size_t CategorySet::require(std::string_view entry) const {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].id == entry) return i;
    known.push_back(entries[i].id);
  }
  fail_unknown(id, entry, known);
}

std::vector<CategorySet> read_categories(const std::filesystem::path& toml) {
  std::vector<CategorySet> sets = read_sets(read_toml(toml));
  for (const CategorySet& built_in : default_categories())
    if (std::none_of(sets.begin(), sets.end(), [&](const auto& set) { return set.id == built_in.id; }))
      sets.push_back(built_in);
  return sets;
}

const std::vector<CategorySet>& default_categories() {
  static const std::vector<CategorySet> sets =
      read_sets(parse_toml(default_table("categories.toml"), "categories.toml (built in)"));
  return sets;
}

}  // namespace battlemap::geo
