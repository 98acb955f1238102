#include "geo/local_moran.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

// PySAL's example "desmith" (ten regions): values, neighbours, and the quadrants that the documentation of
// esda.Moran_Local prints for it: q = [4, 4, 4, 2, 3, 3, 1, 4, 3, 3] (1 high-high, 2 low-high, 3 low-low, 4 high-low).
const std::vector<double> desmith{2.24, 3.10, 4.55, -5.15, -4.39, 0.46, 5.54, 9.02, -2.09, -3.06};

Neighbours desmith_neighbours() {
  return make_neighbours(10, {{0, 1}, {0, 3}, {1, 4}, {2, 3}, {2, 6}, {3, 4}, {3, 7}, {4, 5}, {4, 8}, {5, 9}, {6, 7},
                              {7, 8}, {8, 9}});
}

// Recomputed by a plain script of the definition: z by the deviation over n, I = (n - 1) z lag / sum z^2, and p over
// every possible draw of the neighbours from the nine others (36 to 126 of them):
//   for i: others = z without z[i]; draws = combinations(others, len(neighbours))
//          p = min(number of draws with (n-1) z[i] mean(draw) / n >= I, with <= I) / len(draws)
constexpr std::array<double, 10> local_i{-0.11409277104439627, -0.19940542567754874, -0.13351408484935262,
                                         -0.5177038320446772,  0.48095009049439696,  0.12208113114030261,
                                         1.1914829813790415,   -0.5814430454766123,  0.0710138280807805,
                                         0.34314300799348524};
constexpr std::array<double, 10> exact_p{10 / 36.0, 11 / 36.0, 18 / 36.0, 32 / 126.0, 9 / 126.0, 3 / 36.0, 1 / 36.0, 32 / 84.0, 30 / 84.0, 9 / 36.0};

Cluster quadrant_of(int published) {
  constexpr std::array quadrants{Cluster::high_high, Cluster::low_high, Cluster::low_low, Cluster::high_low};
  return quadrants[static_cast<std::size_t>(published - 1)];
}

TEST(LocalMoran, QuadrantsAndValuesOfDesmith) {
  constexpr std::array published{4, 4, 4, 2, 3, 3, 1, 4, 3, 3};
  const Lisa lisa = local_moran(desmith, desmith_neighbours(), {});
  for (std::size_t i = 0; i < 10; ++i) {
    const LocalMoran& place = lisa.places[i];
    EXPECT_NEAR(place.i, local_i[i], 1e-12) << i;
    const bool high = place.z > 0, among_high = place.lag > 0;
    const Cluster quadrant = high ? (among_high ? Cluster::high_high : Cluster::high_low)
                                  : (among_high ? Cluster::low_high : Cluster::low_low);
    EXPECT_EQ(quadrant, quadrant_of(published[i])) << i;
  }
  // All have neighbours: Moran's I is the mean of z * lag.
  EXPECT_NEAR(lisa.global_i, std::accumulate(local_i.begin(), local_i.end(), 0.0) / 9, 1e-12);
}

TEST(LocalMoran, PermutationsComeToTheExactProbabilities) {
  const Lisa lisa = local_moran(desmith, desmith_neighbours(), {.permutations = 9999, .seed = 5});
  for (std::size_t i = 0; i < 10; ++i) {
    const double spread = std::sqrt(exact_p[i] * (1 - exact_p[i]) / 9999);
    EXPECT_NEAR(lisa.places[i].p, exact_p[i], 4 * spread + 1e-4) << i;
  }
  EXPECT_EQ(lisa.places[6].cluster, Cluster::high_high);  // p = 1 / 36
  EXPECT_EQ(lisa.places[0].cluster, Cluster::not_significant);
}

TEST(LocalMoran, TheSameWhateverTheThreads) {
  std::vector<double> values;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    values.push_back(std::fmod(i * 7.31, 13.7) + (i < 900 ? 9 : 0));
    if (i > 0) pairs.emplace_back(i - 1, i);
    if (i >= 60) pairs.emplace_back(i - 60, i);
  }
  const Neighbours neighbours = make_neighbours(values.size(), pairs);
  const Lisa one = local_moran(values, neighbours, {.permutations = 99, .threads = 1});
  const Lisa four = local_moran(values, neighbours, {.permutations = 99, .threads = 4});
  const Lisa other = local_moran(values, neighbours, {.permutations = 99, .seed = 2, .threads = 4});
  std::size_t changed = 0, high = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(one.places[i].p, four.places[i].p) << i;
    changed += one.places[i].p != other.places[i].p;
    high += one.places[i].cluster == Cluster::high_high;
  }
  EXPECT_GT(changed, 100U);  // another seed draws other neighbours
  EXPECT_GT(high, 50U);
}

TEST(LocalMoran, PlacesWithoutValueAreNobodysNeighbour) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const Lisa lisa = local_moran(std::vector<double>{1, none, 3, 5, 8}, make_neighbours(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}),
                                {.permutations = 99});
  EXPECT_EQ(lisa.values, 4U);
  EXPECT_EQ(lisa.places[0].cluster, Cluster::no_neighbours);  // its only neighbour has no value
  EXPECT_EQ(lisa.places[1].cluster, Cluster::no_data);
  EXPECT_EQ(lisa.places[2].neighbours, 1U);
}

TEST(LocalMoran, DrawsThatTieAreNoEvidence) {
  // One village of a row of 40 has poor people. That its neighbours have none says nothing: nearly all have none.
  std::vector<double> values(40, 0);
  values[20] = 8;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> row;
  for (std::uint32_t i = 1; i < 40; ++i) row.emplace_back(i - 1, i);
  const Lisa lisa = local_moran(values, make_neighbours(40, row), {});
  EXPECT_EQ(lisa.places[20].cluster, Cluster::not_significant);
  EXPECT_EQ(lisa.places[20].p, 1);
  EXPECT_EQ(lisa.places[5].cluster, Cluster::not_significant);
}

TEST(LocalMoran, EqualFewAndHugeValues) {
  const Neighbours pair = make_neighbours(3, {{0, 1}, {1, 2}});
  const double most = std::numeric_limits<double>::max();
  for (const std::vector<double>& values : {std::vector<double>{4, 4, 4}, {0.1, 0.1, 0.1}, {most, -most, most}})
    for (const LocalMoran& place : local_moran(values, pair, {.permutations = 99}).places) {
      EXPECT_TRUE(std::isfinite(place.i) && std::isfinite(place.z));
      EXPECT_EQ(place.cluster, Cluster::not_significant);
    }
  EXPECT_EQ(local_moran(std::vector<double>{7}, make_neighbours(1, {}), {}).places[0].cluster, Cluster::no_neighbours);
  EXPECT_TRUE(local_moran(std::vector<double>{}, make_neighbours(0, {}), {}).places.empty());
}

TEST(LocalMoran, OptionsOutOfRangeAreRefused) {
  const Neighbours none = make_neighbours(1, {});
  for (const LisaOptions& bad : {LisaOptions{.permutations = 0}, LisaOptions{.permutations = 1000000},
                                 LisaOptions{.significance = 0}, LisaOptions{.significance = 0.7}})
    EXPECT_THROW(local_moran(std::vector<double>{1}, none, bad), UsageError);
}

/// Squares of side 10 at the given corners; `corners` adds a corner in the middle of the left side.
void add_square(PolygonSet& set, double x, double y, bool corner = false) {
  for (const Point p : {Point{x, y}, Point{x + 10, y}, Point{x + 10, y + 10}, Point{x, y + 10}}) set.add_point(p);
  if (corner) set.add_point({x, y + 5});
  set.end_ring();
  set.end_polygon();
}

std::vector<std::uint32_t> ids(const Neighbours& neighbours, std::size_t i) {
  return {neighbours.of(i).begin(), neighbours.of(i).end()};
}

TEST(SharedEdges, CornersDoNotCount) {
  PolygonSet set;  // 0 1
  add_square(set, 0, 10), add_square(set, 10, 10), add_square(set, 0, 0), add_square(set, 10, 0);  // 2 3
  set.end_polygon();         // 4: without a boundary
  add_square(set, 200, 0);   // 5: an island
  const Neighbours n = shared_edge_neighbours(set);
  ASSERT_EQ(n.size(), 6U);
  EXPECT_EQ(ids(n, 0), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(ids(n, 3), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_TRUE(ids(n, 4).empty());
  EXPECT_TRUE(ids(n, 5).empty());
}

TEST(SharedEdges, BordersWithOtherCornersOrSmallGapsCount) {
  PolygonSet set;
  add_square(set, 0, 0), add_square(set, 10, 0, true);  // one side has a corner more
  add_square(set, 20.4, 5);                             // a gap of 0.4, and half as high
  add_square(set, 40, 0);                               // a gap of 9.6
  add_square(set, 0, 10.3);                             // above 0, a gap of 0.3
  const Neighbours n = shared_edge_neighbours(set);
  EXPECT_EQ(ids(n, 0), (std::vector<std::uint32_t>{1, 4}));
  EXPECT_EQ(ids(n, 1), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_TRUE(ids(n, 3).empty());
}

TEST(SharedEdges, AHoleAndWhatFillsItAreNeighbours) {
  PolygonSet set;
  for (const Point p : {Point{-20, -20}, Point{30, -20}, Point{30, 30}, Point{-20, 30}}) set.add_point(p);
  set.end_ring();
  for (const Point p : {Point{0, 0}, Point{0, 10}, Point{10, 10}, Point{10, 0}}) set.add_point(p);
  set.end_ring();
  set.end_polygon();
  add_square(set, 0, 0);
  EXPECT_EQ(ids(shared_edge_neighbours(set), 1), (std::vector<std::uint32_t>{0}));
}

}  // namespace
}  // namespace battlemap::geo
