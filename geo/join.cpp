#include "geo/join.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>

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

/// Tables of one level that tell different things of one division, indicator and year: none of them counts.
class Contradictions {
 public:
  Contradictions(const DivisionTree& tree, std::vector<Column>& columns, std::vector<const SourceJoin*> owners)
      : tree_(tree), columns_(columns), owners_(std::move(owners)) {}

  void drop(Problems& problems) {
    std::map<std::tuple<std::string, Level, int>, std::vector<std::size_t>> same;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      same[{columns_[i].indicator, columns_[i].level, columns_[i].year}].push_back(i);
    for (const auto& [key, group] : same)
      for (std::size_t division = 0; group.size() > 1 && division < columns_[group[0]].values.size(); ++division)
        drop(group, division, problems);
  }

 private:
  void drop(const std::vector<std::size_t>& group, std::size_t division, Problems& problems) {
    std::vector<std::size_t> telling;
    for (const std::size_t i : group)
      if (columns_[i].values[division].status != Status::no_data) telling.push_back(i);
    const auto differs = std::find_if(telling.begin(), telling.end(), [&](std::size_t i) {
      const Statistics::Cell &cell = columns_[i].values[division], &first = columns_[telling[0]].values[division];
      return cell.status != first.status || cell.value != first.value;
    });
    if (differs == telling.end()) return;
    tell(telling[0], *differs, division, problems);
    for (const std::size_t i : telling) {
      Statistics::Cell& cell = columns_[i].values.own()[division];
      cell.status = Status::no_data, cell.value = 0;
    }
  }

  std::string said(std::size_t column, std::size_t division) const {
    const Statistics::Cell& cell = columns_[column].values[division];
    return cell.status == Status::value ? fmt::format("{}", cell.value) : status_name(cell.status).en;
  }

  void tell(std::size_t a, std::size_t b, std::size_t division, Problems& problems) {
    const std::string& source = owners_[b]->table().name();
    ProblemLog& log = logs_.try_emplace(owners_[b], problems, source, problems_per_kind).first->second;
    const Column& column = columns_[a];
    const Code code = tree_.at(column.level)[division].code;
    const auto row = [&](std::size_t i) { return owners_[i]->row_of(column.year, column.indicator, division); };
    log.add("tables_differ", row(b), code.text(),
            fmt::format("row {}: {} of {} in {} is {}, but {} in row {} of {}; neither counts: delete the wrong one", row(b),
                        column.indicator, code.text(), column.year, said(b, division), said(a, division), row(a),
                        owners_[a]->table().name()));
  }

  const DivisionTree& tree_;
  std::vector<Column>& columns_;
  std::vector<const SourceJoin*> owners_;  ///< of each column
  std::map<const SourceJoin*, ProblemLog> logs_;
};

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
  std::vector<const SourceJoin*> owners;
  for (SourceJoin& join : joins) {
    join.finish(reports, columns);
    owners.resize(columns.size(), &join);
  }
  Contradictions(tree, columns, std::move(owners)).drop(problems);
  return columns;
}

}  // namespace battlemap::geo
