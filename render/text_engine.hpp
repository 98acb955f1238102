#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "render/colour.hpp"
#include "render/geometry2d.hpp"

namespace battlemap::render {

enum class Weight : std::uint8_t { regular, bold };

/// How a run of text looks. Sizes in sheet pixels.
struct TextStyle {
  float size = 16;  ///< em height
  Weight weight = Weight::regular;
  Colour colour;
  Colour halo{0, 0, 0, 0};  ///< alpha 0: none
  float halo_width = 0;     ///< beyond the glyph's edge
  float letter_spacing = 0;
  bool tabular = false;  ///< OpenType tnum
};

struct ShapedGlyph {
  std::uint32_t glyph = 0;  ///< index in the face
  std::uint32_t face = 0;   ///< which face of the engine
  float x = 0, y = 0;       ///< pen offset from the run's origin (left end of the baseline), y down
  std::uint32_t cluster = 0;  ///< first of the code points of printable(text) that it stands for
};
inline constexpr std::uint32_t box_glyph = 0xFFFFFFFFU;  ///< stands for a code point that no face has

struct ShapedText {
  std::vector<ShapedGlyph> glyphs;
  float width = 0;                ///< advance width
  float ascent = 0, descent = 0;  ///< of the face at this size, both positive
  std::size_t missing = 0;        ///< code points no face has (drawn as a small hollow box)
};

/// A glyph's coverage bitmap. `left`/`top`: offset of its top left pixel from the pen, y down.
struct GlyphBitmap {
  int width = 0, height = 0, left = 0, top = 0;
  std::vector<std::uint8_t> coverage;
};

/// Shapes (HarfBuzz) and rasterises (FreeType) text of Noto Sans CJK SC, found by fontconfig, another font
/// that has Chinese when it is missing, fallback faces by code point. Results are cached. Thread-safe.
class TextEngine {
 public:
  TextEngine();  ///< throws geo::Error naming the package to install when no font is found
  ~TextEngine();
  TextEngine(const TextEngine&) = delete;
  TextEngine& operator=(const TextEngine&) = delete;
  /// Control characters and line breaks are shown as spaces; never throws for bad UTF-8 (U+FFFD instead).
  std::shared_ptr<const ShapedText> shape(std::string_view utf8, const TextStyle& style) const;
  float width(std::string_view utf8, const TextStyle& style) const { return shape(utf8, style)->width; }
  /// Coverage of a glyph at `size` px, grown outward by `halo` px (0: the glyph itself), its pen `shift` px
  /// (0..1) right of a whole pixel. Empty for a space. `face` and `glyph` come from shape().
  GlyphBitmap rasterise(std::uint32_t face, std::uint32_t glyph, float size, float halo,
                        float shift = 0) const;
  /// Path of the regular face's file and its index in it, for the window's font.
  std::pair<std::string, int> font_file(Weight weight) const;
  /// The same of any face that a shaped glyph names.
  std::pair<std::string, int> face_file(std::uint32_t face) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::render
