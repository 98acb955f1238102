#include "geo/criteria.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

/// A criteria file in a folder of its own, removed at the end.
class CriteriaFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() /
             fmt::format("criteria-{}-{}", ::getpid(),
                         ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder);
    file = folder / "village.toml";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  CriteriaTable read(const std::string& text, ExitSubject subject = ExitSubject::village) {
    std::ofstream(file) << text;
    return read_criteria(file, subject);
  }
  std::string message(const std::string& text, ExitSubject subject = ExitSubject::village) {
    try {
      read(text, subject);
    } catch (const Error& e) {
      const std::string what = e.what();
      const auto name = what.find(file.string());
      return name == std::string::npos ? what : what.substr(name + file.string().size());
    }
    return "no error";
  }

  std::filesystem::path folder, file;
};

constexpr auto good = R"(applies_to = "poor_villages"
[[criterion]]
id = "rate"
name = { zh = "贫困发生率", en = "Poverty rate" }
indicator = "poverty_rate"
comparison = "<"
threshold = 3
unit = "%"
decimals = 1
note = "a note"

[[criterion]]
id = "clinic"
name = "卫生室"
facility = "clinic"
comparison = ">="
thresholds = { 2016 = 1, 2018 = 2 }
)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

TEST_F(CriteriaFile, ReadsEveryKey) {
  const CriteriaTable table = read(good);
  EXPECT_EQ(table.applies_to, "poor_villages");
  EXPECT_EQ(table.recorded, "exit_year");
  ASSERT_EQ(table.criteria.size(), 2U);
  const Criterion& rate = table.criteria[0];
  EXPECT_EQ(rate.id, "rate");
  EXPECT_EQ(rate.name.en, "Poverty rate");
  EXPECT_EQ(rate.indicator, "poverty_rate");
  EXPECT_EQ(rate.comparison, Comparison::less);
  EXPECT_EQ(rate.threshold_in(1999), 3);
  EXPECT_EQ(rate.unit.zh, "%");
  EXPECT_EQ(rate.decimals, 1);
  EXPECT_EQ(rate.note.zh, "a note");
  EXPECT_EQ(rate.line, 2);
  EXPECT_EQ(table.criteria[1].facility, "clinic");
}

TEST_F(CriteriaFile, AYearWithoutAThresholdTakesTheLatestBefore) {
  const Criterion clinic = read(good).criteria[1];
  EXPECT_EQ(clinic.threshold_in(2015), std::nullopt);
  EXPECT_EQ(clinic.threshold_in(2016), 1);
  EXPECT_EQ(clinic.threshold_in(2017), 1);
  EXPECT_EQ(clinic.threshold_in(2018), 2);
  EXPECT_EQ(clinic.threshold_in(2030), 2);
}

TEST_F(CriteriaFile, WrongKeysAndValuesNameLineAndNearest) {
  EXPECT_EQ(message(replaced(good, "comparison = \"<\"", "comparison = \"=<\"")).substr(0, 28),
            R"(:6: key 'comparison' is "=<")");
  EXPECT_NE(message(replaced(good, "decimals = 1", "decimal = 1")).find("decimals"), std::string::npos);
  EXPECT_EQ(message(replaced(good, "decimals = 1", "decimal = 1")).substr(0, 4), ":9: ");
  EXPECT_NE(message(replaced(good, "threshold = 3", "threshold = \"3\"")).find("a finite number"),
            std::string::npos);
  EXPECT_NE(message(replaced(good, "2018 = 2", "next = 2")).find("thresholds by year"), std::string::npos);
  EXPECT_NE(message(replaced(good, "id = \"clinic\"", "id = \"rate\"")).find("an id of its own"),
            std::string::npos);
  EXPECT_NE(message(replaced(good, "applies_to", "applies")).find("applies_to"), std::string::npos);
}

TEST_F(CriteriaFile, AskForExactlyOneThresholdAndOneSource) {
  EXPECT_NE(message(replaced(good, "threshold = 3", "")).find("one threshold"), std::string::npos);
  EXPECT_NE(message(replaced(good, "threshold = 3", "threshold = 3\nthreshold_of = \"province\""))
                .find("one threshold"),
            std::string::npos);
  EXPECT_NE(
      message(replaced(good, "indicator = \"poverty_rate\"", "")).find("indicator = \"...\" or facility"),
      std::string::npos);
  EXPECT_NE(message(replaced(good, "facility = \"clinic\"", "facility = \"clinic\"\nindicator = \"x\""))
                .find("indicator"),
            std::string::npos);
  EXPECT_NE(message(good, ExitSubject::county).find("indicator = \"...\""), std::string::npos);
  EXPECT_NE(message("", ExitSubject::county).find("has no [[criterion]]"), std::string::npos);
}

TEST_F(CriteriaFile, AThresholdOfAnAncestorMustLieAbove) {
  const std::string of = replaced(good, "threshold = 3", "threshold_of = \"county\"");
  EXPECT_EQ(read(of).criteria[0].threshold_of, Level::county);
  EXPECT_EQ(read(of).criteria[0].threshold_in(2016), std::nullopt);
  const std::string county = of.substr(0, of.find("\n[[criterion]]\nid = \"clinic\""));
  EXPECT_NE(message(county, ExitSubject::county).find("a level above the county"), std::string::npos);
}

TEST_F(CriteriaFile, AFolderWithoutTablesGivesTablesWithoutCriteria) {
  read(good);
  const auto tables = read_criteria_tables(folder);
  EXPECT_TRUE(tables[0].criteria.empty());
  EXPECT_EQ(tables[1].criteria.size(), 2U);
  EXPECT_EQ(tables[2].subject, ExitSubject::county);
  EXPECT_TRUE(read_criteria_tables({})[1].criteria.empty());
}

TEST(DemoCriteria, HoldSixBindingIndicatorsEachWithANote) {
  const auto tables =
      read_criteria_tables(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/criteria");
  for (const CriteriaTable& table : tables) {
    EXPECT_EQ(table.criteria.size(), 6U) << exit_subject_id(table.subject);
    for (const Criterion& criterion : table.criteria) {
      EXPECT_NE(criterion.note.zh.find("默认值"), std::string::npos) << criterion.id;
      EXPECT_NE(criterion.note.en.find("Default"), std::string::npos) << criterion.id;
    }
  }
}

TEST(Holds, DecidesTiesByTheSign) {
  for (const auto& [comparison, below, tie, above] : {std::tuple{Comparison::less, true, false, false},
                                                      {Comparison::at_most, true, true, false},
                                                      {Comparison::more, false, false, true},
                                                      {Comparison::at_least, false, true, true},
                                                      {Comparison::equal, false, true, false}}) {
    EXPECT_EQ(holds(comparison, 2.9, 3), below) << comparison_sign(comparison);
    EXPECT_EQ(holds(comparison, 3, 3), tie) << comparison_sign(comparison);
    EXPECT_EQ(holds(comparison, 3.1, 3), above) << comparison_sign(comparison);
  }
}

TEST(ExitAccuracy, IsOfTheExitsThatCanBeTold) {
  ExitAccuracy accuracy;
  EXPECT_EQ(accuracy.percent(), std::nullopt);
  accuracy.recorded = 10, accuracy.confirmed = 6, accuracy.contradicted = 2, accuracy.unknown = 2;
  EXPECT_EQ(accuracy.told(), 8U);
  EXPECT_EQ(accuracy.percent(), 75);
  accuracy.contradicted = std::nullopt;
  EXPECT_EQ(accuracy.told(), std::nullopt);
  EXPECT_EQ(accuracy.percent(), std::nullopt);
}

}  // namespace
}  // namespace battlemap::geo
