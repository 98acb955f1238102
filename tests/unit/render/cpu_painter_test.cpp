// No OpenGL here: what exports need on a machine without it.
#include "render/cpu_painter.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "full_sheet.hpp"
#include "geo/error.hpp"

namespace battlemap::render {
namespace {

using testing::full_sheet;

class CpuPainterTest : public ::testing::Test {
 protected:
  /// A sheet of one colour with one layer and no map.
  static Sheet plain_sheet(std::vector<Item> items, std::optional<Rect> clip = {}) {
    Sheet sheet;
    sheet.width = 40, sheet.height = 30, sheet.background = {200, 200, 200};
    sheet.layers.push_back({"all", clip, std::move(items)});
    return sheet;
  }
  Image paint(const Sheet& sheet) { return painter_.paint(sheet, {0, 0, sheet.width, sheet.height}); }
  CpuPainter painter_{std::make_shared<TextEngine>()};
};

TEST_F(CpuPainterTest, TilesJoinWithoutASeam) {
  const auto sheet = full_sheet(800, 600);
  const Image whole = painter_.paint(sheet, {0, 0, 800, 600});
  for (const PixelRect tile : {PixelRect{0, 0, 311, 257}, PixelRect{311, 0, 489, 257}, PixelRect{0, 257, 800, 343}}) {
    const Image part = painter_.paint(sheet, tile);
    for (int y = 0; y < tile.h; ++y)
      for (int x = 0; x < tile.w; ++x)
        ASSERT_EQ(part.at(x, y), whole.at(tile.x + x, tile.y + y)) << tile.x + x << ',' << tile.y + y;
  }
}

TEST_F(CpuPainterTest, RectanglesCoverTheirExactShareOfPixels) {
  const Image image = paint(plain_sheet({RectItem{{10.5F, 5, 8, 4.25F}, 0, {0, 0, 0}}}));
  EXPECT_EQ(image.at(11, 6), (Colour{0, 0, 0}));
  EXPECT_EQ(image.at(10, 6), (Colour{100, 100, 100}));  // half covered
  EXPECT_EQ(image.at(11, 9), (Colour{150, 150, 150}));  // a quarter
  EXPECT_EQ(image.at(9, 6), (Colour{200, 200, 200}));
  EXPECT_EQ(image.at(11, 4), (Colour{200, 200, 200}));
}

TEST_F(CpuPainterTest, WhatIsTransparentMixes) {
  const Image image = paint(plain_sheet({RectItem{{0, 0, 40, 30}, 0, {0, 0, 0, 51}}}));
  EXPECT_EQ(image.at(20, 15), (Colour{160, 160, 160}));
}

TEST_F(CpuPainterTest, ALayersClipHoldsPixelsWhoseCentresLieInIt) {
  const Image image = paint(plain_sheet({RectItem{{0, 0, 40, 30}, 0, {0, 0, 0}}}, Rect{10.4F, 5, 10, 10}));
  EXPECT_EQ(image.at(10, 5), (Colour{0, 0, 0}));
  EXPECT_EQ(image.at(9, 5), (Colour{200, 200, 200}));
  EXPECT_EQ(image.at(19, 14), (Colour{0, 0, 0}));
  EXPECT_EQ(image.at(20, 14), (Colour{200, 200, 200}));
  EXPECT_EQ(image.at(19, 15), (Colour{200, 200, 200}));
}

TEST_F(CpuPainterTest, LinesHaveTheirWidthInEveryDirection) {
  for (const Vec2 to : {Vec2{35, 15}, Vec2{20, 28}, Vec2{33, 24}, Vec2{32, 4}}) {
    LineItem line{{{20, 15}, to}, 3, {0, 0, 0}};
    const Image image = paint(plain_sheet({line}));
    double ink = 0;
    for (int y = 0; y < 30; ++y)
      for (int x = 0; x < 40; ++x) ink += (200 - image.at(x, y).r) / 200.0;
    // A rectangle and two half discs of radius 1.5.
    EXPECT_NEAR(ink, 3 * std::hypot(to.x - 20, to.y - 15) + std::numbers::pi * 2.25, 1.5);
  }
}

TEST_F(CpuPainterTest, JointsAreNotPaintedTwice) {
  LineItem line{{{5, 5}, {20, 9}, {35, 5}}, 6, {0, 0, 0, 128}};
  const Image image = paint(plain_sheet({line}));
  int darkest = 255;
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) darkest = std::min<int>(darkest, image.rgba[i]);
  EXPECT_NEAR(darkest, 200 * (1 - 128 / 255.0), 1);
}

TEST_F(CpuPainterTest, TextIsInked) {
  TextStyle style;
  style.size = 16;
  const Image image = paint(plain_sheet({TextItem{"村", {10, 20}, style}}));
  int dark = 0;
  for (int y = 5; y < 22; ++y)
    for (int x = 10; x < 26; ++x) dark += image.at(x, y).r < 100 ? 1 : 0;
  EXPECT_GT(dark, 40);
  EXPECT_EQ(image.at(5, 15), (Colour{200, 200, 200}));
}

TEST_F(CpuPainterTest, NumbersThatAreNoneDrawNothing) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
  const Image image = paint(plain_sheet({RectItem{{nan, 0, 5, 5}, 0, {0, 0, 0}}, LineItem{{{nan, 1}, {inf, 2}}, 2, {0, 0, 0}},
                                         CircleItem{{inf, 3}, 4, {0, 0, 0}}, RectItem{{-1e30F, 40, 1e30F, 5}, 0, {0, 0, 0}}}));
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) ASSERT_EQ(image.rgba[i], 200);
}

TEST_F(CpuPainterTest, RefusesTilesOfNoSize) {
  const auto sheet = plain_sheet({});
  EXPECT_THROW(painter_.paint(sheet, {0, 0, 0, 5}), geo::Error);
  EXPECT_THROW(painter_.paint(sheet, {0, 0, 5, 1 << 20}), geo::Error);
}

TEST(Engines, AreKnownByTheirWords) {
  EXPECT_EQ(parse_engine("cpu"), Engine::cpu);
  EXPECT_EQ(parse_engine("gpu"), Engine::gpu);
  EXPECT_EQ(parse_engine("auto"), Engine::automatic);
  EXPECT_THROW(parse_engine("cuda"), geo::UsageError);
}

}  // namespace
}  // namespace battlemap::render
