#include "demo/random.hpp"

#include <gtest/gtest.h>

namespace battlemap::demo {
namespace {

// The first outputs of SplitMix64 for the state 1234567, as its reference implementation gives them.
TEST(Random, GivesTheReferenceSequence) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317ULL);
  EXPECT_EQ(random.next(), 3203168211198807973ULL);
  EXPECT_EQ(random.next(), 9817491932198370423ULL);
}

TEST(Random, StaysInItsRanges) {
  Random random(1);
  for (int i = 0; i < 10000; ++i) {
    const double u = random.uniform();
    ASSERT_TRUE(u >= 0 && u < 1);
    ASSERT_LT(random.below(7), 7U);
    const double noise = fractal_noise(3, u * 100 - 50, u * 37, 5);
    ASSERT_TRUE(noise >= -1 && noise <= 1);
  }
}

}  // namespace
}  // namespace battlemap::demo
