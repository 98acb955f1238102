#include "render/pixel_deflate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <utility>

#include "geo/error.hpp"
#include "render/huffman_code.hpp"
#include "render/image.hpp"
#include "render/png_rows.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;

fs::path deflated_picture(const std::string& name) {
  const fs::path folder = fs::path(BATTLEMAP_TEST_OUT) / "pixel_deflate";
  fs::create_directories(folder);
  return folder / (name + ".png");
}

std::string deflated_bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Opaque pixels of `colours` colours in runs of up to `longest`, some of them as the row above has them.
Image patches(int width, int height, unsigned colours, int longest) {
  std::mt19937 random(width * 31U + height);
  Image image(width, height);
  const auto row = static_cast<std::size_t>(width) * 4;
  for (std::size_t i = 0; i < image.rgba.size();) {
    const std::uint32_t colour = random() % colours * 2654435761U;
    const bool again = i >= row && random() % 3 == 0;
    for (auto n = random() % static_cast<unsigned>(longest) + 1; n > 0 && i < image.rgba.size(); --n, i += 4) {
      for (std::size_t k = 0; k < 3; ++k)
        image.rgba[i + k] = again ? image.rgba[i + k - row] : static_cast<std::uint8_t>(colour >> (8 * k));
      image.rgba[i + 3] = 255;
    }
  }
  return image;
}

void expect_read_back(const Image& image, const std::string& name) {
  const auto file = deflated_picture(name);
  write_png(file, image, 96, PngEffort::fast);
  const Image read = read_png(file);
  EXPECT_EQ(read.width, image.width) << name;
  EXPECT_TRUE(read.rgba == image.rgba) << name;
}

TEST(PixelDeflate, PicturesOfEveryShapeAreReadBackAsTheyWere) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 700}, {2, 3}, {87, 5}, {700, 1}, {333, 257}})
    for (const unsigned colours : {1U, 2U, 5U, 100'000U})
      expect_read_back(patches(width, height, colours, 300), fmt::format("{}x{}-{}", width, height, colours));
}

TEST(PixelDeflate, NoiseGrowsByLittle) {
  const Image noise = patches(500, 400, 1U << 31U, 1);
  expect_read_back(noise, "noise");
  EXPECT_LT(fs::file_size(deflated_picture("noise")), 500U * 400U * 3U * 11U / 10U);
}

TEST(PixelDeflate, RowsWiderThanTheWindowAreReadBack) {
  for (const int width : {10'922, 10'923, 40'000})  // a row above begins 32,767, 32,770, 120,001 bytes back
    expect_read_back(patches(width, 9, 4, 2000), fmt::format("wide-{}", width));
}

TEST(PixelDeflate, FlatPicturesAreSmall) {
  expect_read_back(Image(patches(2000, 1000, 1, 5)), "flat");
  EXPECT_LT(fs::file_size(deflated_picture("flat")), 2000U * 1000U * 3U / 150U);
}

TEST(PixelDeflate, BandsJoinWhateverTheirHeights) {
  const Image image = patches(200, 60, 6, 90);
  const auto file = deflated_picture("bands");
  PngWriter writer(file, 200, 60, 96, PngEffort::fast);
  int y = 0;
  for (const int rows : {1, 0, 2, 30, 27}) {
    writer.write_rows(std::span(image.rgba).subspan(static_cast<std::size_t>(y) * 800, static_cast<std::size_t>(rows) * 800));
    y += rows;
  }
  writer.finish();
  EXPECT_TRUE(read_png(file).rgba == image.rgba);
}

TEST(PngRows, ThreadsMakeNoDifference) {
  const Image image = patches(700, 900, 7, 60);
  for (const auto effort : {PngEffort::fast, PngEffort::small}) {
    PngRows one(700, effort, 1), several(700, effort, 5);
    const auto alone = one.compress(image.rgba);
    EXPECT_GT(alone.size(), 3U);
    EXPECT_EQ(alone, several.compress(image.rgba));
    EXPECT_EQ(one.end(), several.end());
  }
}

TEST(PixelDeflate, AlphaDoesNotCount) {
  Image image = patches(64, 64, 3, 40), clear = image;
  for (std::size_t i = 3; i < clear.rgba.size(); i += 4) clear.rgba[i] = static_cast<std::uint8_t>(i);
  const auto a = deflated_picture("opaque"), b = deflated_picture("clear");
  write_png(a, image, 96, PngEffort::fast), write_png(b, clear, 96, PngEffort::fast);
  EXPECT_EQ(deflated_bytes(a), deflated_bytes(b));
}

TEST(HuffmanCode, IsCompleteAndNeverLongerThanDeflateAllows) {
  std::vector<std::uint32_t> counts{0, 1, 1};  // Fibonacci's numbers make the deepest tree
  while (counts.size() < 40) counts.push_back(counts[counts.size() - 1] + counts[counts.size() - 2]);
  const auto code = huffman_code(counts);
  double share = 0;
  for (const CodeWord& word : code) {
    EXPECT_LE(word.length, 15);
    if (word.length > 0) share += 1.0 / (1U << word.length);
  }
  EXPECT_EQ(code[0].length, 0);
  EXPECT_EQ(share, 1);
  EXPECT_LT(code[39].length, code[10].length);
}

}  // namespace
}  // namespace battlemap::render
