#include "demo/settlement.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

constexpr GridPoint heart{1'010'000'000, 365'000'000};

std::vector<GridPoint> square(double half_metres, double east = 0) {
  const LocalPlane plane(heart);
  std::vector<GridPoint> ring;
  for (const auto& [x, y] : {std::pair{-1, -1}, {1, -1}, {1, 1}, {-1, 1}})
    ring.push_back(plane.to_grid({east + x * half_metres, y * half_metres}));
  return ring;
}

/// A village 3 km wide whose middle is a lake 1.6 km wide.
VillageGround ground_with_lake() {
  return VillageGround({{{square(1500)}}}, heart, Waters{{square(800)}, {}}, 5);
}

std::vector<geo::Point> all_households(const Settlement& settlement, const LocalPlane& plane) {
  std::vector<geo::Point> points;
  for (const auto& group : settlement.households)
    for (const GridPoint p : group) points.push_back(plane.to_metres(p));
  return points;
}

void expect_apart(const std::vector<geo::Point>& points) {
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      ASSERT_GE(std::hypot(points[i].x - points[j].x, points[i].y - points[j].y), least_household_distance);
}

TEST(LocalPlane, IsTrueToHalfAPerCent) {
  const LocalPlane plane(heart);
  // A hundredth of a degree at 36.5 degrees north on the ellipsoid: 895.8 m east, 1109.7 m north.
  const geo::Point p = plane.to_metres({heart.x + 100'000, heart.y + 100'000});
  EXPECT_NEAR(p.x, 895.8, 4.5);
  EXPECT_NEAR(p.y, 1109.7, 5.5);
  EXPECT_EQ(plane.to_grid(p), (GridPoint{heart.x + 100'000, heart.y + 100'000}));
}

TEST(VillageGround, KnowsLandFromLakeAndOutside) {
  const VillageGround ground = ground_with_lake();
  EXPECT_LT(ground.clearance({0, 0}), 0) << "in the lake";
  EXPECT_LT(ground.clearance({1600, 0}), 0) << "outside";
  EXPECT_NEAR(ground.clearance({1100, 0}), 300, 1) << "from the lake";
  EXPECT_NEAR(ground.clearance({1400, 0}), 100, 1) << "from the border";
  EXPECT_NEAR(ground.radius(), 3000 / std::sqrt(3.14159265), 1);
}

TEST(VillageGround, AVillageThatIsAllLakeCountsAsLand) {
  const VillageGround ground({{{square(1500)}}}, heart, Waters{{square(2000)}, {}}, 5);
  EXPECT_GT(ground.clearance({0, 0}), 0);
}

TEST(VillageGround, RiverBanksAreValleys) {
  const LocalPlane plane(heart);
  const Waters waters{{}, {{plane.to_grid({-3000, 400}), plane.to_grid({3000, 400})}}};
  const VillageGround ground({{{square(1500)}}}, heart, waters, 5);
  for (const double x : {-900.0, 0.0, 900.0}) EXPECT_LT(ground.wildness({x, 250}), 0.02);
}

TEST(Settlement, HouseholdsStayOutOfTheLakeInsideAndApart) {
  const VillageGround ground = ground_with_lake();
  SettlementPlan plan{{70, 40, 25}, 6, 3, {}};
  const Settlement settlement = settle_village(ground, plan, 9);
  ASSERT_EQ(settlement.groups.size(), 3U);
  ASSERT_EQ(settlement.facilities.size(), 6U);
  ASSERT_EQ(settlement.projects.size(), 3U);
  for (std::size_t g = 0; g < 3; ++g) EXPECT_EQ(settlement.households[g].size(), plan.households[g]);
  const auto households = all_households(settlement, ground.plane());
  for (const geo::Point p : households) EXPECT_GE(ground.clearance(p), 11.9);
  for (const GridPoint p : settlement.groups) EXPECT_GE(ground.clearance(ground.plane().to_metres(p)), 11.9);
  EXPECT_GE(ground.clearance(ground.plane().to_metres(settlement.seat)), 11.9);
  expect_apart(households);
}

TEST(Settlement, HouseholdsClusterAboutTheirGroup) {
  const VillageGround ground({{{square(4000)}}}, heart, {}, 5);
  const Settlement settlement = settle_village(ground, {{30, 30, 30, 30}, 0, 0, {}}, 9);
  double sum = 0, others = 0;
  for (std::size_t g = 0; g < 4; ++g)
    for (const GridPoint p : settlement.households[g])
      for (std::size_t k = 0; k < 4; ++k) {
        const geo::Point a = ground.plane().to_metres(p), b = ground.plane().to_metres(settlement.groups[k]);
        (k == g ? sum : others) += std::hypot(a.x - b.x, a.y - b.y);
      }
  EXPECT_LT(sum / 120, 0.25 * ground.radius());
  EXPECT_GT(others / 360, 2 * sum / 120);
}

TEST(Settlement, RoadsLeadToTheSeatFromGatesAndGroups) {
  const VillageGround ground({{{square(2000)}}}, heart, {}, 5);
  const GridPoint gate = ground.plane().to_grid({2000, 300});
  const Settlement settlement = settle_village(ground, {{5, 5, 5}, 0, 0, {{gate, RoadKind::county}}}, 9);
  ASSERT_GE(settlement.roads.size(), 3U);
  EXPECT_EQ(settlement.roads.front().kind, RoadKind::county);
  EXPECT_EQ(settlement.roads.front().points.front(), settlement.seat);
  EXPECT_EQ(settlement.roads.front().points.back(), gate);
}

TEST(Settlement, TightVillagesStillKeepTheDistance) {
  // 53 households in 4 ha: the tightest of the stand-in province.
  const VillageGround ground({{{square(100)}}}, heart, {}, 5);
  const Settlement settlement = settle_village(ground, {{20, 20, 13}, 8, 3, {}}, 9);
  expect_apart(all_households(settlement, ground.plane()));
}

TEST(Settlement, SaysWhenThereIsNoRoom) {
  const VillageGround ground({{{square(60)}}}, heart, {}, 5);
  EXPECT_THROW(settle_village(ground, {{400}, 0, 0, {}}, 9), geo::Error);
}

}  // namespace
}  // namespace battlemap::demo
