#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "render/gl_object.hpp"
#include "render/text_engine.hpp"

namespace battlemap::render {

/// A glyph's place in the atlas; width 0 when it has no ink. Offsets in px of the drawn size.
struct AtlasGlyph {
  int layer = 0, x = 0, y = 0, width = 0, height = 0;
  float left = 0, top = 0;  ///< of the bitmap's corner from the pen
  float scale = 1;          ///< sheet px per texel: above 1 only for glyphs too large for the atlas
};

/// Glyph bitmaps in the layers of one texture, made when first asked for. Rows of equal height classes
/// ("shelves") are filled left to right; when all layers are full the caller draws what it has and clears.
class GlyphAtlas {
 public:
  static constexpr int side = 1024, most_layers = 12;
  explicit GlyphAtlas(std::shared_ptr<const TextEngine> text);

  /// nullopt: the atlas is full; clear() and ask again.
  std::optional<AtlasGlyph> find(const ShapedGlyph& glyph, float size, float halo, float shift);
  void clear();
  unsigned texture() const { return texture_.id(); }

 private:
  using Key = std::tuple<std::uint32_t, std::uint32_t, float, float, float>;
  struct Shelf {
    int layer, y, height, used;
  };
  Shelf* shelf_for(int width, int height);
  Shelf* new_shelf(int height);
  void allocate(int layers);

  std::shared_ptr<const TextEngine> text_;
  GlObject texture_{GlKind::texture};
  int layers_ = 0, open_layer_ = 0, next_y_ = 0;
  std::vector<Shelf> shelves_;
  std::map<Key, AtlasGlyph> glyphs_;
};

}  // namespace battlemap::render
