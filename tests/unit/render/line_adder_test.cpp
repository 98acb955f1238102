#include "render/line_adder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "render/cell_sums.hpp"

namespace battlemap::render {
namespace {

constexpr int side = 200;  // samples

struct Arcs {
  std::vector<geo::GridPoint> points;
  std::vector<std::uint32_t> begin{0};
  std::vector<std::uint32_t> numbers;
};

/// Walks of the lengths given, over and beyond the band; one in five has the same cell on both sides.
Arcs random_arcs(const std::vector<int>& lengths, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> step(-40000, 40000), place(-400'000, 400'000);
  Arcs arcs;
  for (const int length : lengths) {
    geo::GridPoint at{place(random), place(random)};
    for (int i = 0; i < length; ++i) {
      arcs.points.push_back(at);
      at.x += step(random), at.y += i % 7 == 0 ? 0 : step(random);
    }
    arcs.begin.push_back(static_cast<std::uint32_t>(arcs.points.size()));
    arcs.numbers.push_back(random() % 5 == 0 ? 0 : random());
  }
  return arcs;
}

View small_view() {
  View view;
  view.frame = {0, 0, side / 2.0F, side / 2.0F};
  view.centre = {1000.25, -500.5};
  view.metres_per_pixel = 977;
  return view;
}

/// Adds one edge after the other.
class OneByOne {
 public:
  void add(geo::Point from, geo::Point to, std::uint32_t number) {
    const auto row_below = [&](geo::Point p) { return ceil_within(transform.y(p.y), 0, side); };
    const int a = row_below(from), b = row_below(to);
    const auto take = [&](std::uint32_t n) {
      return [this, n](int row, int x) {
        if (x < side) samples[static_cast<std::size_t>(row * side + x)] += n;
      };
    };
    if (a < b) cross_rows(transform, band, from, to, a, b, take(number));
    if (b < a) cross_rows(transform, band, to, from, b, a, take(0U - number));
  }
  const SampleTransform transform{small_view()};
  const SampleRect band{0, 0, side, side};
  std::vector<std::uint32_t> samples = std::vector<std::uint32_t>(side * side, 0);
};

const geo::Grid grid{{0.5, -0.25}, 0.25};

std::vector<int> some_lengths(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<int> lengths;
  for (int i = 0; i < 50; ++i) lengths.push_back(2 + static_cast<int>(random() % 12));
  if (seed % 4 == 0) lengths.push_back(3000), lengths.push_back(1024), lengths.push_back(1025);  // more than are taken at once
  return lengths;
}

TEST(LineAdder, AddsToArcsWhatOneEdgeAfterTheOtherAdds) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const Arcs arcs = random_arcs(some_lengths(seed), seed);
    OneByOne expected;
    for (std::size_t a = 0; a < arcs.numbers.size(); ++a)
      for (std::uint32_t k = arcs.begin[a] + 1; k < arcs.begin[a + 1]; ++k)
        expected.add(grid.at(arcs.points[k - 1]), grid.at(arcs.points[k]), arcs.numbers[a]);
    EXPECT_GT(std::ranges::count_if(expected.samples, [](std::uint32_t v) { return v != 0; }), 100);
    for (const std::size_t together : {1, 3, 16}) {
      std::vector<std::uint32_t> samples(side * side, 0);
      LineAdder adder(expected.transform, expected.band, {samples.data(), side, 0, 0});
      for (std::size_t a = 0; a < arcs.numbers.size(); a += together) {
        const std::size_t some = std::min(together, arcs.numbers.size() - a);
        adder.add_arcs(grid, arcs.points, std::span(arcs.begin).subspan(a, some + 1), std::span(arcs.numbers).subspan(a, some));
      }
      ASSERT_EQ(samples, expected.samples) << "seed " << seed;
    }
  }
}

TEST(LineAdder, AddsToRingsWhatOneEdgeAfterTheOtherAdds) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const Arcs rings = random_arcs(some_lengths(seed), seed);
    std::vector<geo::Point> points;
    for (const geo::GridPoint p : rings.points) points.push_back({grid.at(p).x + 0.1, grid.at(p).y / 3});
    OneByOne expected;
    std::vector<std::uint32_t> samples(side * side, 0);
    LineAdder adder(expected.transform, expected.band, {samples.data(), side, 0, 0});
    for (std::size_t first = 0; first < rings.numbers.size(); first += 4) {  // polygons of up to four rings
      const std::size_t some = std::min<std::size_t>(4, rings.numbers.size() - first);
      const std::uint32_t number = rings.numbers[first] | 1U;
      for (std::size_t r = first; r < first + some; ++r)
        for (std::uint32_t k = rings.begin[r]; k < rings.begin[r + 1]; ++k)
          expected.add(points[k == rings.begin[r] ? rings.begin[r + 1] - 1 : k - 1], points[k], number);
      adder.add_rings(points, std::span(rings.begin).subspan(first, some + 1), number);
    }
    ASSERT_EQ(samples, expected.samples) << "seed " << seed;
  }
}

}  // namespace
}  // namespace battlemap::render
