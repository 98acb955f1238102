#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "demo/statistics.hpp"

namespace battlemap::demo {

/// Written as in data/qinghai/categories.toml.
inline constexpr std::array<const char*, 3> household_categories{"一般贫困户", "低保户", "五保户"};
inline constexpr std::array<const char*, 12> poverty_causes{
    "因病",   "因残",   "因学",   "因灾",         "缺土地",           "缺水",
    "缺技术", "缺劳力", "缺资金", "交通条件落后", "自身发展动力不足", "其他"};
/// The eight batches.
inline constexpr std::array<const char*, 8> measure_batches{
    "发展特色产业", "易地搬迁", "转移就业", "资产收益", "生态保护", "教育脱贫", "医疗救助", "低保兜底"};
/// What a household must have besides income: 两不愁三保障.
inline constexpr std::array<const char*, 5> household_guarantees{"food", "clothing", "education", "medical",
                                                                 "housing"};
/// The national line at current prices, yuan per person and year: what divides poor from not poor.
inline constexpr std::array<int, year_count> poverty_line{2855, 2952, 2952, 2995, 3218};

/// How many households the briefing and the relocation plan count in a measure (figures.csv).
struct MeasureTotals {
  static constexpr std::size_t relocation = 33'400;
  static constexpr std::size_t asset_income = 27'100;
  static constexpr std::size_t ecology_jobs = 19'300;
};
/// Share of the exits recorded in 2016 that meet the criteria (exit_accuracy_2016), per cent.
inline constexpr double exit_accuracy = 94.47;

/// What the records say of a household besides its place.
struct HouseholdDetails {
  std::size_t village = 0;  ///< index into Figures::villages
  HouseholdCourse course;
  int labour = 0;
  std::size_t category = 0, cause = 0;
  int cause2 = -1;                       ///< -1: none
  std::array<int, year_count> income{};  ///< yuan per person
  double land_mu = 0;
  int planned_exit = 0;        ///< a year; 0: no plan
  std::uint32_t measures = 0;  ///< bit i: measure_batches[i]
  std::array<std::array<bool, year_count>, household_guarantees.size()> met{};
  bool herding = false;

  /// Above the line and nothing lacking at the end of the year (index).
  bool meets_criteria(std::size_t year) const;
};

/// Every poor household, by village in the order of Figures::villages. The numbers in MeasureTotals hold
/// exactly; of the exits of 2016 as near to exit_accuracy as whole households allow meet all criteria. In a
/// county that has exited, fewer than 2 in 100 of the recorded exits do not.
std::vector<HouseholdDetails> describe_households(const ProvinceInput& input, const Figures& figures,
                                                  std::uint64_t seed);

}  // namespace battlemap::demo
