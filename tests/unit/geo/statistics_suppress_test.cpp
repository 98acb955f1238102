// Small numbers of people are hidden from the public, with whatever gives them away.
#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "geo/indicator.hpp"

namespace battlemap::geo {
namespace {

constexpr Statistics::Cell na{0, Status::not_applicable};
Statistics::Cell v(double value) {
  return {value, Status::value};
}

/// County 01 with villages of 3, 20 and 40 poor, county 02 with one of 30; a village without data.
class StatisticsSuppress : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<DivisionTree::Entry> entries;
    for (const char* code : {"630101100201", "630101100202", "630101100203", "630101100204", "630102100201"})
      entries.push_back({*Code::parse(code), code, ""});
    tree_ = DivisionTree(std::move(entries));
    Indicator poor{.id = "poor"}, all{.id = "all"}, out{.id = "out"}, villages{.id = "villages"};
    poor.personal = all.personal = out.personal = true;
    Indicator rate{.id = "rate", .kind = IndicatorKind::ratio, .numerator = "poor", .denominator = "all"};
    rate.factor = 100;
    Indicator change{.id = "change", .kind = IndicatorKind::change, .of = "poor"};
    const auto column = [](const char* id, int year, std::vector<Statistics::Cell> cells) {
      return Statistics::Column{id, Level::village, year, std::move(cells)};
    };
    statistics_ = Statistics(tree_, {poor, all, out, villages, rate, change}, {2015, 2016},
                             {column("poor", 2015, {v(3), v(20), v(40), {}, v(30)}),
                              column("poor", 2016, {v(0), v(18), v(20), {}, v(30)}),
                              column("out", 2016, {v(3), v(2), v(20), na, v(0)}),
                              column("all", 2015, {v(100), v(200), v(300), v(50), v(100)}),
                              column("villages", 2015, {v(1), v(1), v(1), v(1), v(1)})});
    const std::vector<IndicatorSum> sums{{"poor", {"poor", "out"}, -1}};
    statistics_.suppress(tree_, sums, 5);
  }
  Value at(const char* id, std::uint32_t village, int year) const {
    return statistics_.value(id, {Level::village, village}, year);
  }
  bool masked(const char* id, std::uint32_t village, int year) const {
    const Value value = at(id, village, year);
    EXPECT_TRUE(value.status != Status::masked ||
                (value.value == 0 && value.numerator == 0 && value.denominator == 0));
    return value.status == Status::masked;
  }
  DivisionTree tree_;
  Statistics statistics_;
};

TEST_F(StatisticsSuppress, SmallNumbersAndTheSmallestSibling) {
  EXPECT_TRUE(masked("poor", 0, 2015));
  EXPECT_TRUE(masked("poor", 1, 2015));  // 63 - 40 - 20 would be 3
  EXPECT_EQ(at("poor", 3, 2015).status, Status::no_data);
  EXPECT_EQ(at("poor", 4, 2015).value, 30);
  EXPECT_EQ(statistics_.value("poor", {Level::province, 0}, 2015).value, 93);
}

TEST_F(StatisticsSuppress, NumbersThatAreNotOfPeopleStay) {
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_EQ(at("villages", i, 2015).value, 1);
}

TEST_F(StatisticsSuppress, RatiosOfHiddenParts) {
  EXPECT_TRUE(masked("rate", 0, 2015));
  EXPECT_TRUE(masked("rate", 1, 2015));
  EXPECT_EQ(at("rate", 4, 2015).value, 30);
  // The county's rate is of all its people, hidden villages too.
  EXPECT_NEAR(statistics_.value("rate", {Level::county, 0}, 2015).value, 100.0 * 63 / 600, 1e-12);
}

TEST_F(StatisticsSuppress, ChangesThatAreSmallOrHaveAHiddenPart) {
  EXPECT_TRUE(masked("change", 0, 2016));
  EXPECT_TRUE(masked("change", 1, 2016));
  EXPECT_EQ(at("change", 2, 2016).has_value(), !masked("poor", 2, 2015) && !masked("poor", 2, 2016));
}

TEST_F(StatisticsSuppress, WhoeverAddsUpFindsTwoUnknowns) {
  for (std::uint32_t i : {0U, 1U, 2U, 4U}) {
    if (at("out", i, 2016).status == Status::not_applicable) continue;
    const int unknown = masked("poor", i, 2015) + masked("poor", i, 2016) + masked("out", i, 2016);
    EXPECT_NE(unknown, 1) << i;
  }
  EXPECT_TRUE(masked("out", 0, 2016));
  EXPECT_TRUE(masked("out", 1, 2016));
}

TEST_F(StatisticsSuppress, WordsSayThatItIsHidden) {
  const Indicator& poor = statistics_.indicator("poor");
  EXPECT_EQ(format_value(at("poor", 0, 2015), poor, Language::zh), "已屏蔽");
  EXPECT_EQ(format_value(at("poor", 0, 2015), poor, Language::en), "Masked");
}

}  // namespace
}  // namespace battlemap::geo
