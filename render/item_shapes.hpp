#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "render/sheet.hpp"

namespace battlemap::render {

enum ShapeKind : std::uint32_t { rect_kind, segment_kind, wedge_kind, glyph_kind };

/// One shape or glyph, the unit that both painters paint; shaders/items.frag says what the numbers mean. Sheet
/// pixels, y down.
struct ItemShape {
  std::array<float, 4> box;  ///< what it may touch: x0, y0, x1, y1
  std::array<float, 4> shape, extra;
  std::array<std::uint32_t, 4> paint;  ///< the last one is its ShapeKind
};

/// Where a glyph's bitmap lies in its painter's store; width 0 when it has no ink. Offsets in px of the drawn size.
struct GlyphPlace {
  int layer = 0, x = 0, y = 0, width = 0, height = 0;
  float left = 0, top = 0;  ///< of the bitmap's corner from the pen
  float scale = 1;          ///< sheet px per texel
};

/// What a painter does with shapes.
class ShapeSink {
 public:
  virtual ~ShapeSink() = default;
  virtual void add(const ItemShape& shape) = 0;
  /// The bitmap of a glyph at `size` px, grown by `halo` px, its pen `shift` px (0..1) right of a whole pixel.
  virtual std::optional<GlyphPlace> find(const ShapedGlyph& glyph, float size, float halo, float shift) = 0;
};

/// Gives the item's shapes that may touch the tile, in the order of painting. Glyphs are placed by the sheet's pixels,
/// whatever the tile, so that one cut by two tiles fits together.
void make_shapes(const Item& item, const TextEngine& text, PixelRect tile, ShapeSink& sink);

/// The pixels of the tile whose centres lie in `rect`; all of them for nullopt. Sheet pixels.
PixelRect clipped_pixels(PixelRect tile, const std::optional<Rect>& rect);
/// What two rectangles share; w or h 0 when nothing.
PixelRect intersection(PixelRect a, PixelRect b);

}  // namespace battlemap::render
