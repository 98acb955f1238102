#include <fmt/format.h>

#include <iterator>
#include <map>

#include "demo/services.hpp"

namespace battlemap::demo {

std::string service_table(const ProvinceInput& input, const Figures& figures,
                          std::span<const VillageServices> services) {
  std::map<std::size_t, const VillageServices*> committees;
  for (std::size_t v = 0; v < services.size(); ++v) committees[figures.villages[v].village] = &services[v];
  std::string table = "code,year,road_villages,safe_water_people,power_people,collective_income\n";
  auto out = std::back_inserter(table);
  for (std::size_t i = 0; i < input.villages.size(); ++i) {
    const auto found = committees.find(i);
    for (std::size_t y = 0; y < year_count; ++y) {
      fmt::format_to(out, "{},{},", input.villages[i].code, first_year + static_cast<int>(y));
      if (found == committees.end()) {
        fmt::format_to(out, "—,—,—,—\n");
        continue;
      }
      const VillageServices& s = *found->second;
      fmt::format_to(out, "{},{},{},{}.{}\n", s.road[y] ? 1 : 0, s.water[y], s.power[y],
                     s.collective_income[y] / 10, s.collective_income[y] % 10);
    }
  }
  return table;
}

std::string check_table(const ProvinceInput& input,
                        std::span<const std::array<CountyCheck, year_count>> checks) {
  std::string table =
      "code,year,wrong_exits,recorded_exits,omitted_households,households_checked,approving,respondents,"
      "farm_income_increase,farm_income_before,services_score,services_nation\n";
  auto out = std::back_inserter(table);
  for (std::size_t c = 0; c < checks.size(); ++c)
    for (std::size_t y = 0; y < year_count; ++y) {
      const CountyCheck& check = checks[c][y];
      fmt::format_to(out, "{},{},", input.counties[c].place.code, first_year + static_cast<int>(y));
      if (check.respondents == 0) {
        fmt::format_to(out, ",,,,,,,,,\n");
        continue;
      }
      fmt::format_to(out, "{},{},{},{},{},{},{},{},{},100\n", check.wrong_exits, check.recorded_exits,
                     check.omitted, check.households_checked, check.approving, check.respondents,
                     check.farm_income - check.farm_income_before, check.farm_income_before, check.services);
    }
  return table;
}

}  // namespace battlemap::demo
