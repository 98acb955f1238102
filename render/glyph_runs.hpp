#pragma once
#include <span>
#include <string>
#include <vector>

#include "render/print_fonts.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// So many bytes of a run's text are shown by so many of its glyphs.
struct GlyphCluster {
  int bytes = 0, glyphs = 0;
};

/// Glyphs of one face with the characters they show.
struct GlyphRun {
  std::span<const ShapedGlyph> glyphs;  ///< of the shaped text; never empty
  std::string text;                     ///< UTF-8
  std::vector<GlyphCluster> clusters;   ///< in the order of the text
  bool backward = false;                ///< the glyphs run right to left through the text
};

/// A text's glyphs by faces; characters no face has are runs of their own. Letter-spaced text is one cluster:
/// told by characters, viewers would find a word space in every gap.
std::vector<GlyphRun> glyph_runs(const ShapedText& shaped, const TextItem& item);

/// The glyphs a text needs of each face.
std::vector<PrintGlyph> print_glyphs(const TextEngine& text, const TextItem& item);

}  // namespace battlemap::render
