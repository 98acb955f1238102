#include "geo/classify.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>

#include "geo/error.hpp"
#include "geo/natural_breaks.hpp"

namespace battlemap::geo {
namespace {

using Breaks = std::vector<double>;
using Counts = std::vector<std::size_t>;

TEST(Classify, EqualIntervalsSplitTheRange) {
  const Classes c = classify(Breaks{0, 1, 2, 5, 9, 10, 2.5}, Method::equal, 4);
  EXPECT_EQ(c.breaks, (Breaks{0, 2.5, 5, 7.5, 10}));
  EXPECT_EQ(c.counts, (Counts{4, 1, 0, 2}));  // 2.5 and 5 equal a break: the class below
}

TEST(Classify, QuantilesHoldEqualNumbers) {
  const Classes c = classify(Breaks{9, 1, 8, 2, 7, 3, 6, 4, 5, 10}, Method::quantile, 5);
  EXPECT_EQ(c.breaks, (Breaks{1, 2, 4, 6, 8, 10}));
  EXPECT_EQ(c.counts, (Counts{2, 2, 2, 2, 2}));
  EXPECT_EQ(classify(Breaks{1, 2, 3, 4, 5, 6, 7}, Method::quantile, 3).counts, (Counts{3, 2, 2}));
}

TEST(Classify, QuantilesKeepTiesTogether) {
  const Classes c = classify(Breaks{0, 0, 0, 0, 0, 0, 1, 2, 3, 4}, Method::quantile, 5);
  EXPECT_EQ(c.breaks, (Breaks{0, 0, 2, 4}));  // the breaks 0, 0, 0, 2: one class of all zeros
  EXPECT_EQ(c.counts, (Counts{6, 2, 2}));
  EXPECT_EQ(c.class_of(0), 0U);
  EXPECT_EQ(classify(Breaks{1, 5, 5, 5, 5, 5}, Method::quantile, 2).counts, (Counts{6}));
}

TEST(Classify, NaturalBreaksFollowTheGaps) {
  const Classes c = classify(Breaks{1, 2, 3, 10, 11, 12, 50, 51}, Method::natural, 3);
  EXPECT_EQ(c.breaks, (Breaks{1, 3, 12, 51}));
  EXPECT_EQ(c.counts, (Counts{3, 3, 2}));
  // Within: 2 + 2 + 0.5; all: mean 17.5, squares sum to 5480 - 8 * 17.5^2 = 3030.
  EXPECT_NEAR(c.goodness_of_variance_fit, 1 - 4.5 / 3030.0, 1e-12);
}

TEST(Classify, ManualKeepsEmptyClasses) {
  const Classes c = classify(Breaks{3, 5, 7, 20}, Method::manual, 0, Breaks{1, 5, 30});
  EXPECT_EQ(c.breaks, (Breaks{1, 1, 5, 30, 30}));
  EXPECT_EQ(c.counts, (Counts{0, 2, 2, 0}));
  EXPECT_THROW(classify(Breaks{1}, Method::manual, 0, Breaks{2, 2}), UsageError);
  EXPECT_THROW(classify(Breaks{1}, Method::manual, 0, Breaks{3, 2}), UsageError);
  EXPECT_THROW(classify(Breaks{1}, Method::manual, 0, Breaks{std::nan("")}), UsageError);
}

TEST(Classify, ClassOfClampsAndPutsBreaksBelow) {
  const Classes c = classify(Breaks{0, 10, 20, 30}, Method::manual, 0, Breaks{10, 20});
  EXPECT_EQ(c.class_of(-5), 0U);
  EXPECT_EQ(c.class_of(10), 0U);
  EXPECT_EQ(c.class_of(10.0001), 1U);
  EXPECT_EQ(c.class_of(20), 1U);
  EXPECT_EQ(c.class_of(99), 2U);
}

TEST(Classify, FewerDistinctValuesGiveFewerClasses) {
  for (const Method m : {Method::equal, Method::quantile, Method::natural}) {
    EXPECT_EQ(classify(Breaks{4, 4, 4}, m, 5).counts, (Counts{3})) << method_id(m);
    EXPECT_EQ(classify(Breaks{4, 4, 4}, m, 5).breaks, (Breaks{4, 4}));
    EXPECT_EQ(classify(Breaks{4, 4, 4}, m, 5).goodness_of_variance_fit, 1);
    EXPECT_EQ(classify(Breaks{1, 1, 2}, m, 9).counts, (Counts{2, 1})) << method_id(m);
    EXPECT_EQ(classify(Breaks{}, m, 5).size(), 0U);
    EXPECT_THROW(classify(Breaks{1}, m, 0), UsageError);
    EXPECT_THROW(classify(Breaks{1}, m, 10), UsageError);
    EXPECT_THROW(classify(Breaks{1, INFINITY}, m, 3), Error);
  }
}

TEST(Classify, ExtremeValuesStayFinite) {
  const double most = std::numeric_limits<double>::max();
  for (const Method m : {Method::equal, Method::quantile, Method::natural}) {
    const Classes c = classify(Breaks{-most, 0, 1, most}, m, 3);
    EXPECT_TRUE(std::all_of(c.breaks.begin(), c.breaks.end(), [](double b) { return std::isfinite(b); }));
    EXPECT_TRUE(std::is_sorted(c.breaks.begin(), c.breaks.end()));
    EXPECT_GT(c.goodness_of_variance_fit, 0.7);
    EXPECT_LE(c.goodness_of_variance_fit, 1);
    EXPECT_EQ(std::accumulate(c.counts.begin(), c.counts.end(), std::size_t{0}), 4U);
  }
}

TEST(Classify, MethodNamesAreOfferedWhenMisspelt) {
  EXPECT_EQ(parse_method("natural"), Method::natural);
  try {
    parse_method("naturl");
    FAIL();
  } catch (const UsageError& e) {
    EXPECT_NE(std::string(e.what()).find("natural"), std::string::npos) << e.what();
  }
}

/// Squared deviation of sorted[begin, end) from its mean, in long double about its own first value.
long double deviation(const Breaks& sorted, std::size_t begin, std::size_t end) {
  long double sum = 0, squares = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const long double x = static_cast<long double>(sorted[i]) - sorted[begin];
    sum += x, squares += x * x;
  }
  return squares - sum * sum / static_cast<long double>(end - begin);
}

/// The least total over all partitions of the sorted values into `count` runs, trying every one. Runs may
/// cut through equal values: the optimum never needs to, so this is the stronger bound.
long double brute_force(const Breaks& sorted, std::size_t begin, int count) {
  if (count == 1) return deviation(sorted, begin, sorted.size());
  long double best = std::numeric_limits<long double>::infinity();
  for (std::size_t end = begin + 1; end + static_cast<std::size_t>(count) - 1 <= sorted.size(); ++end)
    best = std::min(best, deviation(sorted, begin, end) + brute_force(sorted, end, count - 1));
  return best;
}

long double total_of(const Breaks& sorted, const Classes& classes) {
  long double total = 0;
  std::size_t begin = 0;
  for (const std::size_t count : classes.counts) {
    if (count > 0) total += deviation(sorted, begin, begin + count);
    begin += count;
  }
  return total;
}

void expect_optimal(Breaks values, int count) {
  const Classes found = classify(values, Method::natural, count);
  std::sort(values.begin(), values.end());
  const std::size_t distinct = std::set<double>(values.begin(), values.end()).size();
  const int classes = static_cast<int>(std::min<std::size_t>(distinct, static_cast<std::size_t>(count)));
  ASSERT_EQ(found.size(), static_cast<std::size_t>(classes));
  const long double best = brute_force(values, 0, classes), total = total_of(values, found);
  EXPECT_LE(total, best + 1e-9L * best + 1e-15L * std::abs(best))
      << "count " << count << ", " << values.size() << " values from " << values.front();
  EXPECT_EQ(std::count(found.counts.begin(), found.counts.end(), 0U), 0);
}

TEST(NaturalBreaks, EqualBruteForceOnSmallInputs) {
  std::mt19937 random(7);
  for (int round = 0; round < 600; ++round) {
    const int size = 1 + static_cast<int>(random() % 13), count = 1 + static_cast<int>(random() % 6);
    const bool ties = round % 3 == 0;
    const double offset = std::array{0.0, -1000.0, 1e9, -3e12}[static_cast<std::size_t>(round % 4)];
    Breaks values;
    for (int i = 0; i < size; ++i) {
      const double v = static_cast<double>(random() % (ties ? 5 : 1000)) - 400;
      values.push_back(offset + v * (round % 2 == 0 ? 1.0 : 0.125));
    }
    expect_optimal(values, count);
  }
}

TEST(NaturalBreaks, TightClassesFarApartAreSeparatedExactly) {
  // In plain doubles the prefix sums of squares near 1e10 would swallow differences of 1.
  expect_optimal({0, 1, 3, 1e10, 1e10 + 1, 1e10 + 3}, 4);
  expect_optimal({0, 2, 3, 1e12, 1e12 + 1, 1e12 + 3, -5e11, -5e11 + 1, -5e11 + 5}, 6);
}

TEST(NaturalBreaks, HeavyTiesWeighAsManyValues) {
  std::mt19937 random(11);
  Breaks many;
  for (int i = 0; i < 5000; ++i)
    many.push_back(static_cast<double>(random() % 12) * (random() % 3 == 0 ? 1 : 7));
  const WeightedValues distinct = distinct_values([&] {
    static Breaks sorted;
    sorted = many;
    std::sort(sorted.begin(), sorted.end());
    return std::span<const double>(sorted);
  }());
  // Every choice of 3 inner cuts among the distinct values, by direct summation.
  const std::size_t n = distinct.values.size();
  const auto cost = [&](std::size_t begin, std::size_t end) {
    long double weight = 0, sum = 0, squares = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const long double w = distinct.weights[i], x = distinct.values[i];
      weight += w, sum += w * x, squares += w * x * x;
    }
    return squares - sum * sum / weight;
  };
  long double best = std::numeric_limits<long double>::infinity();
  std::vector<std::uint32_t> cuts;
  for (std::uint32_t a = 1; a < n; ++a)
    for (std::uint32_t b = a + 1; b < n; ++b)
      for (std::uint32_t c = b + 1; c < n; ++c) {
        const long double total = cost(0, a) + cost(a, b) + cost(b, c) + cost(c, n);
        if (total < best) best = total, cuts = {0, a, b, c};
      }
  EXPECT_EQ(natural_runs(distinct, 4), cuts);
}

TEST(Classify, TheSameBreaksOverOtherValues) {
  const std::vector<double> all{1, 2, 3, 10, 11, 12}, some{0, 2, 11, 20};
  const Classes scheme = classify(all, Method::natural, 2);
  const Classes classes = measure_classes(scheme, some);
  EXPECT_EQ(classes.breaks, scheme.breaks);
  EXPECT_EQ(classes.counts, (std::vector<std::size_t>{2, 2}));
  // Squared deviations: 2 in {0, 2}, 40.5 in {11, 20}; of all, about 8.25, 252.75.
  EXPECT_NEAR(classes.goodness_of_variance_fit, 1 - 42.5 / 252.75, 1e-12);
  const Classes none = measure_classes(scheme, {});
  EXPECT_EQ(none.counts, (std::vector<std::size_t>{0, 0}));
  EXPECT_EQ(none.goodness_of_variance_fit, 1);
}

}  // namespace
}  // namespace battlemap::geo
