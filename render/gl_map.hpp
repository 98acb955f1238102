#pragma once
#include "render/gl_ids.hpp"
#include "render/gl_items.hpp"
#include "render/gl_painter.hpp"
#include "render/gl_picture.hpp"
#include "render/outline_rule.hpp"

namespace battlemap::render {

/// The map's picture as a texture: uploaded ready, or coloured from ids by the shaders.
class GlMap {
 public:
  /// `area`: which sheet pixels (of the view it was made for) the picture shows.
  void set_picture(const Image& picture, PixelRect area, ByteOrder order = ByteOrder::rgba);
  /// Uploads ids and ancestry, then restyles.
  void set_ids(const IdBuffer& ids, const MapLayer& map);
  /// The same without an upload: the ids of `tile` are filled on the card. False, and nothing held any more, where cells
  /// overlap in this view: then ids must come from the scanlines. The style is that of the last restyle().
  bool fill_ids(const MapLayer& map, PixelRect tile, int margin);
  /// Takes over a style and repeats the colour passes for the ids held. Throws geo::Error when there are none.
  void restyle(const MapLayer& map);
  /// Repeats them in the style there is: after fill_ids() of another view. Uploads nothing.
  void recolour();
  /// Cell at a sheet pixel of the ids held (upper left of its samples), or id_none. Waits for the card.
  std::uint32_t id_at(int x, int y);
  bool has_style() const { return styled_; }
  /// Bytes uploaded to the card since this was made, whatever for.
  std::size_t uploaded() const { return uploaded_ + gl_ids_.uploaded(); }
  bool has_picture() const { return area_.w > 0; }
  void warm_up(bool scaling) { picture_.warm_up(scaling); }  ///< see GlPicture
  /// Draws into the frame of `view`; `made_for` is the view of the picture.
  void draw(const View& view, const View& made_for, Colour ground, const GlTarget& target);
  /// Moves the picture's upper left corner to another sheet pixel of its view.
  void place(int x, int y) { area_.x = x, area_.y = y; }

 private:
  void trace_outlines(bool states);
  void upload_ancestry(const MapLayer& map);

  GlPicture picture_;
  GlObject ids_{GlKind::texture}, cells_{GlKind::texture},
      ancestry_{GlKind::texture};
  GlObject elements_{GlKind::texture}, state_elements_{GlKind::texture};
  GlObject framebuffer_{GlKind::framebuffer}, array_{GlKind::vertex_array};
  GlProgram outline_{"full.vert", "outline.frag"},
      colour_{"full.vert", "colour_pass.frag"};
  PixelRect area_;  ///< of the picture; w 0: none yet
  GlIds gl_ids_;
  PixelRect ids_area_;
  PixelSize ids_size_, elements_size_, state_elements_size_;  ///< of the textures, which are kept
  std::weak_ptr<const void> ancestry_of_;  ///< coverage whose ancestry was uploaded
  MapStyle style_;                         ///< without what is by cell
  OutlineStyle lines_;
  std::size_t cell_count_ = 0;
  bool styled_ = false;
  std::size_t uploaded_ = 0;
  int margin_ = 0, pad_ = 0;
};

}  // namespace battlemap::render
