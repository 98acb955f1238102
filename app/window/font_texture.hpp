#pragma once
#include <optional>

#include "render/gl_object.hpp"

namespace battlemap::app {

/// Rows [first, last) of Dear ImGui's atlas.
struct AtlasRows {
  int first = 0, last = 0;
  bool empty() const { return first >= last; }
};

/// Dear ImGui's atlas on the card. A texture of our own: that of its OpenGL connection is uploaded whole each time. Needs the
/// window's context to be current.
class FontTexture {
 public:
  void upload(AtlasRows rows);

 private:
  std::optional<render::GlObject> texture_;
  int height_ = 0;
};

}  // namespace battlemap::app
