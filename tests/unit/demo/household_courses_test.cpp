#include "demo/household_courses.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace battlemap::demo {
namespace {

TEST(HouseholdCourses, DrawnHouseholdsSumUpWithinBounds) {
  for (const auto& [people, count] : {std::pair{3, 1}, {81, 9}, {520, 160}, {7, 7}, {0, 0}}) {
    const auto list = draw_households(people, count, Random(5));
    EXPECT_EQ(list.size(), static_cast<std::size_t>(count));
    int sum = 0;
    for (const HouseholdCourse& household : list) {
      EXPECT_TRUE(household.people >= 1 && household.people <= 9);
      sum += household.people;
    }
    EXPECT_EQ(sum, people);
  }
}

TEST(SubsetSums, KnowsWhatHouseholdsCanMakeUp) {
  const SubsetSums sums({4, 7, 4});
  std::vector<int> found;
  for (int people = -1; people <= 16; ++people)
    if (sums.reachable(people)) found.push_back(people);
  EXPECT_EQ(found, (std::vector<int>{0, 4, 7, 8, 11, 15}));
  EXPECT_EQ(sums.nearest(6, 0, 15), 7);
  EXPECT_EQ(sums.nearest(9, 9, 15), 11);
  EXPECT_EQ(sums.nearest(13, 0, 15), 11) << "ties go down";
  EXPECT_EQ(sums.nearest(2, 1, 3), std::nullopt);
  EXPECT_EQ(sums.pick(8), (std::vector<bool>{true, false, true}));
  EXPECT_EQ(sums.pick(11), (std::vector<bool>{true, true, false})) << "the first of equals";
}

TEST(SubsetSums, AgreesWithTryingAllAcrossWords) {
  std::vector<std::int32_t> sizes;
  Random random(11);
  for (int i = 0; i < 14; ++i) sizes.push_back(5 + static_cast<std::int32_t>(random.below(5)));
  const SubsetSums sums(sizes);
  ASSERT_GT(sums.total(), 64);
  std::vector<bool> expected(static_cast<std::size_t>(sums.total()) + 1);
  for (unsigned set = 0; set < 1U << 14U; ++set) {
    std::size_t sum = 0;
    for (unsigned i = 0; i < 14; ++i)
      if ((set >> i & 1U) != 0) sum += static_cast<std::size_t>(sizes[i]);
    expected[sum] = true;
  }
  for (std::size_t people = 0; people < expected.size(); ++people) {
    ASSERT_EQ(sums.reachable(static_cast<std::int64_t>(people)), expected[people]) << people;
    if (!expected[people]) continue;
    const std::vector<bool> picked = sums.pick(static_cast<std::int64_t>(people));
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) sum += picked[i] ? sizes[i] : 0;
    ASSERT_EQ(sum, static_cast<std::int64_t>(people));
  }
}

}  // namespace
}  // namespace battlemap::demo
