#pragma once
#include <array>
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
  struct Triangle {
    std::array<float, 12> corners;  ///< x, y, and x, y in the font's texture, of each
    std::array<unsigned, 3> colours;
    std::array<float, 4> clip;
    friend bool operator==(const Triangle&, const Triangle&) = default;
  };
  using Content = std::vector<Triangle>;
  struct Kept {
    render::PixelRect box;
    Content content;
    bool seen = false;
  };
  /// Lists to be drawn anew inside a box.
  struct Part {
    render::PixelRect box;
    std::vector<ImDrawList*> lists;
  };
  void draw(std::vector<ImDrawList*> lists) const;
  void redraw(const std::vector<Part>& stale);
  void allocate();
  void show() const;
  std::vector<Group> groups() const;
  static Content content_of(const std::vector<ImDrawList*>& lists);
  render::PixelRect box_of(const Triangle& triangle) const;
  render::PixelRect changed_box(const Group& group, const Content& content);

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
