#pragma once
#include <imgui.h>

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "app/window/font_texture.hpp"
#include "render/text_engine.hpp"

namespace battlemap::app {

/// The window's type sizes, one scale (ratio about 1.25).
enum class Face { small, body, bold, heading, title };
inline constexpr int face_count = 5;

/// Dear ImGui's fonts with only the glyphs that were shown so far, drawn by the engine that also draws the map's labels.
/// need() adds those of a text at once, in the middle of a frame; only where the atlas is full must the frame be built
/// again in a larger one. A Chinese font's 20,000 glyphs are never drawn. Sizes in framebuffer-independent ImGui units.
class Fonts {
 public:
  /// `scale` is the monitor's content scale. Needs Dear ImGui's context.
  Fonts(std::shared_ptr<const render::TextEngine> text, float scale);
  void set_scale(float scale);
  ImFont* get(Face face) const { return fonts_[index(face)]; }
  float size(Face face) const;
  /// Call before a text is measured or drawn.
  void need(Face face, std::string_view utf8);
  /// Another scale, or a glyph that found no room: what was drawn of this frame cannot be shown.
  bool stale() const { return stale_; }
  /// Makes the atlas anew when stale; call between frames. All its rows have changed then.
  void refresh();
  /// Rows that changed since the last call: they must be uploaded before the frame is drawn.
  AtlasRows take_changes();

 private:
  /// Where the next glyph of a face goes.
  struct Shelf {
    int x = 0, y = 0, height = 0;
  };
  static std::size_t index(Face face) { return static_cast<std::size_t>(face); }
  void add_font(Face face);
  void add(Face face, unsigned int code_point);
  bool place(Face face, const render::GlyphBitmap& bitmap, int& x, int& y);
  void changed(int first, int last);

  std::shared_ptr<const render::TextEngine> text_;
  float scale_;
  bool stale_ = true;
  int height_;      ///< of the atlas; grows
  int next_y_ = 0;  ///< below the shelves
  AtlasRows changes_;
  std::array<ImFont*, face_count> fonts_{};
  std::array<Shelf, face_count> shelves_;
  std::array<ImVector<ImU32>, face_count> known_;  ///< bit by code point
};

}  // namespace battlemap::app
