#include <algorithm>
#include <future>

#include "geo/timeline.hpp"
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

void copy_into(Image& band, const Image& tile, int x) {
  const auto row = static_cast<std::size_t>(tile.width) * 4;
  for (int y = 0; y < tile.height; ++y)
    std::copy_n(tile.rgba.data() + y * row, row,
                band.rgba.data() + (static_cast<std::size_t>(y) * band.width + x) * 4);
}

/// Paints bands of a sheet into pictures whose memory is used again.
class BandPainting {
 public:
  BandPainting(Painter& painter, const Sheet& sheet, const std::function<void(double)>& progress)
      : painter_(painter), sheet_(sheet), progress_(progress) {}

  void paint(int y, int rows, Image& band) {
    const int widest = painter_.max_tile();
    if (sheet_.width <= widest) {
      painter_.paint(sheet_, {0, y, sheet_.width, rows}, band);
      return report(y, rows, sheet_.width);
    }
    band.resize(sheet_.width, rows);
    for (int x = 0; x < sheet_.width; x += widest) {
      painter_.paint(sheet_, {x, y, std::min(widest, sheet_.width - x), rows}, tile_);
      copy_into(band, tile_, x);
      report(y, rows, std::min(x + widest, sheet_.width));
    }
  }

 private:
  void report(int y, int rows, int done) const {
    if (progress_) progress_((y + rows * (static_cast<double>(done) / sheet_.width)) / sheet_.height);
  }
  Painter& painter_;
  const Sheet& sheet_;
  const std::function<void(double)>& progress_;
  Image tile_;
};

}  // namespace

void write_sheet_png(Painter& painter, const Sheet& sheet, const std::filesystem::path& file,
                     PngEffort effort, const std::function<void(double)>& progress) {
  PngWriter writer(file, sheet.width, sheet.height, sheet.dots_per_inch, effort, sheet.metadata);
  const int height = band_height(sheet, painter);
  const Prepared prepared(painter, sheet);
  BandPainting painting(painter, sheet, progress);
  Image painted, compressing;
  std::future<void> writing;  // one band is compressed while the next is painted
  for (int y = 0; y < sheet.height; y += height) {
    painting.paint(y, std::min(height, sheet.height - y), painted);
    if (writing.valid()) writing.get();
    std::swap(painted, compressing);
    writing = std::async(std::launch::async, [&] {
      geo::timed("png", [&] { writer.write_rows(compressing.rgba); });
    });
  }
  if (writing.valid()) writing.get();
  writer.finish();
}

}  // namespace battlemap::render
