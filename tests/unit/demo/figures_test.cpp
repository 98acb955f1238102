#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "demo/stand_in.hpp"
#include "demo/statistics.hpp"

namespace battlemap::demo {
namespace {

const ProvinceInput& province() {
  static const ProvinceInput input = stand_in_province(2016);
  return input;
}

/// Every village at its county's seat: the totals do not depend on where villages lie.
const Figures& figures() {
  static const Figures result = [] {
    std::vector<GridPoint> places;
    for (const Place& village : province().villages)
      for (const County& county : province().counties)
        if (village.code.starts_with(county.place.code)) places.push_back(county.seat);
    return generate_figures(province(), places, 2016);
  }();
  return result;
}

bool in_haidong(const VillageFigures& v) {
  return province().villages[v.village].code.starts_with("6302");
}

template <class Value>
std::int64_t sum(Value value) {
  std::int64_t total = 0;
  for (const VillageFigures& v : figures().villages) total += static_cast<std::int64_t>(value(v));
  return total;
}

double rate(std::size_t year) {
  const double poor = static_cast<double>(sum([&](const auto& v) { return v.people[year]; }));
  const double rural = static_cast<double>(sum([](const auto& v) { return v.rural_population; }));
  return std::round(1000 * poor / rural) / 10;
}

TEST(Figures, PoorVillages) {
  EXPECT_EQ(sum([](const auto& v) { return v.designated; }), 1622);
}
TEST(Figures, PoorHouseholds) {
  EXPECT_EQ(sum([](const auto& v) { return v.households[0]; }), 160000);
}
TEST(Figures, PoorPopulation) {
  EXPECT_EQ(sum([](const auto& v) { return v.people[0]; }), 520000);
}
TEST(Figures, PeopleOutIn2016) {
  EXPECT_EQ(sum([](const auto& v) { return v.people[0] - v.people[1]; }), 116000);
}
TEST(Figures, VillagesOutIn2016) {
  EXPECT_EQ(sum([](const auto& v) { return v.designated && v.exit_year == 1; }), 404);
}
TEST(Figures, CountiesOutIn2016AreTheSixNamed) {
  int count = 0;
  std::string codes;
  for (std::size_t c = 0; c < figures().county_exit.size(); ++c)
    if (figures().county_exit[c] == 1)
      count += figures().county_weight[c], codes += province().counties[c].place.code + " ";
  EXPECT_EQ(count, 6);
  EXPECT_EQ(codes, "632324 632522 632822 632825 ");
}
TEST(Figures, LaterExitsAreSpreadOverTheYears) {
  std::array<std::int64_t, year_count> counties{};
  for (std::size_t c = 0; c < figures().county_exit.size(); ++c)
    if (figures().county_weight[c] > 0) counties[figures().county_exit[c]] += figures().county_weight[c];
  EXPECT_EQ(counties, (std::array<std::int64_t, year_count>{0, 6, 7, 12, 17}));
  std::array<std::int64_t, year_count> villages{};
  for (const VillageFigures& v : figures().villages)
    if (v.designated) ++villages[v.exit_year];
  EXPECT_EQ(villages, (std::array<std::int64_t, year_count>{0, 404, 525, 526, 167}));
}

TEST(Figures, RateOf2015) {
  EXPECT_EQ(rate(0), 13.2);
}
TEST(Figures, RateOf2016) {
  EXPECT_EQ(rate(1), 10.3);
}
TEST(Figures, RateOf2017) {
  EXPECT_EQ(rate(2), 8.1);
}
TEST(Figures, RateOf2018) {
  EXPECT_EQ(rate(3), 2.5);
}
TEST(Figures, HaidongVillages) {
  EXPECT_EQ(sum([](const auto& v) { return in_haidong(v) && v.designated; }), 634);
}
TEST(Figures, HaidongHouseholds) {
  EXPECT_EQ(sum([](const auto& v) { return in_haidong(v) ? v.households[0] : 0; }), 48377);
}
TEST(Figures, HaidongPopulation) {
  EXPECT_EQ(sum([](const auto& v) { return in_haidong(v) ? v.people[0] : 0; }), 175548);
}

TEST(Figures, TheFirstYearsHouseholdsHavePlausibleSizes) {
  for (const VillageFigures& v : figures().villages) {
    ASSERT_GE(2 * v.people[0], 5 * v.households[0]);
    ASSERT_LE(2 * v.people[0], 9 * v.households[0]);
    ASSERT_LE(4 * v.people[0], 3 * v.rural_population);
  }
}

TEST(Figures, EveryYearIsMadeOfWholeHouseholds) {
  for (const VillageFigures& v : figures().villages)
    for (std::size_t y = 0; y < year_count; ++y) {
      std::int64_t people = 0, households = 0;
      for (const HouseholdCourse& course : v.list) {
        ASSERT_TRUE(course.people >= 1 && course.people <= 9);
        if (course.poor_at_end_of(y)) people += course.people, ++households;
      }
      ASSERT_EQ(people, v.people[y]);
      ASSERT_EQ(households, v.households[y]);
    }
}

TEST(Figures, WhatHasExitedIsUnderThreePerCent) {
  for (const VillageFigures& v : figures().villages) {
    const std::size_t county = figures().county_exit[v.county];
    for (std::size_t y = 1; y < year_count; ++y)
      if ((v.designated && v.exit_year <= y) || (county != 0 && county <= y)) {
        ASSERT_LT(100 * v.people[y], 3 * v.rural_population);
      }
    if (v.designated && county != 0) {
      ASSERT_LE(v.exit_year, county);
    }
  }
}

}  // namespace
}  // namespace battlemap::demo
