#include "render/gl_painter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numbers>

#include "geo/error.hpp"
#include "render/colour_pass.hpp"
#include "render/gl_context.hpp"
#include "../render/synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;
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

/// A sheet with everything on it: map with every flag, shapes, lines, haloed text, clipping.
Sheet full_sheet(int width, int height) {
  Sheet sheet;
  sheet.width = width, sheet.height = height;
  sheet.background = {246, 244, 239};
  sheet.map = map_of(JitteredGrid(20, 15, 9).coverage(), 20, 15, width - 60, height - 60);
  sheet.map.view.frame = {30, 30, static_cast<float>(width - 60), static_cast<float>(height - 60)};
  auto& style = sheet.map.style;
  for (std::uint32_t i = 0; i < 60; ++i) style.flags[i] |= cell_muted;
  for (const auto i : {145U, 146U, 165U}) style.flags[i] |= cell_selected;
  style.flags[208] |= cell_hovered;
  for (const auto i : {100U, 101U, 250U}) style.flags[i] |= cell_hatched;
  auto lakes = std::make_shared<geo::PolygonSet>();
  JitteredGrid::add_polygon(*lakes, {{11000, 9000}, {15500, 9600}, {14500, 12100}, {12000, 11500}});
  sheet.map.lakes = lakes;

  Layer river{"river", Rect{30, 30, static_cast<float>(width - 60), static_cast<float>(height - 60)}, {}};
  LineItem line{{}, 2.2F, {40, 90, 160}};
  for (int i = 0; i < 400; ++i)
    line.points.push_back(
        {static_cast<float>(i) * static_cast<float>(width) / 400.0F,
         static_cast<float>(height) * (0.5F + 0.1F * std::sin(static_cast<float>(i) / 20.0F))});
  river.items.push_back(line);
  for (auto& p : line.points) p.y += 40;
  line.width = 0.5F;
  river.items.push_back(line);
  sheet.layers.push_back(river);

  Layer top{"top", std::nullopt, {}};
  top.items.push_back(RectItem{{60.5F, 60.25F, 180, 90}, 8, {255, 255, 255, 220}, {30, 30, 30}, 1.5F});
  top.items.push_back(RectItem{{70, 110, 60, 24}, 0, {240, 240, 240}, {0, 0, 0, 0}, 0, {90, 90, 90}, 6, 1});
  top.items.push_back(RectItem{{60, 200, 180, 0.5F}, 0, {0, 0, 0}});
  top.items.push_back(CircleItem{{330.5F, 120}, 30, {60, 120, 200, 150}, {20, 40, 80}, 2});
  top.items.push_back(ConvexItem{{{400, 80}, {420, 140}, {410, 132}, {390, 140}}, {20, 20, 20}});
  ConvexItem wedge{{{500, 110}}, {200, 80, 40}};
  for (int i = 0; i <= 20; ++i) {
    const auto angle = static_cast<float>(i) * std::numbers::pi_v<float> / 30.0F;
    wedge.points.push_back({500 + 40 * std::cos(angle), 110 + 40 * std::sin(angle)});
  }
  top.items.push_back(wedge);
  TextStyle text;
  text.size = 26, text.weight = Weight::bold, text.colour = {30, 35, 40};
  text.halo = {255, 255, 255, 230}, text.halo_width = 2.5F;
  top.items.push_back(
      TextItem{"青海省 · 贫困发生率 2016", {static_cast<float>(width) / 2 - 160, 300.4F}, text});
  text.size = 13, text.weight = Weight::regular, text.halo_width = 1.5F, text.tabular = true;
  top.items.push_back(TextItem{"12.4 %(62 / 501 人)Affil", {80.3F, 90.7F}, text});
  sheet.layers.push_back(top);
  return sheet;
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

TEST_F(GlPainterTest, TheShaderColoursLikeItsTwin) {
  const auto sheet = full_sheet(800, 600);
  const PixelRect all{0, 0, 800, 600};
  const auto cpu = painter_->paint(sheet, all, ColourEngine::cpu),
             gpu = painter_->paint(sheet, all, ColourEngine::gpu);
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
  write_sheet_png(*painter_, sheet, file, PngEffort::fast, ColourEngine::automatic, [&](double p) {
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
