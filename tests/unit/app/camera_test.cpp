#include "app/window/camera.hpp"

#include <gtest/gtest.h>

#include <random>

namespace battlemap::app {
namespace {

const geo::Box land{0, 0, 1000000, 500000};
constexpr MapSize size{1000, 800};

TEST(Camera, FitShowsTheWholeBoxWithItsMargin) {
  const Camera camera = fitted(land, size, 0.05);
  const geo::Box shown = view_of(camera, size).extent();
  EXPECT_LE(shown.min_x, land.min_x);
  EXPECT_GE(shown.max_y, land.max_y);
  EXPECT_NEAR(camera.metres_per_pixel, 1000000 / 900.0, 1e-6);
  EXPECT_EQ(camera.centre, (geo::Point{500000, 250000}));
}

TEST(Camera, FitOfAPointKeepsAScale) {
  EXPECT_GT(fitted({5, 5, 5, 5}, size).metres_per_pixel, 0);
  EXPECT_GT(fitted({}, size).metres_per_pixel, 0);
}

TEST(Camera, ZoomKeepsThePointUnderTheCursor) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> x(100, 900), y(100, 700);
  std::uniform_real_distribution<double> factor(0.9, 2.5);
  const CameraLimits limits = limits_for(land, size);
  Camera camera = fitted(land, size);
  for (int i = 0; i < 30; ++i) {
    const render::Vec2 cursor{x(random), y(random)};
    const geo::Point before = view_of(camera, size).to_map(cursor);
    const Camera next = zoomed(camera, size, cursor, factor(random), limits);
    if (!land.contains(next.centre) || next.metres_per_pixel == limits.max_metres_per_pixel) continue;
    const geo::Point after = view_of(next, size).to_map(cursor);
    EXPECT_NEAR(after.x, before.x, 1e-3 * camera.metres_per_pixel);
    EXPECT_NEAR(after.y, before.y, 1e-3 * camera.metres_per_pixel);
    camera = next;
  }
}

TEST(Camera, ZoomStopsAtItsLimitsWithoutDrifting) {
  const CameraLimits limits = limits_for(land, size);
  Camera camera = fitted(land, size);
  for (int i = 0; i < 200; ++i) camera = zoomed(camera, size, {200, 200}, 1.5, limits);
  EXPECT_EQ(camera.metres_per_pixel, limits.min_metres_per_pixel);
  const Camera again = zoomed(camera, size, {200, 200}, 1.5, limits);
  EXPECT_NEAR(again.centre.x, camera.centre.x, 1e-6);
  for (int i = 0; i < 200; ++i) camera = zoomed(camera, size, {200, 200}, 0.5, limits);
  EXPECT_EQ(camera.metres_per_pixel, limits.max_metres_per_pixel);
}

TEST(Camera, PanFollowsTheHandAndStaysOnTheLand) {
  const CameraLimits limits = limits_for(land, size);
  const Camera start{{500000, 250000}, 100};
  EXPECT_EQ(panned(start, 10, 0, limits).centre, (geo::Point{499000, 250000}));
  EXPECT_EQ(panned(start, 0, 10, limits).centre, (geo::Point{500000, 251000}));
  EXPECT_EQ(panned(start, -1e6, 0, limits).centre.x, land.max_x);
}

TEST(Flight, EasesFromOneCameraToTheOther) {
  const Flight flight{{{0, 0}, 100}, {{1000, 0}, 1}, 5, 2};
  EXPECT_EQ(flight.at(5), flight.from);
  EXPECT_EQ(flight.at(7), flight.to);
  EXPECT_EQ(flight.at(99), flight.to);
  const Camera middle = flight.at(6);
  EXPECT_NEAR(middle.centre.x, 500, 1e-9);
  EXPECT_NEAR(middle.metres_per_pixel, 10, 1e-9);
  EXPECT_LT(flight.at(5.2).centre.x, 100) << "starts slowly";
  EXPECT_FALSE(flight.done(6.99));
  EXPECT_TRUE(flight.done(7));
}

}  // namespace
}  // namespace battlemap::app
