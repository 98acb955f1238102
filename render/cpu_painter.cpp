#include "render/cpu_painter.hpp"

#include <algorithm>

#include "geo/error.hpp"
#include "geo/timeline.hpp"
#include "render/cell_keys.hpp"
#include "render/colour_pass.hpp"
#include "render/fill_index.hpp"
#include "render/id_buffer.hpp"
#include "render/parallel.hpp"
#include "render/shape_raster.hpp"

namespace battlemap::render {
namespace {

constexpr int band_rows = 32;
constexpr std::size_t most_bitmap_bytes = std::size_t{64} << 20;

void fill_rows(const Raster& raster, PixelRect part, Colour colour) {
  const std::uint8_t one[4] = {colour.r, colour.g, colour.b, 255};
  for (int y = part.y; y < part.y + part.h; ++y) {
    std::uint8_t* pixel = raster.at(part.x, y);
    for (int x = 0; x < part.w; ++x) std::copy_n(one, 4, pixel + 4 * x);
  }
}

void copy_rows(const Raster& raster, PixelRect part, const Image& picture, PixelRect shows) {
  for (int y = part.y; y < part.y + part.h; ++y)
    std::copy_n(
        &picture.rgba[(static_cast<std::size_t>(y - shows.y) * static_cast<std::size_t>(picture.width) +
                       static_cast<std::size_t>(part.x - shows.x)) *
                      4],
        part.w * 4, raster.at(part.x, y));
}

}  // namespace

std::optional<GlyphPlace> CpuPainter::find(const ShapedGlyph& glyph, float size, float halo, float shift) {
  const Key key{glyph.face, glyph.glyph, size, halo, shift};
  if (const auto known = places_.find(key); known != places_.end()) return known->second;
  GlyphBitmap bitmap = text_->rasterise(glyph.face, glyph.glyph, size, halo, shift);
  GlyphPlace place;
  if (bitmap.width > 0) {
    place = {
        static_cast<int>(bitmaps_.size()), 0, 0, bitmap.width, bitmap.height, static_cast<float>(bitmap.left),
        static_cast<float>(bitmap.top),    1};
    bitmap_bytes_ += bitmap.coverage.size();
    bitmaps_.push_back(std::move(bitmap));
  }
  return places_[key] = place;
}

/// Text is shaped here and not by the bands: a glyph's bitmap is made once.
void CpuPainter::gather(const Sheet& sheet, PixelRect tile) {
  shapes_.clear();
  runs_.clear();
  if (bitmap_bytes_ > most_bitmap_bytes) places_.clear(), bitmaps_.clear(), bitmap_bytes_ = 0;
  for (const Layer& layer : sheet.layers) {
    const std::size_t first = shapes_.size();
    for (const Item& item : layer.items) make_shapes(item, *text_, tile, *this);
    runs_.push_back({first, shapes_.size(), clipped_pixels(tile, layer.clip)});
  }
}

void CpuPainter::reserve(int width, int height) {
  constexpr int usual_margin = 8;           // pixels
  constexpr std::size_t a_page = 4096 / 4;  // samples
  const int columns = std::min(width, max_tile()) + 2 * usual_margin, rows = std::min(height, best_rows()) + 2 * usual_margin;
  ids_.ids.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) * supersampling * supersampling);
  for (std::size_t i = 0; i < ids_.ids.size(); i += a_page) ids_.ids[i] = id_none;  // the system gives pages as they are touched
  picture_.resize(columns, rows);
}

void CpuPainter::prepare(const Sheet* sheet) {
  prepared_ = sheet;
  if (sheet != nullptr) lookup_ = colour_lookup(sheet->map);
}

void CpuPainter::paint_map(const Sheet& sheet, PixelRect frame) {
  geo::timed("ids", [&] { rasterise_ids(sheet.map, frame, outline_margin(sheet.map.style), 0, ids_); });
  const geo::Measure measure("colours");
  colour_pass(ids_, sheet.map, &sheet == prepared_ ? lookup_ : colour_lookup(sheet.map), 0, picture_);
}

/// The map where it is in `rows`, the background around it, and what lies over both.
void CpuPainter::paint_rows(const Raster& raster, PixelRect rows, PixelRect frame, Colour background) const {
  const PixelRect part = intersection(rows, frame);
  if (part.w != rows.w || part.h != rows.h) fill_rows(raster, rows, background);
  if (part.w > 0 && part.h > 0) copy_rows(raster, part, picture_, frame);
  for (const Run& run : runs_) {
    const PixelRect clip = intersection(rows, run.clip);
    if (clip.w == 0 || clip.h == 0) continue;
    for (std::size_t i = run.first; i < run.last; ++i) paint_shape(raster, clip, shapes_[i], bitmaps_);
  }
}

void CpuPainter::paint(const Sheet& sheet, PixelRect tile, Image& out) {
  if (tile.w < 1 || tile.h < 1 || tile.w > max_tile() || tile.h > max_tile())
    geo::fail("a tile of {} x {} pixels: 1 to {} along each side can be painted", tile.w, tile.h, max_tile());
  const PixelRect frame = intersection(tile, frame_pixels(sheet.map.view));
  if (frame.w > 0 && frame.h > 0) paint_map(sheet, frame);
  const geo::Measure measure("shapes");
  gather(sheet, tile);
  out.resize(tile.w, tile.h);
  const Raster raster{out.rgba.data(), tile};
  parallel_jobs((tile.h + band_rows - 1) / band_rows, 0, [&](int band) {
    const PixelRect rows{tile.x, tile.y + band * band_rows, tile.w, band_rows};
    paint_rows(raster, intersection(tile, rows), frame, sheet.background);
  });
}

Image CpuPainter::paint(const Sheet& sheet, PixelRect tile) {
  Image image;
  paint(sheet, tile, image);
  return image;
}

void prepare_coverage(const std::shared_ptr<const geo::Coverage>& coverage) {
  const geo::Measure measure("coverage");
  cell_keys(coverage);
  fill_index(coverage, 0);
}

}  // namespace battlemap::render
