#include "geo/exit_mask.hpp"

#include <gtest/gtest.h>

#include "exit_dataset.hpp"

namespace battlemap::geo {
namespace {

using namespace testing;  // NOLINT: the fixtures of this test

class MaskExits : public ::testing::Test {
 protected:
  MaskExits() : folder(::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    dataset.project.criteria_folder = folder.path;
    folder.write("household.toml", household_table);
  }
  RecordTable& households() {
    return dataset.records.tables[static_cast<std::size_t>(RecordKind::household)];
  }
  /// Judged as it is, then masked by what `change` does to the records.
  template <class Change>
  const ExitTable& masked(Change change, double suppress_below = 0) {
    results = judge_exits(dataset, {}, 2016);
    change();
    mask_exits(results, dataset, suppress_below);
    return results[ExitSubject::household];
  }
  Dataset dataset = exit_dataset();
  CriteriaFolder folder;
  ExitResults results;
};

TEST_F(MaskExits, DroppedHouseholdsLeaveOnlyCounts) {
  add_households(dataset, {{0, 3000, 1, 2016}, {0, 2000, 1, 2016}});
  const ExitTable& table = masked([&] { households().dropped = true; });
  EXPECT_TRUE(table.judgements.empty());
  EXPECT_TRUE(table.results.empty());
  EXPECT_EQ(table.accuracy.recorded, 2U);
  EXPECT_EQ(table.accuracy.percent(), 50);
}

TEST_F(MaskExits, AHiddenFieldHidesItsValueItsResultAndThatItDecides) {
  add_households(dataset, {{0, 2000, 1, 2016}, {0, 3000, 0, 2016}});
  const ExitTable& table = masked([&] {
    for (Status& status : households().columns[0].status) status = Status::masked;
  });
  EXPECT_EQ(table.results_of(0)[0].status, Status::masked);
  EXPECT_EQ(table.results_of(0)[0].value, 0);
  EXPECT_EQ(table.results_of(0)[0].result, Judgement::unknown);
  EXPECT_EQ(table.judgements[0].deciding, -1);
  EXPECT_EQ(table.judgements[0].judged, Judgement::fail) << "whether it meets the criteria stays";
  EXPECT_EQ(table.judgements[1].deciding, 1);
  EXPECT_EQ(table.results_of(1)[1].result, Judgement::fail);
}

TEST_F(MaskExits, ACoarsenedFieldCoarsensItsValue) {
  add_households(dataset, {{0, 3456, 1, 2016}});
  const ExitTable& table = masked([&] { households().columns[0].numbers[0] = 3000; });
  EXPECT_EQ(table.results_of(0)[0].value, 3000);
  EXPECT_EQ(table.results_of(0)[0].result, Judgement::pass);
}

/// `pass`, `fail` and `unknown` recorded exits, and `missed` that pass without one.
std::vector<House> houses(int pass, int fail, int unknown, int missed) {
  std::vector<House> all;
  for (int i = 0; i < pass; ++i) all.push_back({0, 4000, 1, 2016});
  for (int i = 0; i < fail; ++i) all.push_back({0, 2000, 1, 2016});
  for (int i = 0; i < unknown; ++i) all.push_back({0, none, 1, 2016});
  for (int i = 0; i < missed; ++i) all.push_back({0, 4000, 1, 9999});
  return all;
}

TEST_F(MaskExits, SmallCountsAndWhatGivesThemAwayAreHidden) {
  add_households(dataset, houses(50, 3, 20, 10));
  const ExitTable& table = masked([] {}, 5);
  EXPECT_EQ(table.accuracy.contradicted, std::nullopt) << "3 is small";
  EXPECT_EQ(table.accuracy.unknown, std::nullopt) << "else 73 - 50 - 20 gives it away";
  EXPECT_EQ(table.accuracy.confirmed, 50U);
  EXPECT_EQ(table.accuracy.recorded, 73U);
  EXPECT_EQ(table.accuracy.percent(), std::nullopt);
  EXPECT_EQ(table.judged[1], std::nullopt);
  EXPECT_EQ(table.judged[2], std::nullopt);
  EXPECT_EQ(table.judged[0], 60U);
  EXPECT_EQ(table.missed, 10U);
}

TEST_F(MaskExits, LargeCountsAndZerosStay) {
  add_households(dataset, houses(50, 0, 0, 10));
  const ExitTable& table = masked([] {}, 5);
  EXPECT_EQ(table.accuracy.contradicted, 0U);
  EXPECT_EQ(table.accuracy.percent(), 100);
}

TEST_F(MaskExits, NoHiddenCountFollowsFromTheOthers) {
  // Every mixture of small and large: at least two of each sum's terms are hidden, or none.
  for (int mixture = 0; mixture < 256; ++mixture) {
    const auto part = [&](int k) {
      return std::array{0, 2, 6, 40}[static_cast<std::size_t>(mixture >> (2 * k)) % 4];
    };
    households() = {};
    add_households(dataset, houses(part(0), part(1), part(2), part(3)));
    const ExitTable& t = masked([] {}, 5);
    const auto hidden = [](std::initializer_list<ExitCount> counts) {
      return std::count(counts.begin(), counts.end(), ExitCount());
    };
    const ExitAccuracy& a = t.accuracy;
    EXPECT_NE(hidden({t.judged[0], t.judged[1], t.judged[2]}), 1) << mixture;
    EXPECT_NE(hidden({a.confirmed, a.contradicted, a.unknown, a.recorded}), 1) << mixture;
    EXPECT_NE(hidden({a.confirmed, t.missed, t.judged[0]}), 1) << mixture;
    for (const ExitCount& count :
         {t.judged[0], t.judged[1], t.judged[2], a.confirmed, a.contradicted, a.unknown})
      EXPECT_FALSE(count && *count > 0 && *count < 5) << mixture;
  }
}

}  // namespace
}  // namespace battlemap::geo
