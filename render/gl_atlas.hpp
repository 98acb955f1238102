#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "render/gl_object.hpp"
#include "render/item_shapes.hpp"
#include "render/text_engine.hpp"

namespace battlemap::render {

/// Glyph bitmaps in the layers of one texture, made when first asked for. Rows of equal height classes
/// ("shelves") are filled left to right; when all layers are full the caller draws what it has and clears.
class GlyphAtlas {
 public:
  static constexpr int side = 1024, most_layers = 12;
  explicit GlyphAtlas(std::shared_ptr<const TextEngine> text);

  /// nullopt: the atlas is full; clear() and ask again.
  std::optional<GlyphPlace> find(const ShapedGlyph& glyph, float size, float halo, float shift);
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
  std::map<Key, GlyphPlace> glyphs_;
};

}  // namespace battlemap::render
