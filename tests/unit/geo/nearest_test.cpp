#include "geo/nearest.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

const std::vector<std::string> maps{"poverty-rate",   "poor-population", "poor-village-share",
                                    "people-out",     "exit-year",       "rate-change",
                                    "互助土族自治县", "循化撒拉族自治县"};

TEST(NearestNames, FindsAMisspeltStart) {
  const auto near = nearest_names("povrty", maps);
  ASSERT_FALSE(near.empty());
  EXPECT_EQ(near[0], "poverty-rate");
}

TEST(NearestNames, ATranspositionIsOneStep) {
  EXPECT_EQ(nearest_names("exit-yaer", maps), std::vector<std::string>{"exit-year"});
}

TEST(NearestNames, PartsOfNamesComeFirst) {
  EXPECT_EQ(nearest_names("rate", maps, 2), (std::vector<std::string>{"rate-change", "poverty-rate"}));
}

TEST(NearestNames, CountsChineseByCharacter) {
  EXPECT_EQ(nearest_names("互助土家族自治县", maps), std::vector<std::string>{"互助土族自治县"});
}

TEST(NearestNames, NothingNearGivesNothing) {
  EXPECT_TRUE(nearest_names("zzzzzzzz", maps).empty());
  EXPECT_TRUE(nearest_names("x", {}).empty());
}

TEST(NearestNames, TheErrorQuotesTheNameAndOffersTheNearest) {
  try {
    fail_unknown("map", "povrty-rate", maps);
    FAIL();
  } catch (const UsageError& e) {
    const std::string what = e.what();
    EXPECT_NE(what.find("unknown map 'povrty-rate'; did you mean poverty-rate?"), std::string::npos) << what;
  }
}

}  // namespace
}  // namespace battlemap::geo
