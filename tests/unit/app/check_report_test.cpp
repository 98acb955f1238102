#include "app/check_report.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "geo/problem_log.hpp"

namespace battlemap::app {
namespace {

using geo::Level;
using geo::Status;

/// One county with two villages: 30 poor of 300, and 2 of nobody.
geo::Dataset small_dataset() {
  geo::Dataset d;
  d.project.id = "small";
  d.project.title = {"小县", "Small"};
  d.project.years = {2016};
  d.tree = geo::DivisionTree({{*geo::Code::parse("630101"), "甲县", ""},
                              {*geo::Code::parse("630101100201"), "一村", ""},
                              {*geo::Code::parse("630101100202"), "二村", ""}});
  geo::Indicator rate{
      .id = "rate", .kind = geo::IndicatorKind::ratio, .numerator = "poor", .denominator = "all"};
  rate.factor = 100;
  d.statistics = geo::Statistics(d.tree, {{.id = "poor"}, {.id = "all"}, rate}, {2016},
                                 {{"poor", Level::village, 2016, {{30, Status::value}, {2, Status::value}}},
                                  {"all", Level::village, 2016, {{300, Status::value}, {0, Status::value}}}});
  return d;
}

geo::ControlTotal total(std::string id, std::string indicator, std::string_view place, double expected,
                        int decimals = 0) {
  geo::ControlTotal control;
  control.id = std::move(id), control.indicator = std::move(indicator);
  control.place = *geo::Code::parse(place), control.year = 2016;
  control.expected = expected, control.decimals = decimals;
  return control;
}

std::vector<std::string> kinds(const CheckReport& report) {
  std::vector<std::string> found;
  for (const geo::Problem& problem : report.problems) found.push_back(problem.kind);
  return found;
}

TEST(CheckReport, JudgesTotalsByTheirDecimals) {
  geo::Dataset d = small_dataset();
  d.project.controls = {total("right", "poor", "630101", 32), total("rounded", "rate", "630101", 10.7, 1),
                        total("wrong", "rate", "630101", 10.6, 1), total("nowhere", "poor", "6302", 1)};
  const CheckReport report(d);
  ASSERT_EQ(report.totals.size(), 4U);
  EXPECT_TRUE(report.totals[0].ok);
  EXPECT_TRUE(report.totals[1].ok);  // 32 / 300 = 10.67 %
  EXPECT_FALSE(report.totals[2].ok);
  EXPECT_FALSE(report.totals[3].ok);
  const auto json = check_json(report);
  EXPECT_EQ(json["totals"][0]["actual"], 32);
  EXPECT_EQ(json["totals"][2]["ok"], false);
  EXPECT_TRUE(json["totals"][3]["actual"].is_null());
  EXPECT_EQ(kinds(report), (std::vector<std::string>{"unknown_place", "zero_denominator"}));
  EXPECT_EQ(report.failures(), 4U);
}

TEST(CheckReport, ReportsARatioOfSomethingToNothingOnceAtItsFinestPlace) {
  const geo::Dataset d = small_dataset();
  const CheckReport report(d);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].code, "630101100202");
}

TEST(CheckReport, AListThatWasCutIsCountedInFull) {
  geo::Dataset d = small_dataset();
  d.problems = {{"bad_cell", "b.csv", 4, "", "no number"}};
  {
    geo::ProblemLog log(d.problems, "c.csv", 2);
    for (int row = 1; row <= 12; ++row) log.add("bad_cell", row, "", "no number either");
  }
  const std::string text = check_text(CheckReport(d));
  EXPECT_NE(text.find("bad_cell: 13\n"), std::string::npos) << text;
  EXPECT_NE(text.find("... 10 more; --json lists 3 of all"), std::string::npos) << text;
  EXPECT_NE(text.find("14 problems, 0 notes"), std::string::npos) << text;  // and the zero denominator
  EXPECT_EQ(check_json(CheckReport(d))["problems"][3]["count"], 10);
}

TEST(CheckReport, NotesAreNoFailures) {
  geo::Dataset d = small_dataset();
  d.problems = {{"invalid_geometry", "a.gpkg", 3, "630101", "was repaired"},
                {"bad_cell", "b.csv", 4, "", "no number"}};
  const CheckReport report(d);
  EXPECT_EQ(report.failures(), 2U);  // bad_cell and the zero denominator
  const std::string text = check_text(report);
  EXPECT_NE(text.find("invalid_geometry: 1 (note)"), std::string::npos) << text;
  EXPECT_NE(text.find("b.csv: no number"), std::string::npos) << text;
  EXPECT_NE(text.find("2 problems, 1 notes"), std::string::npos) << text;
}

TEST(CheckReport, TellsWhatEachSourceOfRecordsGave) {
  geo::Dataset d = small_dataset();
  EXPECT_NE(check_text(CheckReport(d)).find("Records: none in the project"), std::string::npos);
  geo::RecordReport households;
  households.source = "records.gpkg (household)";
  households.rows = 12, households.placed = 11, households.with_point = 10, households.problems = 3;
  d.records.reports = {households};
  const CheckReport report(d);
  const std::string text = check_text(report);
  EXPECT_NE(text.find("household         12        11        10         3  records.gpkg (household)"),
            std::string::npos)
      << text;
  const auto json = check_json(report)["records"];
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0]["kind"], "household");
  EXPECT_EQ(json[0]["placed"], 11);
  EXPECT_EQ(json[0]["on_map"], 10);
}

TEST(CheckReport, AControlOfAnUnknownIndicatorIsAnErrorThatNamesIt) {
  geo::Dataset d = small_dataset();
  d.project.controls = {total("odd", "por", "630101", 1)};
  try {
    const CheckReport report(d);
    FAIL();
  } catch (const geo::UsageError&) {
    FAIL() << "not the command line's fault";
  } catch (const geo::Error& e) {
    EXPECT_NE(std::string(e.what()).find("'odd'"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace battlemap::app
