#include "geo/timeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace battlemap::geo {
namespace {

TEST(Timeline, StepsAreMeasuredFromWhenItIsAskedFor) {
  const auto find = [](std::string_view name) {
    const auto steps = measured_steps();
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const TimedStep& s) { return s.name == name; });
    return found == steps.end() ? TimedStep{} : *found;
  };
  { const Measure before("before it was asked for"); }
  measure_steps();
  volatile double sink = 1;
  const int given = timed("first step", [&] {
    for (int i = 0; i < 1'000'000; ++i) sink = sink * 1.0000001;
    return 7;
  });
  { const Measure again("first step"); }
  const Measure open("a step that has not ended");
  EXPECT_EQ(given, 7);
  EXPECT_EQ(find("first step").times, 2U);
  EXPECT_GT(find("first step").milliseconds, 0);
  EXPECT_GT(find("first step").cpu_milliseconds, 0);
  EXPECT_EQ(find("before it was asked for").times, 0U);
  EXPECT_EQ(find("a step that has not ended").times, 0U);
  EXPECT_GT(peak_memory(), 1'000'000U);
}

}  // namespace
}  // namespace battlemap::geo
