// Areas, containment and poles judged by GEOS on irregular random polygons.
#include "geo/geometry.hpp"

#include "geo/validity.hpp"

#include <geos_c.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace battlemap::geo {
namespace {

class Geos {
 public:
  Geos() : handle_(GEOS_init_r()) {}
  ~Geos() { GEOS_finish_r(handle_); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  GEOSContextHandle_t operator*() const { return handle_; }

  GEOSGeometry* ring(std::span<const Point> points) const {
    const auto size = static_cast<unsigned>(points.size() + 1);
    GEOSCoordSequence* s = GEOSCoordSeq_create_r(handle_, size, 2);
    for (unsigned i = 0; i < size; ++i) {
      const Point p = points[i % points.size()];
      GEOSCoordSeq_setXY_r(handle_, s, i, p.x, p.y);
    }
    return GEOSGeom_createLinearRing_r(handle_, s);
  }
  GEOSGeometry* polygon(const PolygonSet& set, std::size_t i) const {
    std::vector<GEOSGeometry*> parts;
    for (std::uint32_t r = set.polygon_begin[i]; r < set.polygon_begin[i + 1];) {
      GEOSGeometry* shell = ring(set.ring(r++));
      std::vector<GEOSGeometry*> holes;
      while (r < set.polygon_begin[i + 1] && signed_area(set.ring(r)) < 0)
        holes.push_back(ring(set.ring(r++)));
      parts.push_back(
          GEOSGeom_createPolygon_r(handle_, shell, holes.data(), static_cast<unsigned>(holes.size())));
    }
    return GEOSGeom_createCollection_r(handle_, GEOS_MULTIPOLYGON, parts.data(),
                                       static_cast<unsigned>(parts.size()));
  }
  GEOSGeometry* point(Point p) const { return GEOSGeom_createPointFromXY_r(handle_, p.x, p.y); }

 private:
  GEOSContextHandle_t handle_;
};

/// A star-shaped ring of uneven radii; `turn` -1 makes it a hole.
void add_ring(PolygonSet& set, std::mt19937& random, Point centre, double radius, int count, int turn) {
  std::uniform_real_distribution<double> uneven(0.35, 1.0);
  for (int k = 0; k < count; ++k) {
    const double angle = turn * 2 * std::numbers::pi * k / count;
    const double r = radius * uneven(random);
    set.add_point({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
  }
  set.end_ring();
}

/// Two parts, the larger with a hole.
PolygonSet random_polygons(std::size_t count) {
  std::mt19937 random(7);
  PolygonSet set;
  for (std::size_t i = 0; i < count; ++i) {
    const int points = 5 + static_cast<int>(random() % 400);
    const Point at{4e5 + static_cast<double>(random() % 1000), 3.9e6};
    add_ring(set, random, at, 1000, points, 1);
    add_ring(set, random, at, 300, 12, -1);
    add_ring(set, random, {at.x + 3000, at.y}, 400, 9, 1);
    set.end_polygon();
  }
  return set;
}

TEST(Geometry, AreaAndPerimeterAgreeWithGeos) {
  const Geos geos;
  const PolygonSet set = random_polygons(50);
  for (std::size_t i = 0; i < set.size(); ++i) {
    GEOSGeometry* g = geos.polygon(set, i);
    double area = 0, length = 0;
    GEOSArea_r(*geos, g, &area), GEOSLength_r(*geos, g, &length);
    EXPECT_NEAR(polygon_area(set, i), area, area * 1e-9);
    EXPECT_NEAR(polygon_perimeter(set, i), length, length * 1e-12);
    GEOSGeom_destroy_r(*geos, g);
  }
}

TEST(Geometry, CentroidsAgreeWithGeos) {
  const Geos geos;
  const PolygonSet set = random_polygons(50);
  for (std::size_t i = 0; i < set.size(); ++i) {
    GEOSGeometry* g = geos.polygon(set, i);
    GEOSGeometry* centre = GEOSGetCentroid_r(*geos, g);
    double x = 0, y = 0;
    GEOSGeomGetX_r(*geos, centre, &x), GEOSGeomGetY_r(*geos, centre, &y);
    const Point found = rings_centroid(set, set.polygon_begin[i], set.polygon_begin[i + 1]);
    EXPECT_NEAR(found.x, x, 1e-6);
    EXPECT_NEAR(found.y, y, 1e-6);
    GEOSGeom_destroy_r(*geos, centre), GEOSGeom_destroy_r(*geos, g);
  }
}

TEST(Geometry, CentroidWithoutAreaIsTheMiddleOfTheBox) {
  PolygonSet set;
  for (const Point p : {Point{10, 20}, Point{14, 28}}) set.add_point(p);
  set.end_ring();
  set.end_polygon();
  EXPECT_EQ(rings_centroid(set, 0, 1), (Point{12, 24}));
  EXPECT_EQ(rings_centroid(set, 0, 0), (Point{0, 0}));
}

TEST(Geometry, TheSweepNeverCallsARingSimpleThatGeosCallsInvalid) {
  const Geos geos;
  std::mt19937 random(11);
  std::size_t invalid = 0, valid = 0, asked_in_vain = 0;
  for (int round = 0; round < 3000; ++round) {
    // Degrees and metres, with corners on a grid so that touching and doubling back happen, and without.
    const bool metres = round % 2 == 0, on_grid = round % 3 == 0;
    const int count = 3 + static_cast<int>(random() % 9);
    PolygonSet set;
    for (int k = 0; k < count; ++k) {
      const double a = on_grid ? static_cast<double>(random() % 6) : static_cast<double>(random()) / 7e8;
      const double b = on_grid ? static_cast<double>(random() % 6) : static_cast<double>(random()) / 7e8;
      const Point p = metres ? Point{-4e5 + a * 100, 3.9e6 + b * 100} : Point{-1 + a / 10, 36 + b / 10};
      if (set.points.empty() || set.points.back() != p) set.add_point(p);
    }
    while (set.points.size() > 1 && set.points.back() == set.points.front()) set.points.pop_back();
    if (set.points.size() < 3) continue;
    set.end_ring(), set.end_polygon();
    GEOSGeometry* g = geos.polygon(set, 0);
    const bool good = GEOSisValid_r(*geos, g) == 1;
    GEOSGeom_destroy_r(*geos, g);
    const bool may = may_touch_itself(set.ring(0));
    EXPECT_TRUE(good || may) << round;
    (good ? valid : invalid) += 1;
    asked_in_vain += good && may ? 1 : 0;
  }
  EXPECT_GT(invalid, 500U);
  EXPECT_GT(valid, 300U);
  EXPECT_LT(asked_in_vain, valid / 10);
}

/// Of every length around those at which chains of edges and the tree of their boxes end.
TEST(Geometry, LongRingsThatTouchThemselvesAreNeverMissed) {
  const Geos geos;
  std::mt19937 random(11);
  std::size_t valid = 0, invalid = 0, asked_in_vain = 0;
  for (int round = 0; round < 4000; ++round) {
    const int count = round < 1500 ? 5 + round % 150 : 500 + static_cast<int>(random() % 200);
    // Around a centre, in every second round with two corners exchanged that are near each other.
    const double rough = static_cast<double>(round % 5) / count;
    PolygonSet set;
    for (int k = 0; k < count; ++k) {
      const double angle = 6.283185307 * k / count, off = static_cast<double>(random() % 1000) / 1000 - 0.5;
      const double radius = 1 + 0.4 * std::sin(3 * angle + round) + 4 * rough * off;
      set.add_point({100 + radius * std::cos(angle), 36 + radius * std::sin(angle)});
    }
    const std::size_t one = random() % set.points.size(), other = (one + 1 + random() % 12) % set.points.size();
    if (round % 2 == 1) std::swap(set.points[one], set.points[other]);
    set.end_ring(), set.end_polygon();
    GEOSGeometry* g = geos.polygon(set, 0);
    const bool good = GEOSisValid_r(*geos, g) == 1;
    GEOSGeom_destroy_r(*geos, g);
    const bool may = may_touch_itself(set.ring(0));
    EXPECT_TRUE(good || may) << round;
    (good ? valid : invalid) += 1;
    asked_in_vain += good && may ? 1 : 0;
  }
  EXPECT_GT(invalid, 500U);
  EXPECT_GT(valid, 500U);
  EXPECT_LT(asked_in_vain, valid / 10);
}

/// A spike at each corner, so that its edges lie in one chain, in two, and across the ring's first point.
TEST(Geometry, SpikesAreSeenWhereverTheyLie) {
  for (int corners = 3; corners < 75; ++corners) {
    std::vector<Point> ring;
    for (int k = 0; k < corners; ++k) {
      const double angle = 2 * std::numbers::pi * k / corners;
      ring.push_back({1e6 + 100 * std::cos(angle), 100 * std::sin(angle)});
    }
    EXPECT_FALSE(may_touch_itself(ring)) << corners;
    for (std::size_t at = 0; at < ring.size(); ++at) {
      std::vector<Point> spiked = ring;
      const Point p = ring[at], out{p.x + (p.x - 1e6), 2 * p.y};
      spiked.insert(spiked.begin() + static_cast<std::ptrdiff_t>(at), {p, out});
      EXPECT_TRUE(may_touch_itself(spiked)) << corners << ' ' << at;
    }
  }
}

/// A regular ring, counter-clockwise, or clockwise as holes are.
void add_round_ring(PolygonSet& set, Point centre, double radius, int corners, bool hole) {
  for (int k = 0; k < corners; ++k) {
    const double angle = (hole ? -1 : 1) * 6.283185307179586 * k / corners;
    set.add_point({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  }
  set.end_ring();
}

TEST(Geometry, PolygonsOfSeveralRingsThatGeosCallsInvalidAreNeverMissed) {
  const Geos geos;
  std::mt19937 random(5);
  std::size_t valid = 0, invalid = 0, asked_in_vain = 0;
  for (int round = 0; round < 4000; ++round) {
    PolygonSet set;
    const int rings = 1 + static_cast<int>(random() % 4);
    for (int r = 0; r < rings; ++r) {
      // On a grid, so that rings touch in corners and along edges, lie within each other and are the same.
      const Point centre{static_cast<double>(random() % 5), static_cast<double>(random() % 5)};
      add_round_ring(set, r == 0 ? Point{2, 2} : centre, r == 0 ? 2.5 : 0.25 * (1 + static_cast<double>(random() % 4)), 4 + 4 * (round % 3),
                     r > 0 && random() % 2 == 0);
    }
    set.end_polygon();
    GEOSGeometry* g = geos.polygon(set, 0);
    const bool good = GEOSisValid_r(*geos, g) == 1;
    GEOSGeom_destroy_r(*geos, g);
    const bool may = may_be_invalid(set, 0);
    EXPECT_TRUE(good || may) << round;
    (good ? valid : invalid) += 1;
    asked_in_vain += good && may ? 1 : 0;
  }
  EXPECT_GT(invalid, 500U);
  EXPECT_GT(valid, 500U);
  EXPECT_LT(asked_in_vain, valid / 3);  // those that touch in one point are valid
}

TEST(Geometry, ContainmentAgreesWithGeos) {
  const Geos geos;
  const PolygonSet set = random_polygons(20);
  std::mt19937 random(3);
  for (std::size_t i = 0; i < set.size(); ++i) {
    GEOSGeometry* g = geos.polygon(set, i);
    const Box box = set.boxes[i];
    std::uniform_real_distribution<double> x(box.min_x - 50, box.max_x + 50),
        y(box.min_y - 50, box.max_y + 50);
    for (int k = 0; k < 200; ++k) {
      const Point p{x(random), y(random)};
      GEOSGeometry* at = geos.point(p);
      EXPECT_EQ(polygon_contains(set, i, p), GEOSContains_r(*geos, g, at) == 1);
      GEOSGeom_destroy_r(*geos, at);
    }
    GEOSGeom_destroy_r(*geos, g);
  }
}

TEST(Geometry, PoleIsAsFarFromTheOutlineAsTheLargestInscribedCircleOfGeos) {
  const Geos geos;
  const PolygonSet set = random_polygons(40);
  for (std::size_t i = 0; i < set.size(); ++i) {
    constexpr double precision = 0.5;
    double radius = 0;
    const Point pole = pole_of_inaccessibility(set, i, precision, &radius);
    EXPECT_TRUE(polygon_contains(set, i, pole));

    GEOSGeometry* g = geos.polygon(set, i);
    GEOSGeometry* largest = GEOSGeom_clone_r(*geos, GEOSGetGeometryN_r(*geos, g, 0));
    GEOSGeometry* circle = GEOSMaximumInscribedCircle_r(*geos, largest, precision);
    double expected = 0, actual = 0;
    GEOSLength_r(*geos, circle, &expected);
    GEOSGeometry* outline = GEOSBoundary_r(*geos, largest);
    GEOSGeometry* at = geos.point(pole);
    GEOSDistance_r(*geos, outline, at, &actual);
    EXPECT_NEAR(radius, actual, 1e-6);
    EXPECT_GE(radius, expected - 2 * precision);
    for (GEOSGeometry* each : {g, largest, circle, outline, at}) GEOSGeom_destroy_r(*geos, each);
  }
}

TEST(Geometry, APolygonWithoutRingsIsEmptyEverywhere) {
  PolygonSet set;
  set.end_polygon();
  double radius = -1;
  EXPECT_EQ(polygon_area(set, 0), 0);
  EXPECT_FALSE(polygon_contains(set, 0, {0, 0}));
  EXPECT_EQ(pole_of_inaccessibility(set, 0, 1, &radius), (Point{0, 0}));
  EXPECT_EQ(radius, 0);
  EXPECT_TRUE(set.extent().empty());
}

TEST(Geometry, PoleOfADegenerateOutlineEnds) {
  PolygonSet set;
  for (const Point p : {Point{0, 0}, Point{1e6, 1e-9}, Point{5e5, 1e-9}}) set.add_point(p);
  set.end_ring(), set.end_polygon();
  double radius = -1;
  pole_of_inaccessibility(set, 0, 0, &radius);
  EXPECT_GE(radius, 0);
  EXPECT_LT(radius, 1e-6);
}

TEST(PolygonSets, AreAppendedInTheirOrder) {
  const auto triangle = [](double x) {
    PolygonSet set;
    for (const Point p : {Point{x, 0}, Point{x + 1, 0}, Point{x, 1}}) set.add_point(p);
    set.end_ring(), set.end_polygon();
    return set;
  };
  PolygonSet two = triangle(10);
  two.append(triangle(20), 0);
  two.end_polygon();  // one without rings
  PolygonSet expected = triangle(0);
  for (std::size_t i = 0; i < two.size(); ++i) expected.append(two, i);
  expected.append(triangle(30), 0);
  std::vector<PolygonSet> sets{two, PolygonSet{}, triangle(30)};
  PolygonSet all = triangle(0);
  all.append_all(sets);
  EXPECT_EQ(all.points, expected.points);
  EXPECT_EQ(all.ring_begin, expected.ring_begin);
  EXPECT_EQ(all.polygon_begin, expected.polygon_begin);
  ASSERT_EQ(all.boxes.size(), 5U);
  EXPECT_EQ(all.boxes[2].min_x, 20);
  EXPECT_TRUE(all.boxes[3].empty());
  EXPECT_EQ(sets[0].size(), 0U);
}

}  // namespace
}  // namespace battlemap::geo
