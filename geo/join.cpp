#include "geo/join.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "geo/join_columns.hpp"
#include "geo/problem_log.hpp"
#include "geo/source_join.hpp"

namespace battlemap::geo {
namespace {

using Column = Statistics::Column;

void require_columns(std::span<const Indicator> indicators, const std::vector<SourceJoin>& joins) {
  for (const Indicator& indicator : indicators) {
    const auto has = [&](const SourceJoin& join) { return join.has(indicator); };
    if (!is_read_from_tables(indicator) || std::any_of(joins.begin(), joins.end(), has)) continue;
    std::string tables;
    for (const SourceJoin& join : joins)
      tables += fmt::format("\n  {}: {}", join.table().name(),
                            fmt::format("{}", fmt::join(join.table().columns(), ", ")));
    fail("indicator '{}': no statistics table has its column '{}'; tables and columns:{}", indicator.id,
         indicator.column, tables.empty() ? " none, the project has no [[statistics]]" : tables);
  }
}

using Covered = std::map<Level, std::map<int, std::vector<bool>>>;

/// Years that the project shows and no table of any level has a row of.
void report_missing_years(const std::vector<SourceJoin>& joins, const Covered& covered, const std::vector<int>& years,
                          Problems& problems) {
  if (joins.empty()) return;
  for (const int year : years)
    if (std::none_of(covered.begin(), covered.end(), [&](const auto& level) { return level.second.contains(year); }))
      problems.push_back({"missing_year", joins.front().table().name(), 0, "",
                          fmt::format("no table has a row of {} whose code is a division; all of that year is no data",
                                      year)});
}

/// Divisions that no table of their level has a row for, by level and year.
void report_uncovered(const DivisionTree& tree, const std::vector<SourceJoin>& joins, const std::vector<int>& years,
                      Problems& problems) {
  Covered covered;
  std::map<Level, const SourceJoin*> first;
  for (const SourceJoin& join : joins) {
    join.mark_covered(covered[join.source().level]);
    first.try_emplace(join.source().level, &join);
  }
  report_missing_years(joins, covered, years, problems);
  for (const auto& [level, years_of_level] : covered) {
    const SourceJoin& join = *first[level];
    ProblemLog log(problems, join.table().name(), problems_per_kind);
    std::size_t searched = 0;
    for (const auto& [year, marks] : years_of_level)
      for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i]) continue;
        const Division& division = tree.at(level)[i];
        const std::string near = ++searched <= problems_per_kind ? join.nearest_row(year, division) : "";
        log.add("unmatched_division", 0, division.code.text(),
                fmt::format("no row for the {} {} {} in {}: no data there{}{}", level_id(level),
                            division.code.text(), division.name, year,
                            near.empty() ? "" : "; nearest unmatched ", near));
      }
  }
}

}  // namespace

std::vector<Column> join_statistics(const Project& project, const DivisionTree& tree,
                                    std::span<const Indicator> indicators, std::vector<JoinReport>& reports,
                                    Problems& problems) {
  std::vector<SourceJoin> joins;
  joins.reserve(project.statistics.size());
  for (const StatisticsSource& source : project.statistics)
    joins.emplace_back(project, tree, source, indicators);
  require_columns(indicators, joins);
  std::vector<Column> columns;
  for (SourceJoin& join : joins) join.read(problems);
  report_uncovered(tree, joins, project.years, problems);
  for (SourceJoin& join : joins) join.finish(reports, columns);
  return columns;
}

}  // namespace battlemap::geo
