#include "app/window/fonts.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace battlemap::app {
namespace {

struct FaceSpec {
  float size;  ///< ascent and descent together
  render::Weight weight;
};
constexpr std::array<FaceSpec, face_count> specs{{{13, render::Weight::regular},
                                                  {15, render::Weight::regular},
                                                  {15, render::Weight::bold},
                                                  {20, render::Weight::bold},
                                                  {26, render::Weight::bold}}};
constexpr int atlas_width = 1024, first_height = 512, most_height = 8192;
constexpr int glyph_gap = 1;  // texels between glyphs, for filtered sampling
constexpr float design_size = 1000;

const FaceSpec& spec_of(Face face) {
  return specs[static_cast<std::size_t>(face)];
}

std::string utf8_of(unsigned int code_point) {
  char text[5];
  return ImTextCharToUtf8(text, code_point);
}

render::TextStyle design_style(Face face) {
  render::TextStyle style;
  style.size = design_size, style.weight = spec_of(face).weight;
  return style;
}

/// Dear ImGui's own white pixel and antialiased lines, side by side at the top. Returns the first row below.
int place_own_parts(ImFontAtlas& atlas) {
  int x = 0, height = 0;
  for (ImFontAtlasCustomRect& rect : atlas.CustomRects) {
    rect.X = static_cast<unsigned short>(x), rect.Y = 0;
    x += rect.Width + glyph_gap, height = std::max<int>(height, rect.Height);
  }
  return height + glyph_gap;
}

}  // namespace

Fonts::Fonts(std::shared_ptr<const render::TextEngine> text, float scale)
    : text_(std::move(text)), scale_(scale), height_(first_height / 2) {
  refresh();
}

void Fonts::set_scale(float scale) {
  if (scale == scale_) return;
  scale_ = scale;
  stale_ = true;
}

float Fonts::size(Face face) const {
  return std::round(spec_of(face).size * scale_);
}

void Fonts::need(Face face, std::string_view utf8) {
  ImVector<ImU32>& known = known_[index(face)];
  const char* at = utf8.data();
  const char* end = at + utf8.size();
  while (at < end) {
    unsigned int c = 0;
    at += ImTextCharFromUtf8(&c, at, end);
    if (c == 0) break;
    if (c > IM_UNICODE_CODEPOINT_MAX || ImBitArrayTestBit(known.Data, static_cast<int>(c))) continue;
    ImBitArraySetBit(known.Data, static_cast<int>(c));
    add(face, c);
  }
}

void Fonts::refresh() {
  if (!stale_) return;
  stale_ = false;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  for (int i = 0; i < face_count; ++i) add_font(static_cast<Face>(i));
  height_ = std::min(height_ * 2, most_height);
  ImFontAtlasBuildInit(&atlas);
  atlas.TexWidth = atlas_width, atlas.TexHeight = height_;
  atlas.TexUvScale = {1.0F / atlas_width, 1.0F / static_cast<float>(height_)};
  const auto texels = static_cast<std::size_t>(atlas_width) * static_cast<std::size_t>(height_);
  atlas.TexPixelsAlpha8 = static_cast<unsigned char*>(IM_ALLOC(texels));
  std::fill_n(atlas.TexPixelsAlpha8, texels, static_cast<unsigned char>(0));
  next_y_ = place_own_parts(atlas);
  shelves_ = {};
  for (int i = 0; i < face_count; ++i) need(static_cast<Face>(i), " ?.");  // Dear ImGui wants something to fall back to
  ImFontAtlasBuildFinish(&atlas);
  for (char c = '!'; c <= '~'; ++c) need(Face::body, {&c, 1});  // typed text is drawn before anybody hears of it
  atlas.TexReady = true;
  ImGui::GetIO().FontDefault = get(Face::body);
  changes_ = {0, height_};
}

/// Without a file: Dear ImGui copies one for every size.
void Fonts::add_font(Face face) {
  const std::size_t i = index(face);
  static char nothing = 0;
  ImFontConfig config;
  config.FontData = &nothing, config.FontDataSize = 1, config.FontDataOwnedByAtlas = false;
  config.SizePixels = size(face);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  fonts_[i] = atlas.AddFont(&config);
  known_[i].clear();
  known_[i].resize((IM_UNICODE_CODEPOINT_MAX + 32) / 32, 0U);
}

/// As ImFont::BuildLookupTable() would do it for all glyphs at once.
void Fonts::add(Face face, unsigned int code_point) {
  const auto shaped = text_->shape(utf8_of(code_point), design_style(face));
  ImFont& font = *get(face);
  const float scale = size(face) / (shaped->ascent + shaped->descent);
  if (font.ContainerAtlas == nullptr) {
    const float ascent = std::ceil(shaped->ascent * scale), descent = std::ceil(-shaped->descent * scale);
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontAtlasBuildSetupFont(&atlas, &font, &atlas.ConfigData[static_cast<int>(index(face))], ascent, descent);
  }
  if (shaped->glyphs.size() != 1 || shaped->glyphs[0].glyph == render::box_glyph) return;
  const render::ShapedGlyph& glyph = shaped->glyphs[0];
  const render::GlyphBitmap bitmap = text_->rasterise(glyph.face, glyph.glyph, design_size * scale, 0);
  int x = 0, y = 0;
  if (!place(face, bitmap, x, y)) {
    stale_ = true;
    return;
  }
  const auto left = static_cast<float>(bitmap.left), top = static_cast<float>(bitmap.top) + std::round(font.Ascent);
  const auto w = static_cast<float>(bitmap.width), h = static_cast<float>(bitmap.height);
  const auto u = [](int texel) { return static_cast<float>(texel) / atlas_width; };
  const auto v = [this](int texel) { return static_cast<float>(texel) / static_cast<float>(height_); };
  const auto c = static_cast<ImWchar>(code_point);
  font.AddGlyph(font.ConfigData, c, left, top, left + w, top + h, u(x), v(y), u(x + bitmap.width), v(y + bitmap.height),
                std::ceil(shaped->width * scale - 0.01F));
  if (font.FallbackGlyph == nullptr) return;  // its table is still to be built
  font.GrowIndex(c + 1);
  font.IndexAdvanceX[c] = font.Glyphs.back().AdvanceX;
  font.IndexLookup[c] = static_cast<ImWchar>(font.Glyphs.Size - 1);
  font.Used4kPagesMap[c / 4096 / 8] |= static_cast<ImU8>(1U << (c / 4096 % 8));
  font.FallbackGlyph = font.FindGlyphNoFallback(font.FallbackChar);  // glyphs may have moved
  font.DirtyLookupTables = false;
}

/// False: no room.
bool Fonts::place(Face face, const render::GlyphBitmap& bitmap, int& x, int& y) {
  if (bitmap.width < 1 || bitmap.height < 1) return true;
  Shelf& shelf = shelves_[index(face)];
  if (shelf.height < bitmap.height || shelf.x + bitmap.width > atlas_width) {
    const int height = std::max(bitmap.height, static_cast<int>(size(face)));
    if (next_y_ + height > height_ || bitmap.width > atlas_width) return height_ >= most_height;
    shelf = {0, next_y_, height};
    next_y_ += height + glyph_gap;
  }
  x = shelf.x, y = shelf.y;
  shelf.x += bitmap.width + glyph_gap;
  unsigned char* const texels = ImGui::GetIO().Fonts->TexPixelsAlpha8;
  for (int row = 0; row < bitmap.height; ++row)
    std::copy_n(&bitmap.coverage[static_cast<std::size_t>(row) * static_cast<std::size_t>(bitmap.width)], bitmap.width,
                texels + static_cast<std::ptrdiff_t>(y + row) * atlas_width + x);
  changed(y, y + bitmap.height);
  return true;
}

void Fonts::changed(int first, int last) {
  if (changes_.empty())
    changes_ = {first, last};
  else
    changes_ = {std::min(changes_.first, first), std::max(changes_.last, last)};
}

AtlasRows Fonts::take_changes() {
  return std::exchange(changes_, {});
}

}  // namespace battlemap::app
