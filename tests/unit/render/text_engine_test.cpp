#include "render/text_engine.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <numeric>
#include <thread>

#include "render/text_unicode.hpp"

namespace battlemap::render {
namespace {

const TextEngine& engine() {
  static const TextEngine made;
  return made;
}

TextStyle sized(float size) {
  TextStyle style;
  style.size = size;
  return style;
}

double ink(const GlyphBitmap& b) {
  return std::accumulate(b.coverage.begin(), b.coverage.end(), 0.0) / 255;
}

TEST(TextEngine, WidthGrowsWithTextSizeAndSpacing) {
  float last = 0;
  std::string text;
  for (const char* part : {"青", "海", "省", " ", "2", "0", "1", "6", "a"}) {
    text += part;
    const float width = engine().width(text, sized(20));
    EXPECT_GT(width, last) << text;
    last = width;
  }
  EXPECT_NEAR(engine().width("青海省", sized(40)), 120, 0.01);
  EXPECT_NEAR(engine().width("贫困发生率", sized(7)) * 10, engine().width("贫困发生率", sized(70)), 0.01);
  auto spaced = sized(20);
  spaced.letter_spacing = 5;
  EXPECT_NEAR(engine().width("青海省", spaced), 70, 0.01);  // between glyphs only
  EXPECT_EQ(engine().width("", sized(20)), 0);
}

TEST(TextEngine, BoldAndTabularDiffer) {
  auto bold = sized(100);
  bold.weight = Weight::bold;
  const auto thin = engine().shape("青", sized(100)), thick = engine().shape("青", bold);
  EXPECT_GT(ink(engine().rasterise(thick->glyphs[0].face, thick->glyphs[0].glyph, 100, 0)),
            1.2 * ink(engine().rasterise(thin->glyphs[0].face, thin->glyphs[0].glyph, 100, 0)));
  auto tabular = sized(20);
  tabular.tabular = true;
  EXPECT_NEAR(engine().width("1111", tabular), engine().width("8888", tabular), 0.01);
}

TEST(TextEngine, AHaloIsLargerThanItsGlyphOnEverySide) {
  const auto shaped = engine().shape("海", sized(30));
  const auto glyph = engine().rasterise(shaped->glyphs[0].face, shaped->glyphs[0].glyph, 30, 0);
  const auto halo = engine().rasterise(shaped->glyphs[0].face, shaped->glyphs[0].glyph, 30, 2);
  EXPECT_NEAR(glyph.left - halo.left, 2, 1.01);
  EXPECT_NEAR(glyph.top - halo.top, 2, 1.01);
  EXPECT_NEAR(halo.width - glyph.width, 4, 1.01);
  EXPECT_GT(ink(halo), ink(glyph) * 1.3);
  for (int y = 0; y < glyph.height; ++y)  // and covers it
    for (int x = 0; x < glyph.width; ++x) {
      const int hx = x + glyph.left - halo.left, hy = y + glyph.top - halo.top;
      ASSERT_GE(halo.coverage[static_cast<std::size_t>(hy) * halo.width + hx] + 1,
                glyph.coverage[static_cast<std::size_t>(y) * glyph.width + x]);
    }
}

TEST(TextEngine, AShiftMovesInkByPartsOfAPixel) {
  const auto shaped = engine().shape("l", sized(24));
  const auto centre = [&](float shift) {
    const auto b = engine().rasterise(shaped->glyphs[0].face, shaped->glyphs[0].glyph, 24, 0, shift);
    double sum = 0, moment = 0;
    for (int y = 0; y < b.height; ++y)
      for (int x = 0; x < b.width; ++x) {
        const double c = b.coverage[static_cast<std::size_t>(y) * b.width + x];
        sum += c, moment += c * (x + b.left + 0.5);
      }
    return moment / sum;
  };
  EXPECT_NEAR(centre(0.5F) - centre(0), 0.5, 0.06);
}

TEST(TextEngine, CountsMissingGlyphsAndDrawsABox) {
  const auto shaped = engine().shape("a\U0010FFFD\U0010FFFD", sized(20));  // private use: nobody has it
  EXPECT_EQ(shaped->missing, 2U);
  ASSERT_EQ(shaped->glyphs.size(), 3U);
  const auto box = engine().rasterise(shaped->glyphs[1].face, shaped->glyphs[1].glyph, 20, 0);
  EXPECT_GT(box.width, 5);
  EXPECT_EQ(box.coverage[0], 255);
  EXPECT_EQ(box.coverage[static_cast<std::size_t>(box.height / 2) * box.width + box.width / 2], 0);
  EXPECT_EQ(engine().shape("青海省 2016 年 · 12.4 %(62 / 501 人)", sized(20))->missing, 0U);
}

TEST(TextEngine, BadUtf8AndControlCharactersAreShownNotFatal) {
  EXPECT_EQ(printable("a\xFF\xE9\x9D z"), U"a\uFFFD\uFFFD z");
  EXPECT_EQ(printable("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(printable("\xF0\x9F\x98\x80"), U"\U0001F600");
  EXPECT_EQ(printable("\xC0\xAF"), U"\uFFFD\uFFFD");  // overlong
  EXPECT_EQ(printable("a\nb\tc\x7F"), U"a b c ");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), U"a b");
  EXPECT_EQ(printable("\xE9\x9D\x92\xE9"), U"青\uFFFD");
  EXPECT_GT(engine().shape("\xFF\xFE\n", sized(20))->width, 0);
}

TEST(TextEngine, OddSizesGiveNothingRatherThanACrash) {
  const auto glyph = engine().shape("青", sized(20))->glyphs[0];
  for (const float size : {0.0F, -3.0F, std::numeric_limits<float>::quiet_NaN(), 0.5F})
    EXPECT_TRUE(engine().rasterise(glyph.face, glyph.glyph, size, 1).coverage.empty()) << size;
  EXPECT_EQ(engine().width("青", sized(-1)), 0);
  const auto space = engine().shape(" ", sized(20))->glyphs[0];
  EXPECT_TRUE(engine().rasterise(space.face, space.glyph, 20, 2).coverage.empty());
}

TEST(TextEngine, ThreadsMayShareIt) {
  const TextEngine shared;
  std::atomic<int> wrong{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 200; ++i) {
          const auto shaped =
              shared.shape("村" + std::to_string(i % 50), sized(12.0F + static_cast<float>(t % 2)));
          if (shaped->glyphs.size() != (i % 50 < 10 ? 2U : 3U)) ++wrong;
          for (const auto& g : shaped->glyphs)
            if (shared.rasterise(g.face, g.glyph, 12, 1.5F).coverage.empty()) ++wrong;
        }
      });
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace battlemap::render
