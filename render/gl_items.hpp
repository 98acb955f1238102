#pragma once
#include <optional>
#include <vector>

#include "render/gl_atlas.hpp"
#include "render/gl_object.hpp"
#include "render/item_shapes.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// Where a tile of a sheet lies in the bound framebuffer: its viewport.
struct GlTarget {
  PixelRect tile;         ///< sheet pixels
  int left = 0, low = 0;  ///< the viewport's lower left corner in framebuffer pixels
};

/// Restricts drawing to the pixels of the tile whose centres lie in `rect`; to the whole tile for nullopt.
void scissor(const GlTarget& target, const std::optional<Rect>& rect);

/// Draws a sheet's items in their order: every shape and glyph is one instance of one shader.
class ItemPainter : private ShapeSink {
 public:
  explicit ItemPainter(std::shared_ptr<const TextEngine> text);
  void draw(const std::vector<Layer>& layers, const GlTarget& target);

 private:
  void add(const ItemShape& shape) override;
  std::optional<GlyphPlace> find(const ShapedGlyph& glyph, float size, float halo, float shift) override;
  void flush();

  std::shared_ptr<const TextEngine> text_;
  GlyphAtlas atlas_;
  GlProgram program_{"items.vert", "items.frag"};
  GlObject array_{GlKind::vertex_array}, buffer_{GlKind::buffer};
  std::vector<ItemShape> instances_;
  GlTarget target_;
};

}  // namespace battlemap::render
