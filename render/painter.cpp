#include "render/painter.hpp"

#include <array>
#include <cmath>

#include "geo/error.hpp"
#include "render/cpu_painter.hpp"
#include "render/gl_context.hpp"
#include "render/gl_painter.hpp"

namespace battlemap::render {
namespace {

constexpr std::array<std::pair<std::string_view, Engine>, 3> engine_words{
    {{"auto", Engine::automatic}, {"cpu", Engine::cpu}, {"gpu", Engine::gpu}}};

/// A context and its painter.
class OffscreenPainter : public Painter {
 public:
  explicit OffscreenPainter(std::shared_ptr<const TextEngine> text) : painter_(std::move(text)) {}
  Image paint(const Sheet& sheet, PixelRect tile) override { return painter_.paint(sheet, tile); }
  int max_tile() const override { return painter_.max_tile(); }
  int best_rows() const override { return painter_.best_rows(); }

 private:
  OffscreenContext context_;
  GlPainter painter_;
};

/// Whether a graphics driver offers a card to programs: asked of the file system, because asking OpenGL takes
/// longer than painting a map.
bool has_graphics_card() {
  std::error_code none;
  if (std::filesystem::exists("/dev/nvidiactl", none)) return true;
  for (const auto& entry : std::filesystem::directory_iterator("/dev/dri", none))
    if (entry.path().filename().string().starts_with("renderD")) return true;
  return false;
}

}  // namespace

Engine parse_engine(std::string_view text) {
  for (const auto& [word, engine] : engine_words)
    if (word == text) return engine;
  throw geo::UsageError(fmt::format("--engine '{}' is not known; choose auto, cpu or gpu", text));
}

std::unique_ptr<Painter> make_painter(Engine engine, std::shared_ptr<const TextEngine> text) {
  if (engine == Engine::gpu) return std::make_unique<OffscreenPainter>(std::move(text));
  if (engine == Engine::automatic && has_graphics_card()) try {
      auto painter = std::make_unique<OffscreenPainter>(text);
      if (!gl_is_software()) return painter;
    } catch (const geo::Error&) {
      // A card without a driver that works: what follows needs none.
    }
  return std::make_unique<CpuPainter>(std::move(text));
}

std::unique_ptr<Painter> painter_beside_context(std::shared_ptr<const TextEngine> text) {
  if (gl_is_software()) return std::make_unique<CpuPainter>(std::move(text));
  return std::make_unique<GlPainter>(std::move(text));
}

PixelRect frame_pixels(const View& view) {
  const auto& f = view.frame;
  const int x = static_cast<int>(std::floor(f.x)), y = static_cast<int>(std::floor(f.y));
  return {x, y, static_cast<int>(std::ceil(f.right())) - x, static_cast<int>(std::ceil(f.bottom())) - y};
}

}  // namespace battlemap::render
