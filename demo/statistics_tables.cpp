#include <fmt/format.h>

#include <iterator>
#include <map>

#include "demo/statistics.hpp"

namespace battlemap::demo {
namespace {

constexpr int not_yet = 9999;

std::string exit_cell(std::size_t exit_year, std::size_t year) {
  return std::to_string(year >= exit_year ? first_year + static_cast<int>(exit_year) : not_yet);
}

std::string village_row(const VillageFigures& v, std::size_t y) {
  const auto since = [&](const auto& series) {
    return y == 0 ? std::string() : std::to_string(series[y - 1] - series[y]);
  };
  const std::string start = y == 0 ? std::string() : std::to_string(v.people[y - 1]);
  std::string exited = "—";
  if (v.designated) exited = y == 0 ? "" : v.exit_year == y ? "1" : "0";
  return fmt::format("{},{},{},{},{},{},{},1,{},{}", v.rural_population, v.households[y], v.people[y], start,
                     since(v.households), since(v.people), exited, v.designated ? 1 : 0,
                     v.designated ? exit_cell(v.exit_year, y) : "—");
}

}  // namespace

std::string village_table(const ProvinceInput& input, const Figures& figures) {
  std::map<std::size_t, const VillageFigures*> committees;
  for (const VillageFigures& v : figures.villages) committees[v.village] = &v;
  std::string table =
      "code,year,rural_population,poor_households,poor_population,poor_population_start,exited_households,"
      "exited_population,exited_villages,villages,poor_villages,exit_year\n";
  for (std::size_t i = 0; i < input.villages.size(); ++i) {
    const auto found = committees.find(i);
    for (std::size_t y = 0; y < year_count; ++y)
      fmt::format_to(std::back_inserter(table), "{},{},{}\n", input.villages[i].code,
                     first_year + static_cast<int>(y),
                     found == committees.end() ? "—,—,—,—,—,—,—,—,—,—" : village_row(*found->second, y));
  }
  return table;
}

std::string county_table(const ProvinceInput& input, const Figures& figures) {
  std::string table = "code,year,poverty_counties,exited_counties,exit_year\n";
  for (std::size_t c = 0; c < input.counties.size(); ++c)
    for (std::size_t y = 0; y < year_count; ++y) {
      const int weight = figures.county_weight[c];
      const std::size_t exit = figures.county_exit[c];
      const std::string cells = weight == 0 ? "—,—,—"
                                            : fmt::format("{},{},{}", weight,
                                                          y == 0      ? ""
                                                          : y == exit ? std::to_string(weight)
                                                                      : "0",
                                                          exit_cell(exit, y));
      fmt::format_to(std::back_inserter(table), "{},{},{}\n", input.counties[c].place.code,
                     first_year + static_cast<int>(y), cells);
    }
  return table;
}

}  // namespace battlemap::demo
