// Times of the two passes on made coverages: 4,169 and 70,000 villages of about 100 vertices, 690,000 of
// about 30, at 1080p and 4K with 2x2 samples.
#include <benchmark/benchmark.h>

#include <map>

#include "../unit/render/synthetic_coverage.hpp"
#include "render/colour_pass.hpp"
#include "render/id_buffer.hpp"

namespace battlemap::render {
namespace {

const MapLayer& layer(int cells, int width, int height) {
  static std::map<std::pair<int, int>, MapLayer> made;
  const auto found = made.find({cells, width});
  if (found != made.end()) return found->second;
  const int columns = static_cast<int>(std::lround(std::sqrt(cells * 16.0 / 9))), rows = cells / columns;
  auto map = testing::map_of(testing::JitteredGrid(columns, rows, cells > 500'000 ? 7 : 25).coverage(),
                             columns, rows, width, height, 1);
  for (auto& w : map.style.outline_width) w *= static_cast<float>(height) / 1080;
  return made.emplace(std::pair{cells, width}, std::move(map)).first->second;
}

void id_fill(benchmark::State& state) {
  const int width = static_cast<int>(state.range(1)), height = width * 9 / 16;
  const auto& map = layer(static_cast<int>(state.range(0)), width, height);
  for (auto _ : state) benchmark::DoNotOptimize(rasterise_ids(map, {0, 0, width, height}).ids.data());
  state.counters["vertices"] = static_cast<double>(map.coverage->polygons.points.size());
}

void colours(benchmark::State& state) {
  const int width = static_cast<int>(state.range(1)), height = width * 9 / 16;
  const auto& map = layer(static_cast<int>(state.range(0)), width, height);
  const auto ids = rasterise_ids(map, {0, 0, width, height});
  for (auto _ : state) benchmark::DoNotOptimize(colour_pass(ids, map).rgba.data());
}

void sizes(benchmark::internal::Benchmark* b) {
  for (const int cells : {4169, 70'000, 690'000})
    for (const int width : {1920, 3840}) b->Args({cells, width});
  b->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
}
BENCHMARK(id_fill)->Apply(sizes);
BENCHMARK(colours)->Apply(sizes);

}  // namespace
}  // namespace battlemap::render
