// Colouring again with outlines kept from the last time gives what colouring anew gives.
#include <gtest/gtest.h>

#include "render/colour_pass.hpp"
#include "synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

using testing::JitteredGrid;
using testing::map_of;

class KeptOutlinesTest : public ::testing::TestWithParam<int> {
 protected:
  /// Cells of some 30 px, or of a few.
  MapLayer map = map_of(JitteredGrid(GetParam(), GetParam(), 5).coverage(), GetParam(), GetParam(), 480, 270, 1);
  IdBuffer ids = rasterise_ids(map, {0, 0, 480, 270}, outline_margin(map.style));
  KeptOutlines kept;

  void expect_as_anew(bool again) {
    const ColourLookup lookup = colour_lookup(map);
    EXPECT_EQ(kept.of == lookup.outlines, again);
    Image image;
    colour_pass(ids, map, lookup, 0, image, kept);
    EXPECT_EQ(kept.of, lookup.outlines);
    EXPECT_TRUE(image.rgba == colour_pass(ids, map).rgba);
  }
};

TEST_P(KeptOutlinesTest, OtherFillsKeepThem) {
  expect_as_anew(false);
  for (std::size_t i = 0; i < map.style.fill.size(); i += 3) map.style.fill[i] = {10, 200, 90, 255};
  map.style.flags[7] |= cell_hatched;
  expect_as_anew(true);
  map.style.outline_colour[4] = {255, 0, 0, 255};
  expect_as_anew(true);
}

TEST_P(KeptOutlinesTest, OtherWidthsOrPointedAtCellsDoNot) {
  expect_as_anew(false);
  map.style.flags[5] |= cell_selected;
  expect_as_anew(false);
  map.style.flags[5] = 0, map.style.flags[6] |= cell_selected;
  expect_as_anew(false);
  map.style.flags[6] = 0, map.style.flags[9] |= cell_muted;
  expect_as_anew(false);
  map.style.flags[9] = 0, map.style.outline_width[4] *= 2;
  expect_as_anew(false);
}

TEST_P(KeptOutlinesTest, ASmallerPictureMakesThemAnew) {
  expect_as_anew(false);
  ids = rasterise_ids(map, {0, 0, 300, 200}, outline_margin(map.style));
  kept.of.reset();
  expect_as_anew(false);
}

INSTANTIATE_TEST_SUITE_P(Sizes, KeptOutlinesTest, ::testing::Values(12, 90));

}  // namespace
}  // namespace battlemap::render
