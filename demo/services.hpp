#pragma once
#include <array>
#include <span>
#include <string>
#include <vector>

#include "demo/household_details.hpp"
#include "demo/village_works.hpp"

namespace battlemap::demo {

/// What a village offers at each year's end, with the people it reaches.
struct VillageServices {
  std::array<bool, year_count> road{};                       ///< a hardened road reaches the village
  std::array<std::int64_t, year_count> water{}, power{};     ///< people with safe water; with power
  std::array<std::int64_t, year_count> collective_income{};  ///< 1,000 yuan
};

/// By village in the order of Figures::villages. Poor villages that have exited have all that the criteria
/// ask for, but for one or two in a hundred of the exits; the others mostly lack something.
std::vector<VillageServices> provide_services(const ProvinceInput& input, const Figures& figures,
                                              std::span<const VillageWorks> works, std::uint64_t seed);

/// The yearly check of a county: what was found among how many.
struct CountyCheck {
  std::int64_t wrong_exits = 0, recorded_exits = 0;  ///< households, of the records up to that year
  std::int64_t omitted = 0, households_checked = 0;  ///< of a sample that is not on the register
  std::int64_t approving = 0, respondents = 0;
  std::int64_t farm_income = 0, farm_income_before = 0;  ///< 10,000 yuan, disposable income of farmers
  std::int64_t services = 0;                             ///< per cent of the national mean
};
/// By county and year; the first year and counties without people have none (recorded_exits and farm_income
/// 0). Counties meet the default criteria in the year they exit.
std::vector<std::array<CountyCheck, year_count>> check_counties(const Figures& figures,
                                                                std::span<const HouseholdDetails> households,
                                                                std::uint64_t seed);

/// Long tables like those of statistics.hpp.
std::string service_table(const ProvinceInput& input, const Figures& figures,
                          std::span<const VillageServices> services);
std::string check_table(const ProvinceInput& input,
                        std::span<const std::array<CountyCheck, year_count>> checks);

}  // namespace battlemap::demo
