#include <gtest/gtest.h>

#include "tiny_sheet.hpp"

namespace battlemap::render::testing {
namespace {

using geo::Language;

// Every size, theme, language and map keeps the rules of the sheet.
struct SheetCase {
  const char* map;
  int width, height;
  ThemeId theme;
  Language language;
};
class SheetRules : public ::testing::TestWithParam<SheetCase> {
 protected:
  Sheet sheet() const {
    SheetRequest request = tiny_request(GetParam().map, GetParam().width, GetParam().height);
    request.theme = GetParam().theme, request.language = GetParam().language;
    return tiny_sheet(request);
  }
};

TEST_P(SheetRules, TextsStayInsideAndNeverOverlap) {
  const Sheet s = sheet();
  const auto texts = sheet_texts(s);
  ASSERT_GT(texts.size(), 8U);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Rect& a = texts[i].ink;
    EXPECT_TRUE(a.x >= 0 && a.y >= 0 && a.right() <= s.width + 0.5F && a.bottom() <= s.height)
        << texts[i].item.text << " at " << a.x << "," << a.y << " " << a.w << "x" << a.h;
    EXPECT_GE(texts[i].item.style.size, 9) << texts[i].item.text;
    for (std::size_t j = i + 1; j < texts.size(); ++j)
      EXPECT_FALSE(a.overlaps(texts[j].ink)) << texts[i].item.text << " / " << texts[j].item.text;
  }
}

TEST_P(SheetRules, TheMapTakesMostOfTheSheet) {
  const Sheet s = sheet();
  const Rect& f = s.map.view.frame;
  EXPECT_GE(f.w * f.h, 0.6F * static_cast<float>(s.width) * static_cast<float>(s.height));
}

TEST_P(SheetRules, TextsContrastWithWhatIsBehindThem) {
  const Sheet s = sheet();
  for (const PlacedText& text : sheet_texts(s)) {
    const TextStyle& style = text.item.style;
    const Colour behind = style.halo.a > 0 ? style.halo : s.background;
    EXPECT_GE(contrast_ratio(style.colour, behind), 4.5) << text.layer << ": " << text.item.text;
  }
}

TEST_P(SheetRules, LegendCountsEveryCellShown) {
  const Sheet s = sheet();
  EXPECT_EQ(legend_total(s), s.map.coverage->size());
}

INSTANTIATE_TEST_SUITE_P(Sizes, SheetRules,
                         ::testing::Values(SheetCase{"rate", 1920, 1080, ThemeId::paper, Language::zh},
                                           SheetCase{"rate", 1920, 1080, ThemeId::wall, Language::both},
                                           SheetCase{"rate", 640, 480, ThemeId::paper, Language::zh},
                                           SheetCase{"share", 3840, 2160, ThemeId::wall, Language::en},
                                           SheetCase{"share", 1240, 1754, ThemeId::paper, Language::zh},
                                           SheetCase{"change", 1754, 1240, ThemeId::paper, Language::both},
                                           SheetCase{"change", 640, 480, ThemeId::paper, Language::both},
                                           SheetCase{"people", 640, 480, ThemeId::wall, Language::both},
                                           SheetCase{"change", 16000, 12000, ThemeId::wall, Language::zh},
                                           SheetCase{"exits", 3840, 1080, ThemeId::wall, Language::zh},
                                           SheetCase{"exits", 1080, 1080, ThemeId::paper, Language::en},
                                           SheetCase{"people", 1920, 1080, ThemeId::paper, Language::zh},
                                           SheetCase{"people", 2480, 3508, ThemeId::paper, Language::both},
                                           SheetCase{"people", 1024, 768, ThemeId::wall, Language::en}));

}  // namespace
}  // namespace battlemap::render::testing
