#include "render/colour_pass.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

using testing::JitteredGrid;
using testing::map_of;

void keep(const Image& image, const std::string& name) {
  std::filesystem::create_directories(BATTLEMAP_TEST_OUT);
  write_png(std::filesystem::path(BATTLEMAP_TEST_OUT) / name, image, 96, PngEffort::fast);
}

/// Two cells parted by the line through (x, 0) and (x + lean * 100, 100) px of a 100 x 100 px frame, one
/// pixel a metre.
MapLayer halves(double x, double lean, float width) {
  auto coverage = std::make_shared<geo::Coverage>();
  const double low = x + lean * 100;  // where y = 100 px, that is 0 m
  JitteredGrid::add_polygon(coverage->polygons, {{-50, 0}, {low, 0}, {x, 100}, {-50, 100}});
  JitteredGrid::add_polygon(coverage->polygons, {{low, 0}, {150, 0}, {150, 100}, {x, 100}});
  for (std::uint32_t i = 0; i < 2; ++i) {
    coverage->cells.push_back({geo::Level::village, i});
    coverage->ancestry.push_back({0, 0, i, i, i});  // they part at county level
  }
  MapLayer map;
  map.coverage = coverage;
  map.view = {{50, 50}, 1, {0, 0, 100, 100}};
  map.style.fill.assign(2, {255, 255, 255});
  map.style.flags.assign(2, 0);
  map.style.ground = {255, 255, 255};
  map.style.outside_width = 0;
  map.style.outline_width[2] = width;
  map.style.outline_colour[2] = {0, 0, 0};
  return map;
}

/// Ink of pixel row `y`: the line's width there when it is drawn right.
double ink(const Image& image, int y) {
  double sum = 0;
  for (int x = 0; x < image.width; ++x) sum += (255 - image.at(x, y).r) / 255.0;
  return sum;
}

TEST(ColourPass, ALineHasItsWidthAndPlace) {
  for (const float width : {0.25F, 0.5F, 1.0F, 1.6F, 3.0F, 6.0F}) {
    const auto image =
        colour_pass(rasterise_ids(halves(50, 0, width), {20, 20, 60, 60}, 8), halves(50, 0, width));
    for (const int y : {5, 30, 55}) EXPECT_NEAR(ink(image, y), std::max(width, 0.25F), 0.12) << width;
    EXPECT_EQ(image.at(29, 30),
              image.at(30, 30));  // the boundary lies at 50 px: between pixels 29 and 30 of the tile
    EXPECT_EQ(image.at(20, 30), (Colour{255, 255, 255}));
  }
}

TEST(ColourPass, SlopingLinesAreEvenNotBeaded) {
  for (const float width : {0.5F, 1.0F, 2.5F, 5.0F})
    for (const double lean : {0.05, 0.13, 0.31, 0.5}) {
      const auto map = halves(30, lean, width);
      const auto image = colour_pass(rasterise_ids(map, {0, 0, 100, 100}, 8), map);
      const double wanted = width * std::hypot(1, lean);
      double least = 99, most = 0, mean = 0;
      for (int y = 10; y < 90; ++y) {
        const double here = ink(image, y);
        least = std::min(least, here), most = std::max(most, here), mean += here / 80;
      }
      EXPECT_NEAR(mean, wanted, 0.08 * wanted + 0.05) << width << " px, lean " << lean;
      EXPECT_LT(most - least, 0.12 * wanted + 0.15) << width << " px, lean " << lean;
    }
}

TEST(ColourPass, TilesAndThreadsGiveTheSamePixels) {
  auto map = map_of(JitteredGrid(20, 15, 8).coverage(), 20, 15, 300, 220);
  map.style.flags[150] |= cell_selected | cell_hatched;
  map.style.accent_width = 7;
  const int margin = outline_margin(map.style);
  const auto whole = colour_pass(rasterise_ids(map, {0, 0, 300, 220}, margin), map, 1);
  EXPECT_EQ(whole.rgba, colour_pass(rasterise_ids(map, {0, 0, 300, 220}, margin), map, 7).rgba);
  const auto part = colour_pass(rasterise_ids(map, {111, 77, 130, 90}, margin), map);
  for (int y = 0; y < 90; ++y)
    for (int x = 0; x < 130; ++x) ASSERT_EQ(part.at(x, y), whole.at(x + 111, y + 77)) << x << ',' << y;
}

TEST(ColourPass, SelectionHoverHatchAndWaterShow) {
  auto map = halves(50, 0, 0);
  map.style.accent = {255, 0, 0}, map.style.accent_width = 4;
  const auto at = [&](int x, int y) {
    return colour_pass(rasterise_ids(map, {0, 0, 100, 100}), map).at(x, y);
  };
  EXPECT_EQ(at(50, 50), (Colour{255, 255, 255}));
  map.style.flags[1] = cell_selected;
  EXPECT_EQ(at(50, 50), (Colour{255, 0, 0}));
  EXPECT_EQ(at(70, 50), (Colour{255, 255, 255}));
  map.style.flags[0] = cell_selected;  // the union has no line inside
  EXPECT_EQ(at(50, 50), (Colour{255, 255, 255}));
  map.style.flags = {cell_hovered, 0};
  map.style.hover = {0, 0, 255, 51};
  EXPECT_EQ(at(20, 50), (Colour{204, 204, 255}));
  map.style.flags = {cell_hatched, 0};
  map.style.hatch = {0, 0, 0}, map.style.hatch_spacing = 4, map.style.hatch_width = 1;
  const auto image = colour_pass(rasterise_ids(map, {0, 0, 100, 100}), map);
  double dark = 0;
  for (int x = 0; x < 40; ++x)
    for (int y = 30; y < 70; ++y) dark += (255 - image.at(x, y).r) / 255.0 / 1600;
  EXPECT_NEAR(dark, 0.25, 0.03);  // width / spacing
  EXPECT_EQ(image.at(80, 50), (Colour{255, 255, 255}));
  auto lakes = std::make_shared<geo::PolygonSet>();
  JitteredGrid::add_polygon(*lakes, {{60, 40}, {90, 40}, {90, 60}, {60, 60}});
  map.lakes = lakes;
  map.style.water = {1, 2, 3};
  EXPECT_EQ(at(75, 50), (Colour{1, 2, 3}));
  EXPECT_EQ(at(75, 70), (Colour{255, 255, 255}));
}

TEST(ColourPass, MutedNeighboursHavePalerOutlines) {
  auto map = halves(50, 0, 3);
  const auto dark = [&] { return 255 - colour_pass(rasterise_ids(map, {0, 0, 100, 100}), map).at(50, 50).r; };
  EXPECT_EQ(dark(), 255);
  map.style.flags[0] = cell_muted;
  EXPECT_EQ(dark(), 255);  // the shown place keeps its outline
  map.style.flags[1] = cell_muted;
  EXPECT_NEAR(dark(), 102, 2);
}

/// Crowded cells are looked at several pixels at a time, by keys; the picture must be that of one window after the other.
TEST(ColourPass, CrowdedCellsLookAsOneByOne) {
  auto map = map_of(JitteredGrid(90, 70, 3).coverage(), 90, 70, 301, 233);
  const auto compare = [&] {
    const auto ids = rasterise_ids(map, {3, 5, 290, 220}, outline_margin(map.style));
    const auto lookup = colour_lookup(map);
    ASSERT_FALSE(lookup.keys.empty());
    auto without = lookup;
    without.keys.clear();
    Image by_keys, one_by_one;
    colour_pass(ids, map, lookup, 2, by_keys);
    colour_pass(ids, map, without, 2, one_by_one);
    EXPECT_EQ(by_keys.rgba, one_by_one.rgba);
    EXPECT_NE(by_keys.rgba, std::vector<std::uint8_t>(by_keys.rgba.size(), by_keys.rgba[0]));
  };
  for (const std::array<float, geo::level_count> widths :
       {std::array{2.5F, 1.6F, 0.9F, 0.5F, 0.25F}, {0.3F, 0.0F, 0.7F, 0.2F, 0.1F}, {0.0F, 0.4F, 0.0F, 2.0F, 0.3F},
        {0.0F, 0.0F, 0.0F, 0.0F, 1.0F}}) {
    map.style.outline_width = widths;
    compare();
  }
  for (std::uint32_t i = 0; i < 3000; ++i) map.style.flags[i] |= cell_muted;
  compare();
  for (const auto i : {2950U, 3050U, 4000U, 4001U}) map.style.flags[i] |= cell_selected | cell_hatched;
  map.style.flags[4100] |= cell_hovered;
  compare();
  auto lakes = std::make_shared<geo::PolygonSet>();
  JitteredGrid::add_polygon(*lakes, {{10000, 40000}, {70000, 41000}, {60000, 60000}});
  map.lakes = lakes;
  compare();
}

TEST(ColourPass, DrawsAPictureToLookAt) {
  auto map = map_of(JitteredGrid(24, 18, 14).coverage(), 24, 18, 960, 720);
  for (std::uint32_t i = 0; i < 60; ++i) map.style.flags[i] |= cell_muted;
  for (const auto i : {205U, 206U, 230U}) map.style.flags[i] |= cell_selected;
  map.style.flags[300] |= cell_hovered;
  for (const auto i : {100U, 101U, 250U})
    map.style.flags[i] |= cell_hatched, map.style.fill[i] = {240, 240, 236};
  const auto image = colour_pass(rasterise_ids(map, {0, 0, 960, 720}), map);
  keep(image, "colour_pass.png");
  EXPECT_EQ(image.at(0, 0), map.style.ground);
}

}  // namespace
}  // namespace battlemap::render
