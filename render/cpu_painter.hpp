#pragma once
#include <map>
#include <tuple>
#include <vector>

#include "render/colour_lookup.hpp"
#include "render/id_buffer.hpp"
#include "render/item_shapes.hpp"
#include "render/painter.hpp"
#include "render/shape_raster.hpp"

namespace battlemap::render {

/// Paints sheets without OpenGL, on all cores: ids by scanlines, the C++ colour pass, and over the map the
/// same shapes as the shaders, by the same formulas. Within a level or two of 255 of what OpenGL paints.
class CpuPainter : public Painter, private ShapeSink {
 public:
  explicit CpuPainter(std::shared_ptr<const TextEngine> text) : text_(std::move(text)) {}
  /// Takes the memory that tiles of sheets of this size (pixels) need, so that it need not be waited for later.
  void reserve(int width, int height);
  void prepare(const Sheet* sheet) override;
  Image paint(const Sheet& sheet, PixelRect tile) override;
  void paint(const Sheet& sheet, PixelRect tile, Image& out) override;
  int max_tile() const override { return 16384; }
  /// What is in work then stays in the processor's caches, yet few cells are cut by two tiles.
  int best_rows() const override { return 256; }

 private:
  /// Shapes [first, last), painted within `clip` only.
  struct Run {
    std::size_t first = 0, last = 0;
    PixelRect clip;
  };
  void add(const ItemShape& shape) override { shapes_.push_back(shape); }
  std::optional<GlyphPlace> find(const ShapedGlyph& glyph, float size, float halo, float shift) override;
  void gather(const Sheet& sheet, PixelRect tile);
  void paint_rows(const Raster& raster, PixelRect rows, PixelRect frame, Colour background) const;
  void paint_map(const Sheet& sheet, PixelRect frame);

  std::shared_ptr<const TextEngine> text_;
  const Sheet* prepared_ = nullptr;
  ColourLookup lookup_;  ///< of the prepared sheet
  // Used again from tile to tile.
  IdBuffer ids_;
  Image picture_;
  std::vector<ItemShape> shapes_;
  std::vector<Run> runs_;
  using Key = std::tuple<std::uint32_t, std::uint32_t, float, float, float>;
  std::map<Key, GlyphPlace> places_;
  std::vector<GlyphBitmap> bitmaps_;  ///< by GlyphPlace::layer
  std::size_t bitmap_bytes_ = 0;
};

}  // namespace battlemap::render
