#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "render/image.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// What paints: cpu needs no OpenGL at all, gpu is OpenGL and its shaders, automatic takes the faster one where there is a
/// graphics card: see measured_engine().
enum class Engine { automatic, cpu, gpu };
/// "auto", "cpu", "gpu". Throws geo::UsageError naming the nearest.
Engine parse_engine(std::string_view text);

/// Paints sheets off screen, in tiles. For one thread.
class Painter {
 public:
  virtual ~Painter() = default;
  /// Says that many tiles of this very sheet follow: it must stay as it is until another call says so of another, or of
  /// none (null).
  virtual void prepare(const Sheet*) {}
  /// A tile of the sheet (sheet pixels), map and all; opaque. Tiles of one sheet join without a seam.
  virtual Image paint(const Sheet& sheet, PixelRect tile) = 0;
  /// The same into a picture whose memory is used again.
  virtual void paint(const Sheet& sheet, PixelRect tile, Image& out) { out = paint(sheet, tile); }
  /// Largest tile side it can paint.
  virtual int max_tile() const = 0;
  /// Rows of a tile at which it is fastest.
  virtual int best_rows() const = 0;
};

/// A painter for files, with an OpenGL context of its own where it needs one. Throws geo::Error when the gpu is asked
/// for and OpenGL cannot be had.
std::unique_ptr<Painter> make_painter(Engine engine, std::shared_ptr<const TextEngine> text);
/// The same made beforehand, on any thread, with the memory at hand that sheets of this size (pixels) take; null where a graphics card
/// may paint, as its painter belongs to the thread that makes it.
std::unique_ptr<Painter> make_painter_beside(Engine engine, std::shared_ptr<const TextEngine> text, int width, int height);
/// A painter for the thread's current OpenGL context, which the cpu engine leaves alone.
std::unique_ptr<Painter> painter_beside_context(std::shared_ptr<const TextEngine> text, Engine engine = Engine::automatic);

/// The engine that automatic means with the current OpenGL context. On software OpenGL the cpu, many times as fast there;
/// with a graphics card whichever was faster at the first picture that a painter made by both, which is remembered for the
/// process; automatic before that.
Engine measured_engine();

/// The whole pixels of the sheet that a view's frame covers.
PixelRect frame_pixels(const View& view);

/// Paints the whole sheet in tiles into a PNG file, streaming rows: memory stays bounded whatever the size.
/// `progress` receives the share done, 0..1. Resolution and metadata are the sheet's.
void write_sheet_png(Painter& painter, const Sheet& sheet, const std::filesystem::path& file,
                     PngEffort effort = PngEffort::small, const std::function<void(double)>& progress = {});

/// Finds beforehand, on any thread, what the cpu engine looks up about a coverage at full detail, whatever is drawn on it.
void prepare_coverage(const std::shared_ptr<const geo::Coverage>& coverage);

}  // namespace battlemap::render
