#pragma once
#include <span>

#include "render/image.hpp"
#include "render/item_shapes.hpp"

namespace battlemap::render {

/// An opaque picture being painted: rows of RGBA from the sheet pixel (area.x, area.y) on.
struct Raster {
  std::uint8_t* rgba = nullptr;
  PixelRect area;  ///< sheet pixels
  std::uint8_t* at(int x, int y) const {
    return rgba + ((static_cast<std::size_t>(y - area.y)) * static_cast<std::size_t>(area.w) +
                   static_cast<std::size_t>(x - area.x)) * 4;
  }
};

/// Paints a shape over what is there, within `clip` (sheet pixels inside the raster's area): shaders/items.frag in
/// C++. `bitmaps`: of glyphs, by GlyphPlace::layer.
void paint_shape(const Raster& raster, PixelRect clip, const ItemShape& shape, std::span<const GlyphBitmap> bitmaps);

}  // namespace battlemap::render
