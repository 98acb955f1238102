#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "geo/indicator.hpp"

namespace battlemap::geo {
namespace {

using Cell = Statistics::Cell;
constexpr Cell none{};
constexpr Cell na{0, Status::not_applicable};
Cell v(double value, Provenance provenance = Provenance::user) {
  return {value, Status::value, provenance};
}

/// One prefecture; county 01 with villages A1, A2, A3 and county 02 with B1; county 03 without villages.
DivisionTree small_tree() {
  std::vector<DivisionTree::Entry> entries;
  for (const char* code : {"630101100201", "630101100202", "630101100203", "630102100201", "630103"})
    entries.push_back({*Code::parse(code), code, ""});
  return DivisionTree(std::move(entries));
}

Indicator count(std::string id) {
  return {.id = std::move(id), .kind = IndicatorKind::count};
}

/// poor and all are counts, rate their ratio in per cent, last a maximum, change that of rate.
std::vector<Indicator> indicators() {
  Indicator rate{.id = "rate", .kind = IndicatorKind::ratio, .numerator = "poor", .denominator = "all"};
  rate.factor = 100;
  const Indicator last{.id = "last", .kind = IndicatorKind::latest};
  const Indicator change{.id = "change", .kind = IndicatorKind::change, .of = "rate"};
  Indicator late = count("late");
  late.years = {2016};
  return {count("poor"), count("all"), rate, last, change, late};
}

using Columns = std::vector<Statistics::Column>;
Statistics make(Columns columns) {
  return Statistics(small_tree(), indicators(), {2015, 2016}, std::move(columns));
}
Statistics::Column village(std::string id, std::vector<Cell> cells, int year = 2015) {
  return {std::move(id), Level::village, year, std::move(cells)};
}
Statistics::Column county(std::string id, std::vector<Cell> cells, int year = 2015) {
  return {std::move(id), Level::county, year, std::move(cells)};
}

Value value_at(const Statistics& s, std::string_view id, Level level, std::uint32_t index, int year = 2015) {
  return s.value(id, {level, index}, year);
}

void expect_value(const Value& value, double expected, std::uint32_t reported, std::uint32_t of) {
  EXPECT_EQ(value.status, Status::value);
  EXPECT_DOUBLE_EQ(value.value, expected);
  EXPECT_EQ(value.reported, reported);
  EXPECT_EQ(value.expected, of);
}

TEST(Counts, SumWithPlacesReported) {
  const auto s = make({village("poor", {v(5), none, na, v(7)})});
  expect_value(value_at(s, "poor", Level::village, 0), 5, 1, 1);
  EXPECT_EQ(value_at(s, "poor", Level::village, 1).status, Status::no_data);
  EXPECT_EQ(value_at(s, "poor", Level::village, 2).status, Status::not_applicable);
  expect_value(value_at(s, "poor", Level::township, 0), 5, 1, 2);
  expect_value(value_at(s, "poor", Level::county, 0), 5, 1, 2);
  expect_value(value_at(s, "poor", Level::county, 1), 7, 1, 1);
  expect_value(value_at(s, "poor", Level::province, 0), 12, 2, 4);  // of four: county 03 has no table row either
}

TEST(Counts, ZeroIsAValue) {
  const auto s = make({village("poor", {v(0), v(0), v(0), none})});
  expect_value(value_at(s, "poor", Level::county, 0), 0, 3, 3);
}

TEST(Counts, AllNotApplicableIsNotApplicableAndNoneReportedIsNoData) {
  const auto s = make({village("poor", {na, na, na, none})});
  EXPECT_EQ(value_at(s, "poor", Level::county, 0).status, Status::not_applicable);
  EXPECT_EQ(value_at(s, "poor", Level::county, 0).expected, 0U);
  EXPECT_EQ(value_at(s, "poor", Level::county, 1).status, Status::no_data);
  EXPECT_EQ(value_at(s, "poor", Level::county, 2).status, Status::no_data);
  EXPECT_EQ(value_at(s, "poor", Level::prefecture, 0).status, Status::no_data);
  const auto mixed = make({village("poor", {na, none, na, v(1)})});
  EXPECT_EQ(value_at(mixed, "poor", Level::county, 0).status, Status::no_data);
}

TEST(Counts, ATablesOwnValueWinsOverTheSum) {
  const auto s = make({village("poor", {v(5), v(6), v(7), v(8)}),
                       county("poor", {v(100, Provenance::published), none, v(3)})});
  const Value own = value_at(s, "poor", Level::county, 0);
  expect_value(own, 100, 1, 1);
  EXPECT_EQ(own.provenance, Provenance::published);
  expect_value(value_at(s, "poor", Level::county, 1), 8, 1, 1);  // an empty cell does not win
  expect_value(value_at(s, "poor", Level::province, 0), 111, 3, 3);
  const auto not_there = make({village("poor", {v(5), v(6), v(7), v(8)}), county("poor", {na, none, none})});
  EXPECT_EQ(value_at(not_there, "poor", Level::county, 0).status, Status::not_applicable);
}

TEST(Counts, AreNoDataFinerThanTheirTable) {
  const auto s = make({county("poor", {v(1), none, v(3)})});
  EXPECT_EQ(value_at(s, "poor", Level::village, 0).status, Status::no_data);
  EXPECT_EQ(value_at(s, "poor", Level::township, 0).status, Status::no_data);
  expect_value(value_at(s, "poor", Level::prefecture, 0), 4, 2, 3);  // of three counties, not of their villages
}

TEST(Counts, TwoTablesOfOneLevelFillEachOther) {
  const auto s = make({village("poor", {v(1), none, none, none}), village("poor", {v(9), v(2), none, v(4)})});
  expect_value(value_at(s, "poor", Level::county, 0), 3, 2, 3);
  expect_value(value_at(s, "poor", Level::county, 1), 4, 1, 1);
}

TEST(Latest, IsTheMaximum) {
  const auto s = make({village("last", {v(2016), v(9999), na, na})});
  expect_value(value_at(s, "last", Level::county, 0), 9999, 2, 2);
  EXPECT_EQ(value_at(s, "last", Level::county, 1).status, Status::not_applicable);
  const auto negative = make({village("last", {v(-5), v(-3), none, na})});
  expect_value(value_at(negative, "last", Level::county, 0), -3, 2, 3);
}

TEST(Ratios, AreRatiosOfSumsNotMeansOfRates) {
  const auto s =
      make({village("poor", {v(10), v(1), v(0), v(5)}), village("all", {v(20), v(100), v(80), v(50)})});
  expect_value(value_at(s, "rate", Level::village, 0), 50, 1, 1);
  const Value one = value_at(s, "rate", Level::county, 0);
  expect_value(one, 100.0 * 11 / 200, 3, 3);
  EXPECT_EQ(one.numerator, 11);
  EXPECT_EQ(one.denominator, 200);
  expect_value(value_at(s, "rate", Level::prefecture, 0), 100.0 * 16 / 250, 4, 5);
}

TEST(Ratios, TakeBothPartsOverTheSamePlacesAtEveryLevel) {
  // A2 lacks its numerator, A3 its denominator: neither may bend the rate.
  const auto s =
      make({village("poor", {v(10), none, v(7), v(5)}), village("all", {v(20), v(1000), none, v(50)})});
  for (const Level level : {Level::township, Level::county}) {
    const Value rate = value_at(s, "rate", level, 0);
    expect_value(rate, 50, 1, 3);
    EXPECT_EQ(rate.numerator, 10);
    EXPECT_EQ(rate.denominator, 20);
  }
  for (const Level level : {Level::prefecture, Level::province})
    expect_value(value_at(s, "rate", level, 0), 100.0 * 15 / 70, 2, 5);
  expect_value(value_at(s, "all", Level::county, 0), 1020, 2, 3);  // the count itself keeps every place
}

TEST(Ratios, NotApplicablePlacesCountInNeitherPart) {
  const auto s = make({village("poor", {v(10), na, na, na}), village("all", {v(20), v(1000), none, v(4)})});
  expect_value(value_at(s, "rate", Level::county, 0), 50, 1, 1);
  EXPECT_EQ(value_at(s, "rate", Level::county, 1).status, Status::not_applicable);
}

TEST(Ratios, ZeroDenominators) {
  const auto s = make({village("poor", {v(0), v(3), v(2), v(0)}), village("all", {v(0), v(0), v(10), v(0)})});
  EXPECT_EQ(value_at(s, "rate", Level::village, 0).status, Status::not_applicable);
  const Value odd = value_at(s, "rate", Level::village, 1);
  EXPECT_EQ(odd.status, Status::no_data);
  EXPECT_EQ(odd.numerator, 3);
  EXPECT_EQ(odd.denominator, 0);
  expect_value(value_at(s, "rate", Level::county, 0), 50, 2, 2);  // both parts of A2 are known: they are summed
  EXPECT_EQ(value_at(s, "rate", Level::county, 1).status, Status::not_applicable);
}

TEST(Ratios, UseATablesOwnPartsOnlyWithACompletePartner) {
  const auto complete =
      make({village("all", {v(20), v(30), v(50), v(50)}), county("poor", {v(40), none, none}),
            village("poor", {v(1), v(1), v(1), v(1)})});
  expect_value(value_at(complete, "rate", Level::county, 0), 40, 1, 1);
  // The sum of `all` misses A2, so the county's own 40 would be divided by too little: the villages decide.
  const auto gap = make({village("all", {v(20), none, v(80), v(50)}), county("poor", {v(40), none, none}),
                         village("poor", {v(1), v(1), v(1), v(1)})});
  expect_value(value_at(gap, "rate", Level::county, 0), 2, 2, 3);
}

TEST(Ratios, OfTablesOfTwoLevelsMeetAtTheCoarser) {
  const auto s = make({village("poor", {v(1), v(2), v(3), v(4)}), county("all", {v(60), v(40), v(10)})});
  EXPECT_EQ(value_at(s, "rate", Level::village, 0).status, Status::no_data);
  expect_value(value_at(s, "rate", Level::county, 0), 10, 1, 1);
  expect_value(value_at(s, "rate", Level::province, 0), 10, 2, 3);
  const auto gap = make({village("poor", {v(1), none, v(3), v(4)}), county("all", {v(60), v(40), v(10)})});
  EXPECT_EQ(value_at(gap, "rate", Level::county, 0).status, Status::no_data);
  expect_value(value_at(gap, "rate", Level::province, 0), 10, 1, 3);
}

TEST(Changes, NeedBothYears) {
  const auto s = make({village("poor", {v(10), v(10), na, v(0)}), village("all", {v(100), none, na, v(0)}),
                       village("poor", {v(5), v(5), na, v(1)}, 2016),
                       village("all", {v(100), v(100), na, v(10)}, 2016)});
  expect_value(value_at(s, "change", Level::village, 0, 2016), -5, 1, 1);
  EXPECT_EQ(value_at(s, "change", Level::village, 1, 2016).status, Status::no_data);
  EXPECT_EQ(value_at(s, "change", Level::village, 2, 2016).status, Status::not_applicable);
  EXPECT_EQ(value_at(s, "change", Level::village, 3, 2016).status, Status::no_data);
  EXPECT_EQ(value_at(s, "change", Level::village, 0, 2015).status, Status::no_data);  // 2014 is not there
}

TEST(Years, OutsideAnIndicatorsOwnAreNotApplicable) {
  const auto s = make({village("late", {v(1), v(2), v(3), v(4)}, 2016)});
  EXPECT_EQ(value_at(s, "late", Level::province, 0, 2015).status, Status::not_applicable);
  expect_value(value_at(s, "late", Level::prefecture, 0, 2016), 10, 4, 5);
  EXPECT_EQ(value_at(s, "poor", Level::province, 0, 2016).status, Status::no_data);
}

TEST(Provenance, IsTheLeastTrustedOfWhatWasSummed) {
  const auto p = Provenance::published, g = Provenance::generated, u = Provenance::user;
  const auto s = make({village("poor", {v(1, p), v(1, p), v(1, p), v(1, g)}),
                       village("all", {v(9, p), v(9, u), none, v(9, p)})});
  EXPECT_EQ(value_at(s, "poor", Level::county, 0).provenance, p);
  EXPECT_EQ(value_at(s, "poor", Level::province, 0).provenance, g);
  EXPECT_EQ(value_at(s, "all", Level::county, 0).provenance, u);
  EXPECT_EQ(value_at(s, "rate", Level::county, 0).provenance, u);
  EXPECT_EQ(value_at(s, "rate", Level::county, 1).provenance, g);
}

TEST(StatisticsClass, OffersTheNearestIndicator) {
  const auto s = make({});
  try {
    s.values("rat", Level::county, 2015);
    FAIL();
  } catch (const UsageError& e) {
    EXPECT_NE(std::string(e.what()).find("rate"), std::string::npos) << e.what();
  }
  EXPECT_EQ(s.indicator("rate").factor, 100);
  EXPECT_EQ(s.years().size(), 2U);
}

TEST(StatisticsClass, OutlivesItsTreeAndMoves) {
  Statistics s = make({village("poor", {v(5), v(6), v(7), v(8)})});
  const auto before = s.values("poor", Level::county, 2015);
  const Statistics moved = std::move(s);
  EXPECT_EQ(moved.values("poor", Level::county, 2015).data(), before.data());
  EXPECT_EQ(before[0].value, 18);
}

TEST(StatisticsClass, ThreadsSeeTheSameValues) {
  const auto s =
      make({village("poor", {v(10), v(1), v(0), v(5)}), village("all", {v(20), v(100), v(80), v(50)})});
  std::vector<const Value*> seen(8);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < seen.size(); ++t)
    threads.emplace_back([&, t] {
      for (const Level level : all_levels) s.values("rate", level, 2015);
      seen[t] = s.values("rate", Level::province, 2015).data();
    });
  for (std::thread& thread : threads) thread.join();
  for (const Value* p : seen) EXPECT_EQ(p, seen[0]);
  EXPECT_DOUBLE_EQ(seen[0]->value, 6.4);
}

}  // namespace
}  // namespace battlemap::geo
