// What is hidden cannot be computed from what is shown.
#include "geo/suppression.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace battlemap::geo {
namespace {

std::vector<bool> small(const std::vector<double>& values, double below) {
  std::vector<bool> hidden;
  for (const double value : values) hidden.push_back(value > 0 && value < below);
  return hidden;
}

TEST(Suppression, TheSmallestSiblingIsHiddenToo) {
  const std::vector<double> values{36, 3, 20, 13, 0};
  std::vector<bool> hidden = small(values, 5);
  protect_sums(values, std::vector<SumRule>{{0, {1, 2, 3, 4}}}, 5, hidden);
  EXPECT_EQ(hidden, (std::vector<bool>{false, true, false, true, false}));
}

TEST(Suppression, HiddenPartsAreNotSmallTogether) {
  const std::vector<double> values{30, 1, 1, 12, 16};
  std::vector<bool> hidden = small(values, 5);
  protect_sums(values, std::vector<SumRule>{{0, {1, 2, 3, 4}}}, 5, hidden);
  EXPECT_EQ(hidden, (std::vector<bool>{false, true, true, true, false}));
}

TEST(Suppression, AnOnlyChildHidesItsParent) {
  const std::vector<double> values{9, 3, 3, 6};
  std::vector<bool> hidden = small(values, 5);
  protect_sums(values, std::vector<SumRule>{{0, {1, 3}}, {1, {2}}}, 5, hidden);
  EXPECT_EQ(hidden, (std::vector<bool>{false, true, true, true}));
}

TEST(Suppression, NothingIsHiddenWithoutNeed) {
  const std::vector<double> values{20, 8, 12, 0};
  std::vector<bool> hidden = small(values, 5);
  protect_sums(values, std::vector<SumRule>{{0, {1, 2, 3}}}, 5, hidden);
  EXPECT_EQ(hidden, std::vector<bool>(4));
}

/// A random tree of sums and a partition of every node: no rule may be left with one unknown.
TEST(Suppression, NoSumGivesAnythingAway) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> values(1 + 5 + 25);
    std::vector<SumRule> rules{{0, {}}};
    for (std::uint32_t i = 0; i < 5; ++i) {
      rules[0].parts.push_back(1 + i);
      rules.push_back({1 + i, {}});
      for (std::uint32_t k = 0; k < 5; ++k) {
        values[6 + 5 * i + k] = static_cast<double>(random() % 12);
        values[1 + i] += values[6 + 5 * i + k];
        rules.back().parts.push_back(6 + 5 * i + k);
      }
      values[0] += values[1 + i];
    }
    const std::vector<bool> must = small(values, 5);
    std::vector<bool> hidden = must;
    protect_sums(values, rules, 5, hidden);
    for (std::size_t i = 0; i < hidden.size(); ++i) EXPECT_TRUE(hidden[i] || !must[i]);
    for (const SumRule& rule : rules) {
      int unknown = hidden[rule.whole] ? 1 : 0;
      for (const std::uint32_t part : rule.parts) unknown += hidden[part] ? 1 : 0;
      EXPECT_NE(unknown, 1);
    }
  }
}

}  // namespace
}  // namespace battlemap::geo
