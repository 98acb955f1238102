#include "demo/allocation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "demo/random.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

using Numbers = std::vector<std::int64_t>;

TEST(Allocation, SumsExactlyWithinItsBounds) {
  Random random(5);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + random.below(60);
    std::vector<double> weights;
    Numbers low, high;
    std::int64_t least = 0, most = 0;
    for (std::size_t i = 0; i < n; ++i) {
      weights.push_back(random.below(4) == 0 ? 0 : random.uniform(0, 10));
      low.push_back(random.below(5)), high.push_back(low.back() + random.below(40));
      least += low.back(), most += high.back();
    }
    const std::int64_t total = least + random.below(static_cast<std::uint32_t>(most - least + 1));
    const Numbers result = allocate(total, weights, low, high);
    ASSERT_EQ(std::accumulate(result.begin(), result.end(), std::int64_t{0}), total);
    for (std::size_t i = 0; i < n; ++i) ASSERT_TRUE(result[i] >= low[i] && result[i] <= high[i]);
  }
}

TEST(Allocation, IsWithinOneOfProportionalWhereNothingBinds) {
  const std::vector<double> weights{1, 2, 3, 4.5};
  const Numbers result = allocate(1000, weights, Numbers(4, 0), Numbers(4, 1000));
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_LT(std::abs(static_cast<double>(result[i]) - 1000 * weights[i] / 10.5), 1);
}

TEST(Allocation, RefusesATotalThatDoesNotFit) {
  const std::vector<double> weights{1, 1};
  EXPECT_THROW(allocate(21, weights, Numbers{0, 0}, Numbers{10, 10}), geo::Error);
  EXPECT_THROW(allocate(1, weights, Numbers{1, 1}, Numbers{10, 10}), geo::Error);
}

}  // namespace
}  // namespace battlemap::demo
