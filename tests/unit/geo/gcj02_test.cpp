#include "geo/gcj02.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace battlemap::geo {
namespace {

TEST(Gcj02, RoundTripsOverAllOfChina) {
  for (double lon = 73; lon < 137; lon += 1.37)
    for (double lat = 3; lat < 55; lat += 0.91) {
      const Point back = gcj02_to_wgs84(wgs84_to_gcj02({lon, lat}));
      EXPECT_NEAR(back.x, lon, 1e-9);
      EXPECT_NEAR(back.y, lat, 1e-9);
    }
}

TEST(Gcj02, ShiftsBeijingAsPublishedExamplesDo) {
  // Tian'anmen: WGS 84 116.39123, 39.90738 lies at GCJ-02 116.39747, 39.90878 in published conversions.
  const Point shifted = wgs84_to_gcj02({116.39123, 39.90738});
  EXPECT_NEAR(shifted.x, 116.39747, 2e-5);
  EXPECT_NEAR(shifted.y, 39.90878, 2e-5);
}

TEST(Gcj02, ShiftsQinghaiByTensToHundredsOfMetres) {
  for (const Point at : {Point{90, 33}, Point{101.78, 36.62}, Point{96.25, 35.4}}) {
    const Point shifted = wgs84_to_gcj02(at);
    const double metres = std::hypot((shifted.x - at.x) * 90000, (shifted.y - at.y) * 111000);
    EXPECT_GT(metres, 30);
    EXPECT_LT(metres, 700);
  }
}

TEST(Gcj02, IsTheIdentityOutsideChina) {
  EXPECT_EQ(wgs84_to_gcj02({2.35, 48.85}), (Point{2.35, 48.85}));
  EXPECT_EQ(gcj02_to_wgs84({2.35, 48.85}), (Point{2.35, 48.85}));
}

}  // namespace
}  // namespace battlemap::geo
