// Screen = paper for text: the ink of every text on an OpenGL picture and on the rasterised PDF of the same
// sheet begins and ends at the same places.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "render/gl_context.hpp"
#include "render/gl_painter.hpp"
#include "render/print_document.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;

constexpr int width = 1000, height = 700;
constexpr int finer = 4;  ///< the page is rasterised so many times as finely as the screen
constexpr double mm_per_pixel = 25.4 / 96;
constexpr int dark = 140;

Sheet text_sheet() {
  Sheet sheet;
  sheet.width = width, sheet.height = height, sheet.background = {255, 255, 255};
  Layer layer{"words", {}, {}};
  const char* const words[] = {"海东市", "Poverty rate 12.4 %", "第一书记", "1,622", "互助土族自治县", "Ag", "村", "国fi"};
  for (int i = 0; i < 16; ++i) {
    TextItem item;
    item.text = words[i % 8];
    item.origin = {30.3F + 471.7F * static_cast<float>(i % 2), 60.4F + 77.31F * static_cast<float>(i / 2)};
    item.style.size = 10 + 2.3F * static_cast<float>(i);
    item.style.weight = i % 3 ? Weight::regular : Weight::bold;
    item.style.colour = {0, 0, 0};
    item.style.letter_spacing = i % 4 == 1 ? 3.0F : 0.0F;
    item.style.tabular = i % 5 == 0;
    layer.items.emplace_back(item);
  }
  sheet.layers.push_back(std::move(layer));
  return sheet;
}

struct Ink {
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;  ///< sheet pixels
};
/// The extent of what is dark around a text, on a picture `scale` times as fine as the sheet.
Ink ink_of(const Image& image, const TextItem& item, int scale) {
  Ink ink;
  const int x0 = static_cast<int>(item.origin.x) - 10, x1 = x0 + 470;
  const int y0 = static_cast<int>(item.origin.y) - 52, y1 = y0 + 74;
  for (int y = std::max(0, y0 * scale); y < std::min(image.height, y1 * scale); ++y)
    for (int x = std::max(0, x0 * scale); x < std::min(image.width, x1 * scale); ++x) {
      if (image.at(x, y).g > dark) continue;
      ink.left = std::min(ink.left, x / double(scale)), ink.right = std::max(ink.right, (x + 1) / double(scale));
      ink.top = std::min(ink.top, y / double(scale)), ink.bottom = std::max(ink.bottom, (y + 1) / double(scale));
    }
  return ink;
}

TEST(PrintTwin, TextStandsWhereTheScreenHasIt) {
  const auto folder = fs::path(BATTLEMAP_TEST_OUT) / "print-twin";
  fs::create_directories(folder);
  const auto text = std::make_shared<const TextEngine>();
  const auto sheet = text_sheet();
  const OffscreenContext context;
  GlPainter painter(text);
  const auto screen = painter.paint(sheet, {0, 0, width, height});
  write_sheet_print(sheet, std::make_shared<PrintFonts>(text), folder / "a.pdf");
  const auto raster = (folder / "a").string();
  ASSERT_EQ(std::system(("pdftoppm -r 384 -png -singlefile " + raster + ".pdf " + raster).c_str()), 0);
  const auto paper = read_png(raster + ".png");
  ASSERT_EQ(paper.width, width * finer);
  for (const auto& item : sheet.layers[0].items) {
    const auto& words = std::get<TextItem>(item);
    const auto a = ink_of(screen, words, 1), b = ink_of(paper, words, finer);
    ASSERT_LT(a.left, a.right) << words.text;
    EXPECT_NEAR(a.left * mm_per_pixel, b.left * mm_per_pixel, 0.5) << words.text;
    EXPECT_NEAR(a.right * mm_per_pixel, b.right * mm_per_pixel, 0.5) << words.text;
    EXPECT_NEAR(a.top * mm_per_pixel, b.top * mm_per_pixel, 0.5) << words.text;
    EXPECT_NEAR(a.bottom * mm_per_pixel, b.bottom * mm_per_pixel, 0.5) << words.text;
  }
}

}  // namespace
}  // namespace battlemap::render
