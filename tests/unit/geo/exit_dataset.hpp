#pragma once
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "geo/dataset.hpp"

namespace battlemap::geo::testing {

using Cell = Statistics::Cell;
inline Cell value(double v) {
  return {v, Status::value, Provenance::user};
}
inline const Cell no_data{};
inline const Cell not_applicable{0, Status::not_applicable, Provenance::user};

/// A field of households for tests; NaN is no data.
inline RecordTable::Column number_column(RecordKind kind, std::string_view field,
                                         const std::vector<double>& numbers, int year = 0) {
  RecordTable::Column column;
  column.field = &require_field(kind, field);
  column.year = year;
  column.numbers = numbers;
  for (const double number : numbers)
    column.status.push_back(std::isnan(number) ? Status::no_data : Status::value);
  return column;
}
inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Two counties; the first has villages 0, 1 and 2, the second village 3. Four villages are poor but 2, which
/// is not; 0 exited in 2016, 1 in 2017, 3 in 2016. The first county exited in 2016.
inline Dataset exit_dataset() {
  Dataset dataset;
  std::vector<DivisionTree::Entry> entries;
  for (const char* code : {"630101100201", "630101100202", "630101100203", "630102100201"})
    entries.push_back({*Code::parse(code), std::string("村") + (code + 8), ""});
  dataset.tree = DivisionTree(std::move(entries));
  Indicator rate{
      .id = "rate", .kind = IndicatorKind::ratio, .numerator = "poor_people", .denominator = "people"};
  rate.factor = 100;
  const auto count = [](const char* id) { return Indicator{.id = id, .kind = IndicatorKind::count}; };
  Indicator year{.id = "exit_year", .kind = IndicatorKind::latest};
  std::vector<Statistics::Column> columns;
  const auto add = [&](const char* id, Level level, std::vector<Cell> cells) {
    columns.push_back({id, level, 2016, std::move(cells)});
  };
  add("poor", Level::village, {value(1), value(1), value(0), value(1)});
  add("people", Level::village, {value(1000), value(200), value(100), value(100)});
  add("poor_people", Level::village, {value(29), value(6), value(0), no_data});
  add("exit_year", Level::village, {value(2016), value(2017), not_applicable, value(2016)});
  add("exit_year", Level::county, {value(2016), value(9999)});
  dataset.project.years = {2016};
  dataset.statistics =
      Statistics(dataset.tree, {count("poor"), count("people"), count("poor_people"), year, rate}, {2016},
                 std::move(columns));
  return dataset;
}

/// Households: village of each, income and housing in 2016, year of exit.
struct House {
  std::uint32_t village;
  double income, housing, exit_year;
};
inline void add_households(Dataset& dataset, const std::vector<House>& houses) {
  RecordTable& table = dataset.records.tables[static_cast<std::size_t>(RecordKind::household)];
  table.loaded = true;
  std::vector<double> income, housing, exit_year;
  for (const House& house : houses) {
    table.places.push_back({Level::village, house.village});
    income.push_back(house.income), housing.push_back(house.housing), exit_year.push_back(house.exit_year);
  }
  table.columns = {number_column(RecordKind::household, "income", income, 2016),
                   number_column(RecordKind::household, "housing", housing, 2016),
                   number_column(RecordKind::household, "exit_year", exit_year)};
}

/// A folder of criteria, removed at the end.
class CriteriaFolder {
 public:
  explicit CriteriaFolder(const std::string& name)
      : path(std::filesystem::temp_directory_path() / fmt::format("exits-{}-{}", ::getpid(), name)) {
    std::filesystem::create_directories(path);
  }
  ~CriteriaFolder() { std::filesystem::remove_all(path); }
  CriteriaFolder(const CriteriaFolder&) = delete;
  CriteriaFolder& operator=(const CriteriaFolder&) = delete;
  void write(const std::string& name, const std::string& text) const { std::ofstream(path / name) << text; }

  const std::filesystem::path path;
};

inline std::string criterion(const std::string& id, const std::string& source, const std::string& comparison,
                             const std::string& threshold) {
  return fmt::format("[[criterion]]\nid = \"{0}\"\nname = \"{0}\"\n{1}\ncomparison = \"{2}\"\n{3}\n", id,
                     source, comparison, threshold);
}

inline const std::string household_table =
    criterion("income", "field = \"income\"", ">=", "threshold = 3000") +
    criterion("housing", "field = \"housing\"", "=", "threshold = 1");

}  // namespace battlemap::geo::testing
