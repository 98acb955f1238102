#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "geo/indicator.hpp"
#include "geo/project.hpp"
#include "geo/table.hpp"

namespace battlemap::geo {

/// The columns that say which division and year a row is of.
enum class KeyColumn { code, year, name };

/// The column that a source means: the one it names; where it names none ("code", "year", "name" or nothing) and the
/// table has no such column the first of the names that offices use, such as 行政区划代码, 年份, 名称.
std::string key_column(const Table& table, const std::string& stated, KeyColumn key);

/// How the table of a [[statistics]] is to be opened.
TableOptions statistics_options(const StatisticsSource& source);

/// The year in a column's name that otherwise is `column`: "poor_2016", "poor2016", "2016年poor",
/// "poor(2016)". nullopt: none.
std::optional<int> year_of_column(std::string_view name, std::string_view column);

/// The year of a column's name that is nothing else: "2016", "2016年", "(2016)".
std::optional<int> year_alone(std::string_view name);

/// Which columns of a statistics table are read, and what each feeds.
struct JoinColumns {
  struct Feed {
    std::size_t place;      ///< among the cells read
    std::size_t indicator;  ///< in `indicators`
    int year = 0;           ///< 0: that of the row
  };
  std::vector<std::size_t> fields;  ///< the table's columns, to be read in this order
  std::optional<std::size_t> code, year, name, parent, indicator, value;  ///< places among `fields`
  std::vector<const Indicator*> indicators;                               ///< those that this table can hold
  std::vector<std::pair<std::string, std::string>> found;  ///< key columns by their usual names: "code", 行政区划代码
  std::vector<Feed> feeds;                                 ///< empty for long tables: the row says what its value is
};

/// Throws Error when the table lacks a column that the source names.
JoinColumns find_join_columns(const Table& table, const StatisticsSource& source,
                              std::span<const Indicator> indicators);

/// Counts and latest indicators come from tables; the others are computed.
bool is_read_from_tables(const Indicator& indicator);

}  // namespace battlemap::geo
