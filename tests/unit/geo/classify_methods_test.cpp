#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "geo/class_breaks.hpp"
#include "geo/classify.hpp"
#include "geo/error.hpp"

// Every method against values that others published, or that a reader can recompute with pencil and paper.

namespace battlemap::geo {
namespace {

using Breaks = std::vector<double>;
using Counts = std::vector<std::size_t>;

/// Employees per square kilometre of California's 58 counties: the example data of mapclassify (PySAL), whose
/// published results stand in the tests below.
const Breaks calemp{
    329.92, 0.42, 5.9, 14.03, 2.78, 1.34, 181.27, 1.65, 10.03, 16.7, 1.32, 3.99, 3.16, 0.22, 8.7, 6.56,
    3.27, 0.33, 370.5, 4.51, 75.29, 0.99, 2.74, 8.68, 0.14, 0.92, 12.63, 28.7, 12.02, 722.85, 36.68, 0.74,
    29.82, 192.05, 3.38, 11.15, 110.74, 4111.45, 49.47, 10.33, 317.11, 20.47, 264.93, 66.26, 5.39, 0.13,
    0.61, 50.65, 40.48, 36.67, 13.09, 1.81, 0.2, 7.6, 2.51, 57.26, 24.32, 6.97};

Classes classify_by(const Breaks& values, ClassOptions options) {
  return classify(values, options);
}

void expect_near(const Breaks& found, const Breaks& expected, double tolerance) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], tolerance) << i;
}

/// Without the lower end: mapclassify gives the upper ends of classes only.
Breaks upper_ends(const Classes& classes) {
  return {classes.breaks.begin() + 1, classes.breaks.end()};
}

TEST(ClassifyOracle, MapclassifyFisherJenks) {
  const Classes c = classify(calemp, Method::natural, 5);
  expect_near(upper_ends(c), {75.29, 192.05, 370.5, 722.85, 4111.45}, 1e-9);
  EXPECT_EQ(c.counts, (Counts{49, 3, 4, 1, 1}));
}

TEST(ClassifyOracle, MapclassifyEqualInterval) {
  const Classes c = classify(calemp, Method::equal, 5);
  expect_near(upper_ends(c), {822.394, 1644.658, 2466.922, 3289.186, 4111.45}, 1e-9);
  EXPECT_EQ(c.counts, (Counts{57, 0, 0, 0, 1}));
}

TEST(ClassifyOracle, MapclassifyStdMean) {
  const Classes c = classify_by(calemp, {.method = Method::stddev});
  expect_near(upper_ends(c), {-967.36235382, -420.71712519, 672.57333208, 1219.21856072, 4111.45}, 1e-7);
  EXPECT_EQ(c.counts, (Counts{0, 0, 56, 1, 1}));
  EXPECT_EQ(c.breaks, classify_by(calemp, {.method = Method::stddev, .multiples = {-2, -1, 1, 2}}).breaks);
}

TEST(ClassifyOracle, MapclassifyBoxPlot) {
  const Classes c = classify_by(calemp, {.method = Method::box});
  expect_near(upper_ends(c), {-52.87625, 2.5675, 9.365, 39.53, 94.97375, 4111.45}, 1e-9);
  EXPECT_EQ(c.counts, (Counts{0, 15, 14, 14, 6, 9}));
}

TEST(ClassifyOracle, MapclassifyHeadTailOfInverseSquares) {
  Breaks values;
  for (int i = 1; i < 1000; ++i) values.push_back(1.0 / (static_cast<double>(i) * i));
  EXPECT_EQ(classify(values, Method::headtail, 9).counts, (Counts{975, 21, 2, 1}));
  values.push_back(1.0);  // the maximum twice
  EXPECT_EQ(classify(values, Method::headtail, 9).counts, (Counts{980, 17, 1, 2}));
  EXPECT_EQ(classify(Breaks{1 + std::numeric_limits<double>::epsilon(), 1, 1}, Method::headtail, 9).counts,
            (Counts{2, 1}));
}

TEST(ClassifyOracle, HeadTailOfCalifornia) {
  const Classes c = classify(calemp, Method::headtail, 9);
  // Mean of all, mean of the 8 above it: sums over counts, recomputed from the 58 numbers.
  expect_near(upper_ends(c), {125.92810344827587, 811.26, 4111.45}, 1e-9);
  EXPECT_EQ(c.counts, (Counts{50, 7, 1}));
  EXPECT_EQ(classify(calemp, Method::headtail, 2).counts, (Counts{50, 8}));  // at most two classes
}

TEST(ClassifyOracle, PrettyAsInR) {
  const auto pretty = [](double low, double high, int count) { return pretty_scale(low, high, count); };
  expect_near(pretty(1, 10, 5), {0, 2, 4, 6, 8, 10}, 0);           // pretty(1:10)
  expect_near(pretty(1, 3, 5), {1, 1.5, 2, 2.5, 3}, 0);            // pretty(1:3)
  expect_near(pretty(0, 1, 5), {0, 0.2, 0.4, 0.6, 0.8, 1}, 0);     // pretty(0:1)
  expect_near(pretty(1, 20, 2), {0, 10, 20}, 0);                   // pretty(1:20, n = 2)
  expect_near(pretty(0, 97.2, 5), {0, 20, 40, 60, 80, 100}, 0);
  expect_near(pretty(-7, 12, 4), {-10, -5, 0, 5, 10, 15}, 0);
  EXPECT_LE(pretty(1, 27.5, 9).size(), 10U);
}

TEST(ClassifyMethods, DeviationsByCount) {
  // 2 4 4 4 5 5 7 9: mean 5, squares of deviations 9+1+1+1+0+0+4+16 = 32, sample deviation sqrt(32/7).
  const Breaks values{2, 4, 4, 4, 5, 5, 7, 9};
  const double s = std::sqrt(32.0 / 7);
  expect_near(classify(values, Method::stddev, 2).breaks, {2, 5, 9}, 1e-12);
  expect_near(classify(values, Method::stddev, 3).breaks, {2, 5 - s, 5 + s, 9}, 1e-12);
  expect_near(classify(values, Method::stddev, 4).breaks, {2, 5 - s, 5, 5 + s, 9}, 1e-12);
  EXPECT_EQ(classify(values, Method::stddev, 4).counts, (Counts{1, 5, 1, 1}));  // 5 equals a break: below
  expect_near(classify_by(values, {.method = Method::stddev, .multiples = {-0.5, 0.5}}).breaks,
              {2, 5 - s / 2, 5 + s / 2, 9}, 1e-12);
  EXPECT_EQ(classify(values, Method::stddev, 1).counts, (Counts{8}));
}

TEST(ClassifyMethods, BoxWithoutOutliersHasFiveClasses) {
  // Quartiles of 1..9 (type 7): 3, 5, 7; fences at 3 - 6 and 7 + 6.
  const Breaks values{1, 2, 3, 4, 5, 6, 7, 8, 9};
  const Classes c = classify(values, Method::box, 5);
  EXPECT_EQ(c.breaks, (Breaks{-3, -3, 3, 5, 7, 13}));
  EXPECT_EQ(c.counts, (Counts{0, 3, 2, 2, 2}));
  const Classes narrow = classify_by(values, {.method = Method::box, .hinge = 0.25});  // fences 2 and 8
  EXPECT_EQ(narrow.breaks, (Breaks{1, 2, 3, 5, 7, 8, 9}));
  EXPECT_EQ(narrow.counts, (Counts{2, 1, 2, 2, 1, 1}));
}

TEST(ClassifyMethods, BoxOfTiesHasNoEmptyQuartiles) {
  const Classes c = classify(Breaks{3, 3, 3, 3, 3, 3, 3, 8}, Method::box, 5);
  EXPECT_EQ(c.breaks, (Breaks{3, 3, 8}));  // all quartiles and fences fall on 3
  EXPECT_EQ(c.counts, (Counts{7, 1}));
}

TEST(ClassifyMethods, AQuartileBetweenEqualValuesIsThatValue) {
  // 0.1 * 0.25 + 0.1 * 0.75 is not 0.1: five of them would lie above their own quartile.
  for (const double v : {0.1, 0.2, 0.9, 13.7, 5.5116882836626e-310}) {
    const Classes c = classify(Breaks{0, v, v, v, v, v}, Method::box, 5);
    EXPECT_TRUE(std::is_sorted(c.breaks.begin(), c.breaks.end())) << v;
    EXPECT_EQ(c.breaks[c.class_of(v) + 1], v);
  }
}

TEST(ClassifyMethods, GeometricGrowsByOneFactor) {
  const Classes c = classify(Breaks{1, 10, 11, 100, 1000}, Method::geometric, 3);
  EXPECT_EQ(c.breaks, (Breaks{1, 10, 100, 1000}));
  EXPECT_EQ(c.counts, (Counts{2, 2, 1}));  // 10 and 100 equal breaks: the class below
}

TEST(ClassifyMethods, GeometricRefusesZeroAndLess) {
  for (const Breaks& values : {Breaks{0, 1, 2}, Breaks{-3, 1, 2}}) try {
      classify(values, Method::geometric, 3);
      FAIL();
    } catch (const UsageError& e) {
      EXPECT_NE(std::string(e.what()).find("1 of 3 values"), std::string::npos) << e.what();
      EXPECT_NE(std::string(e.what()).find("zero_class"), std::string::npos) << e.what();
    }
}

TEST(ClassifyMethods, DefinedEndsAtMultiples) {
  const Classes c = classify_by({3, 5, 5.1, 12, 20}, {.method = Method::defined, .interval = 5});
  EXPECT_EQ(c.breaks, (Breaks{0, 5, 10, 15, 20}));
  EXPECT_EQ(c.counts, (Counts{2, 1, 1, 1}));
  const Classes fine = classify_by({-0.05, 0.1, 0.3, 0.7}, {.method = Method::defined, .interval = 0.1});
  EXPECT_EQ(fine.breaks, (Breaks{-0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7}));  // not 0.30000000000000004
  EXPECT_EQ(fine.counts, (Counts{1, 1, 0, 1, 0, 0, 0, 1}));  // 0.1, 0.3 and 0.7 equal breaks
}

TEST(ClassifyMethods, DefinedSaysWhichIntervalWouldDo) {
  const Breaks values{0, 100};
  for (const double interval : {0.0, -1.0, std::nan(""), static_cast<double>(INFINITY)})
    EXPECT_THROW(classify_by(values, {.method = Method::defined, .interval = interval}), UsageError);
  try {
    classify_by(values, {.method = Method::defined, .interval = 1e-300});
    FAIL();
  } catch (const UsageError& e) {
    const std::string said = e.what();
    const double enough = std::stod(said.substr(said.find("give an interval of ") + 20));
    EXPECT_LE(classify_by(values, {.method = Method::defined, .interval = enough}).size(), 9U) << said;
  }
}

TEST(ClassifyMethods, UnclassedIsOneClass) {
  const Classes c = classify(Breaks{4, 1, 9}, Method::unclassed, 5);
  EXPECT_EQ(c.breaks, (Breaks{1, 9}));
  EXPECT_EQ(c.counts, (Counts{3}));
}

TEST(ClassifyMethods, OptionsOutOfRangeAreRefused) {
  EXPECT_THROW(classify_by({1, 2}, {.method = Method::box, .hinge = 0}), UsageError);
  EXPECT_THROW(classify_by({1, 2}, {.method = Method::box, .hinge = std::nan("")}), UsageError);
  EXPECT_THROW(classify_by({1, 2}, {.method = Method::stddev, .multiples = {1, 1}}), UsageError);
  EXPECT_THROW(classify_by({1, 2}, {.method = Method::stddev, .multiples = {1, 2, 3, 4, 5, 6, 7, 8, 9}}), UsageError);
  for (const Method m : {Method::stddev, Method::headtail, Method::pretty, Method::geometric})
    for (const int count : {0, 10, -1}) EXPECT_THROW(classify(Breaks{1, 2}, m, count), UsageError);
}

/// Whatever the values: breaks ascend (only the lowest may stand twice), hold all values, count each once.
void expect_sound(const Classes& c, const Breaks& values) {
  SCOPED_TRACE(fmt::format("{} of {} values from {}", method_id(c.method), values.size(), values.front()));
  ASSERT_GE(c.size(), 1U);
  ASSERT_LE(c.size(), 9U);
  ASSERT_EQ(c.breaks.size(), c.size() + 1);
  EXPECT_TRUE(std::all_of(c.breaks.begin(), c.breaks.end(), [](double b) { return std::isfinite(b); }));
  EXPECT_TRUE(std::is_sorted(c.breaks.begin(), c.breaks.end()));
  const auto repeated = std::adjacent_find(c.breaks.begin() + 1, c.breaks.end(), std::greater_equal<>());
  EXPECT_TRUE(c.method == Method::manual || repeated == c.breaks.end());  // a manual break may be the upper end, too
  EXPECT_LE(c.breaks.front(), *std::min_element(values.begin(), values.end()));
  EXPECT_GE(c.breaks.back(), *std::max_element(values.begin(), values.end()));
  Counts counted(c.size(), 0);
  for (const double v : values) {
    const std::size_t k = c.class_of(v);
    ++counted[k];
    EXPECT_LE(v, c.breaks[k + 1]);
    EXPECT_TRUE(k == 0 || v > c.breaks[k]) << v;
  }
  EXPECT_EQ(counted, c.counts);
  EXPECT_LE(c.goodness_of_variance_fit, 1);
  EXPECT_GE(c.goodness_of_variance_fit, -1e-9);
}

TEST(ClassifyMethods, AnyValuesGiveSoundClasses) {
  const double most = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min();
  std::vector<Breaks> inputs{calemp, {7}, {7, 7, 7}, {1, 2}, {most, 1}, {most, most / 2, 1e308, 3},
                             {tiny, 2 * tiny, 1}, {1e16, 1e16 + 2, 1e16 + 4}, {1, 1 + 1e-15, 1 + 2e-15, 1 + 1e-9}};
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    Breaks values;
    for (int i = 0; i < 5 + round * 3; ++i)
      values.push_back(round % 2 == 0 ? 1 + static_cast<double>(random() % 10) : 1e-3 * (1 + random() % 1000000));
    inputs.push_back(values);
  }
  for (const Breaks& values : inputs)
    for (const std::string_view id : method_ids())
      for (const int count : {1, 2, 5, 9}) {
        ClassOptions options{.method = parse_method(id), .count = count, .breaks = {2, 4}};
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        options.interval = std::max(*high / 6 - *low / 6, *high * 1e-12 + tiny);
        expect_sound(classify(values, options), values);
      }
}

TEST(ClassifyMethods, NegativeAndHugeValuesStayFinite) {
  const double most = std::numeric_limits<double>::max();
  for (const std::string_view id : method_ids()) {
    if (id == "geometric") continue;  // refuses them
    for (const Breaks& values : {Breaks{-most, 0, 1, most}, Breaks{-5, -4, -3, -1}, Breaks{-most, -most, 0, 0}}) {
      ClassOptions options{.method = parse_method(id), .count = 4, .breaks = {0}, .interval = most / 2};
      if (values.back() > -most / 2 && values.front() == -5) options.interval = 1;
      expect_sound(classify(values, options), values);
    }
  }
}

TEST(ClassifyMethods, EmptyEndsGoFromPictures) {
  const Classes all = classify(calemp, Method::stddev, 5);
  const Classes drawn = without_empty_ends(all, calemp);
  EXPECT_EQ(drawn.counts, (Counts{56, 1, 1}));
  expect_near(drawn.breaks, {0.13, 672.57333208, 1219.21856072, 4111.45}, 1e-7);
}

TEST(ClassifyMethods, EveryIdIsReadBack) {
  const std::vector<std::string> ids(method_ids().begin(), method_ids().end());
  EXPECT_EQ(ids, (std::vector<std::string>{"equal", "quantile", "natural", "stddev", "box", "headtail", "pretty",
                                           "geometric", "defined", "manual", "unclassed"}));
  for (const std::string& id : ids) EXPECT_EQ(method_id(parse_method(id)), id);
}

}  // namespace
}  // namespace battlemap::geo
