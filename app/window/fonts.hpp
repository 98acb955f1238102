#pragma once
#include <imgui.h>

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "render/text_engine.hpp"

namespace battlemap::app {

/// The window's type sizes, one scale (ratio about 1.25).
enum class Face { small, body, bold, heading, title };
inline constexpr int face_count = 5;

/// Dear ImGui's fonts with only the glyphs that were shown so far. need() notes the code points of a text;
/// when a new one appeared the frame is thrown away, refresh() bakes the atlas anew and the frame is drawn
/// again: a Chinese font's 20,000 glyphs are never baked. Sizes in framebuffer-independent ImGui units.
class Fonts {
 public:
  /// `text` finds the files; `scale` is the monitor's content scale. Throws geo::Error when a file cannot be
  /// read.
  Fonts(const render::TextEngine& text, float scale);
  void set_scale(float scale);
  ImFont* get(Face face) const { return fonts_[static_cast<std::size_t>(face)]; }
  float size(Face face) const;
  void need(Face face, std::string_view utf8);
  /// A glyph was needed that the atlas lacks.
  bool stale() const { return stale_; }
  /// Bakes what is needed; call between frames. True when the atlas changed and must be uploaded.
  bool refresh();

 private:
  using File = std::shared_ptr<const std::vector<char>>;
  void add(Face face);

  File regular_, bold_;
  int regular_index_ = 0, bold_index_ = 0;
  float scale_;
  bool stale_ = true;
  std::array<ImFont*, face_count> fonts_{};
  std::array<ImFontGlyphRangesBuilder, face_count> wanted_;
  std::array<ImVector<ImWchar>, face_count> ranges_;
};

}  // namespace battlemap::app
