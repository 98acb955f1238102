#include "geo/join.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "geo/cell.hpp"
#include "geo/code_match.hpp"
#include "geo/nearest.hpp"
#include "geo/problem_log.hpp"
#include "geo/table.hpp"

namespace battlemap::geo {
namespace {

using Column = Statistics::Column;

constexpr std::int64_t no_row = -1;  ///< feature ids start at 0 in some formats

bool is_read(const Indicator& indicator) {
  return !indicator.exit &&
         (indicator.kind == IndicatorKind::count || indicator.kind == IndicatorKind::latest);
}

/// The project's years and those that changes look back to.
std::set<int> years_needed(const Project& project, std::span<const Indicator> indicators) {
  std::set<int> years(project.years.begin(), project.years.end());
  for (const Indicator& indicator : indicators)
    if (indicator.kind == IndicatorKind::change)
      for (const int year : project.years) years.insert(year - indicator.years_back);
  return years;
}

/// What the indicator says goes before what its table says: a published column may stand in a generated
/// table.
Provenance provenance_of(const StatisticsSource& source, const Indicator& indicator) {
  return indicator.provenance == Provenance::user ? source.provenance : indicator.provenance;
}

/// One statistics table being joined.
class SourceJoin {
 public:
  SourceJoin(const Project& project, const DivisionTree& tree, const StatisticsSource& source,
             std::span<const Indicator> indicators)
      : tree_(tree),
        source_(source),
        words_{project.no_data_words, project.not_applicable_words},
        years_(years_needed(project, indicators)),
        table_(source.dataset, source.layer),
        matcher_(tree, source.level) {
    fields_.push_back(require_column(table_, "code_field", source.code_field));
    if (!source.year) fields_.push_back(require_column(table_, "year_field", source.year_field));
    first_value_ = fields_.size();
    for (const Indicator& indicator : indicators)
      if (const auto field = is_read(indicator) ? table_.find(indicator.column) : std::nullopt) {
        fields_.push_back(*field);
        indicators_.push_back(&indicator);
      }
  }

  const Table& table() const { return table_; }
  const StatisticsSource& source() const { return source_; }
  bool has(const Indicator& indicator) const {
    return std::find(indicators_.begin(), indicators_.end(), &indicator) != indicators_.end();
  }

  void read(Problems& problems) {
    ProblemLog log(problems, table_.name(), problems_per_kind);
    log_ = &log;
    table_.read(fields_,
                [this](std::int64_t row, std::span<const std::string_view> cells) { add(row, cells); });
    for (const auto& [year, count] : other_years_)
      log.add(
          "other_year", 0, "",
          fmt::format("{} rows of {}, a year that the project does not name, were left out", count, year));
    log_ = nullptr;
  }

  /// Marks the divisions that have a row, by year.
  void mark_covered(std::map<int, std::vector<bool>>& covered) const {
    for (const auto& [year, slot] : slots_) {
      std::vector<bool>& marks = covered[year];
      marks.resize(slot.first_row.size());
      for (std::size_t i = 0; i < marks.size(); ++i) marks[i] = marks[i] || slot.first_row[i] != no_row;
    }
  }

  void finish(std::vector<JoinReport>& reports, std::vector<Column>& columns) {
    for (auto& [year, slot] : slots_) {
      slot.report.unmatched_divisions = slot.first_row.size() - slot.report.matched;
      reports.push_back(slot.report);
      for (std::size_t i = 0; i < indicators_.size(); ++i)
        columns.push_back({indicators_[i]->id, source_.level, year, std::move(slot.cells[i])});
    }
  }

 private:
  /// One year of the table.
  struct Slot {
    JoinReport report;
    std::vector<std::int64_t> first_row;               ///< by division
    std::vector<std::vector<Statistics::Cell>> cells;  ///< by indicator, then division
  };

  Slot& slot_of(int year) {
    const auto [place, added] = slots_.try_emplace(year);
    if (!added) return place->second;
    Slot& slot = place->second;
    const std::size_t divisions = tree_.at(source_.level).size();
    slot.report.source = table_.name();
    slot.report.level = source_.level;
    slot.report.year = year;
    slot.first_row.assign(divisions, no_row);
    slot.cells.assign(indicators_.size(), std::vector<Statistics::Cell>(divisions));
    return slot;
  }

  /// The year's slot; nullptr when the row's year is of no use, which is then recorded.
  Slot* find_slot(std::int64_t row, std::span<const std::string_view> cells) {
    const auto year = source_.year ? source_.year : parse_year(cells[1]);
    if (!year) {
      log_->add("bad_year", row, std::string(trimmed(cells[0])),
                fmt::format("row {}: column {} holds '{}', which is no year; the row was left out", row,
                            source_.year_field, cells[1]));
      return nullptr;
    }
    if (last_slot_ != nullptr && last_slot_->report.year == *year) return last_slot_;
    if (!years_.contains(*year)) {
      if (other_years_.size() < problems_per_kind || other_years_.contains(*year)) ++other_years_[*year];
      return nullptr;
    }
    return last_slot_ = &slot_of(*year);
  }

  void add(std::int64_t row, std::span<const std::string_view> cells) {
    Slot* slot = find_slot(row, cells);
    if (slot == nullptr) return;
    const CodeMatch match = matcher_.match(cells[0]);
    if (match.index == npos) {
      ++slot->report.unmatched_rows;
      log_->add("unmatched_row", row, std::string(trimmed(cells[0])),
                fmt::format("row {}: code '{}' was left out: {}", row, trimmed(cells[0]), match.why_not));
      return;
    }
    if (slot->first_row[match.index] != no_row) return add_duplicate(*slot, row, match.index);
    slot->first_row[match.index] = row;
    ++slot->report.matched;
    if (match.repaired) add_repaired(*slot, row, cells[0], match.index);
    for (std::size_t i = 0; i < indicators_.size(); ++i)
      slot->cells[i][match.index] = read_cell(row, cells[first_value_ + i], *indicators_[i], match.index);
  }

  std::string code_of(std::uint32_t index) const { return tree_.at(source_.level)[index].code.text(); }

  void add_duplicate(Slot& slot, std::int64_t row, std::uint32_t index) {
    ++slot.report.duplicates;
    log_->add("duplicate_row", row, code_of(index),
              fmt::format("row {}: code {} and year {} are in row {} already; that row counts", row,
                          code_of(index), slot.report.year, slot.first_row[index]));
  }

  void add_repaired(Slot& slot, std::int64_t row, std::string_view cell, std::uint32_t index) {
    ++slot.report.repaired;
    log_->add("repaired_code", row, code_of(index),
              fmt::format("row {}: code '{}' was read as {}; store codes as text", row, trimmed(cell),
                          code_of(index)));
  }

  Statistics::Cell read_cell(std::int64_t row, std::string_view text, const Indicator& indicator,
                             std::uint32_t index) {
    auto cell = parse_cell(text, words_);
    if (!cell)
      log_->add(
          "bad_cell", row, code_of(index),
          fmt::format("row {}: column {} of {} holds '{}', which is neither a number nor one of the words in "
                      "[cells]; taken as no data",
                      row, indicator.column, code_of(index), trimmed(text)));
    else if (indicator.kind == IndicatorKind::count && cell->value < 0)
      log_->add("negative_count", row, code_of(index),
                fmt::format("row {}: column {} of {} counts {}, less than nothing; kept as it is", row,
                            indicator.column, code_of(index), cell->value));
    Statistics::Cell result = cell.value_or(Statistics::Cell{});
    result.provenance = provenance_of(source_, indicator);
    return result;
  }

  const DivisionTree& tree_;
  const StatisticsSource& source_;
  CellWords words_;
  std::set<int> years_;
  Table table_;
  CodeMatcher matcher_;
  std::vector<std::size_t> fields_;  ///< code, year unless the source has one, then one per indicator
  std::size_t first_value_ = 0;
  std::vector<const Indicator*> indicators_;
  std::map<int, Slot> slots_;
  std::map<int, std::size_t> other_years_;
  Slot* last_slot_ = nullptr;  ///< rows of one year mostly follow each other
  ProblemLog* log_ = nullptr;
};

void require_columns(std::span<const Indicator> indicators, const std::vector<SourceJoin>& joins) {
  for (const Indicator& indicator : indicators) {
    const auto has = [&](const SourceJoin& join) { return join.has(indicator); };
    if (!is_read(indicator) || std::any_of(joins.begin(), joins.end(), has)) continue;
    std::string tables;
    for (const SourceJoin& join : joins)
      tables += fmt::format("\n  {}: {}", join.table().name(),
                            fmt::format("{}", fmt::join(join.table().columns(), ", ")));
    fail("indicator '{}': no statistics table has its column '{}'; tables and columns:{}", indicator.id,
         indicator.column, tables.empty() ? " none, the project has no [[statistics]]" : tables);
  }
}

/// Divisions that no table of their level has a row for, by level and year.
void report_uncovered(const DivisionTree& tree, const std::vector<SourceJoin>& joins, Problems& problems) {
  std::map<Level, std::map<int, std::vector<bool>>> covered;
  std::map<Level, std::string> names;
  for (const SourceJoin& join : joins) {
    join.mark_covered(covered[join.source().level]);
    names.try_emplace(join.source().level, join.table().name());
  }
  for (const auto& [level, years] : covered) {
    ProblemLog log(problems, names[level], problems_per_kind);
    for (const auto& [year, marks] : years)
      for (std::size_t i = 0; i < marks.size(); ++i)
        if (!marks[i]) {
          const Division& division = tree.at(level)[i];
          log.add("unmatched_division", 0, division.code.text(),
                  fmt::format("no row for the {} {} {} in {}: no data there", level_id(level),
                              division.code.text(), division.name, year));
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
  report_uncovered(tree, joins, problems);
  for (SourceJoin& join : joins) join.finish(reports, columns);
  return columns;
}

}  // namespace battlemap::geo
