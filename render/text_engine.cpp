#include "render/text_engine.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_OUTLINE_H
#include FT_STROKER_H
#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <unordered_map>

#include "geo/error.hpp"
#include "render/c_owner.hpp"
#include "render/text_fonts.hpp"
#include "render/text_unicode.hpp"

namespace battlemap::render {
namespace {

constexpr std::uint32_t no_face = 0xFFFFFFFFU;
constexpr float box_advance = 0.6F, box_height = 0.7F;  ///< em
constexpr float largest_size = 4096;                    ///< px; also keeps FreeType's 26.6 numbers in range
constexpr std::size_t most_shaped = 20'000;             ///< runs a generation of the cache holds
constexpr std::size_t most_fallbacks = 64;              ///< faces kept open

float checked_size(float size) {
  return std::isfinite(size) ? std::clamp(size, 0.0F, largest_size) : 0.0F;
}

using HbFont = std::unique_ptr<hb_font_t, Closer<hb_font_destroy>>;
using HbBuffer = std::unique_ptr<hb_buffer_t, Closer<hb_buffer_destroy>>;
using Library = std::unique_ptr<FT_LibraryRec_, Closer<FT_Done_FreeType>>;
using FtFace = std::unique_ptr<FT_FaceRec_, Closer<FT_Done_Face>>;

/// One face, open in both libraries. Shaped in font units, so that a text is as wide at any zoom.
struct Face {
  FontFile file;
  FtFace raster;
  HbFont shaper;
  float units = 1000;
  bool has(char32_t c) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(shaper.get(), c, &glyph) != 0;
  }
};

std::unique_ptr<Face> open_face(FT_Library library, const FontFile& file) {
  auto face = std::make_unique<Face>();
  face->file = file;
  FT_Face raster = nullptr;
  if (FT_New_Face(library, file.path.c_str(), file.index, &raster) != 0) return nullptr;
  face->raster.reset(raster);
  hb_blob_t* blob = hb_blob_create_from_file(file.path.c_str());
  hb_face_t* shared = hb_face_create(blob, static_cast<unsigned>(file.index));
  face->shaper.reset(hb_font_create(shared));
  face->units = static_cast<float>(std::max(1U, hb_face_get_upem(shared)));
  hb_face_destroy(shared);
  hb_blob_destroy(blob);
  return face;
}

/// Marks, joiners and selectors: shown by changing their neighbour, never missed when a font lacks them.
bool clings(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

/// Code points [begin, end) shaped with one face in one script.
struct Run {
  std::size_t begin, end;
  std::uint32_t face;
  hb_script_t script;
};

/// Everything of a style that shaping depends on.
std::string cache_key(std::string_view text, const TextStyle& style) {
  std::string key(sizeof(float) * 2 + 2, '\0');
  std::memcpy(key.data(), &style.size, sizeof(float));
  std::memcpy(key.data() + sizeof(float), &style.letter_spacing, sizeof(float));
  key[sizeof(float) * 2] = static_cast<char>(style.weight);
  key[sizeof(float) * 2 + 1] = style.tabular ? 't' : 'p';
  return key.append(text);
}

/// Bounded by two generations: what was not asked for during a whole generation is forgotten.
class ShapeCache {
 public:
  using Value = std::shared_ptr<const ShapedText>;
  Value find(const std::string& key) {
    if (const auto it = young_.find(key); it != young_.end()) return it->second;
    const auto it = old_.find(key);
    if (it == old_.end()) return nullptr;
    auto value = it->second;
    keep(key, value);
    return value;
  }
  void keep(const std::string& key, Value value) {
    if (young_.size() >= most_shaped) old_ = std::exchange(young_, {});
    young_.emplace(key, std::move(value));
  }

 private:
  std::unordered_map<std::string, Value> young_, old_;
};

GlyphBitmap hollow_box(float size, float halo, float shift) {
  const int w = std::max(3, static_cast<int>(std::lround(size * (box_advance - 0.1F))));
  const int h = std::max(3, static_cast<int>(std::lround(size * box_height)));
  const int line =
      std::max(1, static_cast<int>(std::lround(size / 16))) + 2 * static_cast<int>(std::ceil(halo));
  const int grow = static_cast<int>(std::ceil(halo));
  GlyphBitmap box{
      w + 2 * grow, h + 2 * grow, static_cast<int>(std::lround(size * 0.05F + shift)) - grow, -h - grow, {}};
  box.coverage.assign(static_cast<std::size_t>(box.width) * box.height, 0);
  for (int y = 0; y < box.height; ++y)
    for (int x = 0; x < box.width; ++x)
      if (std::min({x, y, box.width - 1 - x, box.height - 1 - y}) < line)
        box.coverage[static_cast<std::size_t>(y) * box.width + x] = 255;
  return box;
}

GlyphBitmap to_bitmap(const FT_BitmapGlyph glyph) {
  const auto& b = glyph->bitmap;
  GlyphBitmap out{static_cast<int>(b.width), static_cast<int>(b.rows), glyph->left, -glyph->top, {}};
  out.coverage.resize(static_cast<std::size_t>(b.width) * b.rows);
  for (unsigned y = 0; y < b.rows; ++y)
    std::copy_n(b.buffer + static_cast<std::ptrdiff_t>(y) * b.pitch, b.width,
                out.coverage.data() + y * b.width);
  return out;
}

/// The union of two coverages: the larger at every pixel.
GlyphBitmap joined(const GlyphBitmap& a, const GlyphBitmap& b) {
  if (a.coverage.empty()) return b;
  if (b.coverage.empty()) return a;
  const int left = std::min(a.left, b.left), top = std::min(a.top, b.top);
  GlyphBitmap out{std::max(a.left + a.width, b.left + b.width) - left,
                  std::max(a.top + a.height, b.top + b.height) - top,
                  left,
                  top,
                  {}};
  out.coverage.resize(static_cast<std::size_t>(out.width) * out.height);
  for (const auto* one : {&a, &b})
    for (int y = 0; y < one->height; ++y)
      for (int x = 0; x < one->width; ++x) {
        auto& kept =
            out.coverage[static_cast<std::size_t>(y + one->top - top) * out.width + x + one->left - left];
        kept = std::max(kept, one->coverage[static_cast<std::size_t>(y) * one->width + x]);
      }
  return out;
}

}  // namespace

struct TextEngine::Impl {
  mutable std::mutex mutex;
  FontFinder finder;
  Library library;
  std::vector<std::unique_ptr<Face>> faces;  ///< regular, bold, then fallbacks
  std::unordered_map<std::uint64_t, std::uint32_t> fallbacks;
  ShapeCache cache;

  Impl() {
    FT_Library raw = nullptr;
    if (FT_Init_FreeType(&raw) != 0) geo::fail("FreeType cannot start");
    library.reset(raw);
    for (const bool bold : {false, true}) {
      const auto file = finder.chinese(bold);
      faces.push_back(open_face(library.get(), file));
      if (!faces.back())
        geo::fail("cannot read the font {}: reinstall the package fonts-noto-cjk", file.path);
    }
  }

  std::uint32_t face_for(char32_t c, Weight weight) {
    const auto first = static_cast<std::uint32_t>(weight);
    if (faces[first]->has(c)) return first;
    const auto key = static_cast<std::uint64_t>(c) << 1 | first;
    if (const auto known = fallbacks.find(key); known != fallbacks.end()) return known->second;
    return fallbacks[key] = find_fallback(c, weight);
  }

  std::uint32_t find_fallback(char32_t c, Weight weight) {
    for (std::uint32_t i = 2; i < faces.size(); ++i)
      if (faces[i]->has(c)) return i;
    const auto file = finder.with(c, weight == Weight::bold);
    if (!file || faces.size() >= most_fallbacks) return no_face;
    auto face = open_face(library.get(), *file);
    if (!face || !face->has(c)) return no_face;
    faces.push_back(std::move(face));
    return static_cast<std::uint32_t>(faces.size() - 1);
  }

  std::vector<Run> runs_of(const std::u32string& text, Weight weight) {
    std::vector<Run> runs;
    auto* unicode = hb_unicode_funcs_get_default();
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = text[i];
      auto script = hb_unicode_script(unicode, c);
      const bool common = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
      const auto face = clings(c) && !runs.empty() ? runs.back().face : face_for(c, weight);
      if (!runs.empty() && runs.back().face == face &&
          (common || runs.back().script == HB_SCRIPT_COMMON || runs.back().script == script)) {
        runs.back().end = i + 1;
        if (!common) runs.back().script = script;
      } else {
        runs.push_back({i, i + 1, face, common ? HB_SCRIPT_COMMON : script});
      }
    }
    return runs;
  }

  std::shared_ptr<ShapedText> shape(std::string_view utf8, const TextStyle& style) {
    auto out = std::make_shared<ShapedText>();
    const auto text = printable(utf8);
    const float size = checked_size(style.size);
    hb_font_extents_t extents{};
    const auto& main = *faces[static_cast<std::size_t>(style.weight)];
    hb_font_get_h_extents(main.shaper.get(), &extents);
    out->ascent = static_cast<float>(extents.ascender) * size / main.units;
    out->descent = -static_cast<float>(extents.descender) * size / main.units;
    float pen = 0;
    for (const auto& run : runs_of(text, style.weight))
      pen = run.face == no_face ? add_boxes(*out, run, size, style.letter_spacing, pen)
                                : add_run(*out, text, run, style, size, pen);
    out->width = std::max(0.0F, out->glyphs.empty() ? pen : pen - style.letter_spacing);
    return out;
  }

  static float add_boxes(ShapedText& out, const Run& run, float size, float spacing, float pen) {
    for (auto i = run.begin; i < run.end; ++i) {
      out.glyphs.push_back({box_glyph, 0, pen, 0, static_cast<std::uint32_t>(i)});
      pen += size * box_advance + spacing;
      ++out.missing;
    }
    return pen;
  }

  float add_run(ShapedText& out, const std::u32string& text, const Run& run, const TextStyle& style,
                float size, float pen) {
    const HbBuffer buffer(hb_buffer_create());
    hb_buffer_add_codepoints(buffer.get(), reinterpret_cast<const std::uint32_t*>(text.data()),
                             static_cast<int>(text.size()), static_cast<unsigned>(run.begin),
                             static_cast<int>(run.end - run.begin));
    hb_buffer_set_script(buffer.get(), run.script);
    const auto direction = hb_script_get_horizontal_direction(run.script);
    hb_buffer_set_direction(buffer.get(), direction == HB_DIRECTION_INVALID ? HB_DIRECTION_LTR : direction);
    hb_buffer_set_language(buffer.get(), hb_language_from_string("zh-Hans", -1));
    std::vector<hb_feature_t> features;
    if (style.tabular) features.push_back({HB_TAG('t', 'n', 'u', 'm'), 1, 0, static_cast<unsigned>(-1)});
    if (style.letter_spacing != 0)
      features.push_back({HB_TAG('l', 'i', 'g', 'a'), 0, 0, static_cast<unsigned>(-1)});
    const auto& face = *faces[run.face];
    hb_shape(face.shaper.get(), buffer.get(), features.data(), static_cast<unsigned>(features.size()));
    unsigned count = 0;
    const auto* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const auto* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
    const float scale = size / face.units;
    for (unsigned i = 0; i < count; ++i) {
      out.glyphs.push_back({infos[i].codepoint, run.face,
                            pen + static_cast<float>(places[i].x_offset) * scale,
                            -static_cast<float>(places[i].y_offset) * scale, infos[i].cluster});
      pen += static_cast<float>(places[i].x_advance) * scale;
      if (i + 1 == count || infos[i + 1].cluster != infos[i].cluster) pen += style.letter_spacing;
    }
    return pen;
  }

  GlyphBitmap rasterise(const Face& face, std::uint32_t index, float size, float halo, float shift) const {
    auto* raster = face.raster.get();
    const auto pixels = static_cast<FT_F26Dot6>(std::lround(size * 64));
    if (pixels < 1 || FT_Set_Char_Size(raster, pixels, pixels, 72, 72) != 0 ||
        FT_Load_Glyph(raster, index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0)
      return {};
    FT_Glyph glyph = nullptr;
    if (FT_Get_Glyph(raster->glyph, &glyph) != 0) return {};
    FT_Vector origin{static_cast<FT_Pos>(std::lround(shift * 64)), 0};
    FT_Glyph ring = nullptr;
    if (halo > 0) ring = stroked(glyph, halo);
    auto out = bitmap_of(glyph, origin);
    if (ring) out = joined(out, bitmap_of(ring, origin));
    return out;
  }

  /// The outline drawn with a round pen of radius `halo`; null when the glyph has none.
  FT_Glyph stroked(FT_Glyph glyph, float halo) const {
    FT_Stroker stroker = nullptr;
    if (FT_Stroker_New(library.get(), &stroker) != 0) return nullptr;
    FT_Stroker_Set(stroker, std::lround(std::min(halo, largest_size) * 64), FT_STROKER_LINECAP_ROUND,
                   FT_STROKER_LINEJOIN_ROUND, 0);
    FT_Glyph ring = glyph;
    const bool done = FT_Glyph_Stroke(&ring, stroker, 0) == 0;
    FT_Stroker_Done(stroker);
    return done ? ring : nullptr;
  }

  /// Renders and frees `glyph`.
  static GlyphBitmap bitmap_of(FT_Glyph glyph, FT_Vector origin) {
    GlyphBitmap out;
    if (FT_Glyph_To_Bitmap(&glyph, FT_RENDER_MODE_NORMAL, &origin, 1) == 0)
      out = to_bitmap(reinterpret_cast<FT_BitmapGlyph>(glyph));
    FT_Done_Glyph(glyph);
    return out;
  }
};

TextEngine::TextEngine() : impl_(std::make_unique<Impl>()) {}
TextEngine::~TextEngine() = default;

std::shared_ptr<const ShapedText> TextEngine::shape(std::string_view utf8, const TextStyle& style) const {
  const auto key = cache_key(utf8, style);
  const std::lock_guard lock(impl_->mutex);
  if (auto known = impl_->cache.find(key)) return known;
  std::shared_ptr<const ShapedText> made = impl_->shape(utf8, style);
  impl_->cache.keep(key, made);
  return made;
}

GlyphBitmap TextEngine::rasterise(std::uint32_t face, std::uint32_t glyph, float size, float halo,
                                  float shift) const {
  size = checked_size(size);
  halo = checked_size(halo);
  if (size < 1) return {};
  if (glyph == box_glyph) return hollow_box(size, halo, shift);
  const std::lock_guard lock(impl_->mutex);
  if (face >= impl_->faces.size()) geo::fail("text engine: there is no face {}", face);
  return impl_->rasterise(*impl_->faces[face], glyph, size, halo, shift);
}

std::pair<std::string, int> TextEngine::font_file(Weight weight) const {
  return face_file(static_cast<std::uint32_t>(weight));
}

std::pair<std::string, int> TextEngine::face_file(std::uint32_t face) const {
  const std::lock_guard lock(impl_->mutex);
  if (face >= impl_->faces.size()) geo::fail("text engine: there is no face {}", face);
  const auto& file = impl_->faces[face]->file;
  return {file.path, file.index};
}

}  // namespace battlemap::render
