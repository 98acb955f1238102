#pragma once
#include "render/gl_items.hpp"
#include "render/gl_painter.hpp"
#include "render/outline_rule.hpp"

namespace battlemap::render {

/// The map's picture as a texture: uploaded ready, or coloured from ids by the shaders.
class GlMap {
 public:
  /// `area`: which sheet pixels (of the view it was made for) the picture shows.
  void set_picture(const Image& picture, PixelRect area);
  /// Uploads ids and ancestry, then restyles.
  void set_ids(const IdBuffer& ids, const MapLayer& map);
  /// Repeats the colour passes for the ids held. Throws geo::Error when there are none.
  void restyle(const MapLayer& map);
  bool has_picture() const { return area_.w > 0; }
  /// Draws into the frame of `view`; `made_for` is the view of the picture.
  void draw(const View& view, const View& made_for, Colour ground, const GlTarget& target);
  /// Moves the picture's upper left corner to another sheet pixel of its view.
  void place(int x, int y) { area_.x = x, area_.y = y; }

 private:
  void trace_outlines(const OutlineStyle& lines, std::size_t cells, bool states);
  void upload_cells(const std::vector<std::uint32_t>& table);
  void make_colour_target();

  GlObject picture_{GlKind::texture}, ids_{GlKind::texture}, cells_{GlKind::texture},
      ancestry_{GlKind::texture};
  GlObject elements_{GlKind::texture}, state_elements_{GlKind::texture};
  GlObject framebuffer_{GlKind::framebuffer}, array_{GlKind::vertex_array};
  GlProgram show_{"full.vert", "picture.frag"}, outline_{"full.vert", "outline.frag"},
      colour_{"full.vert", "colour_pass.frag"};
  PixelRect area_;  ///< of the picture; w 0: none yet
  PixelRect ids_area_;
  int margin_ = 0, pad_ = 0;
};

}  // namespace battlemap::render
