#include "render/colour.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "render/theme.hpp"

namespace battlemap::render {
namespace {

TEST(Colour, ParsesHexWithAndWithoutAlpha) {
  EXPECT_EQ(parse_colour("#B4381F"), (Colour{0xB4, 0x38, 0x1F, 255}));
  EXPECT_EQ(parse_colour("#b4381f80"), (Colour{0xB4, 0x38, 0x1F, 0x80}));
}

TEST(Colour, RejectsWhatIsNoColourQuotingIt) {
  for (const char* bad : {"", "#", "B4381F", "#B4381", "#B4381G", "red", "#B4381F8"}) {
    try {
      parse_colour(bad);
      FAIL() << bad;
    } catch (const geo::Error& e) {
      EXPECT_NE(std::string(e.what()).find(bad), std::string::npos);
    }
  }
}

TEST(Colour, LabOfKnownColours) {
  // Reference values of CIE L*a*b* (D65) for the sRGB primaries.
  const Lab white = to_lab({255, 255, 255});
  EXPECT_NEAR(white.l, 100, 0.01);
  EXPECT_NEAR(white.a, 0, 0.02);
  const Lab red = to_lab({255, 0, 0});
  EXPECT_NEAR(red.l, 53.24, 0.02);
  EXPECT_NEAR(red.a, 80.09, 0.05);
  EXPECT_NEAR(red.b, 67.20, 0.05);
  const Lab blue = to_lab({0, 0, 255});
  EXPECT_NEAR(blue.l, 32.30, 0.02);
  EXPECT_NEAR(blue.b, -107.86, 0.05);
}

TEST(Colour, LabRoundTrips) {
  for (const Colour c : {Colour{12, 200, 99}, Colour{0, 0, 0}, Colour{255, 255, 255}, Colour{180, 56, 31}})
    EXPECT_EQ(from_lab(to_lab(c)), c);
}

TEST(Colour, ContrastOfBlackAndWhiteIs21) {
  EXPECT_NEAR(contrast_ratio({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
  EXPECT_NEAR(contrast_ratio({118, 118, 118}, {255, 255, 255}), 4.54, 0.01);
}

TEST(Colour, SimulationKeepsGreysAndConfusesRedWithGreen) {
  for (const ColourVision vision :
       {ColourVision::deuteranopia, ColourVision::protanopia, ColourVision::tritanopia})
    for (const std::uint8_t v : {0, 90, 200, 255})
      EXPECT_LT(colour_difference(simulate({v, v, v}, vision), {v, v, v}), 1.5);
  // A red and a green of the same lightness, far apart to a normal eye, nearly meet for a deuteranope.
  const Colour red = from_lab({55, 45, 40}), green = from_lab({55, -40, 45});
  EXPECT_GT(colour_difference(red, green), 60);
  EXPECT_LT(colour_difference(simulate(red, ColourVision::deuteranopia),
                              simulate(green, ColourVision::deuteranopia)),
            25);
  // Blue and yellow stay apart for them, not for a tritanope.
  EXPECT_GT(colour_difference(simulate({0, 0, 255}, ColourVision::deuteranopia),
                              simulate({255, 255, 0}, ColourVision::deuteranopia)),
            100);
}

TEST(Theme, TextIsReadableOnEveryGround) {
  for (const ThemeId id : {ThemeId::wall, ThemeId::paper}) {
    const Theme& t = theme(id);
    for (const Colour behind : {t.ground, t.land, t.neighbour}) {
      EXPECT_GE(contrast_ratio(t.text, behind), 4.5) << theme_id(id);
      EXPECT_GE(contrast_ratio(t.text_muted, behind), 4.5) << theme_id(id);
      EXPECT_GE(contrast_ratio(t.accent, behind), 4.5) << theme_id(id);
    }
    EXPECT_EQ(parse_theme(theme_id(id)), id);
  }
  EXPECT_THROW(parse_theme("papre"), geo::UsageError);
}

}  // namespace
}  // namespace battlemap::render
