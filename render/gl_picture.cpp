#include "render/gl_picture.hpp"

#include <glad/gl.h>

#include <cmath>

#include "geo/error.hpp"

namespace battlemap::render {
namespace {

/// First pixel of the sheet whose centre does not lie before `edge`.
int first_pixel(double edge) {
  return static_cast<int>(std::ceil(std::clamp(edge, -1e6, 1e6) - 0.5));
}

/// The sheet's pixels that the picture covers.
PixelRect covered_by(PixelSize picture, const PicturePlacement& p) {
  const int x0 = first_pixel(-p.x / p.scale), x1 = first_pixel((picture.width - p.x) / p.scale);
  const int y0 = first_pixel(-p.y / p.scale), y1 = first_pixel((picture.height - p.y) / p.scale);
  return {x0, y0, x1 - x0, y1 - y0};
}

/// Lower left corner of a rectangle in the framebuffer.
int left_of(const GlTarget& target, PixelRect r) { return target.left + r.x - target.tile.x; }
int low_of(const GlTarget& target, PixelRect r) { return target.low + target.tile.y + target.tile.h - (r.y + r.h); }

}  // namespace

void check_texture_size(int width, int height) {
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  if (width > most || height > most)
    geo::fail("a texture of {} x {} is larger than this driver's {}: paint in tiles", width, height, most);
}

void clear_rect(const GlTarget& target, PixelRect rect, Colour colour) {
  if (rect.w < 1 || rect.h < 1) return;
  glEnable(GL_SCISSOR_TEST);
  glScissor(left_of(target, rect), low_of(target, rect), rect.w, rect.h);
  glClearColor(colour.r / 255.0F, colour.g / 255.0F, colour.b / 255.0F, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
}

void clear_around(const GlTarget& target, PixelRect outer, PixelRect inner, Colour colour) {
  if (inner.w < 1 || inner.h < 1) return clear_rect(target, outer, colour);
  const int right = inner.x + inner.w, low = inner.y + inner.h;
  clear_rect(target, {outer.x, outer.y, outer.w, inner.y - outer.y}, colour);
  clear_rect(target, {outer.x, low, outer.w, outer.y + outer.h - low}, colour);
  clear_rect(target, {outer.x, inner.y, inner.x - outer.x, inner.h}, colour);
  clear_rect(target, {right, inner.y, outer.x + outer.w - right, inner.h}, colour);
}

/// Blue first, as windows mostly have it: what has one format is copied, not converted. The unsized format leaves the order
/// to the driver; of GL_RGBA8 software OpenGL makes a texture with red first, whatever is uploaded to it, and converts each
/// pixel of it twice. Filtered at the edges like within.
void GlPicture::allocate(PixelSize size) {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_.id());
  if (size_ == size) return;
  check_texture_size(size.width, size.height);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, size.width, size.height, 0, GL_BGRA, GL_UNSIGNED_BYTE, nullptr);
  for (const auto name : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) glTexParameteri(GL_TEXTURE_2D, name, GL_LINEAR);
  for (const auto name : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T}) glTexParameteri(GL_TEXTURE_2D, name, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  size_ = size;
}

void GlPicture::upload(const Image& picture, ByteOrder order) {
  allocate({picture.width, picture.height});
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, picture.width, picture.height, order == ByteOrder::bgra ? GL_BGRA : GL_RGBA,
                  GL_UNSIGNED_BYTE, picture.rgba.data());
  glBindTexture(GL_TEXTURE_2D, 0);
  check_gl("uploading the map's picture");
}

void GlPicture::attach(PixelSize size) {
  allocate(size);
  glBindTexture(GL_TEXTURE_2D, 0);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.id(), 0);
}

void GlPicture::warm_up(bool scaling) {
  if (size_.width < 1) upload(Image(1, 1), ByteOrder::bgra);
  const GlTarget target{{0, 0, 1, 1}, 0, 0};
  if (!scaling) return copy(0, 0, {0, 0, 1, 1}, target);  // where nothing is copied nothing is compiled
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 0, 0, 0);
  stretch({}, {0, 0, 1, 1}, target);
  glDisable(GL_SCISSOR_TEST);
}

void GlPicture::draw(const PicturePlacement& placement, PixelRect part, Colour ground, const GlTarget& target) {
  PicturePlacement p = placement;
  if (p.scale == 1) p.x = std::round(p.x), p.y = std::round(p.y);
  const PixelRect covered = intersection(part, covered_by(size_, p));
  clear_around(target, part, covered, ground);
  if (covered.w < 1 || covered.h < 1) return;
  if (p.scale == 1)
    copy(static_cast<int>(p.x), static_cast<int>(p.y), covered, target);
  else
    stretch(p, covered, target);
  check_gl("drawing the map's picture");
}

/// On software OpenGL shading the same pixels from their places in the sheet takes six times as long.
void GlPicture::copy(int dx, int dy, PixelRect covered, const GlTarget& target) {
  GLint before = 0;
  glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &before);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_.id());
  if (!std::exchange(attached_, true))
    glFramebufferTexture2D(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.id(), 0);
  const int left = left_of(target, covered), low = low_of(target, covered);
  const int x = covered.x + dx, y = covered.y + dy;
  glBlitFramebuffer(x, y, x + covered.w, y + covered.h, left, low + covered.h, left + covered.w, low, GL_COLOR_BUFFER_BIT,
                    GL_NEAREST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<unsigned>(before));
}

void GlPicture::stretch(const PicturePlacement& placement, PixelRect covered, const GlTarget& target) {
  const auto& tile = target.tile;
  const auto across = [](double v, int from, int length) { return static_cast<float>(2 * (v - from) / length - 1); };
  const auto u = [&](double x) { return static_cast<float>((x * placement.scale + placement.x) / size_.width); };
  const auto v = [&](double y) { return static_cast<float>((y * placement.scale + placement.y) / size_.height); };
  const int right = covered.x + covered.w, bottom = covered.y + covered.h;
  program_.use();
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_.id());
  glUniform1i(program_["picture"], 0);
  glUniform4f(program_["box"], across(covered.x, tile.x, tile.w), -across(covered.y, tile.y, tile.h),
              across(right, tile.x, tile.w), -across(bottom, tile.y, tile.h));
  glUniform4f(program_["part"], u(covered.x), v(covered.y), u(right), v(bottom));
  glBindVertexArray(array_.id());
  glDrawArrays(GL_TRIANGLES, 0, 6);
  glBindVertexArray(0);
  glBindTexture(GL_TEXTURE_2D, 0);
  glUseProgram(0);
}

}  // namespace battlemap::render
