#include "demo/exact_choice.hpp"

#include <gtest/gtest.h>

#include <array>

#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

TEST(ExactChoice, TakesTheHighestAndTheFirstOfEquals) {
  const std::array<double, 5> scores{0.5, 0, 2, 0.5, 0.5};
  EXPECT_EQ(choose_highest(3, scores), (std::vector<bool>{true, false, true, true, false}));
  EXPECT_EQ(choose_highest(0, scores), std::vector<bool>(5));
}

TEST(ExactChoice, NeverTakesWhatIsNotEligible) {
  const std::array<double, 3> scores{1, 0, -1};
  EXPECT_THROW(choose_highest(2, scores), geo::Error);
}

}  // namespace
}  // namespace battlemap::demo
