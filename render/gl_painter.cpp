#include "render/gl_painter.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/error.hpp"
#include "render/colour_pass.hpp"
#include "render/gl_context.hpp"
#include "render/gl_items.hpp"
#include "render/gl_map.hpp"

namespace battlemap::render {
namespace {

constexpr int largest_tile = 4096;

Colour opaque(Colour c) {
  return {c.r, c.g, c.b, 255};
}

/// What drawing needs off, whoever drew before.
void plain_state() {
  for (const auto flag : {GL_DEPTH_TEST, GL_CULL_FACE, GL_STENCIL_TEST, GL_BLEND, GL_SCISSOR_TEST})
    glDisable(flag);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}

/// An off-screen target of the tile's size; puts back the framebuffer and viewport that were bound before.
class Canvas {
 public:
  Canvas(int width, int height) {
    glBindTexture(GL_TEXTURE_2D, texture_.id());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glBindTexture(GL_TEXTURE_2D, 0);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.id(), 0);
    glViewport(0, 0, width, height);
  }

 private:
  GlObject texture_{GlKind::texture}, framebuffer_{GlKind::framebuffer};
  KeepTarget keep_;  // last: the old target is bound again before these are deleted
};

/// OpenGL's rows run upwards.
Image read_back(int width, int height) {
  Image image(width, height);
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  const auto row = static_cast<std::ptrdiff_t>(width) * 4;
  for (int y = 0; y < height / 2; ++y)
    std::swap_ranges(image.rgba.begin() + y * row, image.rgba.begin() + (y + 1) * row,
                     image.rgba.end() - (y + 1) * row);
  return image;
}

/// The canvas was cleared to transparent and everything painted on it is opaque in the end.
void check_painted(const Image& image, PixelRect tile) {
  for (std::size_t i = 3; i < image.rgba.size(); i += 4)
    if (image.rgba[i] < 254)
      geo::fail("the driver ({}) left a part of the tile {} x {} at {}, {} unpainted", gl_renderer(), tile.w,
                tile.h, tile.x, tile.y);
}

/// What `draw` paints into an off-screen tile.
template <class Draw>
Image off_screen(PixelRect tile, Draw&& draw) {
  const Canvas canvas(tile.w, tile.h);
  check_framebuffer("painting a tile");
  plain_state();
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  draw();
  auto image = read_back(tile.w, tile.h);
  check_gl("painting a tile");
  check_painted(image, tile);
  return image;
}

}  // namespace

struct GlPainter::Impl {
  std::shared_ptr<const TextEngine> text;
  ItemPainter items;
  GlMap map;                      ///< for draw()
  std::optional<GlMap> tile_map;  ///< for paint()
  bool whole_frame = false;       ///< the kept picture covers its view's frame
  bool software = gl_is_software();

  explicit Impl(std::shared_ptr<const TextEngine> engine) : text(std::move(engine)), items(text) {}

  void draw(const Sheet& sheet, const GlTarget& target, GlMap& picture, const View& picture_view) {
    plain_state();
    glViewport(target.left, target.low, target.tile.w, target.tile.h);
    const PixelRect frame = intersection(target.tile, frame_pixels(sheet.map.view));
    clear_around(target, target.tile, frame, opaque(sheet.background));
    const auto& ground = opaque(sheet.map.style.ground);
    if (picture.has_picture())
      picture.draw(sheet.map.view, picture_view, ground, target);
    else
      clear_rect(target, frame, ground);
    items.draw(sheet.layers, target);
  }

  /// Ids and colours of the part of the map's frame that the tile shows.
  GlMap& prepare_map(const Sheet& sheet, PixelRect tile, ColourEngine engine) {
    if (!tile_map) tile_map.emplace();
    const auto part = intersection(tile, frame_pixels(sheet.map.view));
    if (part.w == 0 || part.h == 0) {
      tile_map.emplace();
      return *tile_map;
    }
    const int margin = outline_margin(sheet.map.style);
    if (engine == ColourEngine::cpu || (engine == ColourEngine::automatic && software))
      tile_map->set_picture(colour_pass(rasterise_ids(sheet.map, part, margin), sheet.map), part);
    else if (tile_map->fill_ids(sheet.map, part, margin))
      tile_map->restyle(sheet.map);
    else
      tile_map->set_ids(rasterise_ids(sheet.map, part, margin), sheet.map);
    return *tile_map;
  }

  static void check_tile(PixelRect tile);
  static int max_tile() {
    GLint texture = 0, viewport[2] = {};
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &texture);
    glGetIntegerv(GL_MAX_VIEWPORT_DIMS, viewport);
    return std::min({largest_tile, texture / supersampling - 256, viewport[0], viewport[1]});
  }
};

GlPainter::GlPainter(std::shared_ptr<const TextEngine> text)
    : impl_(std::make_unique<Impl>(std::move(text))) {}
GlPainter::~GlPainter() = default;
GlPainter::GlPainter(GlPainter&&) noexcept = default;
GlPainter& GlPainter::operator=(GlPainter&&) noexcept = default;

void GlPainter::set_map_picture(const Image& picture, ByteOrder order) {
  impl_->map.set_picture(picture, {0, 0, picture.width, picture.height}, order);
  impl_->whole_frame = true;
}

void GlPainter::set_map_ids(const IdBuffer& ids, const MapLayer& map) {
  impl_->map.set_ids(ids, map);
  impl_->whole_frame = false;
}

void GlPainter::restyle(const MapLayer& map) {
  impl_->map.restyle(map);
  impl_->whole_frame = false;
}

bool GlPainter::fill_map(const MapLayer& map, bool restyled) {
  GlMap& held = impl_->map;
  if (!held.fill_ids(map, frame_pixels(map.view), outline_margin(map.style))) return false;
  if (restyled || !held.has_style())
    held.restyle(map);
  else
    held.recolour();
  impl_->whole_frame = false;
  return true;
}

std::uint32_t GlPainter::id_at(int x, int y) { return impl_->map.id_at(x, y); }

std::size_t GlPainter::uploaded() const { return impl_->map.uploaded(); }

void GlPainter::draw(const Sheet& sheet, PixelRect tile, const View& picture_view) {
  GLint viewport[4]{};
  glGetIntegerv(GL_VIEWPORT, viewport);
  const auto corner = frame_pixels(picture_view);
  if (impl_->whole_frame) impl_->map.place(corner.x, corner.y);
  impl_->draw(sheet, {tile, viewport[0], viewport[1]}, impl_->map, picture_view);
  glViewport(viewport[0], viewport[1], viewport[2], viewport[3]);
}

void GlPainter::warm_up() {
  RectItem item;
  item.rect = {0, 0, 1, 1}, item.fill = {0, 0, 0, 255};
  Layer nowhere;
  nowhere.clip = Rect{0, 0, 0, 0}, nowhere.items.emplace_back(item);
  plain_state();
  impl_->items.draw({nowhere}, {{0, 0, 1, 1}, 0, 0});
  impl_->map.warm_up(false);
}

void GlPainter::warm_up_scaling() {
  plain_state();
  impl_->map.warm_up(true);
}

void GlPainter::Impl::check_tile(PixelRect tile) {
  if (tile.w < 1 || tile.h < 1 || tile.w > max_tile() || tile.h > max_tile())
    geo::fail("a tile of {} x {} pixels: this driver paints 1 to {} along each side", tile.w, tile.h,
              max_tile());
}

Image GlPainter::paint(const Sheet& sheet, PixelRect tile, ColourEngine engine) {
  Impl::check_tile(tile);
  auto& map = impl_->prepare_map(sheet, tile, engine);
  return off_screen(tile, [&] { impl_->draw(sheet, {tile, 0, 0}, map, sheet.map.view); });
}

Image GlPainter::paint_kept(const Sheet& sheet, PixelRect tile, const std::optional<View>& picture_view) {
  Impl::check_tile(tile);
  return off_screen(tile, [&] { draw(sheet, tile, picture_view.value_or(sheet.map.view)); });
}

int GlPainter::max_tile() const {
  return Impl::max_tile();
}

}  // namespace battlemap::render
