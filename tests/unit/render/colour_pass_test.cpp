#include "render/colour_pass.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "synthetic_coverage.hpp"

namespace battlemap::render {
namespace {

using testing::JitteredGrid;
using testing::map_of;

void keep(const Image& image, const std::string& name) {
  std::filesystem::create_directories(BATTLEMAP_TEST_OUT);
  write_png(std::filesystem::path(BATTLEMAP_TEST_OUT) / name, image, 96, PngEffort::fast);
}

TEST(ColourPass, DrawsAPictureToLookAt) {
  auto map = map_of(JitteredGrid(24, 18, 14).coverage(), 24, 18, 960, 720);
  for (std::uint32_t i = 0; i < 60; ++i) map.style.flags[i] |= cell_muted;
  for (const auto i : {205U, 206U, 230U}) map.style.flags[i] |= cell_selected;
  map.style.flags[300] |= cell_hovered;
  for (const auto i : {100U, 101U, 250U})
    map.style.flags[i] |= cell_hatched, map.style.fill[i] = {240, 240, 236};
  const auto image = colour_pass(rasterise_ids(map, {0, 0, 960, 720}), map);
  keep(image, "colour_pass.png");
}

}  // namespace
}  // namespace battlemap::render
