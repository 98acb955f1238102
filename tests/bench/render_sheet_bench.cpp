// Whole pictures of a project: composing (labels, legend), repainting after a move, and writing PNGs.
#include <benchmark/benchmark.h>

#include <cmath>

#include "geo/pack_builder.hpp"
#include "render/compose.hpp"
#include "render/painter.hpp"
#include "render/text_engine.hpp"
#include "synthetic_project.hpp"

namespace battlemap::render {
namespace {

/// Opened from a pack, as the window has it.
std::shared_ptr<const Atlas> bench_atlas(std::size_t villages) {
  static std::map<std::size_t, std::shared_ptr<const Atlas>> opened;
  auto& atlas = opened[villages];
  if (!atlas) {
    const auto folder = bench::synthetic_project(villages);
    geo::build_pack(geo::read_project(folder), {}, {});
    atlas = load_atlas(folder);
  }
  return atlas;
}

std::shared_ptr<const TextEngine> bench_text() {
  static const auto text = std::make_shared<const TextEngine>();
  return text;
}

SheetRequest bench_request(int width) {
  return {.map = "poverty-rate", .level = geo::Level::village, .width = width, .height = width * 9 / 16};
}

/// The same map pushed on by a few pixels each time, at another tenth of a pixel.
SheetRequest moved(SheetRequest request, const Sheet& start, int step) {
  const double pixels = step % 16 * 3.1, scale = start.map.view.metres_per_pixel;
  request.view_centre = {start.map.view.centre.x + pixels * scale, start.map.view.centre.y};
  request.view_metres_per_pixel = scale;
  return request;
}

/// The whole coverage; its villages are too small for names.
void compose_sheet(benchmark::State& state) {
  const auto atlas = bench_atlas(static_cast<std::size_t>(state.range(0)));
  const auto request = bench_request(static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(compose(*atlas, *bench_text(), request).layers.data());
}

/// As near as shows some 500 villages, which have room for their names.
void compose_labels(benchmark::State& state) {
  const auto atlas = bench_atlas(static_cast<std::size_t>(state.range(0)));
  auto request = bench_request(static_cast<int>(state.range(1)));
  const View whole = compose(*atlas, *bench_text(), request).map.view;
  request.view_centre = whole.centre;
  request.view_metres_per_pixel = whole.metres_per_pixel * std::sqrt(500.0 / static_cast<double>(state.range(0)));
  std::size_t labels = 0;
  for (auto _ : state) labels = compose(*atlas, *bench_text(), request).report.labels_placed;
  if (labels == 0) state.SkipWithError("no label was placed");
  state.counters["labels"] = static_cast<double>(labels);
}

/// The exact picture after a move, without OpenGL: composed and painted.
void exact_picture(benchmark::State& state) {
  const auto atlas = bench_atlas(static_cast<std::size_t>(state.range(0)));
  const auto request = bench_request(static_cast<int>(state.range(1)));
  const auto painter = make_painter(Engine::cpu, bench_text());
  const Sheet start = compose(*atlas, *bench_text(), request);
  int step = 0;
  for (auto _ : state) {
    const Sheet sheet = compose(*atlas, *bench_text(), moved(request, start, ++step));
    benchmark::DoNotOptimize(painter->paint(sheet, {0, 0, sheet.width, sheet.height}).rgba.data());
  }
}

/// A new year or indicator at the same view: fills alone.
void new_fills(benchmark::State& state) {
  const auto atlas = bench_atlas(static_cast<std::size_t>(state.range(0)));
  const auto request = bench_request(static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(compose_style(*atlas, request).fill.data());
}

void sheet_sizes(benchmark::internal::Benchmark* b) {
  for (const int villages : {4169, 70'000, 690'000}) b->Args({villages, 1920});
  b->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
}
BENCHMARK(compose_sheet)->Apply(sheet_sizes);
BENCHMARK(compose_labels)->Apply(sheet_sizes);
BENCHMARK(exact_picture)->Apply(sheet_sizes);
BENCHMARK(new_fills)->Apply(sheet_sizes);

void png(benchmark::State& state, PngEffort effort) {
  const auto atlas = bench_atlas(4169);
  const Sheet sheet = compose(*atlas, *bench_text(), bench_request(static_cast<int>(state.range(0))));
  const Image image = make_painter(Engine::cpu, bench_text())->paint(sheet, {0, 0, sheet.width, sheet.height});
  const bench::ScratchFolder scratch;
  const auto file = scratch.path() / "bench.png";
  for (auto _ : state) write_png(file, image, 96, effort);
  state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(file));
}
BENCHMARK_CAPTURE(png, fast, PngEffort::fast)->Arg(1920)->Arg(3840)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(png, small, PngEffort::small)->Arg(1920)->Arg(3840)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace battlemap::render
