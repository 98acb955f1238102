// Ids filled on the card beside those of the scanlines.
#include "render/gl_ids.hpp"

#include <glad/gl.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "../render/full_sheet.hpp"
#include "../render/synthetic_coverage.hpp"
#include "geo/error.hpp"
#include "render/colour_pass.hpp"
#include "render/gl_context.hpp"
#include "render/gl_map.hpp"
#include "render/gl_painter.hpp"
#include "render/id_buffer.hpp"

namespace battlemap::render {
namespace {

using testing::JitteredGrid;
using testing::map_of;

class GlIdsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    try {
      context_ = std::make_unique<OffscreenContext>();
    } catch (const geo::Error& e) {
      GTEST_SKIP() << e.what();
    }
    ids_ = std::make_unique<GlIds>();
  }
  void TearDown() override { ids_.reset(); }

  std::vector<std::uint32_t> filled(const MapLayer& map, PixelRect tile, int margin) {
    const int width = (tile.w + 2 * margin) * supersampling, height = (tile.h + 2 * margin) * supersampling;
    const GlObject target(GlKind::texture), framebuffer(GlKind::framebuffer);
    glBindTexture(GL_TEXTURE_2D, target.id());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R32UI, width, height, 0, GL_RED_INTEGER, GL_UNSIGNED_INT, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glBindTexture(GL_TEXTURE_2D, 0);
    good_ = ids_->fill(map, tile, margin, target);
    const KeepTarget keep;
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target.id(), 0);
    std::vector<std::uint32_t> read(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    glReadPixels(0, 0, width, height, GL_RED_INTEGER, GL_UNSIGNED_INT, read.data());
    return read;
  }

  /// The share of samples that differ from the scanlines', all of which must lie beside a border.
  double difference(const MapLayer& map, PixelRect tile, int margin = 4) {
    const auto card = filled(map, tile, margin);
    const IdBuffer lines = rasterise_ids(map, tile, margin);
    EXPECT_EQ(card.size(), lines.ids.size());
    std::size_t differ = 0, far = 0;
    for (int y = 0; y < lines.height; ++y)
      for (int x = 0; x < lines.width; ++x) {
        const auto i = static_cast<std::size_t>(y) * static_cast<std::size_t>(lines.width) + static_cast<std::size_t>(x);
        if (card[i] == lines.ids[i]) continue;
        ++differ;
        far += !has_near(lines, x, y, card[i]);
      }
    EXPECT_EQ(far, 0U) << "samples that differ and are not beside the cell they were given to";
    return static_cast<double>(differ) / static_cast<double>(card.size());
  }

  static bool has_near(const IdBuffer& ids, int x, int y, std::uint32_t id) {
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx) {
        const int nx = std::clamp(x + dx, 0, ids.width - 1), ny = std::clamp(y + dy, 0, ids.height - 1);
        if (ids.ids[static_cast<std::size_t>(ny) * static_cast<std::size_t>(ids.width) + static_cast<std::size_t>(nx)] == id) return true;
      }
    return false;
  }

  std::unique_ptr<OffscreenContext> context_;
  std::unique_ptr<GlIds> ids_;
  bool good_ = false;
};

constexpr double most_different = 0.0005;

TEST_F(GlIdsTest, AreThoseOfTheScanlines) {
  for (const int per_edge : {1, 3, 12}) {
    const auto map = map_of(JitteredGrid(24, 16, per_edge).coverage(), 24, 16, 480, 320, 1);
    EXPECT_LE(difference(map, {0, 0, 480, 320}), most_different) << per_edge;
    EXPECT_TRUE(good_);
    EXPECT_LE(difference(map, {100, 57, 131, 83}), most_different) << "a tile, " << per_edge;
  }
}

std::shared_ptr<geo::Coverage> of_rings(const std::vector<std::vector<std::vector<geo::Point>>>& polygons) {
  auto coverage = std::make_shared<geo::Coverage>();
  coverage->level = geo::Level::village;
  for (const auto& rings : polygons) {
    for (const auto& ring : rings) {
      for (const geo::Point p : ring) coverage->polygons.add_point(p);
      coverage->polygons.end_ring();
    }
    coverage->polygons.end_polygon();
    const auto index = static_cast<std::uint32_t>(coverage->cells.size());
    coverage->cells.push_back({geo::Level::village, index});
    coverage->ancestry.push_back({0, 0, 0, 0, index});
  }
  return coverage;
}

MapLayer looking_at(std::shared_ptr<geo::Coverage> coverage, geo::Point centre, double metres_per_pixel, int side) {
  MapLayer map;
  map.coverage = std::move(coverage);
  map.view = {centre, metres_per_pixel, {0, 0, static_cast<float>(side), static_cast<float>(side)}};
  return map;
}

/// A hole with an island of another cell in it, a second part, a sliver, a spiral whose fan turns back over itself.
TEST_F(GlIdsTest, HolesPartsAndSpiralsAreFilledEvenOdd) {
  std::vector<geo::Point> spiral;
  for (int k = 0; k < 60; ++k) spiral.push_back({600 + (20 + 3 * k) * std::cos(k * 0.5), 600 + (20 + 3 * k) * std::sin(k * 0.5)});
  for (int k = 59; k >= 0; --k) spiral.push_back({600 + (14 + 3 * k) * std::cos(k * 0.5), 600 + (14 + 3 * k) * std::sin(k * 0.5)});
  const auto coverage = of_rings(
      {{{{0, 0}, {300, 0}, {300, 300}, {0, 300}}, {{100, 100}, {100, 200}, {200, 200}, {200, 100}}, {{320, 0}, {360, 0}, {340, 80}}},
       {{{120, 120}, {180, 120}, {180, 180}, {120, 180}}},
       {{{0, 400}, {400, 400.2}, {0, 400.4}}},
       {spiral}});
  EXPECT_LE(difference(looking_at(coverage, {400, 400}, 2, 450), {0, 0, 450, 450}), most_different);
  EXPECT_TRUE(good_);
}

TEST_F(GlIdsTest, ClosePartsFarFromTheOriginStayExact) {
  auto coverage = JitteredGrid(40, 40, 6).coverage();
  for (geo::Point& p : coverage->polygons.points) p.x += 2'500'000, p.y -= 4'100'000;
  coverage->polygons.update_boxes();
  for (const double scale : {200.0, 20.0, 1.0})
    EXPECT_LE(difference(looking_at(coverage, {2'520'300, -4'080'700}, scale, 300), {0, 0, 300, 300}), most_different) << scale;
}

/// Provinces of a thousand kilometres, of which the view shows some hundred metres: nearly all corners lie far outside, and
/// triangles are cut off where the card's coordinates end.
TEST_F(GlIdsTest, OutlinesMuchLargerThanTheViewLeaveNoHoles) {
  auto coverage = JitteredGrid(3, 3, 200).coverage();
  for (geo::Point& p : coverage->polygons.points) p.x *= 1000, p.y *= 1000;
  coverage->polygons.update_boxes();
  const auto ring = coverage->polygons.ring(4);
  for (std::size_t k = 0; k < ring.size(); k += 37)
    for (const double scale : {100.0, 1.0, 0.1})
      EXPECT_LE(difference(looking_at(coverage, ring[k], scale, 240), {0, 0, 240, 240}), most_different) << k << ' ' << scale;
}

TEST_F(GlIdsTest, SharedArcsGiveTheSameIds) {
  MapLayer map = looking_at(testing::with_arcs(JitteredGrid(20, 20, 8).coverage()), {10'000, 10'000}, 60, 320);
  EXPECT_LE(difference(map, {0, 0, 320, 320}), most_different);
  map.tolerance_px = 0.25;
  EXPECT_LE(difference(map, {0, 0, 320, 320}), most_different);
}

TEST_F(GlIdsTest, LakesAreABit) {
  MapLayer map = map_of(JitteredGrid(8, 8, 3).coverage(), 8, 8, 200, 200, 1);
  auto lakes = std::make_shared<geo::PolygonSet>();
  JitteredGrid::add_polygon(*lakes, {{2000, 2000}, {5000, 2500}, {4000, 6000}});
  map.lakes = lakes;
  EXPECT_LE(difference(map, {0, 0, 200, 200}), most_different);
  EXPECT_TRUE(good_);
}

TEST_F(GlIdsTest, OverlapsAreNoticedAndLeftToTheScanlines) {
  const auto coverage = of_rings({{{{0, 0}, {200, 0}, {200, 200}, {0, 200}}}, {{{100, 0}, {300, 0}, {300, 200}, {100, 200}}}});
  filled(looking_at(coverage, {150, 100}, 1, 320), {0, 0, 320, 320}, 4);
  EXPECT_FALSE(good_);
  filled(looking_at(coverage, {40, 100}, 0.2, 320), {0, 0, 320, 320}, 4);  // the overlap is out of sight
  EXPECT_TRUE(good_);
}

TEST_F(GlIdsTest, MovingUploadsNothingAndRestylingTheStyleAlone) {
  MapLayer map = map_of(JitteredGrid(30, 30, 4).coverage(), 30, 30, 300, 300, 1);
  GlPainter painter(std::make_shared<TextEngine>());
  ASSERT_TRUE(painter.fill_map(map, true));
  const std::size_t first = painter.uploaded();
  EXPECT_GT(first, map.coverage->polygons.points.size() * sizeof(FanMesh::Vertex));
  for (int k = 0; k < 10; ++k) {
    map.view.centre.x += 300, map.view.metres_per_pixel *= 0.95;
    ASSERT_TRUE(painter.fill_map(map, false));
  }
  EXPECT_EQ(painter.uploaded(), first);
  std::swap(map.style.fill.front(), map.style.fill.back());
  painter.restyle(map);
  EXPECT_LE(painter.uploaded() - first, std::size_t{2048} * 4);  // a row of the table of cells
}

TEST_F(GlIdsTest, AnIdIsReadWhereThePointerIs) {
  MapLayer map = map_of(JitteredGrid(6, 6, 3).coverage(), 6, 6, 240, 240, 1);
  GlPainter painter(std::make_shared<TextEngine>());
  ASSERT_TRUE(painter.fill_map(map, true));
  const IdBuffer lines = rasterise_ids(map, {0, 0, 240, 240}, 4);
  for (const auto& [x, y] : {std::pair(20, 20), {120, 60}, {230, 200}}) EXPECT_EQ(painter.id_at(x, y), lines.cell_at(x, y)) << x << ',' << y;
  EXPECT_EQ(painter.id_at(-500, 3), id_none);
}

TEST_F(GlIdsTest, PicturesAreThoseOfTheCpuEngine) {
  const auto sheet = testing::full_sheet(800, 600);
  GlPainter painter(std::make_shared<TextEngine>());
  const Image gpu = painter.paint(sheet, {0, 0, 800, 600}, ColourEngine::gpu), cpu = painter.paint(sheet, {0, 0, 800, 600}, ColourEngine::cpu);
  std::size_t off = 0;
  for (std::size_t i = 0; i < gpu.rgba.size(); i += 4)
    off += std::max({std::abs(gpu.rgba[i] - cpu.rgba[i]), std::abs(gpu.rgba[i + 1] - cpu.rgba[i + 1]), std::abs(gpu.rgba[i + 2] - cpu.rgba[i + 2])}) > 32;
  EXPECT_LE(static_cast<double>(off), 0.0005 * 800 * 600);
}

}  // namespace
}  // namespace battlemap::render
