#include "render/palette.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

constexpr ColourVision visions[] = {ColourVision::normal, ColourVision::deuteranopia,
                                    ColourVision::protanopia, ColourVision::tritanopia};
constexpr double lightness_step = 8;         // between neighbouring classes of a ramp
constexpr double neighbour_difference = 10;  // delta E that neighbouring classes keep under any vision
constexpr double pair_difference = 10;       // delta E that any two categories keep under any vision

const Palettes& shipped() {
  static const Palettes palettes(std::filesystem::path(BATTLEMAP_SOURCE_DIR) / "data/qinghai/palettes.toml");
  return palettes;
}

double smallest_difference(const std::vector<Colour>& colours, bool all_pairs) {
  double smallest = 1000;
  for (const ColourVision vision : visions)
    for (std::size_t i = 0; i < colours.size(); ++i)
      for (std::size_t j = i + 1; j < (all_pairs ? colours.size() : std::min(i + 2, colours.size())); ++j)
        smallest =
            std::min(smallest, colour_difference(simulate(colours[i], vision), simulate(colours[j], vision)));
  return smallest;
}

double smallest_lightness_gap(const std::vector<Colour>& colours) {
  double smallest = 1000;
  for (std::size_t i = 0; i < colours.size(); ++i)
    for (std::size_t j = i + 1; j < colours.size(); ++j)
      smallest = std::min(smallest, std::abs(to_lab(colours[i]).l - to_lab(colours[j]).l));
  return smallest;
}

std::vector<Colour> usual_pick(const Palette& palette, bool dark) {
  if (palette.kind == PaletteKind::sequential) return palette.pick(5, dark);
  if (palette.kind == PaletteKind::diverging) return palette.pick(7, dark);
  return dark ? palette.dark : palette.light;
}

TEST(Palette, SequentialRampsStepMonotonicallyInLightness) {
  for (const Palette& palette : shipped().all()) {
    if (palette.kind != PaletteKind::sequential) continue;
    for (const bool dark : {false, true}) {
      const auto colours = palette.pick(5, dark);
      for (std::size_t i = 1; i < colours.size(); ++i) {
        const double step = to_lab(colours[i]).l - to_lab(colours[i - 1]).l;
        EXPECT_GE(dark ? step : -step, lightness_step) << palette.id << (dark ? " dark " : " light ") << i;
      }
    }
  }
}

TEST(Palette, DivergingRampsMeetAtANeutralAndLeaveItOnBothSides) {
  for (const Palette& palette : shipped().all()) {
    if (palette.kind != PaletteKind::diverging) continue;
    for (const bool dark : {false, true}) {
      const Lab centre = to_lab(palette.at(0.5, dark));
      EXPECT_LT(std::hypot(centre.a, centre.b), 12) << palette.id;
      for (const double end : {0.0, 1.0})
        EXPECT_GT(std::abs(to_lab(palette.at(end, dark)).l - centre.l), 30) << palette.id;
      // Equal distances from the midpoint look equally strong.
      for (const double t : {0.17, 0.33, 0.5})
        EXPECT_NEAR(to_lab(palette.at(0.5 - t, dark)).l, to_lab(palette.at(0.5 + t, dark)).l, 9)
            << palette.id << t;
    }
  }
}

TEST(Palette, ColourBlindMarkTellsTheTruth) {
  for (const Palette& palette : shipped().all()) {
    const bool all_pairs = palette.kind != PaletteKind::sequential;
    const double least = all_pairs ? pair_difference : neighbour_difference;
    bool safe = true;
    std::string measured;
    for (const bool dark : {false, true}) {
      const double difference = smallest_difference(usual_pick(palette, dark), all_pairs);
      measured += (dark ? " dark " : " light ") + std::to_string(difference);
      safe = safe && difference >= least;
    }
    EXPECT_EQ(palette.colour_blind_safe, safe) << palette.id << measured;
  }
}

TEST(Palette, PrintMarkTellsTheTruth) {
  for (const Palette& palette : shipped().all()) {
    const double gap = smallest_lightness_gap(usual_pick(palette, false));
    EXPECT_EQ(palette.print_safe, gap >= lightness_step) << palette.id << " " << gap;
  }
}

TEST(Palette, ExitsKeepTheActionColourForTheLastCategory) {
  const Palettes& palettes = shipped();
  const Palette& exits = palettes.get("exits");
  for (const int count : {2, 5}) {
    EXPECT_EQ(exits.pick(count, false).back(), exits.light.back());
    EXPECT_EQ(exits.pick(count, true).back(), exits.dark.back());
  }
  EXPECT_LE(exits.light.size(), 8U);
}

TEST(Palette, PicksAsManyColoursAsAsked) {
  for (const Palette& palette : shipped().all())
    for (int count = 1; count <= 9; ++count) {
      EXPECT_EQ(palette.pick(count, true).size(), static_cast<std::size_t>(count));
      EXPECT_EQ(palette.pick(count, false).size(), static_cast<std::size_t>(count));
    }
}

TEST(Palette, RampEndsAreTheFileColours) {
  const Palettes& palettes = shipped();
  const Palette& warm = palettes.get("warm");
  EXPECT_EQ(warm.pick(5, false).front(), warm.light.front());
  EXPECT_EQ(warm.pick(5, false).back(), warm.light.back());
  EXPECT_EQ(warm.pick(9, true).back(), parse_colour("#FFD27A"));
}

TEST(Palette, UnknownPaletteOffersTheNearest) {
  const Palettes& palettes = shipped();
  try {
    palettes.get("wram");
    FAIL();
  } catch (const geo::UsageError& e) {
    EXPECT_NE(std::string(e.what()).find("warm"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace battlemap::render
