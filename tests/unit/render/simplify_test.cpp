#include "render/simplify.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace battlemap::render {
namespace {

float area(const std::vector<Vec2>& ring) {
  float twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vec2 a = ring[i], b = ring[(i + 1) % ring.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

TEST(Simplified, DropsWhatTheToleranceAllows) {
  const std::vector<Vec2> line{{0, 0}, {1, 0.04F}, {2, -0.04F}, {3, 0}, {3, 5}};
  EXPECT_EQ(simplified(line, 0.05F), (std::vector<Vec2>{{0, 0}, {3, 0}, {3, 5}}));
  EXPECT_EQ(simplified(line, 0.01F), line);
}

TEST(Simplified, IsTheSameFromEitherEnd) {
  std::vector<Vec2> line;
  for (int i = 0; i < 200; ++i)
    line.push_back({static_cast<float>(i), 3 * std::sin(static_cast<float>(i) * 0.7F)});
  auto forth = simplified(line, 0.8F);
  std::reverse(line.begin(), line.end());
  const auto back = simplified(line, 0.8F);
  std::reverse(forth.begin(), forth.end());
  EXPECT_EQ(forth, back);
  EXPECT_LT(forth.size(), line.size());
  EXPECT_GT(forth.size(), 20U);
}

TEST(Simplified, KeepsClosedLinesClosed) {
  const std::vector<Vec2> ring{{0, 0}, {10, 0}, {10, 10}, {5, 10.01F}, {0, 10}, {0, 0}};
  EXPECT_EQ(simplified(ring, 0.1F), (std::vector<Vec2>{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}));
}

TEST(ClippedRing, KeepsTheAreaInside) {
  const std::vector<Vec2> square{{-10, -10}, {10, -10}, {10, 10}, {-10, 10}};
  EXPECT_NEAR(area(clipped_ring(square, {0, 0, 100, 100})), 100, 1e-3);
  EXPECT_NEAR(area(clipped_ring(square, {-5, -20, 10, 40})), 200, 1e-3);
  EXPECT_TRUE(clipped_ring(square, {20, 20, 5, 5}).empty());
  EXPECT_EQ(clipped_ring(square, {-50, -50, 100, 100}), square);
}

TEST(Stretches, AreThePartsThatTouchTheBox) {
  const std::vector<Vec2> line{{-50, 5}, {-20, 5}, {5, 5}, {20, 5}, {50, 5}, {50, 50}, {5, 50}, {5, 5}};
  std::vector<std::size_t> sizes;
  for_stretches(line, {0, 0, 10, 10}, [&](std::span<const Vec2> piece) { sizes.push_back(piece.size()); });
  EXPECT_EQ(sizes, (std::vector<std::size_t>{3, 2}));
}

}  // namespace
}  // namespace battlemap::render
