// Exact frames of a moving map by the gpu engine, timed by the card's own clock, and by the cpu engine beside it on the
// same machine. Off screen through EGL: no display is needed.
//
//     gpu_frames PROJECT | VILLAGES [--size WxH] [--frames N] [--cpu-frames N]
//
// VILLAGES makes a coverage of that many (see `battlemap demo --synthetic`) and packs it. Everything that the first frames
// need (outlines at the details of the way, style) is uploaded before anything is timed, as the window's workers prepare it.
// Ends with 1 when the engines' pictures differ by more than golden pictures may.
#include <fmt/core.h>
#include <glad/gl.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <numbers>
#include <thread>

#include "geo/pack.hpp"
#include "geo/pack_builder.hpp"
#include "render/colour_pass.hpp"
#include "render/compose.hpp"
#include "render/gl_context.hpp"
#include "render/gl_object.hpp"
#include "render/gl_painter.hpp"
#include "synthetic_project.hpp"

namespace battlemap::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double most_different = 0.005;  ///< share of pixels, as in golden pictures
constexpr int different = 32;             ///< of 255

struct Options {
  std::string project;
  int width = 3840, height = 2160, frames = 240, cpu_frames = 40;
};

double since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// A way of moving: the view at `t` of [0, 1), from the view of the whole map.
struct Way {
  const char* name;
  render::View (*at)(render::View whole, double t);
};

/// Round a circle of a tenth of the frame; every frame lies at another fraction of a pixel.
render::View circling(render::View view, double t) {
  const double radius = 0.1 * view.frame.h * view.metres_per_pixel, angle = 2 * std::numbers::pi * t;
  view.centre.x += radius * std::cos(angle);
  view.centre.y += radius * std::sin(angle);
  return view;
}

render::View close_up(render::View view, double t) {
  view.metres_per_pixel /= 16;
  return circling(view, t);
}

/// In to a hundredth of the scale and out again.
render::View zooming(render::View view, double t) {
  view.metres_per_pixel *= std::pow(100, -(1 - std::abs(2 * t - 1)));
  return view;
}

constexpr Way ways[] = {{"pan, whole map", circling}, {"pan, 16 times closer", close_up}, {"zoom to 100 times and back", zooming}};

struct Times {
  std::vector<double> ms;
  double quantile(double q) {
    std::sort(ms.begin(), ms.end());
    return ms[std::min(ms.size() - 1, static_cast<std::size_t>(q * static_cast<double>(ms.size())))];
  }
  void print(const char* way, const char* what) {
    const double middle = quantile(0.5);
    fmt::print("  {:<28} {:<22} median {:8.2f} ms   p99 {:8.2f} ms   {:7.1f} frames/s\n", way, what, middle, quantile(0.99), 1000 / middle);
  }
};

/// Frames of the gpu engine, drawn into a target of the frame's size.
class CardFrames {
 public:
  CardFrames(render::MapLayer map, int width, int height)
      : painter_(std::make_shared<const render::TextEngine>()), map_(std::move(map)), tile_{0, 0, width, height} {
    glBindTexture(GL_TEXTURE_2D, colours_.id());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glBindTexture(GL_TEXTURE_2D, 0);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colours_.id(), 0);
    render::check_framebuffer("preparing frames");
    glViewport(0, 0, width, height);
    glGenQueries(1, &query_);
  }
  ~CardFrames() {
    glDeleteQueries(1, &query_);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
  }
  CardFrames(const CardFrames&) = delete;
  CardFrames& operator=(const CardFrames&) = delete;

  void draw(const render::View& view) {
    map_.view = view;
    if (!painter_.fill_map(map_, std::exchange(restyled_, false))) geo::fail("cells overlap: such maps are filled by scanlines only");
    painter_.draw(bare_sheet(), tile_, view);
  }

  /// Adds what the card says a frame took, and how long it took from the first call until it was finished.
  void time(const render::View& view, Times& card, Times& wall) {
    const auto begin = Clock::now();
    glBeginQuery(GL_TIME_ELAPSED, query_);
    draw(view);
    glEndQuery(GL_TIME_ELAPSED);
    GLuint64 nanoseconds = 0;
    glGetQueryObjectui64v(query_, GL_QUERY_RESULT, &nanoseconds);
    glFinish();
    wall.ms.push_back(since(begin));
    card.ms.push_back(static_cast<double>(nanoseconds) * 1e-6);
  }

  render::Image picture(const render::View& view) {
    draw(view);
    return painter_.paint_kept(bare_sheet(), tile_, view);
  }
  std::size_t uploaded() const { return painter_.uploaded(); }

 private:
  render::Sheet bare_sheet() const {
    render::Sheet sheet;
    sheet.width = tile_.w, sheet.height = tile_.h;
    sheet.background = map_.style.ground;
    sheet.map.view = map_.view;
    sheet.map.style.ground = map_.style.ground;
    return sheet;
  }

  render::GlPainter painter_;
  render::MapLayer map_;
  render::PixelRect tile_;
  render::GlObject colours_{render::GlKind::texture}, framebuffer_{render::GlKind::framebuffer};
  GLuint query_ = 0;
  bool restyled_ = true;
};

/// Frames of the cpu engine, on all cores; buffers are used again from frame to frame.
class CpuFrames {
 public:
  explicit CpuFrames(render::MapLayer map) : map_(std::move(map)), lookup_(render::colour_lookup(map_)) {}
  const render::Image& draw(const render::View& view) {
    map_.view = view;
    render::rasterise_ids(map_, render::frame_pixels(view), render::outline_margin(map_.style), 0, ids_);
    render::colour_pass(ids_, map_, lookup_, 0, picture_);
    return picture_;
  }
  void time(const render::View& view, Times& wall) {
    const auto begin = Clock::now();
    draw(view);
    wall.ms.push_back(since(begin));
  }

 private:
  render::MapLayer map_;
  render::ColourLookup lookup_;
  render::IdBuffer ids_;
  render::Image picture_;
};

double share_different(const render::Image& a, const render::Image& b) {
  std::size_t off = 0;
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    int most = 0;
    for (std::size_t k = 0; k < 3; ++k) most = std::max(most, std::abs(a.rgba[i + k] - b.rgba[i + k]));
    off += most > different;
  }
  return static_cast<double>(off) / (static_cast<double>(a.rgba.size()) / 4);
}

/// The map of the finest level, in a view of all of it that is a frame in size.
render::MapLayer whole_map(const std::string& project, const Options& options) {
  const auto atlas = render::load_atlas(std::filesystem::path(project));
  if (atlas->maps.empty()) geo::fail("{} has no map", project);
  render::SheetRequest request;
  request.map = atlas->maps.front().id;
  request.level = geo::Level::village;
  request.width = options.width, request.height = options.height;
  request.furniture = false;
  render::MapLayer map = render::compose(*atlas, render::TextEngine(), request).map;
  map.view.frame = {0, 0, static_cast<float>(options.width), static_cast<float>(options.height)};
  map.tolerance_px = render::window_tolerance_px;
  fmt::print("{}: {} villages, outlines {}\n", project, map.coverage->size(),
             map.coverage->arcs ? fmt::format("of a pack at {} details", map.coverage->arcs->details.size()) : "without details (no pack)");
  return map;
}

/// False when the engines' pictures differ.
bool compare(const Way& way, const render::View& whole, CardFrames& card, CpuFrames& cpu) {
  double most = 0;
  for (const double t : {0.0, 0.23, 0.5}) most = std::max(most, share_different(card.picture(way.at(whole, t)), cpu.draw(way.at(whole, t))));
  fmt::print("  {:<28} {:.4f} % of the pixels differ by more than {} of 255 between the engines, {} % may\n", way.name, 100 * most, different,
             100 * most_different);
  return most <= most_different;
}

/// Every other step of a way first, untimed, then all.
void time_card(const Way& way, const render::View& whole, int frames, CardFrames& card) {
  for (int i = 0; i < frames; i += 2) card.draw(way.at(whole, static_cast<double>(i) / frames));
  const std::size_t before = card.uploaded();
  Times by_card, wall;
  for (int i = 0; i < frames; ++i) card.time(way.at(whole, static_cast<double>(i) / frames), by_card, wall);
  by_card.print(way.name, "gpu, the card's clock");
  wall.print(way.name, "gpu, until finished");
  fmt::print("  {:<28} {} bytes uploaded while moving\n", way.name, card.uploaded() - before);
}

void time_cpu(const Way& way, const render::View& whole, int frames, CpuFrames& cpu) {
  cpu.draw(way.at(whole, 0));
  Times wall;
  for (int i = 0; i < frames; ++i) cpu.time(way.at(whole, static_cast<double>(i) / frames), wall);
  wall.print(way.name, "cpu");
}

bool measure(const Options& options) {
  const render::OffscreenContext context;
  fmt::print("GL_RENDERER {}; {} threads for the cpu engine; {} x {} px\n", render::gl_renderer(), std::thread::hardware_concurrency(),
             options.width, options.height);
  render::MapLayer map = whole_map(options.project, options);
  const render::View whole = map.view;
  CpuFrames cpu(map);
  CardFrames card(std::move(map), options.width, options.height);
  const auto begin = Clock::now();
  card.draw(whole);
  glFinish();
  fmt::print("  first frame: fans made, {:.1f} MB uploaded, drawn in {:.0f} ms\n", static_cast<double>(card.uploaded()) * 1e-6, since(begin));
  bool same = true;
  for (const Way& way : ways) {
    same = compare(way, whole, card, cpu) && same;
    time_card(way, whole, options.frames, card);
    time_cpu(way, whole, options.cpu_frames, cpu);
  }
  return same;
}

int number(std::string_view text, const char* what) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1) throw geo::UsageError(fmt::format("{} '{}': a number from 1", what, text));
  return value;
}

void take_size(std::string_view text, Options& options) {
  const auto x = std::min(text.find('x'), text.size());
  options.width = number(text.substr(0, x), "--size, width");
  options.height = number(text.substr(std::min(x + 1, text.size())), "--size, height");
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (!word.starts_with("--")) {
      options.project = word;
      continue;
    }
    if (++i == argc) throw geo::UsageError(fmt::format("{} needs a value", word));
    if (word == "--size") take_size(argv[i], options);
    else if (word == "--frames") options.frames = number(argv[i], "--frames");
    else if (word == "--cpu-frames") options.cpu_frames = number(argv[i], "--cpu-frames");
    else throw geo::UsageError(fmt::format("{} is not known", word));
  }
  if (options.project.empty()) throw geo::UsageError("gpu_frames PROJECT | VILLAGES [--size WxH] [--frames N] [--cpu-frames N]");
  return options;
}

/// A number stands for a made project of so many villages.
void make_project(Options& options) {
  const bool digits = std::all_of(options.project.begin(), options.project.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return;
  const auto folder = synthetic_project(static_cast<std::size_t>(number(options.project, "VILLAGES")));
  geo::build_pack(geo::read_project(folder), {}, {});
  options.project = folder.string();
}

}  // namespace
}  // namespace battlemap::bench

int main(int argc, char** argv) {
  try {
    auto options = battlemap::bench::parse(argc, argv);
    battlemap::bench::make_project(options);
    return battlemap::bench::measure(options) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "gpu_frames: {}\n", error.what());
    return 2;
  }
}
