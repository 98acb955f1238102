#pragma once
#include <array>
#include <optional>

#include "app/window/sheet_slots.hpp"
#include "render/gl_object.hpp"
#include "render/image.hpp"

namespace battlemap::app {

/// Textures of the pictures beside the map, with smaller copies so that a thumbnail of a sheet stays smooth.
/// Needs the window's OpenGL context; must be destroyed while it is current.
class PictureTextures {
 public:
  /// Uploads the picture and says in `shown` where it is.
  void put(Slot slot, const render::Image& image, SheetPicture& shown);

 private:
  std::array<std::optional<render::GlObject>, slot_count> textures_;
};

}  // namespace battlemap::app
