// Judged by PROJ's plain operation (radians in, no CRS machinery) and by geodesics on the ellipsoid.
#include "geo/projection.hpp"

#include <gtest/gtest.h>
#include <proj.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

constexpr double degree = std::numbers::pi / 180;
const std::string albers =
    "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m +no_defs";

const std::vector<Point> places{{89.405, 31.6}, {96.25, 35.4}, {101.778, 36.617}, {103.071, 39.209}};

TEST(Projection, AgreesWithProjItself) {
  PJ* direct =
      proj_create(PJ_DEFAULT_CTX, "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +ellps=WGS84");
  std::vector<Point> projected = places;
  Projection(albers).forward(projected);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const PJ_COORD c =
        proj_trans(direct, PJ_FWD, proj_coord(places[i].x * degree, places[i].y * degree, 0, 0));
    EXPECT_NEAR(projected[i].x, c.xy.x, 1e-6);
    EXPECT_NEAR(projected[i].y, c.xy.y, 1e-6);
  }
  proj_destroy(direct);
}

/// The net that the whole of China, and what lies around it, is made of.
std::vector<Point> net_of_china() {
  std::vector<Point> net;
  for (double lon = 60; lon <= 150; lon += 0.97)
    for (double lat = -10; lat <= 65; lat += 0.83) net.push_back({lon, lat});
  return net;
}

TEST(Projection, FormulasAgreeWithProjToAMillimetre) {
  for (const char* definition :
       {"+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m",
        "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=4000000 +y_0=-1000 +ellps=GRS80 +units=m",
        "+proj=aea +lat_1=30 +lat_2=30 +lat_0=10 +lon_0=105 +ellps=krass +units=m",
        "+proj=aea +lat_1=-18 +lat_2=-36 +lat_0=0 +lon_0=132 +ellps=WGS84 +units=m",
        "+proj=aea +lat_1=25 +lat_2=47 +lon_0=105 +R=6371000 +units=m",
        "+proj=lcc +lat_1=30 +lat_2=62 +lat_0=0 +lon_0=105 +ellps=WGS84 +units=m",
        "+proj=lcc +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +x_0=500 +y_0=700 +R=6378137 +units=m"}) {
    PJ* direct = proj_create(PJ_DEFAULT_CTX, definition);
    std::vector<Point> projected = net_of_china();
    Projection(definition).forward(projected);
    const auto net = net_of_china();
    double worst = 0;
    for (std::size_t i = 0; i < net.size(); ++i) {
      const PJ_COORD c = proj_trans(direct, PJ_FWD, proj_coord(net[i].x * degree, net[i].y * degree, 0, 0));
      worst = std::max(worst, distance(projected[i], {c.xy.x, c.xy.y}));
    }
    EXPECT_LT(worst, 1e-4) << definition;
    proj_destroy(direct);
  }
}

TEST(Projection, FormulasAgreeWithProjForWebMercatorAndFarFromTheCentre) {
  PJ* direct = proj_create(PJ_DEFAULT_CTX, "+proj=webmerc +datum=WGS84");
  for (const Point p : {Point{105, 35}, Point{-170, 84.9}, Point{0, 86}, Point{179, -85}}) {
    const PJ_COORD c = proj_trans(direct, PJ_FWD, proj_coord(p.x * degree, p.y * degree, 0, 0));
    EXPECT_LT(distance(Projection("EPSG:3857").forward(p), {c.xy.x, c.xy.y}), 1e-4);
  }
  proj_destroy(direct);
}

TEST(Projection, ADatumShiftIsNotLost) {
  // Without the shift the formulas would be some 30 m off.
  const std::string shifted = "+proj=aea +lat_1=25 +lat_2=47 +lon_0=105 +ellps=krass +towgs84=15.8,-154.4,-82.3,0,0,0,0 +units=m";
  const std::string plain = "+proj=aea +lat_1=25 +lat_2=47 +lon_0=105 +ellps=krass +units=m";
  EXPECT_GT(distance(Projection(shifted).forward(Point{101, 36}), Projection(plain).forward(Point{101, 36})), 10);
}

TEST(Projection, InverseUndoesForward) {
  const Projection projection(albers);
  for (const Point p : places) {
    const Point back = projection.inverse(projection.forward(p));
    EXPECT_NEAR(back.x, p.x, 1e-10);
    EXPECT_NEAR(back.y, p.y, 1e-10);
  }
}

TEST(Projection, GroundLengthsAreThoseOfGeodesics) {
  PJ* ellipsoid = proj_create(PJ_DEFAULT_CTX, "+proj=longlat +ellps=WGS84");
  for (const std::string& definition : {albers, std::string("EPSG:3857"), std::string("EPSG:32647")}) {
    const Projection projection(definition);
    for (const Point p : places) {
      const Point at = projection.forward(p);
      const auto ground = [&](double dx, double dy) {
        const Point a = projection.inverse({at.x - dx / 2, at.y - dy / 2});
        const Point b = projection.inverse({at.x + dx / 2, at.y + dy / 2});
        return proj_lp_dist(ellipsoid, proj_coord(a.x * degree, a.y * degree, 0, 0),
                            proj_coord(b.x * degree, b.y * degree, 0, 0));
      };
      const Point factors = projection.ground_metres_per_unit(at);
      EXPECT_NEAR(factors.x, ground(100, 0) / 100, 1e-5) << definition;
      EXPECT_NEAR(factors.y, ground(0, 100) / 100, 1e-5) << definition;
    }
  }
  proj_destroy(ellipsoid);
}

TEST(Projection, ConvergencePointsFromMapUpToTrueNorth) {
  const Projection projection(albers);
  for (const Point p : places) {
    const Point here = projection.forward(p);
    const Point north = projection.forward(Point{p.x, p.y + 1e-4});
    const double counter_clockwise = std::atan2(-(north.x - here.x), north.y - here.y);
    EXPECT_NEAR(projection.convergence(here), counter_clockwise, 1e-6);
  }
}

TEST(Projection, AcceptsAuthorityCodesAndGivesEastNorth) {
  const Point p = Projection("EPSG:4549").forward(Point{120, 30});  // CGCS2000, 120 E: axes are north, east
  EXPECT_NEAR(p.x, 500000, 1e-3);
  EXPECT_NEAR(p.y, 3320113, 1);
}

TEST(Projection, WhatCannotBeProjectedIsNaN) {
  const Point p = Projection("EPSG:3857").forward(Point{0, 95});
  EXPECT_TRUE(std::isnan(p.x) && std::isnan(p.y));
}

TEST(Projection, RejectsWhatIsNoPlaneInMetres) {
  for (const char* bad : {"", "+proj=nonsense", "EPSG:4326", "+proj=longlat", "EPSG:99999999",
                          "+proj=aea +lat_1=33 +lat_2=38 +units=km +datum=WGS84", "qinghai"})
    EXPECT_THROW(Projection{bad}, Error) << bad;
}

TEST(Projection, ManyPointsAtOnceAreWhatEachIsAlone) {
  std::vector<Point> points;
  for (int i = 0; i < 203; ++i) points.push_back({96 + 0.003 * i, 34.9 + 0.0011 * i});  // over the pieces of the tables
  for (int i = 0; i < 40; ++i) points.push_back({-200 + 10.5 * i, 89 - 4.6 * i});       // far from each other
  const double no = std::numeric_limits<double>::quiet_NaN();
  points[3] = {96, 88}, points[17] = {no, 35}, points[42] = {96, no}, points[60] = {-100, 35};
  for (const Point edge : {Point{96.25, 85}, Point{96.25, -85}, Point{186.25, 35}, Point{6.25, 35}, Point{96.25, 85.00001}})
    for (int i = 0; i < 4; ++i) points.push_back(edge);
  for (const char* definition : {albers.c_str(), "+proj=lcc +lat_1=30 +lat_2=62 +lat_0=0 +lon_0=105 +ellps=WGS84 +units=m",
                                 "EPSG:3857", "EPSG:32647"}) {
    const Projection projection(definition);
    std::vector<Point> alone;
    for (const Point p : points) alone.push_back(projection.forward(p));
    for (std::size_t first = 0; first < 6; ++first)
      for (std::size_t less = 0; less < 6; ++less) {
        std::vector<Point> together(points.begin() + static_cast<std::ptrdiff_t>(first), points.end() - static_cast<std::ptrdiff_t>(less));
        projection.forward(together);
        EXPECT_EQ(std::memcmp(static_cast<const void*>(together.data()), alone.data() + first, together.size() * sizeof(Point)), 0)
            << definition << ' ' << first << ' ' << less;
      }
  }
}

}  // namespace
}  // namespace battlemap::geo
