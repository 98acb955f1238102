#include "geo/exit_judge.hpp"

#include <gtest/gtest.h>

#include "exit_dataset.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

using namespace testing;  // NOLINT: the fixtures of this test
using enum Judgement;

Verdict of(std::vector<Judgement> judgements) {
  std::vector<CriterionResult> results;
  for (const Judgement judgement : judgements) results.push_back({0, 0, Status::value, judgement});
  return decide(results);
}

TEST(Decide, FailBeatsUnknownBeatsPass) {
  // For two criteria: every pair.
  const Judgement all[] = {pass, fail, unknown, Judgement::not_applicable};
  const Judgement expected[4][4] = {{pass, fail, unknown, pass},
                                    {fail, fail, fail, fail},
                                    {unknown, fail, unknown, unknown},
                                    {pass, fail, unknown, Judgement::not_applicable}};
  for (int a = 0; a < 4; ++a)
    for (int b = 0; b < 4; ++b) EXPECT_EQ(of({all[a], all[b]}).judged, expected[a][b]) << a << " " << b;
}

TEST(Decide, NamesTheFirstThatFailsElseTheFirstUnknown) {
  EXPECT_EQ(of({pass, unknown, fail, fail}).deciding, 2);
  EXPECT_EQ(of({pass, unknown, pass, unknown}).deciding, 1);
  EXPECT_EQ(of({pass, pass}).deciding, -1);
  EXPECT_EQ(of({Judgement::not_applicable}).deciding, -1);
  EXPECT_EQ(of({}).judged, Judgement::not_applicable);
}

TEST(Judge, MissingIsUnknownAndNotApplicableIsSkipped) {
  Criterion criterion;
  criterion.comparison = Comparison::less;
  EXPECT_EQ(judge(criterion, {2, 3, Status::value}), pass);
  EXPECT_EQ(judge(criterion, {3, 3, Status::value}), fail);
  EXPECT_EQ(judge(criterion, {0, 3, Status::no_data}), unknown);
  EXPECT_EQ(judge(criterion, {0, 3, Status::masked}), unknown);
  EXPECT_EQ(judge(criterion, {0, 3, Status::not_applicable}), Judgement::not_applicable);
  EXPECT_EQ(judge(criterion, {2, none, Status::value}), unknown);
}

class JudgeExits : public ::testing::Test {
 protected:
  JudgeExits() : folder(::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    dataset.project.criteria_folder = folder.path;
  }
  const ExitTable& judge(ExitSubject subject, DivisionRef place = {}, int year = 2016) {
    results = judge_exits(dataset, place, year);
    return results[subject];
  }
  std::string message() {
    try {
      judge_exits(dataset, {}, 2016);
    } catch (const Error& e) {
      return e.what();
    }
    return "no error";
  }

  Dataset dataset = exit_dataset();
  CriteriaFolder folder;
  ExitResults results;
};

std::vector<Judgement> judged(const ExitTable& table) {
  std::vector<Judgement> all;
  for (const ExitJudgement& judgement : table.judgements) all.push_back(judgement.judged);
  return all;
}

TEST_F(JudgeExits, HouseholdsByTheirFields) {
  folder.write("household.toml", household_table);
  add_households(dataset, {{0, 3000, 1, 2016},
                           {0, 2999, 1, 2016},
                           {0, 5000, none, 2016},
                           {0, 2000, none, 2017},
                           {1, 4000, 1, 9999},
                           {3, 4000, 1, 2015}});
  const ExitTable& table = judge(ExitSubject::household);
  EXPECT_EQ(judged(table), (std::vector{pass, fail, unknown, fail, pass, pass}));
  EXPECT_EQ(table.judgements[1].deciding, 0);
  EXPECT_EQ(table.judgements[2].deciding, 1);
  EXPECT_EQ(table.judgements[0].recorded, 2016);
  EXPECT_EQ(table.judgements[3].recorded, std::nullopt) << "recorded later than the year judged";
  EXPECT_EQ(table.judgements[4].recorded, std::nullopt) << "9999 is not yet out";
  EXPECT_TRUE(table.judgements[1].contradicted());
  EXPECT_FALSE(table.judgements[3].contradicted());
  EXPECT_EQ(table.results_of(1)[0].value, 2999);
  EXPECT_EQ(table.results_of(1)[0].threshold, 3000);
  EXPECT_EQ(table.judged[0], 3U);
  EXPECT_EQ(table.judged[1], 2U);
  EXPECT_EQ(table.judged[2], 1U);
  EXPECT_EQ(table.missed, 1U);
  EXPECT_EQ(table.accuracy.recorded, 4U);
  EXPECT_EQ(table.accuracy.confirmed, 2U);
  EXPECT_EQ(table.accuracy.contradicted, 1U);
  EXPECT_EQ(table.accuracy.unknown, 1U);
  EXPECT_EQ(table.of_the_year.recorded, 3U);
  EXPECT_EQ(table.of_the_year.percent(), 50);
}

TEST_F(JudgeExits, AFieldTheSourceLacksIsUnknown) {
  folder.write("household.toml",
               household_table + criterion("food", "field = \"food\"", "=", "threshold = 1"));
  add_households(dataset, {{0, 3000, 1, 2016}, {0, 2000, 1, 2016}});
  const ExitTable& table = judge(ExitSubject::household);
  EXPECT_EQ(judged(table), (std::vector{unknown, fail}));
  EXPECT_EQ(table.judgements[0].deciding, 2);
}

TEST_F(JudgeExits, OnlyWhatLiesWithinThePlace) {
  folder.write("household.toml", household_table);
  folder.write("village.toml", criterion("rate", "indicator = \"rate\"", "<", "threshold = 3"));
  folder.write("county.toml", criterion("rate", "indicator = \"rate\"", "<", "threshold = 3"));
  add_households(dataset, {{0, 1, 1, 2016}, {1, 2, 1, 2016}, {1, 3, 1, 2016}, {3, 4, 1, 2016}});
  const auto subjects = [&](ExitSubject subject, DivisionRef place) {
    std::vector<std::uint32_t> all;
    for (const ExitJudgement& judgement : judge(subject, place).judgements) all.push_back(judgement.subject);
    return all;
  };
  using Rows = std::vector<std::uint32_t>;
  EXPECT_EQ(subjects(ExitSubject::household, {Level::village, 1}), (Rows{1, 2}));
  EXPECT_EQ(subjects(ExitSubject::household, {Level::county, 1}), Rows{3});
  EXPECT_EQ(subjects(ExitSubject::village, {Level::county, 0}), (Rows{0, 1, 2}));
  EXPECT_EQ(subjects(ExitSubject::county, {Level::county, 1}), Rows{1});
  EXPECT_EQ(subjects(ExitSubject::county, {Level::village, 1}), Rows{});
  EXPECT_EQ(subjects(ExitSubject::county, {}), (Rows{0, 1}));
}

TEST_F(JudgeExits, VillagesWhereTheTableApplies) {
  folder.write("village.toml",
               "applies_to = \"poor\"\n" + criterion("rate", "indicator = \"rate\"", "<", "threshold = 3"));
  const ExitTable& table = judge(ExitSubject::village);
  ASSERT_EQ(table.judgements.size(), 3U) << "village 2 is not poor";
  EXPECT_EQ(judged(table), (std::vector{pass, fail, unknown})) << "2.9 %, 3.0 %, no data";
  EXPECT_EQ(table.find(3), 2U);
  EXPECT_EQ(table.find(2), std::nullopt);
  EXPECT_EQ(table.judgements[0].recorded, 2016);
  EXPECT_EQ(table.judgements[1].recorded, std::nullopt);
  EXPECT_EQ(table.accuracy.confirmed, 1U);
  EXPECT_EQ(table.accuracy.unknown, 1U);
  EXPECT_EQ(table.accuracy.percent(), 100);
}

TEST_F(JudgeExits, CountsTheFacilitiesThatStandInTheYear) {
  folder.write("village.toml", criterion("clinic", "facility = \"clinic\"", ">=", "threshold = 1"));
  EXPECT_EQ(judged(judge(ExitSubject::village)), std::vector(4, unknown)) << "no facilities loaded";
  dataset.records.sets = default_categories();
  const auto clinic = static_cast<std::uint16_t>(dataset.records.set("facility").require("clinic"));
  const auto school = static_cast<std::uint16_t>(dataset.records.set("facility").require("school"));
  RecordTable& table = dataset.records.tables[static_cast<std::size_t>(RecordKind::facility)];
  table.loaded = true;
  for (const std::uint32_t village : {0U, 0U, 1U, 2U, 3U}) table.places.push_back({Level::village, village});
  RecordTable::Column type;
  type.field = &require_field(RecordKind::facility, "type");
  type.status.assign(5, Status::value);
  type.categories = {clinic, clinic, school, clinic, clinic};
  // Village 0: one built and one yet to be; 1: a school; 2: one out of use; 3: nobody says when it was built.
  table.columns = {type, number_column(RecordKind::facility, "built", {2016, 2017, 2010, 2010, none}),
                   number_column(RecordKind::facility, "working", {1, 1, 1, 0, none})};
  const ExitTable& villages = judge(ExitSubject::village);
  EXPECT_EQ(judged(villages), (std::vector{pass, fail, fail, pass}));
  EXPECT_EQ(villages.results_of(0)[0].value, 1);
  EXPECT_EQ(villages.results_of(1)[0].value, 0);
}

TEST_F(JudgeExits, AThresholdMayBeTheValueAbove) {
  folder.write("county.toml", criterion("rate", "indicator = \"rate\"", "<=", "threshold_of = \"province\""));
  const ExitTable& table = judge(ExitSubject::county);
  // First county 35 of 1300 people; province the same, since the second has no data.
  EXPECT_EQ(judged(table), (std::vector{pass, unknown}));
  EXPECT_DOUBLE_EQ(table.results_of(0)[0].threshold, 100.0 * 35 / 1300);
}

TEST_F(JudgeExits, NamesThatDoNotExistAreSaidWithFileLineAndNearest) {
  folder.write("county.toml", criterion("rate", "indicator = \"rat\"", "<", "threshold = 3"));
  EXPECT_NE(message().find("county.toml:1: unknown indicator 'rat'; did you mean rate"), std::string::npos)
      << message();
  folder.write("county.toml",
               "recorded = \"exit_yer\"\n" + criterion("rate", "indicator = \"rate\"", "<", "threshold = 3"));
  EXPECT_NE(message().find("exit_year"), std::string::npos) << message();
  folder.write("county.toml", criterion("rate", "indicator = \"rate\"", "<", "threshold = 3"));
  folder.write("household.toml", criterion("income", "field = \"incom\"", ">", "threshold = 3"));
  EXPECT_NE(message().find("household.toml:1: unknown field"), std::string::npos) << message();
  EXPECT_NE(message().find("income"), std::string::npos) << message();
  folder.write("household.toml", criterion("income", "field = \"cause\"", ">", "threshold = 3"));
  EXPECT_NE(message().find("neither a number nor yes/no"), std::string::npos) << message();
}

TEST_F(JudgeExits, WithoutAnyTableTheFolderIsNamed) {
  EXPECT_NE(message().find(folder.path.string()), std::string::npos);
}

}  // namespace
}  // namespace battlemap::geo
