#include "render/spread.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <random>

namespace battlemap::render {
namespace {

constexpr Rect frame{0, 0, 1000, 700};

std::size_t overlaps(const std::vector<Disc>& discs, float gap) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < discs.size(); ++i)
    for (std::size_t j = i + 1; j < discs.size(); ++j)
      count += std::hypot(discs[i].at.x - discs[j].at.x, discs[i].at.y - discs[j].at.y) <
               discs[i].radius + discs[j].radius + gap - 0.3F;
  return count;
}

std::vector<Disc> clumps(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Disc> discs;
  for (std::size_t i = 0; i < count; ++i) {
    const float cx = 200.0F + 150.0F * static_cast<float>(i % 5), cy = i % 2 == 0 ? 200.0F : 480.0F;
    const auto part = [&] { return static_cast<float>(random() % 1000) / 1000 - 0.5F; };
    discs.push_back({{cx + 60 * part(), cy + 60 * part()}, {}, 6});
  }
  return discs;
}

TEST(Spread, NothingOverlapsAndNothingLeavesTheFrame) {
  for (const std::size_t count : {1, 2, 37, 372, 900}) {
    auto discs = clumps(count, 7);
    EXPECT_EQ(spread(discs, {frame, 1, {}}), 0U);
    EXPECT_EQ(overlaps(discs, 1), 0U) << count;
    for (const Disc& d : discs) {
      EXPECT_GE(d.at.x, frame.x + d.radius - 0.01F);
      EXPECT_LE(d.at.y, frame.bottom() - d.radius + 0.01F);
    }
  }
}

TEST(Spread, LoneDiscsStayAtTheirPlace) {
  std::vector<Disc> discs{{{100, 100}, {}, 5}, {{130, 100}, {}, 5}, {{500, 600}, {}, 5}};
  spread(discs, {frame, 1, {}});
  for (const Disc& d : discs) EXPECT_EQ(d.at, d.home);
}

TEST(Spread, OfOnePlaceAllAreSeenAroundIt) {
  std::vector<Disc> discs(200, Disc{{500, 350}, {}, 6});
  EXPECT_EQ(spread(discs, {frame, 1, {}}), 0U);
  EXPECT_EQ(overlaps(discs, 1), 0U);
  // 200 discs of 13 px fill a circle of about 100 px; a fair heap is not much wider.
  for (const Disc& d : discs) EXPECT_LT(std::hypot(d.at.x - 500, d.at.y - 350), 150);
}

TEST(Spread, FixedOnesStayAndOthersGiveWay) {
  std::vector<Disc> discs{{{300, 300}, {}, 20, true}, {{305, 300}, {}, 6}, {{300, 310}, {}, 6}};
  EXPECT_EQ(spread(discs, {frame, 2, {}}), 0U);
  EXPECT_EQ(discs[0].at, (Vec2{300, 300}));
  EXPECT_EQ(overlaps(discs, 2), 0U);
}

TEST(Spread, StaysOnAllowedGroundWhileThereIsRoom) {
  auto discs = std::vector<Disc>(60, Disc{{390, 350}, {}, 6});
  const auto west = [](Vec2 p) { return p.x < 400; };
  EXPECT_EQ(spread(discs, {frame, 1, west}), 0U);
  EXPECT_EQ(overlaps(discs, 1), 0U);
  for (const Disc& d : discs) EXPECT_LT(d.at.x, 400);
}

TEST(Spread, IsDeterministic) {
  auto a = clumps(300, 3), b = clumps(300, 3);
  spread(a, {frame, 1, {}}), spread(b, {frame, 1, {}});
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].at, b[i].at);
}

TEST(Spread, SaysWhatFoundNoPlace) {
  std::vector<Disc> discs(50, Disc{{50, 50}, {}, 20});
  const std::size_t stuck = spread(discs, {{0, 0, 100, 100}, 1, {}});
  EXPECT_GT(stuck, 30U);
  EXPECT_LT(stuck, 50U);
}

TEST(Spread, OfALargeVillageTakesMilliseconds) {
  auto discs = clumps(372, 11);
  const auto start = std::chrono::steady_clock::now();
  spread(discs, {frame, 1, {}});
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  RecordProperty("milliseconds", std::to_string(took.count()));
  EXPECT_LT(took.count(), 200);  // about 2 on a desk machine; only an accident of squares costs more
}

}  // namespace
}  // namespace battlemap::render
