// Reading a boundary layer, projecting, packing and opening a pack.
#include <benchmark/benchmark.h>

#include "geo/boundaries.hpp"
#include "geo/pack.hpp"
#include "geo/pack_builder.hpp"
#include "geo/projection.hpp"
#include "synthetic_project.hpp"

namespace battlemap::geo {
namespace {

Project bench_project(const benchmark::State& state) {
  return read_project(bench::synthetic_project(static_cast<std::size_t>(state.range(0))));
}

void load_boundaries(benchmark::State& state) {
  const Project project = bench_project(state);
  std::size_t points = 0;
  for (auto _ : state) {
    Problems problems;
    points = read_boundaries(project.boundaries.front(), project.projection, problems).report.points;
  }
  state.counters["points"] = static_cast<double>(points);
}

void open_sources(benchmark::State& state) {
  Project project = bench_project(state);
  project.use_packs = false;
  for (auto _ : state) benchmark::DoNotOptimize(load_dataset(project).tree);
}

void build_a_pack(benchmark::State& state) {
  const Project project = bench_project(state);
  const bench::ScratchFolder scratch;
  const auto file = scratch.path() / "bench.pack";
  for (auto _ : state) build_pack(project, file, {});
  state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(file));
}

/// Mapping the file and comparing its checksums.
void open_pack_file(benchmark::State& state) {
  const bench::ScratchFolder scratch;
  const auto file = build_pack(bench_project(state), scratch.path() / "bench.pack", {});
  for (auto _ : state) benchmark::DoNotOptimize(PackFile::open(file)->bytes());
}

/// All that opening a project takes when it has a pack.
void open_packed(benchmark::State& state) {
  const Project project = bench_project(state);
  build_pack(project, {}, {});
  for (auto _ : state)
    if (load_dataset(project).pack == nullptr) return state.SkipWithError("the pack was not used");
}

void load_sizes(benchmark::internal::Benchmark* b) {
  b->Arg(4169)->Arg(70000)->Arg(690000)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
}
BENCHMARK(load_boundaries)->Apply(load_sizes);
BENCHMARK(open_sources)->Apply(load_sizes);
BENCHMARK(build_a_pack)->Apply(load_sizes);
BENCHMARK(open_pack_file)->Apply(load_sizes);
BENCHMARK(open_packed)->Apply(load_sizes);

/// Points all over Qinghai's box, degrees.
std::vector<Point> lon_lats(std::size_t count) {
  std::vector<Point> points(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto x = static_cast<double>(i % 1000), y = static_cast<double>(i / 1000 % 1000);
    points[i] = {89.4 + 0.0137 * x, 31.6 + 0.0076 * y};
  }
  return points;
}

void project_points(benchmark::State& state, const char* definition) {
  const auto source = lon_lats(static_cast<std::size_t>(state.range(0)));
  const Projection projection{definition};
  std::vector<Point> points;
  for (auto _ : state) {
    state.PauseTiming();
    points = source;
    state.ResumeTiming();
    projection.forward(points);
    benchmark::DoNotOptimize(points.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(project_points, albers,
                  "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m")
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(project_points, lambert,
                  "+proj=lcc +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m")
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);
/// One that has no formula of its own in the program: PROJ's speed.
BENCHMARK_CAPTURE(project_points, polyconic, "+proj=poly +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m")
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace battlemap::geo
