#pragma once
#include "render/gl_items.hpp"
#include "render/gl_object.hpp"
#include "render/gl_painter.hpp"

namespace battlemap::render {

struct PixelSize {
  int width = 0, height = 0;
  friend bool operator==(const PixelSize&, const PixelSize&) = default;
};

/// Fills `rect` of the tile with an opaque colour.
void clear_rect(const GlTarget& target, PixelRect rect, Colour colour);
/// Fills what of `outer` is not in `inner`, which lies inside it.
void clear_around(const GlTarget& target, PixelRect outer, PixelRect inner, Colour colour);

/// Picture pixel = sheet pixel * scale + (x, y).
struct PicturePlacement {
  double x = 0, y = 0, scale = 1;
};

/// A finished picture as a texture, and how it gets onto the screen. Its rows run downwards, the framebuffer's upwards.
class GlPicture {
 public:
  /// Throws geo::Error where the driver's textures are too small.
  void upload(const Image& picture, ByteOrder order);
  /// Makes room for shaders to draw a picture of this size into texture(), attached to the bound framebuffer.
  void attach(PixelSize size);
  /// Draws at most the lower left pixel of the bound framebuffer, but has the driver compile what copying or scaling needs: tens of milliseconds
  /// on software OpenGL, better spent before somebody waits.
  void warm_up(bool scaling);
  /// Draws it into `part` of the tile: copied pixel for pixel when neither scaled nor between pixels, else filtered; ground
  /// where it does not reach.
  void draw(const PicturePlacement& placement, PixelRect part, Colour ground, const GlTarget& target);

 private:
  void copy(int dx, int dy, PixelRect covered, const GlTarget& target);
  void stretch(const PicturePlacement& placement, PixelRect covered, const GlTarget& target);
  void allocate(PixelSize size);

  GlObject texture_{GlKind::texture}, framebuffer_{GlKind::framebuffer}, array_{GlKind::vertex_array};
  GlProgram program_{"picture.vert", "picture.frag"};
  PixelSize size_;  ///< of the texture
  bool attached_ = false;
};

/// Throws geo::Error where a texture of this size is larger than the driver's largest.
void check_texture_size(int width, int height);

}  // namespace battlemap::render
