#include "geo/exit_statistics.hpp"

#include <gtest/gtest.h>

#include "exit_dataset.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

using namespace testing;  // NOLINT: the fixtures of this test

Indicator counted(const char* id, ExitQuantity quantity, ExitSubject subject = ExitSubject::household) {
  Indicator indicator{.id = id, .kind = IndicatorKind::count};
  indicator.exit = ExitSource{quantity, subject};
  return indicator;
}

/// exit_dataset() with indicators of exits beside its own.
Dataset dataset_of_exits(const CriteriaFolder& folder) {
  Dataset dataset = exit_dataset();
  dataset.project.criteria_folder = folder.path;
  std::vector<Indicator> indicators(dataset.statistics.indicators().begin(),
                                    dataset.statistics.indicators().end());
  indicators.push_back(counted("confirmed", ExitQuantity::confirmed));
  indicators.push_back(counted("told", ExitQuantity::told));
  indicators.push_back(counted("missed", ExitQuantity::missed));
  indicators.push_back(counted("villages_out", ExitQuantity::recorded, ExitSubject::village));
  Indicator accuracy{
      .id = "accuracy", .kind = IndicatorKind::ratio, .numerator = "confirmed", .denominator = "told"};
  accuracy.factor = 100;
  Indicator judgement{.id = "judgement", .kind = IndicatorKind::latest};
  judgement.exit = ExitSource{ExitQuantity::judgement, std::nullopt};
  indicators.push_back(accuracy), indicators.push_back(judgement);
  std::vector<Statistics::Column> columns;
  for (const char* id : {"poor", "people", "poor_people", "exit_year"}) {
    Statistics::Column column{id, Level::village, 2016, {}};
    for (const Value& v : dataset.statistics.values(id, Level::village, 2016))
      column.values.push_back({v.value, v.status, v.provenance});
    columns.push_back(std::move(column));
  }
  dataset.statistics = Statistics(dataset.tree, indicators, {2016}, std::move(columns));
  folder.write("household.toml", household_table);
  folder.write("village.toml",
               "applies_to = \"poor\"\n" + criterion("rate", "indicator = \"rate\"", "<", "threshold = 3"));
  folder.write("county.toml", criterion("rate", "indicator = \"rate\"", "<", "threshold = 2.5"));
  // Village 0: two confirmed, one contradicted; 1: one that cannot be told; 3: one missed; 2: nobody.
  add_households(
      dataset,
      {{0, 3000, 1, 2016}, {0, 3000, 1, 2016}, {0, 2000, 1, 2016}, {1, none, 1, 2016}, {3, 9000, 1, 9999}});
  return dataset;
}

std::vector<std::shared_ptr<ExitResults>> all_judged(const Dataset& dataset) {
  std::vector<std::shared_ptr<ExitResults>> judged;
  for (const int year : dataset.project.years)
    judged.push_back(std::make_shared<ExitResults>(judge_exits(dataset, {}, year)));
  return judged;
}

TEST(ExitStatistics, CountAndSumUpwards) {
  const CriteriaFolder folder("CountAndSumUpwards");
  Dataset dataset = dataset_of_exits(folder);
  EXPECT_FALSE(dataset.statistics.value("told", {Level::village, 0}, 2016).has_value());
  add_exit_statistics(dataset, all_judged(dataset));
  const auto at = [&](const char* id, Level level, std::uint32_t index) {
    return dataset.statistics.value(id, {level, index}, 2016);
  };
  EXPECT_EQ(at("confirmed", Level::village, 0).value, 2);
  EXPECT_EQ(at("told", Level::village, 0).value, 3);
  EXPECT_EQ(at("told", Level::village, 1).value, 0) << "one exit, but it cannot be told";
  EXPECT_EQ(at("told", Level::village, 2).status, Status::not_applicable) << "nobody there";
  EXPECT_EQ(at("missed", Level::village, 3).value, 1);
  EXPECT_EQ(at("confirmed", Level::province, 0).value, 2);
  EXPECT_EQ(at("villages_out", Level::province, 0).value, 2);
  EXPECT_NEAR(at("accuracy", Level::village, 0).value, 200.0 / 3, 1e-9);
  EXPECT_EQ(at("accuracy", Level::village, 1).status, Status::not_applicable);
  EXPECT_NEAR(at("accuracy", Level::county, 0).value, 200.0 / 3, 1e-9);
  EXPECT_EQ(at("accuracy", Level::county, 0).denominator, 3);
}

TEST(ExitStatistics, JudgementsStandAtTheirLevelAndTheWorstAbove) {
  const CriteriaFolder folder("JudgementsStandAtTheirLevel");
  Dataset dataset = dataset_of_exits(folder);
  add_exit_statistics(dataset, all_judged(dataset));
  const auto at = [&](Level level, std::uint32_t index) {
    return dataset.statistics.value("judgement", {level, index}, 2016);
  };
  EXPECT_EQ(at(Level::village, 0).value, 1) << "2.9 %";
  EXPECT_EQ(at(Level::village, 1).value, 3) << "3.0 % is not below 3 %";
  EXPECT_EQ(at(Level::village, 2).status, Status::not_applicable);
  EXPECT_EQ(at(Level::village, 3).value, 2);
  EXPECT_EQ(at(Level::county, 0).value, 3) << "its own judgement: 2.7 % is not below 2.5 %";
  EXPECT_EQ(at(Level::county, 1).value, 2);
  EXPECT_EQ(at(Level::province, 0).value, 3);
  EXPECT_EQ(at(Level::township, 1).value, 2) << "the worst of its villages";
}

TEST(ExitStatistics, KnowWhatIsMadeFromThem) {
  const CriteriaFolder folder("KnowWhatIsMadeFromThem");
  const Dataset dataset = dataset_of_exits(folder);
  const auto indicators = dataset.statistics.indicators();
  EXPECT_TRUE(made_from_exits(indicators, "told"));
  EXPECT_TRUE(made_from_exits(indicators, "accuracy"));
  EXPECT_TRUE(made_from_exits(indicators, "judgement"));
  EXPECT_FALSE(made_from_exits(indicators, "rate"));
  EXPECT_FALSE(made_from_exits(indicators, "nothing"));
}

class ExitIndicators : public ::testing::Test {
 protected:
  std::vector<Indicator> read(const std::string& keys) {
    folder.write("indicators.toml", "[[indicator]]\nid = \"a\"\nkind = \"exit\"\n" + keys);
    return read_indicators(folder.path / "indicators.toml");
  }
  CriteriaFolder folder{"indicators"};
};

TEST_F(ExitIndicators, AreReadWithSubjectAndQuantity) {
  const Indicator counted = read("exit = \"contradicted\"\nsubject = \"village\"\n").front();
  ASSERT_TRUE(counted.exit.has_value());
  EXPECT_EQ(counted.exit->quantity, ExitQuantity::contradicted);
  EXPECT_EQ(counted.exit->subject, ExitSubject::village);
  EXPECT_EQ(counted.kind, IndicatorKind::count);
  const Indicator judgement = read("exit = \"judgement\"\n").front();
  EXPECT_EQ(judgement.kind, IndicatorKind::latest);
  EXPECT_EQ(judgement.exit->subject, std::nullopt);
  EXPECT_EQ(judgement.categories.at(3).en, "Fail");
}

TEST_F(ExitIndicators, WrongOnesAreRejected) {
  EXPECT_THROW(read("exit = \"confirmd\"\nsubject = \"village\"\n"), Error);
  EXPECT_THROW(read("exit = \"confirmed\"\n"), Error) << "of whom?";
  EXPECT_THROW(read("exit = \"judgement\"\nsubject = \"household\"\n"), Error);
  EXPECT_THROW(read("exit = \"confirmed\"\nsubject = \"village\"\ncolumn = \"x\"\n"), Error);
}

}  // namespace
}  // namespace battlemap::geo
