#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "render/text_engine.hpp"

namespace battlemap::render {

/// A font file cut down to the glyphs that print needs, small enough to embed it from in a millisecond.
struct FontSubset {
  std::shared_ptr<const std::string> data;                 ///< an OpenType file
  std::unordered_map<std::uint32_t, std::uint32_t> glyph;  ///< the face's glyph to the subset's
  bool has(std::uint32_t g) const { return glyph.contains(g); }
  /// Faces opened from it that no document uses now: one that has read its glyphs saves the next document a
  /// quarter of its time. A face is one document's at a time.
  struct Idle {
    std::mutex mutex;
    std::vector<std::shared_ptr<void>> faces;
  };
  std::unique_ptr<Idle> idle = std::make_unique<Idle>();
};

/// A glyph's outline for a halo: closed polygons in em, y down, curves flattened.
struct GlyphOutline {
  std::vector<std::vector<Vec2>> rings;
};

/// A glyph of a face; `code_point`: what it stands for, 0 when not one code point.
struct PrintGlyph {
  std::uint32_t face = 0, glyph = 0;
  char32_t code_point = 0;
};

/// The engine's faces as print wants them. Chinese fonts hold 65,000 glyphs in 20 MB, so documents embed from
/// a subset that grows with what was asked for. One for all documents of a process; thread-safe.
class PrintFonts {
 public:
  explicit PrintFonts(std::shared_ptr<const TextEngine> text);
  ~PrintFonts();
  PrintFonts(const PrintFonts&) = delete;
  PrintFonts& operator=(const PrintFonts&) = delete;

  const TextEngine& text() const { return *text_; }
  /// Characters that later documents will show, in both weights: told before a batch (the names of its places),
  /// the subsets are cut once and not again for every new name.
  void foresee(std::string_view utf8);
  /// A subset of the face with at least the glyphs of `wanted` that are of this face. Throws geo::Error when
  /// the font cannot be cut.
  std::shared_ptr<const FontSubset> subset(std::uint32_t face, const std::vector<PrintGlyph>& wanted);
  std::shared_ptr<const GlyphOutline> outline(std::uint32_t face, std::uint32_t glyph);

 private:
  struct Impl;
  std::shared_ptr<const TextEngine> text_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::render
