#pragma once
#include <filesystem>
#include <functional>
#include <memory>

#include "render/id_buffer.hpp"
#include "render/image.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

enum class ColourEngine { automatic, cpu, gpu };  ///< automatic: cpu on software OpenGL

/// Paints sheets with the current OpenGL context. Needs the context it was made with to be current.
class GlPainter {
 public:
  explicit GlPainter(std::shared_ptr<const TextEngine> text);
  ~GlPainter();
  GlPainter(GlPainter&&) noexcept;
  GlPainter& operator=(GlPainter&&) noexcept;

  /// The map's picture is kept as a texture of the map frame's size, in one of two ways:
  void set_map_picture(const Image& picture);                  ///< already coloured
  void set_map_ids(const IdBuffer& ids, const MapLayer& map);  ///< coloured by the shader into the texture
  /// Same ids, new style: the gpu way of a new year or hover.
  void restyle(const MapLayer& map);

  /// Draws background, the kept map picture and all layers into the currently bound framebuffer, whose lower
  /// left pixel is (fb_x, fb_y) and whose size is tile.w x tile.h. The picture was made for `picture_view`;
  /// when it is not sheet.map.view it is reprojected (moved and scaled).
  void draw(const Sheet& sheet, PixelRect tile, const View& picture_view);
  /// Paints a tile of the sheet off screen, map and all, and reads it back.
  Image paint(const Sheet& sheet, PixelRect tile, ColourEngine engine = ColourEngine::automatic);
  int max_tile() const;  ///< largest tile side the context can paint

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Paints the whole sheet in tiles into a PNG file, streaming rows: memory stays bounded whatever the size.
void write_sheet_png(GlPainter& painter, const Sheet& sheet, const std::filesystem::path& file,
                     PngEffort effort = PngEffort::small, ColourEngine engine = ColourEngine::automatic,
                     const std::function<void(double)>& progress = {});

}  // namespace battlemap::render
