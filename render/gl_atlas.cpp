#include "render/gl_atlas.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>

namespace battlemap::render {
namespace {

constexpr float largest_texels = 480;  ///< em height; larger glyphs are drawn scaled up from this
constexpr int gap = 1;                 ///< texels between glyphs, for filtered sampling

}  // namespace

GlyphAtlas::GlyphAtlas(std::shared_ptr<const TextEngine> text) : text_(std::move(text)) {
  allocate(2);
}

/// Gives the texture `layers` empty layers.
void GlyphAtlas::allocate(int layers) {
  layers_ = layers;
  glBindTexture(GL_TEXTURE_2D_ARRAY, texture_.id());
  const std::vector<std::uint8_t> nothing(static_cast<std::size_t>(side) * side * layers, 0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_R8, side, side, layers, 0, GL_RED, GL_UNSIGNED_BYTE,
               nothing.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  for (const auto name : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D_ARRAY, name, GL_LINEAR);
  for (const auto name : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    glTexParameteri(GL_TEXTURE_2D_ARRAY, name, GL_CLAMP_TO_EDGE);
  check_gl("making the glyph atlas");
}

/// Starts over with twice the layers: the next sheet needs them as well.
void GlyphAtlas::clear() {
  glyphs_.clear();
  shelves_.clear();
  open_layer_ = next_y_ = 0;
  allocate(std::min(layers_ * 2, most_layers));
}

GlyphAtlas::Shelf* GlyphAtlas::new_shelf(int height) {
  if (next_y_ + height > side) ++open_layer_, next_y_ = 0;
  if (open_layer_ >= layers_) return nullptr;
  shelves_.push_back({open_layer_, next_y_, height, 0});
  next_y_ += height;
  return &shelves_.back();
}

/// A shelf at most a quarter higher than needed, else a new one.
GlyphAtlas::Shelf* GlyphAtlas::shelf_for(int width, int height) {
  for (auto& shelf : shelves_)
    if (shelf.height >= height && shelf.height <= height + height / 4 + 2 && shelf.used + width <= side)
      return &shelf;
  return new_shelf(height);
}

std::optional<GlyphPlace> GlyphAtlas::find(const ShapedGlyph& glyph, float size, float halo, float shift) {
  const Key key{glyph.face, glyph.glyph, size, halo, shift};
  if (const auto known = glyphs_.find(key); known != glyphs_.end()) return known->second;
  const float scale = std::max({1.0F, size / largest_texels, halo / (largest_texels / 4)});
  const auto bitmap =
      text_->rasterise(glyph.face, glyph.glyph, size / scale, halo / scale, scale > 1 ? 0 : shift);
  GlyphPlace place;
  if (bitmap.width > 0 && bitmap.width + gap <= side && bitmap.height + gap <= side) {
    auto* shelf = shelf_for(bitmap.width + gap, bitmap.height + gap);
    if (!shelf) return std::nullopt;
    place = {shelf->layer,
             shelf->used,
             shelf->y,
             bitmap.width,
             bitmap.height,
             static_cast<float>(bitmap.left) * scale,
             static_cast<float>(bitmap.top) * scale,
             scale};
    shelf->used += bitmap.width + gap;
    glBindTexture(GL_TEXTURE_2D_ARRAY, texture_.id());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, place.x, place.y, place.layer, place.width, place.height, 1,
                    GL_RED, GL_UNSIGNED_BYTE, bitmap.coverage.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  }
  return glyphs_[key] = place;
}

}  // namespace battlemap::render
