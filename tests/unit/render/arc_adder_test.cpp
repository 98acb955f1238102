#include "render/arc_adder.hpp"

#include <gtest/gtest.h>

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

std::vector<std::uint32_t> by_one_edge(const Arcs& arcs, const geo::Grid& grid) {
  std::vector<std::uint32_t> samples(side * side, 0);
  const SampleRect band{0, 0, side, side};
  EdgeAdder adder(SampleTransform(small_view()), band, {samples.data(), side, 0, 0});
  for (std::size_t a = 0; a < arcs.numbers.size(); ++a)
    adder.add_line(arcs.begin[a + 1] - arcs.begin[a], [&](std::size_t k) { return grid.at(arcs.points[arcs.begin[a] + k]); }, arcs.numbers[a]);
  return samples;
}

std::vector<std::uint32_t> by_several(const Arcs& arcs, const geo::Grid& grid, std::size_t together) {
  std::vector<std::uint32_t> samples(side * side, 0);
  const SampleRect band{0, 0, side, side};
  ArcAdder adder(SampleTransform(small_view()), band, {samples.data(), side, 0, 0}, grid);
  for (std::size_t a = 0; a < arcs.numbers.size(); a += together) {
    const std::size_t some = std::min(together, arcs.numbers.size() - a);
    adder.add(arcs.points, std::span(arcs.begin).subspan(a, some + 1), std::span(arcs.numbers).subspan(a, some));
  }
  return samples;
}

TEST(ArcAdder, AddsWhatOneEdgeAfterTheOtherAdds) {
  const geo::Grid grid{{0.5, -0.25}, 0.25};
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    std::vector<int> lengths;
    for (int i = 0; i < 50; ++i) lengths.push_back(2 + static_cast<int>(random() % 12));
    if (seed % 4 == 0) lengths.push_back(3000), lengths.push_back(1024), lengths.push_back(1025);  // more than are taken at once
    const Arcs arcs = random_arcs(lengths, seed);
    const auto expected = by_one_edge(arcs, grid);
    EXPECT_GT(std::count_if(expected.begin(), expected.end(), [](std::uint32_t v) { return v != 0; }), 100);
    for (const std::size_t together : {1, 3, 16}) ASSERT_EQ(by_several(arcs, grid, together), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace battlemap::render
