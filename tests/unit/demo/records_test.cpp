#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "demo/province_records.hpp"
#include "demo/stand_in.hpp"

namespace battlemap::demo {
namespace {

/// The stand-in province's records but for their places, which are what takes long: every village at its
/// county's seat.
struct Made {
  ProvinceInput input = stand_in_province(2016);
  Figures figures = generate_figures(input, seats(input), 2016);
  std::vector<VillageWorks> works = plan_works(input, figures, 2016);
  std::vector<HouseholdDetails> households = describe_households(input, figures, 2016);
  std::vector<VillageServices> services = provide_services(input, figures, works, 2016);
  std::vector<std::array<CountyCheck, year_count>> checks = check_counties(figures, households, 2016);
  Helpers helpers = pair_helpers(input, figures, 2016);

  static std::vector<GridPoint> seats(const ProvinceInput& input) {
    std::vector<GridPoint> places;
    for (const Place& village : input.villages)
      for (const County& county : input.counties)
        if (village.code.starts_with(county.place.code)) places.push_back(county.seat);
    return places;
  }
};
const Made& made() {
  static const Made all;
  return all;
}

template <class Value>
std::size_t count_households(Value value) {
  const auto& list = made().households;
  return static_cast<std::size_t>(std::count_if(list.begin(), list.end(), value));
}

TEST(Records, EveryVillagesCountsAreThoseOfItsStatisticsInEveryYear) {
  std::map<std::size_t, std::array<std::pair<std::int64_t, std::int64_t>, year_count>> sums;
  for (const HouseholdDetails& d : made().households)
    for (std::size_t y = 0; y < year_count; ++y)
      if (d.course.poor_at_end_of(y))
        ++sums[d.village][y].first, sums[d.village][y].second += d.course.people;
  for (std::size_t v = 0; v < made().figures.villages.size(); ++v)
    for (std::size_t y = 0; y < year_count; ++y) {
      ASSERT_EQ(sums[v][y].first, made().figures.villages[v].households[y]);
      ASSERT_EQ(sums[v][y].second, made().figures.villages[v].people[y]);
    }
  EXPECT_EQ(made().households.size(), 160'000U);
}

TEST(Records, TheGroupsShareTheirVillage) {
  for (const VillageFigures& village : made().figures.villages) {
    std::int64_t people = 0, poor = 0;
    for (const VillageGroup& group : divide_village(village, 7)) {
      people += group.people, poor += group.poor_households;
      ASSERT_LE(group.poor_households, group.households);
    }
    ASSERT_EQ(people, village.rural_population);
    ASSERT_EQ(poor, village.households[0]);
  }
}

TEST(Records, ExitAccuracyOf2016IsThePublishedOne) {
  const std::size_t exits = count_households([](const auto& d) { return d.course.exit_year == 1; });
  const std::size_t good =
      count_households([](const auto& d) { return d.course.exit_year == 1 && d.meets_criteria(1); });
  EXPECT_EQ(std::round(1e4 * static_cast<double>(good) / static_cast<double>(exits)) / 100, 94.47);
}

TEST(Records, WhoIsPoorFailsACriterionAndMostExitsHold) {
  for (std::size_t y = 0; y < year_count; ++y) {
    EXPECT_EQ(
        count_households([&](const auto& d) { return d.course.poor_at_end_of(y) && d.meets_criteria(y); }),
        0U);
    const std::size_t out = count_households([&](const auto& d) { return !d.course.poor_at_end_of(y); });
    const std::size_t wrong =
        count_households([&](const auto& d) { return !d.course.poor_at_end_of(y) && !d.meets_criteria(y); });
    EXPECT_LE(20 * wrong, out + out / 8) << "year " << y;
  }
}

TEST(Records, MeasuresCountWhatIsPublished) {
  const auto in = [](std::size_t batch) {
    return count_households([&](const auto& d) { return (d.measures >> batch & 1U) != 0; });
  };
  EXPECT_EQ(in(1), 33'400U);
  EXPECT_EQ(in(3), 27'100U);
  EXPECT_EQ(in(4), 19'300U);
  EXPECT_EQ(count_households([](const auto& d) { return d.measures == 0; }), 0U);
}

TEST(Records, EveryCategoryAndCauseOccurs) {
  for (std::size_t c = 0; c < household_categories.size(); ++c)
    EXPECT_GT(count_households([&](const auto& d) { return d.category == c; }), 8'000U);
  for (std::size_t c = 0; c < poverty_causes.size(); ++c)
    EXPECT_GT(count_households([&](const auto& d) { return d.cause == c; }), 1'500U);
  EXPECT_EQ(count_households([](const auto& d) { return d.cause2 == static_cast<int>(d.cause); }), 0U);
  EXPECT_EQ(count_households([](const auto& d) { return d.labour > d.course.people; }), 0U);
}

TEST(Records, HelpersAreAsManyAsPublished) {
  const Helpers& helpers = made().helpers;
  std::map<std::string, std::size_t> roles;
  std::map<std::size_t, std::size_t> secretaries;
  std::set<std::string> ids;
  for (const Cadre& cadre : helpers.cadres) {
    ++roles[cadre.role], ids.insert(cadre.id);
    if (cadre.role == "第一书记") ++secretaries[cadre.village];
  }
  EXPECT_EQ(ids.size(), helpers.cadres.size());
  EXPECT_EQ(roles["结对帮扶干部"], 109'000U);
  EXPECT_EQ(roles["第一书记"], 1'622U);
  EXPECT_EQ(roles["第一书记"] + roles["驻村工作队员"] + roles["村干部"], 7'865U);
  for (std::size_t v = 0; v < made().figures.villages.size(); ++v)
    ASSERT_EQ(secretaries.count(v), made().figures.villages[v].designated ? 1U : 0U);
}

TEST(Records, PairingsAreAsManyAsPublished) {
  const Helpers& helpers = made().helpers;
  std::set<std::size_t> households, cadres, units, villages, firms, firm_villages;
  for (const Pairing& pairing : helpers.pairings) {
    if (pairing.household != Pairing::none) {
      ASSERT_TRUE(households.insert(pairing.household).second) << "paired twice";
      cadres.insert(pairing.cadre);
      ASSERT_EQ(helpers.cadres[pairing.cadre].role, "结对帮扶干部");
      ASSERT_EQ(helpers.cadres[pairing.cadre].village, made().households[pairing.household].village);
    } else if (helpers.units[pairing.unit].type == "民营企业") {
      firms.insert(pairing.unit), firm_villages.insert(pairing.village);
    } else {
      units.insert(pairing.unit), villages.insert(pairing.village);
    }
  }
  EXPECT_EQ(households.size(), 154'000U);
  EXPECT_EQ(cadres.size(), 109'000U);
  EXPECT_EQ(units.size(), 2'500U);
  EXPECT_EQ(villages.size(), 1'824U);
  EXPECT_EQ(firms.size(), 247U);
  EXPECT_EQ(firm_villages.size(), 300U);
}

TEST(Records, ProjectsCountWhatIsPublished) {
  std::int64_t funds = 0;
  std::map<std::string, std::size_t> poor_villages;
  for (std::size_t v = 0; v < made().works.size(); ++v)
    for (const Project& project : made().works[v].projects) {
      for (std::size_t y = 0; y < year_count; ++y) {
        ASSERT_TRUE(project.progress[y] >= 0 && project.progress[y] <= 100);
        ASSERT_TRUE(project.paid[y] >= 0 && project.paid[y] <= project.funds);
        if (y == 0) continue;
        ASSERT_GE(project.progress[y], project.progress[y - 1]);
        ASSERT_GE(project.paid[y], project.paid[y - 1]);
      }
      if (project.start != 2016) continue;
      funds += project.funds;
      if (made().figures.villages[v].designated) ++poor_villages[project_sectors[project.sector]];
    }
  EXPECT_EQ(funds, 650'000);
  EXPECT_EQ(poor_villages["水利"], 312U);
  EXPECT_EQ(poor_villages["电力"], 261U);
  EXPECT_EQ(poor_villages["医疗卫生"], 86U);
  EXPECT_EQ(poor_villages["文化"], 151U);
}

/// Six criteria of a poor village as in data/qinghai/criteria/village.toml.
bool village_passes(std::size_t v, std::size_t y) {
  const VillageFigures& village = made().figures.villages[v];
  const VillageServices& s = made().services[v];
  const auto& facilities = made().works[v].facilities;
  const bool clinic = std::any_of(facilities.begin(), facilities.end(), [&](const Facility& f) {
    return f.type == "卫生室" && f.built <= first_year + static_cast<int>(y);
  });
  return 100 * village.people[y] < 3 * village.rural_population && s.road[y] && clinic &&
         20 * s.water[y] >= 19 * village.rural_population &&
         20 * s.power[y] >= 19 * village.rural_population && s.collective_income[y] >= 20;
}

TEST(Records, VillagesThatExitedMostlyMeetTheirCriteria) {
  for (std::size_t y = 1; y < year_count; ++y) {
    std::size_t out = 0, good = 0, still_poor = 0, passing = 0;
    for (std::size_t v = 0; v < made().figures.villages.size(); ++v) {
      if (!made().figures.villages[v].designated) continue;
      const bool exited = made().figures.villages[v].exit_year <= y;
      ++(exited ? out : still_poor);
      if (village_passes(v, y)) ++(exited ? good : passing);
    }
    EXPECT_GE(100 * good, 97 * out) << "year " << y;
    EXPECT_LT(good, out) << "year " << y;
    EXPECT_EQ(passing, 0U) << "year " << y;
  }
}

TEST(Records, CountiesMeetTheirCriteriaInTheYearTheyExit) {
  for (std::size_t y = 1; y < year_count; ++y) {
    std::int64_t increase = 0, before = 0;
    for (const auto& checks : made().checks)
      increase += checks[y].farm_income - checks[y].farm_income_before,
          before += checks[y].farm_income_before;
    for (std::size_t c = 0; c < made().checks.size(); ++c) {
      const CountyCheck& check = made().checks[c][y];
      if (made().figures.county_exit[c] != y || check.respondents == 0) continue;
      const std::string& code = made().input.counties[c].place.code;
      EXPECT_LT(100 * check.wrong_exits, 2 * check.recorded_exits) << code;
      EXPECT_LT(100 * check.omitted, 2 * check.households_checked) << code;
      EXPECT_GT(10 * check.approving, 9 * check.respondents) << code;
      EXPECT_GE((check.farm_income - check.farm_income_before) * before, increase * check.farm_income_before)
          << code;
      EXPECT_GE(check.services, 90) << code;
    }
  }
}

}  // namespace
}  // namespace battlemap::demo
