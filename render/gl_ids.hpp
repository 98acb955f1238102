#pragma once
#include <memory>
#include <vector>

#include "render/fan_mesh.hpp"
#include "render/gl_object.hpp"
#include "render/map_layer.hpp"

namespace battlemap::render {

/// Fills ids on the graphics card: fans of triangles that turn bits (see FanMesh) in an integer target. What was uploaded
/// stays there for every view of the same coverage and detail.
class GlIds {
 public:
  GlIds();
  /// Fills `target`, a R32UI texture of the size of an id buffer of this tile and margin (see IdBuffer), with the ids of
  /// the view. False: cells overlap in this view, and only the scanlines tell which of them wins.
  bool fill(const MapLayer& map, PixelRect tile, int margin, const GlObject& target);
  /// Bytes uploaded since this was made.
  std::size_t uploaded() const { return uploaded_; }

 private:
  struct Mesh {
    std::shared_ptr<const FanMesh> fans;
    GlObject array{GlKind::vertex_array}, vertices{GlKind::buffer}, indices{GlKind::buffer};
  };
  const Mesh& mesh_of(std::shared_ptr<const FanMesh> fans);
  void draw_fans(const Mesh& mesh, const MapLayer& map, PixelRect tile, int margin);
  void resolve(const GlObject& target, bool overlaps);
  bool find_overlaps(const GlObject& target);
  void size_bits(int width, int height);

  std::vector<std::unique_ptr<Mesh>> meshes_;  ///< last used last
  GlObject bits_{GlKind::texture}, framebuffer_{GlKind::framebuffer}, ids_framebuffer_{GlKind::framebuffer},
      empty_{GlKind::vertex_array};
  GlProgram fan_{"fan.vert", "fan.frag"}, resolve_{"full.vert", "fan_ids.frag"};
  int width_ = 0, height_ = 0;
  std::size_t uploaded_ = 0;
};

}  // namespace battlemap::render
