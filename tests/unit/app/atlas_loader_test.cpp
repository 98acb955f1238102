#include "app/window/atlas_loader.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "village_project.hpp"

namespace battlemap::app {
namespace {

class LoadedForAWindow : public VillageProject {
 protected:
  AtlasLoader::Outcome load(bool records, const std::string& map = "") const {
    AtlasLoader loader(LoadOrder{folder_, std::nullopt, records, map}, [] {});
    for (int i = 0; i < 6000; ++i) {
      if (auto outcome = loader.take()) return std::move(*outcome);
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return {};
  }
};

TEST_F(LoadedForAWindow, EveryYearTheWindowCanShowIsJudged) {
  const auto outcome = load(true);
  ASSERT_TRUE(outcome.atlas) << outcome.error;
  const geo::Dataset& dataset = outcome.atlas->dataset;
  for (const int year : {2015, 2016}) {
    ASSERT_NE(dataset.exits_of(year), nullptr) << year;
    EXPECT_EQ(dataset.exits_of(year)->year, year);
    EXPECT_EQ((*dataset.exits_of(year))[geo::ExitSubject::household].judgements.size(), 15U) << year;
  }
  EXPECT_EQ(dataset.exits_of(2014), nullptr);
}

TEST_F(LoadedForAWindow, MapsOfExitsHaveTheirValues) {
  for (const auto& [records, map] : {std::pair{true, ""}, std::pair{false, "exit-accuracy"}}) {
    const auto outcome = load(records, map);
    ASSERT_TRUE(outcome.atlas) << outcome.error;
    const geo::Dataset& dataset = outcome.atlas->dataset;
    const auto village = dataset.tree.find(*geo::Code::parse(first));
    EXPECT_TRUE(dataset.statistics.value("exit_judgement", *village, 2016).has_value()) << map;
  }
}

TEST_F(LoadedForAWindow, RecordsComeLaterWhereTheFirstMapNeedsNone) {
  const auto outcome = load(false, "poverty-rate");
  ASSERT_TRUE(outcome.atlas) << outcome.error;
  EXPECT_EQ(outcome.atlas->dataset.records[geo::RecordKind::household].size(), 0U);
}

TEST_F(LoadedForAWindow, WithoutCriteriaNothingIsJudged) {
  std::filesystem::remove_all(folder_ / "criteria");
  const auto outcome = load(true);
  ASSERT_TRUE(outcome.atlas) << outcome.error;
  EXPECT_TRUE(outcome.atlas->dataset.exits.empty());
  EXPECT_EQ(outcome.atlas->dataset.records[geo::RecordKind::household].size(), 15U);
}

}  // namespace
}  // namespace battlemap::app
