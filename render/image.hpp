#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "render/colour.hpp"

namespace battlemap::render {

/// How the bytes of a pixel follow each other in an Image's memory.
enum class ByteOrder { rgba, bgra };

/// 8-bit RGBA rows from the top; alpha not premultiplied.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;
  Image() = default;
  Image(int w, int h) : width(w), height(h), rgba(static_cast<std::size_t>(w) * h * 4) {}
  /// Keeps its memory where it is large enough; what the pixels then are is left open.
  void resize(int w, int h) { width = w, height = h, rgba.resize(static_cast<std::size_t>(w) * h * 4); }
  Colour at(int x, int y) const {
    const auto* p = &rgba[(static_cast<std::size_t>(y) * width + x) * 4];
    return {p[0], p[1], p[2], p[3]};
  }
};

enum class PngEffort { fast, small };
using PngMetadata = std::vector<std::pair<std::string, std::string>>;

/// Writes a PNG from row bands given top to bottom, so that a picture larger than memory can be written.
/// The file appears under its name only when complete (written beside it, then renamed). Throws geo::Error
/// naming the file and the reason (no such folder, disk full).
class PngWriter {
 public:
  /// Opaque RGB pixels; `dots_per_inch` goes into the pHYs chunk, the key-value pairs into tEXt/iTXt.
  /// Keys as PNG names them (Title, Author, Description, Source, ...), values UTF-8.
  PngWriter(const std::filesystem::path& file, int width, int height, double dots_per_inch, PngEffort effort,
            const PngMetadata& metadata = {});
  ~PngWriter();  ///< an unfinished file is removed
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;
  /// `rgba`: whole rows, width*4 bytes each; alpha is dropped.
  void write_rows(std::span<const std::uint8_t> rgba);
  /// Throws when rows are missing or the file cannot be completed; only then it has its name.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};
void write_png(const std::filesystem::path& file, const Image& image, double dots_per_inch = 96,
               PngEffort effort = PngEffort::small, const PngMetadata& metadata = {});
/// Throws geo::Error naming the file when it cannot be read or is no PNG.
Image read_png(const std::filesystem::path& file);
/// The text chunks and resolution of a PNG (0 when it states none).
struct PngInfo {
  int width = 0, height = 0;
  double dots_per_inch = 0;
  PngMetadata metadata;
};
PngInfo read_png_info(const std::filesystem::path& file);

}  // namespace battlemap::render
