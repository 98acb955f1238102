#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "geo/error.hpp"
#include "render/image.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;

fs::path out_folder() {
  const fs::path folder = fs::path(BATTLEMAP_TEST_OUT) / "png";
  fs::create_directories(folder);
  return folder;
}

Image gradient(int width, int height) {
  Image image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      auto* p = &image.rgba[(static_cast<std::size_t>(y) * width + x) * 4];
      p[0] = static_cast<std::uint8_t>(x * 7), p[1] = static_cast<std::uint8_t>(y * 5);
      p[2] = static_cast<std::uint8_t>(x ^ y), p[3] = 255;
    }
  return image;
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(Png, RoundTripKeepsPixelsResolutionAndChineseMetadata) {
  const auto file = out_folder() / "round-trip.png";
  const auto image = gradient(61, 43);
  const PngMetadata metadata{{"Title", "青海省 · 贫困发生率"}, {"Source", "plain ASCII"}};
  write_png(file, image, 300, PngEffort::small, metadata);
  const auto read = read_png(file);
  ASSERT_EQ(read.width, 61);
  ASSERT_EQ(read.height, 43);
  EXPECT_EQ(read.rgba, image.rgba);
  const auto info = read_png_info(file);
  EXPECT_NEAR(info.dots_per_inch, 300, 0.01);
  EXPECT_EQ(info.metadata, metadata);
}

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

/// CRC-32 bit by bit (PNG specification, 5.5).
std::uint32_t plain_crc(const std::string& bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ (crc & 1U ? 0xEDB88320U : 0);
  }
  return ~crc;
}

TEST(Png, EveryChunkHasItsChecksum) {
  for (const auto effort : {PngEffort::fast, PngEffort::small}) {
    const auto file = out_folder() / "chunks.png";
    write_png(file, gradient(61, 43), 300, effort, {{"Title", "青海省"}, {"Source", "plain ASCII"}});
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::string types;
    for (std::size_t at = 8; at < bytes.size();) {
      const std::size_t length = number_at(bytes, at);
      const auto body = bytes.substr(at + 4, length + 4);
      types += body.substr(0, 4) + ' ';
      EXPECT_EQ(plain_crc(body), number_at(bytes, at + 8 + length)) << body.substr(0, 4);
      at += length + 12;
    }
    EXPECT_EQ(types, "IHDR sRGB pHYs iTXt tEXt IDAT IDAT IEND ");
  }
}

TEST(Png, BandsGiveTheSameFileAsTheWhole) {
  const auto image = gradient(40, 30);
  const auto whole = out_folder() / "whole.png", bands = out_folder() / "bands.png";
  write_png(whole, image, 96, PngEffort::fast);
  PngWriter writer(bands, 40, 30, 96, PngEffort::fast);
  for (int y = 0; y < 30; y += 10) writer.write_rows(std::span(image.rgba).subspan(y * 160U, 1600));
  EXPECT_THROW(writer.write_rows(std::span(image.rgba).first(160)), geo::Error);
  writer.finish();
  EXPECT_EQ(read_png(bands).rgba, read_png(whole).rgba);
}

TEST(Png, AnUnfinishedPictureLeavesNoFileAndKeepsTheOldOne) {
  const auto folder = out_folder() / "unfinished";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const auto file = folder / "picture.png";
  write_png(file, gradient(5, 5));
  {
    PngWriter writer(file, 40, 30, 96, PngEffort::fast);
    EXPECT_THROW(writer.finish(), geo::Error);  // rows are missing
  }
  EXPECT_EQ(read_png(file).width, 5);
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(Png, ErrorsNameTheFileAndTheReason) {
  const auto missing = out_folder() / "no" / "such" / "picture.png";
  try {
    write_png(missing, gradient(4, 4));
    FAIL() << "wrote into a folder that does not exist";
  } catch (const geo::Error& e) {
    EXPECT_NE(std::string(e.what()).find("picture.png"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("no folder"), std::string::npos);
  }
  EXPECT_THROW(write_png(out_folder(), gradient(4, 4)), geo::Error);
  EXPECT_THROW(read_png(missing), geo::Error);
  const auto text = out_folder() / "text.png";
  std::ofstream(text) << "not a picture";
  EXPECT_THROW(read_png(text), geo::Error);
}

TEST(Png, AFullDiskIsAnErrorAndADeviceIsNotReplaced) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  try {
    write_png("/dev/full", gradient(300, 300));
    FAIL() << "a full disk went unnoticed";
  } catch (const geo::Error& e) {
    EXPECT_NE(std::string(e.what()).find("No space left"), std::string::npos) << e.what();
  }
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

}  // namespace
}  // namespace battlemap::render
