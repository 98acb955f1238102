#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/cell.hpp"
#include "geo/code_match.hpp"
#include "geo/join.hpp"
#include "geo/join_columns.hpp"
#include "geo/join_match.hpp"
#include "geo/problem_log.hpp"
#include "geo/table.hpp"

namespace battlemap::geo {

/// One statistics table on its way into the divisions: used by join_statistics alone.
class SourceJoin {
 public:
  SourceJoin(const Project& project, const DivisionTree& tree, const StatisticsSource& source,
             std::span<const Indicator> indicators);

  const Table& table() const { return table_; }
  const StatisticsSource& source() const { return source_; }
  bool has(const Indicator& indicator) const {
    return std::find(columns_.indicators.begin(), columns_.indicators.end(), &indicator) !=
           columns_.indicators.end();
  }

  /// All rows; once.
  void read(Problems& problems);
  /// Marks the divisions that have a row, by year.
  void mark_covered(std::map<int, std::vector<bool>>& covered) const;

  /// "row 7: 630105 城北区": the unmatched row of that year that may be meant for a division without one.
  std::string nearest_row(int year, const Division& division) const;

  /// The row that filled a division's cell; 0: none did.
  std::int64_t row_of(int year, std::string_view indicator, std::size_t division) const;
  /// What came of it, by year; once.
  void finish(std::vector<JoinReport>& reports, std::vector<Statistics::Column>& columns);

 private:
  /// One year of the table.
  struct Slot {
    JoinReport report;
    std::vector<bool> has_row;                         ///< by division
    std::vector<std::vector<std::int64_t>> first_row;  ///< by track (see tracks()), then division
    std::vector<std::vector<bool>> conflict;           ///< the same
    std::vector<std::vector<Statistics::Cell>> cells;  ///< by indicator, then division
    std::vector<bool> used;                            ///< by indicator: the year has a column of it
  };
  /// A cell of a row on its way: which indicator, what it says.
  struct Given {
    std::size_t indicator;
    std::string_view text;
  };

  /// What a row fills at once: in a long table one indicator, else all of them.
  std::size_t tracks() const {
    return source_.shape == TableShape::long_rows ? columns_.indicators.size() : 1;
  }

  Slot& slot_of(int year);

  std::string_view at(std::optional<std::size_t> place, std::span<const std::string_view> cells) const {
    return place ? trimmed(cells[*place]) : std::string_view();
  }

  bool is_needed(int year);

  /// The years that a row has cells for; empty when they are of no use, which is then recorded.
  std::vector<int> years_of(std::int64_t row, std::span<const std::string_view> cells);

  void add(std::int64_t row, std::span<const std::string_view> cells);

  /// Of a long table's row.
  std::optional<std::size_t> indicator_of(std::span<const std::string_view> cells);

  CodeMatch match_row(std::int64_t row, std::span<const std::string_view> cells,
                      const std::vector<int>& years);

  std::string code_of(std::uint32_t index) const { return tree_.at(source_.level)[index].code.text(); }

  void note_unmatched(std::int64_t row, std::string_view code, std::string_view name,
                      const std::string& why_not, const std::vector<int>& years);

  void look_for_fractions();

  /// A row whose name is that of another division.
  void look_at_name(std::int64_t row, std::string_view name, std::uint32_t index);

  void note_by_name(std::int64_t row, std::string_view name, std::uint32_t index,
                    const std::vector<int>& years);

  void note_repaired(std::int64_t row, std::string_view cell, std::uint32_t index,
                     const std::vector<int>& years);

  void put(Slot& slot, std::size_t track, std::int64_t row, std::uint32_t index,
           const std::vector<Given>& given);

  /// A second row of one code and year: when all that both say is the same it counts once, else neither
  /// counts.
  void put_again(Slot& slot, std::size_t track, std::int64_t row, std::uint32_t index,
                 const std::vector<Given>& given);

  Statistics::Cell read_cell(std::int64_t row, std::string_view text, const Indicator& indicator,
                             std::uint32_t index);

  const DivisionTree& tree_;
  const StatisticsSource& source_;
  CellWords words_;
  const std::vector<int>& project_years_;
  std::set<int> years_;
  Table table_;
  JoinColumns columns_;
  CodeMatcher codes_;
  NameMatcher names_;
  std::map<int, Slot> slots_;
  std::map<int, std::size_t> other_years_;
  std::map<std::string, std::size_t> other_indicators_;
  std::set<int> years_of_columns_;  ///< shape year_columns: those that are needed
  std::size_t misses_ = 0;
  Slot* last_slot_ = nullptr;  ///< rows of one year mostly follow each other
  ProblemLog* log_ = nullptr;
};

}  // namespace battlemap::geo
