#include "app/window/font_texture.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "render/gl_context.hpp"

namespace battlemap::app {

void FontTexture::upload(AtlasRows rows) {
  if (rows.empty()) return;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  if (!texture_) {
    ImGui_ImplOpenGL3_CreateDeviceObjects();
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    IM_FREE(std::exchange(atlas.TexPixelsRGBA32, nullptr));
    texture_.emplace(render::GlKind::texture);
  }
  const auto width = static_cast<std::size_t>(atlas.TexWidth);
  std::vector<std::uint32_t> texels(width * static_cast<std::size_t>(rows.last - rows.first));
  const unsigned char* const alpha = atlas.TexPixelsAlpha8 + width * static_cast<std::size_t>(rows.first);
  for (std::size_t i = 0; i < texels.size(); ++i) texels[i] = 0xFFFFFFU | static_cast<std::uint32_t>(alpha[i]) << 24;
  glBindTexture(GL_TEXTURE_2D, texture_->id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  if (height_ != atlas.TexHeight) {
    height_ = atlas.TexHeight;
    // Sized: of GL_RGBA software OpenGL makes a texture with blue first, and in its fast path for those (Mesa 22.3) parts of a
    // panel's ground are left out.
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, atlas.TexWidth, atlas.TexHeight, 0, GL_BGRA, GL_UNSIGNED_BYTE, nullptr);
    // Texels lie on pixels; to look for four of them takes software OpenGL a third of the panels' time.
    const GLint filter = render::gl_is_software() ? GL_NEAREST : GL_LINEAR;
    for (const auto name : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) glTexParameteri(GL_TEXTURE_2D, name, filter);
    for (const auto name : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
      glTexParameteri(GL_TEXTURE_2D, name, GL_CLAMP_TO_EDGE);
  }
  atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(texture_->id())));
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, rows.first, atlas.TexWidth, rows.last - rows.first, GL_BGRA, GL_UNSIGNED_BYTE,
                  texels.data());
  glBindTexture(GL_TEXTURE_2D, 0);
}

}  // namespace battlemap::app
