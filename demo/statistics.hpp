#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "demo/household_courses.hpp"
#include "demo/province_input.hpp"

namespace battlemap::demo {

inline constexpr int first_year = 2015;
inline constexpr std::size_t year_count = 5;

/// The published totals that the generated figures add up to, and the generator's own for the later years.
/// The rural population is what 520,000 people at 13.2 % (and 404,000 at 10.3 %) imply.
struct ControlTotals {
  static constexpr std::int64_t rural_population = 3'935'000;
  static constexpr std::array<std::int64_t, year_count> poor_population{520'000, 404'000, 318'700, 98'400,
                                                                        2'000};
  static constexpr std::int64_t poor_households = 160'000;
  static constexpr std::int64_t poor_villages = 1'622;
  static constexpr std::array<std::int64_t, year_count> exited_villages{0, 404, 525, 526, 167};
  /// Areas with three committees in one count three times.
  static constexpr std::array<std::int64_t, year_count> exited_counties{0, 6, 7, 12, 17};
  static constexpr std::int64_t haidong_villages = 634;
  static constexpr std::int64_t haidong_households = 48'377;
  static constexpr std::int64_t haidong_population = 175'548;
};

/// The course of one village committee; years by index from first_year.
struct VillageFigures {
  std::size_t village = 0;  ///< index into the input's villages
  std::size_t county = 0;
  std::int64_t rural_population = 0;
  std::array<std::int64_t, year_count> people{}, households{};  ///< poor at year end
  bool designated = false;                                      ///< a poor village
  std::size_t exit_year = 0;                                    ///< index of the year, when designated
  std::vector<HouseholdCourse> list;                            ///< as many as households[0]
};

struct Figures {
  std::vector<VillageFigures> villages;  ///< village committees only, by code
  std::vector<std::size_t> county_exit;  ///< by county: index of the year; 0: not a poverty county
  std::vector<int> county_weight;  ///< 1; 3 where three committees are one area; 0: not a poverty county
};

/// `places`: where each village of the input lies. Deterministic in the seed.
Figures generate_figures(const ProvinceInput& input, std::span<const GridPoint> places, std::uint64_t seed);

/// Long tables, one row per division and year; cells: a number, empty (no data) or "—" (not applicable).
std::string village_table(const ProvinceInput& input, const Figures& figures);
std::string county_table(const ProvinceInput& input, const Figures& figures);

}  // namespace battlemap::demo
