#include "geo/sort_values.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace battlemap::geo {
namespace {

std::vector<double> sorted_by_library(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values;
}

TEST(SortValues, AnyNumberOfAnySignAndSize) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> digits(0, 1);
  std::uniform_int_distribution<int> magnitude(-300, 300);
  for (const std::size_t count : {0U, 1U, 2U, 100U, 4095U, 4096U, 50000U}) {
    std::vector<double> values(count);
    for (double& v : values) v = digits(random) * std::pow(10.0, magnitude(random));
    if (count > 4) values[1] = std::numeric_limits<double>::max(), values[2] = std::numeric_limits<double>::denorm_min(), values[3] = values[4];
    std::vector<double> sorted = values;
    sort_values(sorted);
    EXPECT_EQ(sorted, sorted_by_library(values)) << count;
  }
}

TEST(SortValues, ManyAlike) {
  std::mt19937_64 random(8);
  std::vector<double> values(30000);
  for (double& v : values) v = std::round(std::uniform_real_distribution<double>(-3, 3)(random)) / 10;
  std::vector<double> sorted = values;
  sort_values(sorted);
  EXPECT_EQ(sorted, sorted_by_library(values));
  sort_values(sorted);  // what is sorted stays so
  EXPECT_EQ(sorted, sorted_by_library(values));
}

}  // namespace
}  // namespace battlemap::geo
