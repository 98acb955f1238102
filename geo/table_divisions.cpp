#include "geo/table_divisions.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "geo/cell.hpp"
#include "geo/code_match.hpp"
#include "geo/harmless.hpp"
#include "geo/join_columns.hpp"
#include "geo/table.hpp"

namespace battlemap::geo {
namespace {

std::optional<std::size_t> find_name(const Table& table, const StatisticsSource& source) {
  const std::string name = key_column(table, source.name_field, KeyColumn::name);
  if (source.name_field.empty()) return table.find(name);
  return require_column(table, "name_field", name);
}

/// Some division above `level` has no children: a table of that level may say more than the boundaries.
bool may_go_on(const DivisionTree& tree, Level level) {
  for (const Level above : all_levels)
    if (above < level)
      for (const Division& division : tree.at(above))
        if (division.child_count == 0) return true;
  return false;
}

bool hangs_below_a_leaf(const DivisionTree& tree, Code code) {
  for (std::optional<Code> above = code.parent(); above; above = above->parent())
    if (const auto known = tree.find(*above)) return tree[*known].child_count == 0;
  return false;
}

using Names = std::map<Code, std::string>;

/// Columns of a table that say which divisions there are; those that it lacks are the code's column.
struct Columns {
  std::array<std::size_t, 3> code_year_name{};
  bool has_year = false, has_name = false;
};

Columns find_columns(const Table& table, const StatisticsSource& source) {
  Columns columns;
  const std::size_t code = require_column(table, "code_field", key_column(table, source.code_field, KeyColumn::code));
  const auto name = find_name(table, source);
  columns.has_year = !source.year && source.shape != TableShape::year_columns, columns.has_name = name.has_value();
  const std::size_t year = !columns.has_year ? code : require_column(table, "year_field", key_column(table, source.year_field, KeyColumn::year));
  columns.code_year_name = {code, year, name.value_or(code)};
  return columns;
}

/// New codes of one table, in years of the project, with their names, which may be empty.
Names read_new_codes(const StatisticsSource& source, const DivisionTree& tree,
                     const std::vector<int>& years) {
  Table table(source.dataset, statistics_options(source));
  if (source.by_name && !table.find(key_column(table, source.code_field, KeyColumn::code))) return {};
  const Columns columns = find_columns(table, source);
  Names found;
  table.fill_down(source.fill_down);
  table.read(columns.code_year_name, [&](std::int64_t, std::span<const std::string_view> cells) {
    const auto code = code_of_cell(cells[0]);
    if (!code || code->level() != source.level || tree.find(*code) || !hangs_below_a_leaf(tree, *code))
      return;
    const auto year = columns.has_year ? parse_year(cells[1]) : source.year;
    const bool any_year = source.shape == TableShape::year_columns;
    if (!any_year && (!year || std::find(years.begin(), years.end(), *year) == years.end())) return;
    std::string& name = found[*code];
    if (name.empty() && columns.has_name) name = clean_name(trimmed(cells[2]));
  });
  return found;
}

DivisionTree extended(const DivisionTree& tree, const Names& more) {
  std::vector<DivisionTree::Entry> entries;
  for (const Level level : all_levels)
    for (const Division& d : tree.at(level))
      entries.push_back({d.code, d.name_inferred ? std::string() : std::string(d.name), std::string(d.type)});
  for (const auto& [code, name] : more) entries.push_back({code, name, {}});
  return DivisionTree(std::move(entries));
}

}  // namespace

DivisionTree add_table_divisions(const Project& project, DivisionTree tree, Problems& problems) {
  Names all;
  for (const StatisticsSource& source : project.statistics) {
    if (!may_go_on(tree, source.level)) continue;
    Names found = read_new_codes(source, tree, project.years);
    if (found.empty()) continue;
    problems.push_back({"no_boundary", source.dataset, 0, "",
                        fmt::format("{} {} divisions of this table have no boundary; their values count in "
                                    "the divisions above them",
                                    found.size(), level_id(source.level))});
    for (auto& [code, name] : found) {
      std::string& known = all[code];
      if (known.empty()) known = std::move(name);
    }
  }
  return all.empty() ? std::move(tree) : extended(tree, all);
}

}  // namespace battlemap::geo
