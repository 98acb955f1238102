#include "app/window/picture_textures.hpp"

#include <glad/gl.h>

namespace battlemap::app {

void PictureTextures::put(Slot slot, const render::Image& image, SheetPicture& shown) {
  auto& texture = textures_[static_cast<std::size_t>(slot)];
  if (!texture) texture.emplace(render::GlKind::texture);
  glBindTexture(GL_TEXTURE_2D, texture->id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               image.rgba.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glGenerateMipmap(GL_TEXTURE_2D);
  glBindTexture(GL_TEXTURE_2D, 0);
  shown = {texture->id(), image.width, image.height, true};
}

}  // namespace battlemap::app
