#include "render/print_text.hpp"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>
#include <string>

#include "geo/error.hpp"
#include "render/c_owner.hpp"
#include "render/glyph_runs.hpp"

namespace battlemap::render {
namespace {

using Library = std::unique_ptr<FT_LibraryRec_, Closer<FT_Done_FreeType>>;
using FtFace = std::unique_ptr<FT_FaceRec_, Closer<FT_Done_Face>>;
using CairoFace = std::shared_ptr<cairo_font_face_t>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Closer<cairo_font_options_destroy>>;

/// What a Cairo face draws from. Cairo keeps faces beyond their document and frees them on whatever thread it
/// likes, so each has a FreeType library of its own.
struct FontData {
  std::shared_ptr<const std::string> file;
  Library library;
  FtFace face;
};

CairoFace make_face(const FontSubset& subset) {
  static const cairo_user_data_key_t key{};
  auto data = std::make_unique<FontData>();
  data->file = subset.data;
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) geo::fail("FreeType cannot start");
  data->library.reset(library);
  FT_Face face = nullptr;
  if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(data->file->data()),
                         static_cast<FT_Long>(data->file->size()), 0, &face) != 0)
    geo::fail("FreeType cannot read a font cut down for print");
  data->face.reset(face);
  CairoFace made(cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP),
                 cairo_font_face_destroy);
  if (cairo_font_face_set_user_data(made.get(), &key, data.get(),
                                    [](void* p) { delete static_cast<FontData*>(p); }) != CAIRO_STATUS_SUCCESS)
    geo::fail("out of memory");
  data.release();
  return made;
}

/// A face no other document uses, one that knows its glyphs if there is one.
CairoFace borrow_face(const FontSubset& subset) {
  {
    const std::lock_guard lock(subset.idle->mutex);
    auto& idle = subset.idle->faces;
    if (!idle.empty()) {
      auto face = std::static_pointer_cast<cairo_font_face_t>(std::move(idle.back()));
      idle.pop_back();
      return face;
    }
  }
  return make_face(subset);
}

/// The baseline stands on a whole pixel of the sheet, where the screen has it to keep type sharp.
float baseline(const TextItem& item, const ShapedGlyph& glyph) {
  return std::round(item.origin.y + glyph.y);
}

void add_box(const PrintCanvas& canvas, const TextItem& item, const ShapedGlyph& glyph) {
  const float size = item.style.size, line = std::max(1.0F, size / 16);
  cairo_rectangle(canvas.cairo, item.origin.x + glyph.x + size * 0.05F + line / 2,
                  baseline(item, glyph) - size * 0.7F + line / 2, size * 0.5F - line, size * 0.7F - line);
  cairo_set_line_width(canvas.cairo, line);
  cairo_set_line_join(canvas.cairo, CAIRO_LINE_JOIN_MITER);
  canvas.set_colour(item.style.colour);
  cairo_stroke(canvas.cairo);
}

}  // namespace

struct PrintText::FontFace {
  std::shared_ptr<const FontSubset> subset;
  CairoFace face;

  explicit FontFace(std::shared_ptr<const FontSubset> of) : subset(std::move(of)), face(borrow_face(*subset)) {}
  FontFace(const FontFace&) = delete;
  FontFace& operator=(const FontFace&) = delete;
  ~FontFace() {
    const std::lock_guard lock(subset->idle->mutex);
    subset->idle->faces.push_back(std::move(face));
  }
};

PrintText::PrintText(std::shared_ptr<PrintFonts> fonts) : fonts_(std::move(fonts)) {}
PrintText::~PrintText() = default;

void PrintText::prepare(const Sheet& sheet) {
  std::map<std::uint32_t, std::vector<PrintGlyph>> needed;
  for (const auto& layer : sheet.layers)
    for (const auto& item : layer.items)
      if (const auto* text = std::get_if<TextItem>(&item))
        for (const auto& glyph : print_glyphs(fonts_->text(), *text)) needed[glyph.face].push_back(glyph);
  for (const auto& [index, glyphs] : needed) {
    auto& face = faces_[index];
    if (face && std::all_of(glyphs.begin(), glyphs.end(),
                            [&](const PrintGlyph& g) { return face->subset->has(g.glyph); }))
      continue;
    if (face) used_.push_back(std::move(face));  // pages before this one still draw from it when the document is finished
    face = std::make_unique<FontFace>(fonts_->subset(index, glyphs));
  }
}

/// The outlines drawn with a round pen, beneath the letters of the whole item.
void PrintText::paint_halo(const PrintCanvas& canvas, const TextItem& item, const ShapedText& shaped) const {
  const auto& style = item.style;
  for (const auto& g : shaped.glyphs) {
    if (g.glyph == box_glyph) continue;
    const auto outline = fonts_->outline(g.face, g.glyph);
    const Vec2 pen{item.origin.x + g.x, baseline(item, g)};
    std::vector<Vec2> ring;
    for (const auto& points : outline->rings) {
      ring.clear();
      for (const auto p : points) ring.push_back({pen.x + p.x * style.size, pen.y + p.y * style.size});
      canvas.add_ring(ring);
    }
  }
  canvas.set_line(2 * style.halo_width, style.halo);
  cairo_stroke(canvas.cairo);
}

void PrintText::paint(const PrintCanvas& canvas, const TextItem& item) const {
  const auto& style = item.style;
  if (!std::isfinite(item.origin.x) || !std::isfinite(item.origin.y) || !(style.size > 0)) return;
  const auto shaped = fonts_->text().shape(item.text, style);
  if (style.halo.a > 0 && style.halo_width > 0) paint_halo(canvas, item, *shaped);
  canvas.set_colour(style.colour);
  static const FontOptions options = [] {
    FontOptions o(cairo_font_options_create());
    cairo_font_options_set_hint_style(o.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o.get(), CAIRO_HINT_METRICS_OFF);
    return o;
  }();
  for (const auto& run : glyph_runs(*shaped, item)) {
    if (run.glyphs.front().glyph == box_glyph) {
      for (const auto& g : run.glyphs) add_box(canvas, item, g);
      canvas.set_colour(style.colour);
      continue;
    }
    const auto& face = *faces_.at(run.glyphs.front().face);
    std::vector<cairo_glyph_t> glyphs;
    for (const auto& g : run.glyphs)
      glyphs.push_back({face.subset->glyph.at(g.glyph), item.origin.x + g.x, baseline(item, g)});
    std::vector<cairo_text_cluster_t> clusters;
    for (const auto& c : run.clusters) clusters.push_back({c.bytes, c.glyphs});
    cairo_set_font_face(canvas.cairo, face.face.get());
    cairo_set_font_size(canvas.cairo, style.size);
    cairo_set_font_options(canvas.cairo, options.get());
    cairo_show_text_glyphs(canvas.cairo, run.text.data(), static_cast<int>(run.text.size()), glyphs.data(),
                           static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                           run.backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : cairo_text_cluster_flags_t{});
  }
}

}  // namespace battlemap::render
