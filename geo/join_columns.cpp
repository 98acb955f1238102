#include "geo/join_columns.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "geo/cell.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

/// Names in use, the first being what a source asks for unless it says otherwise.
const std::vector<std::string>& usual_names(KeyColumn key) {
  static const std::array<std::vector<std::string>, 3> names{
      {{"code", "行政区划代码", "区划代码", "统计用区划代码", "行政区代码", "行政代码", "地区代码", "代码", "编码", "Code",
        "CODE", "adcode", "ADCODE", "PAC", "XZQDM"},
       {"year", "年份", "年度", "年", "统计年份", "统计年度", "Year", "YEAR"},
       {"name", "名称", "行政区划名称", "区划名称", "地区名称", "Name", "NAME", "XZQMC"}}};
  return names[static_cast<std::size_t>(key)];
}

class ColumnFinder {
 public:
  ColumnFinder(const Table& table, const StatisticsSource& source) : table_(table), source_(source) {}

  JoinColumns find(std::span<const Indicator> indicators) {
    find_keys();
    for (const Indicator& indicator : indicators)
      if (is_read_from_tables(indicator)) add(indicator);
    if (source_.shape == TableShape::year_columns && result_.feeds.empty())
      fail_without_years(indicators);
    return std::move(result_);
  }

 private:
  [[noreturn]] void fail_without_years(std::span<const Indicator> indicators) const {
    const auto& columns = table_.columns();
    const bool bare = std::any_of(columns.begin(), columns.end(), [](const auto& c) { return year_alone(c); });
    const bool known = std::any_of(indicators.begin(), indicators.end(), [&](const Indicator& each) {
      return source_.indicator == each.column || source_.indicator == each.id;
    });
    if (bare && !known)
      fail("{}: columns such as 2016 do not say what they hold{}; set indicator in [[statistics]] to an indicator's id",
           table_.name(),
           source_.indicator.empty() ? "" : fmt::format(", and '{}' is no indicator", source_.indicator));
    fail("{}: no column is an indicator and a year, such as poor_2016 (columns: {}); is shape right?{}", table_.name(),
         fmt::join(columns, ", "), table_.other_layers());
  }

  std::size_t take(std::size_t column) {
    result_.fields.push_back(column);
    return result_.fields.size() - 1;
  }

  void find_keys() {
    const std::string code = key(source_.code_field, KeyColumn::code);
    if (table_.find(code) || !source_.by_name) result_.code = take(require_column(table_, "code_field", code));
    if (!source_.year && source_.shape != TableShape::year_columns) result_.year = take(require_year());
    const std::string name = key(source_.name_field, KeyColumn::name);
    if (const auto found = table_.find(name); found || source_.by_name)
      result_.name = take(found ? *found : require_column(table_, "name_field", name));
    if (!source_.parent_field.empty())
      result_.parent = take(require_column(table_, "parent_field", source_.parent_field));
    if (source_.shape != TableShape::long_rows) return;
    result_.indicator = take(require_column(table_, "indicator_field", source_.indicator_field));
    result_.value = take(require_column(table_, "value_field", source_.value_field));
  }

  std::string key(const std::string& stated, KeyColumn which) {
    std::string column = key_column(table_, stated, which);
    const std::string& asked = stated.empty() ? usual_names(which).front() : stated;
    if (column != asked) result_.found.emplace_back(asked, column);
    return column;
  }

  std::size_t require_year() {
    if (const auto found = table_.find(key(source_.year_field, KeyColumn::year))) return *found;
    for (const std::string& column : table_.columns())
      for (std::size_t at = 0; at + 4 < column.size(); ++at)
        if (year_of_column(column, column.substr(0, at)))
          fail(
              "{}: has no column '{}', but column '{}' names a year; set shape = \"year_columns\" in "
              "[[statistics]]",
              table_.name(), source_.year_field, column);
    return require_column(table_, "year_field", source_.year_field);
  }

  void add(const Indicator& indicator) {
    const std::size_t index = result_.indicators.size();
    const std::size_t before = result_.feeds.size();
    if (source_.shape == TableShape::rows) {
      if (const auto field = table_.find(indicator.column)) result_.feeds.push_back({take(*field), index});
    } else if (source_.shape == TableShape::year_columns) {
      const bool alone = source_.indicator == indicator.column || source_.indicator == indicator.id;
      for (std::size_t i = 0; i < table_.columns().size(); ++i) {
        auto year = year_of_column(table_.columns()[i], indicator.column);
        if (!year && alone) year = year_alone(table_.columns()[i]);
        if (year) result_.feeds.push_back({take(i), index, *year});
      }
    }
    if (source_.shape == TableShape::long_rows || result_.feeds.size() > before)
      result_.indicators.push_back(&indicator);
  }

  const Table& table_;
  const StatisticsSource& source_;
  JoinColumns result_;
};

}  // namespace

bool is_read_from_tables(const Indicator& indicator) {
  return !indicator.exit &&
         (indicator.kind == IndicatorKind::count || indicator.kind == IndicatorKind::latest);
}

std::string key_column(const Table& table, const std::string& stated, KeyColumn key) {
  const std::vector<std::string>& usual = usual_names(key);
  const std::string& asked = stated.empty() ? usual.front() : stated;
  if (asked != usual.front() || table.find(asked)) return asked;
  const auto found = std::find_if(usual.begin(), usual.end(), [&](const auto& name) { return table.find(name); });
  return found == usual.end() ? asked : *found;
}

TableOptions statistics_options(const StatisticsSource& source) {
  const KeyColumn key = source.by_name ? KeyColumn::name : KeyColumn::code;
  const std::string& stated = source.by_name ? source.name_field : source.code_field;
  const bool usual = stated.empty() || stated == usual_names(key).front();
  return {source.layer, source.encoding, usual ? usual_names(key) : std::vector<std::string>{stated}, source.network};
}

std::optional<int> year_of_column(std::string_view name, std::string_view column) {
  if (column.empty()) return std::nullopt;
  const bool front = name.starts_with(column);
  if (!front && !name.ends_with(column)) return std::nullopt;
  return year_alone(front ? name.substr(column.size()) : name.substr(0, name.size() - column.size()));
}

std::optional<int> year_alone(std::string_view name) {
  const std::string text = half_width(name);
  std::string_view year = text;
  constexpr std::string_view around = "_-. ()[]";
  while (!year.empty() && around.find(year.front()) != std::string_view::npos) year.remove_prefix(1);
  while (!year.empty() && around.find(year.back()) != std::string_view::npos) year.remove_suffix(1);
  if (year.ends_with("年")) year.remove_suffix(std::string_view("年").size());
  constexpr std::size_t digits = 4;
  if (year.size() != digits || !all_digits(year) || (year[0] != '1' && year[0] != '2')) return std::nullopt;
  return parse_year(year);
}

JoinColumns find_join_columns(const Table& table, const StatisticsSource& source,
                              std::span<const Indicator> indicators) {
  return ColumnFinder(table, source).find(indicators);
}

}  // namespace battlemap::geo
