// Judged by PROJ's plain operation (radians in, no CRS machinery) and by geodesics on the ellipsoid.
#include "geo/projection.hpp"

#include <gtest/gtest.h>
#include <proj.h>

#include <cmath>
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

}  // namespace
}  // namespace battlemap::geo
