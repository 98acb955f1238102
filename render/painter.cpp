#include "render/painter.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>

#include "geo/error.hpp"
#include "render/cpu_painter.hpp"
#include "render/gl_context.hpp"
#include "render/gl_painter.hpp"

namespace battlemap::render {
namespace {

constexpr std::array<std::pair<std::string_view, Engine>, 3> engine_words{
    {{"auto", Engine::automatic}, {"cpu", Engine::cpu}, {"gpu", Engine::gpu}}};

std::atomic<Engine> faster_engine{Engine::automatic};  ///< once measured with a graphics card

constexpr int least_measured = 256;  ///< pixels along each side of a tile that tells something

/// All on the card, software or not.
class CardPainter : public Painter {
 public:
  explicit CardPainter(std::shared_ptr<const TextEngine> text) : painter_(std::move(text)) {}
  using Painter::paint;
  Image paint(const Sheet& sheet, PixelRect tile) override { return painter_.paint(sheet, tile, ColourEngine::gpu); }
  int max_tile() const override { return painter_.max_tile(); }
  int best_rows() const override { return painter_.best_rows(); }

 private:
  GlPainter painter_;
};

/// Paints the first large tile by both engines and stays with the faster one, so that no picture is made of tiles of two.
class MeasuringPainter : public Painter {
 public:
  explicit MeasuringPainter(const std::shared_ptr<const TextEngine>& text) : cpu_(text), gpu_(text) {}
  using Painter::paint;
  Image paint(const Sheet& sheet, PixelRect tile) override {
    if (!chosen_) chosen_ = choose(sheet, tile);
    return chosen_->paint(sheet, tile);
  }
  int max_tile() const override { return std::min(cpu_.max_tile(), gpu_.max_tile()); }
  int best_rows() const override { return faster_engine == Engine::cpu ? cpu_.best_rows() : gpu_.best_rows(); }

 private:
  Painter* choose(const Sheet& sheet, PixelRect tile) {
    if (faster_engine == Engine::automatic && tile.w >= least_measured && tile.h >= least_measured) {
      gpu_.paint(sheet, tile);  // outlines are uploaded once, which is not what later pictures cost
      faster_engine = milliseconds(gpu_, sheet, tile) <= milliseconds(cpu_, sheet, tile) ? Engine::gpu : Engine::cpu;
    }
    return faster_engine == Engine::cpu ? static_cast<Painter*>(&cpu_) : &gpu_;
  }
  static double milliseconds(Painter& painter, const Sheet& sheet, PixelRect tile) {
    const auto begin = std::chrono::steady_clock::now();
    painter.paint(sheet, tile);
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  }
  CpuPainter cpu_;
  CardPainter gpu_;
  Painter* chosen_ = nullptr;
};

/// A context and a painter in it.
class OffscreenPainter : public Painter {
 public:
  OffscreenPainter(std::shared_ptr<const TextEngine> text, Engine engine)
      : painter_(painter_beside_context(std::move(text), engine)) {}
  using Painter::paint;
  Image paint(const Sheet& sheet, PixelRect tile) override { return painter_->paint(sheet, tile); }
  int max_tile() const override { return painter_->max_tile(); }
  int best_rows() const override { return painter_->best_rows(); }

 private:
  OffscreenContext context_;
  std::unique_ptr<Painter> painter_;
};

/// Whether a graphics driver offers a card to programs: asked of the file system, because asking OpenGL takes
/// longer than painting a map.
bool has_graphics_card() {
  std::error_code ignored;
  if (std::filesystem::exists("/dev/nvidiactl", ignored)) return true;
  for (const auto& entry : std::filesystem::directory_iterator("/dev/dri", ignored))
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
  if (engine == Engine::gpu) return std::make_unique<OffscreenPainter>(std::move(text), engine);
  if (engine == Engine::automatic && has_graphics_card()) try {
      auto painter = std::make_unique<OffscreenPainter>(text, engine);
      if (!gl_is_software()) return painter;
    } catch (const geo::Error&) {
      // A card without a driver that works: what follows needs none.
    }
  return std::make_unique<CpuPainter>(std::move(text));
}

std::unique_ptr<Painter> make_painter_beside(Engine engine, std::shared_ptr<const TextEngine> text, int width, int height) {
  if (engine == Engine::gpu || (engine == Engine::automatic && has_graphics_card())) return nullptr;
  auto painter = std::make_unique<CpuPainter>(std::move(text));
  painter->reserve(width, height);
  return painter;
}

std::unique_ptr<Painter> painter_beside_context(std::shared_ptr<const TextEngine> text, Engine engine) {
  if (engine == Engine::automatic) engine = measured_engine();
  if (engine == Engine::cpu) return std::make_unique<CpuPainter>(std::move(text));
  if (engine == Engine::gpu) return std::make_unique<CardPainter>(std::move(text));
  return std::make_unique<MeasuringPainter>(text);
}

Engine measured_engine() { return gl_is_software() ? Engine::cpu : faster_engine.load(); }

PixelRect frame_pixels(const View& view) {
  const auto& f = view.frame;
  const int x = static_cast<int>(std::floor(f.x)), y = static_cast<int>(std::floor(f.y));
  return {x, y, static_cast<int>(std::ceil(f.right())) - x, static_cast<int>(std::ceil(f.bottom())) - y};
}

}  // namespace battlemap::render
