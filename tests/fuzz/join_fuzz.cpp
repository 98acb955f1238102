// Statistics tables of any bytes joined to a few divisions. The first byte says what the project says of the table.
#include <cmath>

#include "fuzz.hpp"
#include "geo/join.hpp"

using namespace battlemap::geo;
using battlemap::fuzz::require;

namespace {

const DivisionTree& some_divisions() {
  static const DivisionTree tree = [] {
    std::vector<DivisionTree::Entry> entries;
    for (const auto& [code, name] : {std::pair{"630101100201", "东村"}, std::pair{"630101100202", "西村"},
                                     std::pair{"630102100201", "东村"}, std::pair{"630103", "城北区"},
                                     std::pair{"010101100201", "零村"}})
      entries.push_back({Code::parse(code).value(), name, ""});
    return DivisionTree(std::move(entries));
  }();
  return tree;
}

void check(const Project& project, const DivisionTree& tree, const std::vector<Statistics::Column>& columns,
           const std::vector<JoinReport>& reports, const Problems& problems) {
  for (const auto& column : columns) {
    require(column.values.size() == tree.at(column.level).size(), "a column has a cell for each division");
    for (const auto& cell : column.values)
      require(cell.status != Status::value || std::isfinite(cell.value), "values are finite");
  }
  for (const JoinReport& report : reports) {
    require(report.matched + report.unmatched_divisions == tree.at(report.level).size(),
            "every division is matched or not");
    require(report.conflicting <= report.matched && report.conflicting <= report.duplicates, "conflicts are duplicates");
    require(report.rows_without_division.size() == std::min(report.unmatched_rows, problems_per_kind),
            "unmatched rows are listed");
    require(report.duplicate_rows.size() == std::min(report.duplicates, problems_per_kind), "duplicates are listed");
    require(report.repaired_rows.size() == std::min(report.repaired, problems_per_kind), "repairs are listed");
    require(report.rows_by_name.size() == std::min(report.by_name, problems_per_kind), "matches by name are listed");
    require(report.by_name == 0 || project.statistics.front().by_name, "by name only when asked for");
  }
  for (const Problem& problem : problems)
    require(!problem.kind.empty() && !problem.source.empty() && !problem.message.empty(), "a problem says what and where");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const battlemap::fuzz::ScratchFolder folder;
  battlemap::fuzz::Input input(data, size);
  const std::uint8_t says = input.byte();
  Project project;
  project.years = {2015, 2016};
  project.no_data_words = {"NA"};
  project.zero_words = {"无"};
  StatisticsSource source;
  source.level = (says & 1U) != 0 ? Level::county : Level::village;
  source.shape = std::array{TableShape::rows, TableShape::year_columns, TableShape::long_rows, TableShape::rows}[says >> 1U & 3U];
  source.by_name = (says & 8U) != 0;
  if ((says & 16U) != 0) source.name_field = "name";
  if ((says & 32U) != 0) source.fill_down = {"code"};
  if ((says & 64U) != 0) source.year_field = "", source.year = 2016;
  if ((says & 128U) != 0) source.parent_field = "parent";
  source.dataset = folder.write("table.csv", input.rest());
  project.statistics.push_back(source);
  const std::vector<Indicator> indicators{{.id = "poor", .kind = IndicatorKind::count, .column = "poor"},
                                          {.id = "all", .kind = IndicatorKind::count, .column = "all"},
                                          {.id = "last", .kind = IndicatorKind::latest, .column = "last"}};
  std::vector<JoinReport> reports;
  Problems problems;
  battlemap::fuzz::answered([&] {
    const auto columns = join_statistics(project, some_divisions(), indicators, reports, problems);
    check(project, some_divisions(), columns, reports, problems);
  });
  return 0;
}
