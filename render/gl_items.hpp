#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "render/gl_atlas.hpp"
#include "render/gl_object.hpp"
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
class ItemPainter {
 public:
  explicit ItemPainter(std::shared_ptr<const TextEngine> text);
  void draw(const std::vector<Layer>& layers, const GlTarget& target);
  /// One opaque rectangle, at once.
  void draw_rect(const Rect& rect, Colour colour, const GlTarget& target);

 private:
  struct Instance {
    std::array<float, 4> box, shape, extra;
    std::array<std::uint32_t, 4> paint;
  };
  void add(const TextItem& item);
  void add(const RectItem& item);
  void add(const CircleItem& item);
  void add(const LineItem& item);
  void add(const ConvexItem& item);
  void add_glyphs(const ShapedText& shaped, const TextItem& item, float halo, Colour colour);
  void add_glyph(const ShapedGlyph& glyph, const TextItem& item, float halo, Colour colour);
  void push(const Instance& instance);
  void flush();

  std::shared_ptr<const TextEngine> text_;
  GlyphAtlas atlas_;
  GlProgram program_{"items.vert", "items.frag"};
  GlObject array_{GlKind::vertex_array}, buffer_{GlKind::buffer};
  std::vector<Instance> instances_;
  GlTarget target_;
};

}  // namespace battlemap::render
