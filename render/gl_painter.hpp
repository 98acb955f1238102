#pragma once
#include <memory>
#include <optional>

#include "render/id_buffer.hpp"
#include "render/image.hpp"
#include "render/painter.hpp"

namespace battlemap::render {

/// What colours the ids; automatic: cpu on software OpenGL.
enum class ColourEngine { automatic, cpu, gpu };

/// Paints sheets with the current OpenGL context. Needs the context it was made with to be current.
class GlPainter : public Painter {
 public:
  explicit GlPainter(std::shared_ptr<const TextEngine> text);
  ~GlPainter() override;
  GlPainter(GlPainter&&) noexcept;
  GlPainter& operator=(GlPainter&&) noexcept;

  /// The map's picture is kept as a texture, in one of two ways: already coloured, its upper left pixel being
  /// that of the frame (frame_pixels) of the view it was made for,
  void set_map_picture(const Image& picture, ByteOrder order = ByteOrder::rgba);
  /// or coloured by the shaders into the texture; `ids.tile` lies in sheet pixels of that view.
  void set_map_ids(const IdBuffer& ids, const MapLayer& map);
  /// Same ids, new style: the gpu way of a new year or hover.
  void restyle(const MapLayer& map);
  /// Or filled and coloured on the card: nothing is uploaded but, when `restyled`, the style; and the outlines the first
  /// time. False where cells overlap in this view: set_map_ids() then.
  bool fill_map(const MapLayer& map, bool restyled);
  /// Cell at a pixel of the view that was filled last, or id_none.
  std::uint32_t id_at(int x, int y);
  /// Bytes uploaded for the kept map so far.
  std::size_t uploaded() const;

  /// Draws background, the kept map picture and all layers into the currently bound framebuffer, at the lower
  /// left corner of the current viewport and of size tile.w x tile.h. The picture was made for
  /// `picture_view`; when it is not sheet.map.view it is reprojected (moved and scaled). Without a picture
  /// the frame shows the ground. Leaves blending, scissor, depth and culling off, no program, texture or
  /// vertex array bound.
  void draw(const Sheet& sheet, PixelRect tile, const View& picture_view);
  /// Draws at most the lower left pixel of the bound framebuffer, but has the driver compile what draws pictures and labels,
  /// tens of milliseconds on software OpenGL: for while a first picture is made,
  void warm_up();
  /// and what scales pictures: for while nobody zooms yet.
  void warm_up_scaling();
  /// Paints a tile of the sheet off screen, map and all, and reads it back. Every pixel is checked to have
  /// been painted: throws geo::Error rather than return a picture with a blank part. Keeps the picture of
  /// draw().
  using Painter::paint;
  Image paint(const Sheet& sheet, PixelRect tile) override { return paint(sheet, tile, ColourEngine::automatic); }
  Image paint(const Sheet& sheet, PixelRect tile, ColourEngine engine);
  /// draw() into an off-screen tile, read back; without `picture_view` the sheet's own.
  Image paint_kept(const Sheet& sheet, PixelRect tile, const std::optional<View>& picture_view = {});
  int max_tile() const override;
  int best_rows() const override { return 2048; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace battlemap::render
