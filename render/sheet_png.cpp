#include <algorithm>
#include <future>

#include "geo/error.hpp"
#include "render/painter.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t band_bytes = std::size_t{96} << 20;  ///< of one band of rows; two are held

/// Rows of a band: as many as fit, no more than is good for the painter.
int band_height(const Sheet& sheet, const Painter& painter) {
  const auto fitting = band_bytes / (static_cast<std::size_t>(sheet.width) * 4);
  return std::clamp(static_cast<int>(fitting), 1, std::min(painter.max_tile(), painter.best_rows()));
}

/// While it lives a painter is prepared for the sheet.
class Prepared {
 public:
  Prepared(Painter& painter, const Sheet& sheet) : painter_(painter) { painter.prepare(&sheet); }
  ~Prepared() { painter_.prepare(nullptr); }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

 private:
  Painter& painter_;
};

void copy_into(std::vector<std::uint8_t>& band, int band_width, const Image& tile, int x) {
  const auto row = static_cast<std::size_t>(tile.width) * 4;
  for (int y = 0; y < tile.height; ++y)
    std::copy_n(tile.rgba.data() + y * row, row,
                band.data() + (static_cast<std::size_t>(y) * band_width + x) * 4);
}

}  // namespace

void write_sheet_png(Painter& painter, const Sheet& sheet, const std::filesystem::path& file,
                     PngEffort effort, const std::function<void(double)>& progress) {
  PngWriter writer(file, sheet.width, sheet.height, sheet.dots_per_inch, effort, sheet.metadata);
  const int tile = painter.max_tile(), height = band_height(sheet, painter);
  const Prepared prepared(painter, sheet);
  std::vector<std::uint8_t> painted, compressing;
  std::future<void> writing;  // one band is compressed while the next is painted
  for (int y = 0; y < sheet.height; y += height) {
    const int rows = std::min(height, sheet.height - y);
    painted.resize(static_cast<std::size_t>(sheet.width) * rows * 4);
    for (int x = 0; x < sheet.width; x += tile) {
      const auto image = painter.paint(sheet, {x, y, std::min(tile, sheet.width - x), rows});
      copy_into(painted, sheet.width, image, x);
      if (progress)
        progress((y + rows * std::min(1.0, static_cast<double>(x + tile) / sheet.width)) / sheet.height);
    }
    if (writing.valid()) writing.get();
    painted.swap(compressing);
    writing = std::async(std::launch::async, [&] { writer.write_rows(compressing); });
  }
  if (writing.valid()) writing.get();
  writer.finish();
}

}  // namespace battlemap::render
