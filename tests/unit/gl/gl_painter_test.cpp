#include "render/gl_painter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numbers>

#include "geo/error.hpp"
#include "render/colour_pass.hpp"
#include "render/cpu_painter.hpp"
#include "render/gl_context.hpp"
#include "../render/full_sheet.hpp"
#include "../render/synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;
using testing::full_sheet;
using testing::JitteredGrid;
using testing::map_of;

void keep(const Image& image, const std::string& name) {
  fs::create_directories(BATTLEMAP_TEST_OUT);
  write_png(fs::path(BATTLEMAP_TEST_OUT) / name, image, 96, PngEffort::fast);
}

int largest_difference(const Image& a, const Image& b) {
  int worst = a.rgba.size() == b.rgba.size() ? 0 : 999;
  for (std::size_t i = 0; i < a.rgba.size() && worst < 999; ++i)
    worst = std::max(worst, std::abs(a.rgba[i] - b.rgba[i]));
  return worst;
}

Image cut(const Image& image, PixelRect r) {
  Image out(r.w, r.h);
  for (int y = 0; y < r.h; ++y)
    std::copy_n(&image.rgba[(static_cast<std::size_t>(y + r.y) * image.width + r.x) * 4], r.w * 4,
                &out.rgba[static_cast<std::size_t>(y) * r.w * 4]);
  return out;
}

class GlPainterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    try {
      context_ = std::make_unique<OffscreenContext>();
    } catch (const geo::Error& e) {
      GTEST_SKIP() << e.what();
    }
    painter_ = std::make_unique<GlPainter>(std::make_shared<TextEngine>());
  }
  void TearDown() override { painter_.reset(); }
  std::unique_ptr<OffscreenContext> context_;
  std::unique_ptr<GlPainter> painter_;
};

TEST_F(GlPainterTest, TilesJoinWithoutASeam) {
  const auto sheet = full_sheet(800, 600);
  for (const auto engine : {ColourEngine::cpu, ColourEngine::gpu}) {
    const auto whole = painter_->paint(sheet, {0, 0, 800, 600}, engine);
    keep(whole, engine == ColourEngine::cpu ? "sheet_cpu.png" : "sheet_gpu.png");
    for (const PixelRect tile :
         {PixelRect{0, 0, 400, 300}, {400, 0, 400, 300}, {0, 300, 400, 300}, {400, 300, 400, 300}})
      EXPECT_LE(largest_difference(painter_->paint(sheet, tile, engine), cut(whole, tile)), 1)
          << tile.x << ',' << tile.y << (engine == ColourEngine::cpu ? " cpu" : " gpu");
  }
}

TEST_F(GlPainterTest, PaintsLikeThePainterWithoutOpenGl) {
  const auto sheet = full_sheet(800, 600);
  CpuPainter twin(std::make_shared<TextEngine>());
  const PixelRect all{0, 0, 800, 600};
  const auto gl = painter_->paint(sheet, all, ColourEngine::cpu), cpu = twin.paint(sheet, all);
  keep(cpu, "sheet_painter_cpu.png");
  // Drivers round into eight bits and compute square roots in ways of their own.
  EXPECT_LE(largest_difference(gl, cpu), 2);
}

TEST_F(GlPainterTest, TheShaderColoursLikeItsTwin) {
  const auto sheet = full_sheet(800, 600);
  const PixelRect all{0, 0, 800, 600};
  const auto cpu = painter_->paint(sheet, all, ColourEngine::cpu);
  // Of the same ids: those filled on the card may differ along borders (gl_ids_test.cpp).
  painter_->set_map_ids(rasterise_ids(sheet.map, frame_pixels(sheet.map.view), outline_margin(sheet.map.style)), sheet.map);
  const auto gpu = painter_->paint_kept(sheet, all);
  EXPECT_LE(largest_difference(cpu, gpu), 2);
}

TEST_F(GlPainterTest, TheShaderColoursRandomIdsLikeItsTwin) {
  auto map = map_of(JitteredGrid(20, 15, 2).coverage(), 20, 15, 160, 120);
  map.style.outline_width = {3.3F, 1.6F, 1.0F, 0.5F, 0.25F};
  for (std::uint32_t i = 0; i < map.coverage->size(); ++i)
    map.style.flags[i] = static_cast<std::uint8_t>((testing::noise(i, 3, 3) + 1) * 8) & (i % 7 == 0 ? 15 : 3);
  IdBuffer ids = rasterise_ids(map, {0, 0, 160, 120}, 8);
  // Blobs of random cells, water and nothing, in runs of a few samples.
  for (int y = 0; y < ids.height; ++y)
    for (int x = 0; x < ids.width; ++x) {
      const double pick =
          testing::noise(static_cast<std::uint64_t>(x / 9), static_cast<std::uint64_t>(y / 7), 9);
      auto& id = ids.ids[static_cast<std::size_t>(y) * ids.width + x];
      if (pick > 0) id = static_cast<std::uint32_t>(pick * 299.9);
      if (pick > 0.9) id = id_none;
      if (pick < -0.8) id |= id_water;
    }
  Sheet sheet;
  sheet.width = 160, sheet.height = 120;
  sheet.map = map;
  const auto twin = colour_pass(ids, map);
  const auto drawn = [&] {  // through draw() into a framebuffer: paint() would make its own ids
    painter_->set_map_ids(ids, map);
    return painter_->paint_kept(sheet, {0, 0, 160, 120});
  }();
  keep(twin, "random_cpu.png"), keep(drawn, "random_gpu.png");
  EXPECT_LE(largest_difference(twin, drawn), 2);
}

TEST_F(GlPainterTest, AMovedViewReprojectsTheKeptPicture) {
  auto sheet = full_sheet(400, 300);
  sheet.layers.clear();
  const auto before = painter_->paint(sheet, {0, 0, 400, 300});
  painter_->set_map_picture(cut(before, frame_pixels(sheet.map.view)));
  const auto same = painter_->paint_kept(sheet, {0, 0, 400, 300});
  EXPECT_EQ(largest_difference(before, same), 0);
  auto moved = sheet;
  moved.map.view.centre.x += 20 * sheet.map.view.metres_per_pixel;
  moved.map.view.centre.y -= 10 * sheet.map.view.metres_per_pixel;
  const auto shifted = painter_->paint_kept(moved, {0, 0, 400, 300}, sheet.map.view);
  EXPECT_LE(largest_difference(cut(before, {70, 60, 200, 150}), cut(shifted, {50, 50, 200, 150})), 2);
}

TEST_F(GlPainterTest, AMovedPictureIsCopiedAndItsSurroundingsAreGround) {
  auto sheet = full_sheet(400, 300);
  sheet.layers.clear();
  sheet.map.view.frame = {0, 0, 400, 300};
  const auto before = painter_->paint(sheet, {0, 0, 400, 300});
  Image blue_first = before;
  for (std::size_t i = 0; i < blue_first.rgba.size(); i += 4) std::swap(blue_first.rgba[i], blue_first.rgba[i + 2]);
  painter_->set_map_picture(blue_first, ByteOrder::bgra);
  auto moved = sheet;  // to the nearest pixel
  moved.map.view.centre.x += 20.3 * sheet.map.view.metres_per_pixel;
  moved.map.view.centre.y += 9.8 * sheet.map.view.metres_per_pixel;
  const auto shifted = painter_->paint_kept(moved, {0, 0, 400, 300}, sheet.map.view);
  EXPECT_EQ(largest_difference(cut(before, {20, 0, 380, 290}), cut(shifted, {0, 10, 380, 290})), 0);
  const Colour ground = sheet.map.style.ground;
  for (const auto& [x, y] : {std::pair{390, 150}, {100, 5}, {399, 0}}) {
    const Colour c = shifted.at(x, y);
    EXPECT_TRUE(c.r == ground.r && c.g == ground.g && c.b == ground.b) << x << ' ' << y;
  }
}

TEST_F(GlPainterTest, APictureFromFurtherAwayLiesInTheMiddleOfTheGround) {
  auto sheet = full_sheet(400, 300);
  sheet.layers.clear();
  sheet.map.view.frame = {0, 0, 400, 300};
  Image plain(400, 300);
  for (std::size_t i = 0; i < plain.rgba.size(); i += 4)
    plain.rgba[i] = 10, plain.rgba[i + 1] = 200, plain.rgba[i + 2] = 90, plain.rgba[i + 3] = 255;
  painter_->set_map_picture(plain);
  auto away = sheet;
  away.map.view.metres_per_pixel *= 2;
  const auto drawn = painter_->paint_kept(away, {0, 0, 400, 300}, sheet.map.view);
  const Colour ground = sheet.map.style.ground;
  for (int y = 0; y < 300; ++y)
    for (int x = 0; x < 400; ++x) {
      const bool inside = x >= 100 && x < 300 && y >= 75 && y < 225;
      const Colour c = drawn.at(x, y);
      ASSERT_EQ(c.g, inside ? 200 : ground.g) << x << ' ' << y;
      ASSERT_EQ(c.r, inside ? 10 : ground.r) << x << ' ' << y;
    }
}

TEST_F(GlPainterTest, ALargeSheetIsWrittenWhole) {
  const auto sheet = [] {
    auto s = full_sheet(800, 600);
    s.width = 4300, s.height = 2150;
    s.map.view.frame = {0, 0, 4300, 2150};
    s.map.view.metres_per_pixel /= 4;
    s.dots_per_inch = 200;
    s.metadata = {{"Title", "大图"}};
    return s;
  }();
  const auto file = fs::path(BATTLEMAP_TEST_OUT) / "large.png";
  fs::create_directories(file.parent_path());
  double last = 0;
  write_sheet_png(*painter_, sheet, file, PngEffort::fast, [&](double p) {
    EXPECT_GT(p, last);
    last = p;
  });
  EXPECT_DOUBLE_EQ(last, 1);
  const auto image = read_png(file);
  EXPECT_EQ(image.width, 4300);
  EXPECT_EQ(image.height, 2150);
  // The seams at 4096 and 2048 as if painted at once.
  const PixelRect seam{3950, 1950, 300, 200};
  EXPECT_LE(largest_difference(cut(image, seam), painter_->paint(sheet, seam)), 1);
  EXPECT_NEAR(read_png_info(file).dots_per_inch, 200, 0.1);
}

TEST_F(GlPainterTest, RefusesTilesTheDriverCannotPaint) {
  const auto sheet = full_sheet(400, 300);
  EXPECT_THROW(painter_->paint(sheet, {0, 0, 100'000, 10}), geo::Error);
  EXPECT_THROW(painter_->paint(sheet, {0, 0, 0, 10}), geo::Error);
}

TEST_F(GlPainterTest, TwoContextsCanFollowEachOther) {
  painter_.reset();
  context_ = std::make_unique<OffscreenContext>();
  painter_ = std::make_unique<GlPainter>(std::make_shared<TextEngine>());
  EXPECT_EQ(painter_->paint(full_sheet(200, 200), {0, 0, 200, 200}).width, 200);
  EXPECT_FALSE(gl_renderer().empty());
}

}  // namespace
}  // namespace battlemap::render
