#pragma once
#include <cstddef>
#include <vector>

#include "render/gl_picture.hpp"

struct ImDrawData;
struct ImDrawList;

namespace battlemap::app {

/// What lies beside the map, kept as pixels: on software OpenGL to copy them takes a tenth of drawing panels of which nothing
/// has changed, and a frame needs no clearing. Needs the window's context to be current; must be destroyed while it is.
class KeptPanels {
 public:
  /// Draws all that Dear ImGui has outside `map` (pixels from the framebuffer's top left) into the window's framebuffer, on
  /// `ground`. Inside the map everything is still to be drawn.
  void draw_beside(const ImDrawData& data, render::PixelRect map, render::Colour ground);
  /// Draws the rest: what is over the map, or over what is.
  void draw_over();
  /// A texture that panels show is another now.
  void forget() { known_ = false; }

 private:
  /// Lists of commands that overlap each other: drawn in their order, but before or after all others alike.
  struct Group {
    render::PixelRect box;
    std::vector<ImDrawList*> lists;
    bool plain = true;  ///< shows no texture but the font's
  };
  struct Kept {
    render::PixelRect box;
    std::vector<std::byte> content;
    bool seen = false;
  };
  void draw(std::vector<ImDrawList*> lists) const;
  void redraw(const std::vector<render::PixelRect>& stale, const std::vector<ImDrawList*>& lists);
  void allocate();
  void show() const;
  std::vector<Group> groups() const;
  bool find(const Group& group, const std::vector<std::byte>& content);

  render::GlObject texture_{render::GlKind::texture}, framebuffer_{render::GlKind::framebuffer};
  const ImDrawData* data_ = nullptr;  ///< of this frame
  render::PixelRect window_, map_;
  render::PixelSize texture_size_;
  render::Colour ground_;
  bool known_ = false;                ///< the texture has what `kept_` says, and ground elsewhere
  std::vector<Kept> kept_;
  std::vector<ImDrawList*> over_;
};

}  // namespace battlemap::app
