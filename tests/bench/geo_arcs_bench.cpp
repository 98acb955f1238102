#include <benchmark/benchmark.h>

#include <cmath>

#include "geo/arc_details.hpp"
#include "geo/arc_simplify.hpp"
#include "geo/arcs.hpp"

namespace battlemap::geo {
namespace {

constexpr int corners_a_side = 20;

/// A number in [-1, 1) for whole numbers: the same on every machine.
double noise(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
  return static_cast<double>((value ^ (value >> 31U)) >> 11U) * 0x1p-52 - 1;
}

/// The points of a side of a field but its last, a rough line within the square that stands on its corner
/// over it.
std::vector<Point> side(int x, int y, bool along_x) {
  std::vector<Point> line;
  for (int i = 0; i < corners_a_side; ++i) {
    const double s = static_cast<double>(i) / corners_a_side, reach = 0.9 * std::min(s, 1 - s);
    const auto seed =
        ((static_cast<std::uint64_t>(x) * 65536 + static_cast<std::uint64_t>(y)) * 2 + along_x) * 64;
    const double aside = reach * noise(seed + static_cast<std::uint64_t>(i));
    line.push_back({1000 * (x + (along_x ? s : aside)), 1000 * (y + (along_x ? aside : s))});
  }
  return line;
}

void append_back(PolygonSet& set, Point from, const std::vector<Point>& line) {
  set.add_point(from);
  set.points.insert(set.points.end(), line.rbegin(), line.rend() - 1);
}

/// n x n fields of 1 km, about 80 corners each, whose sides both neighbours share.
PolygonSet rough_fields(int n) {
  PolygonSet set;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x) {
      for (const auto& line : {side(x, y, true), side(x + 1, y, false)})
        set.points.insert(set.points.end(), line.begin(), line.end());
      append_back(set, {1000.0 * (x + 1), 1000.0 * (y + 1)}, side(x, y + 1, true));
      append_back(set, {1000.0 * x, 1000.0 * (y + 1)}, side(x, y, false));
      set.end_ring(), set.end_polygon();
    }
  return set;
}

void building_arcs(benchmark::State& state) {
  const PolygonSet fields = rough_fields(static_cast<int>(state.range(0)));
  const std::vector<const PolygonSet*> sets{&fields};
  for (auto _ : state) benchmark::DoNotOptimize(build_arcs(sets));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(fields.points.size()));
}
BENCHMARK(building_arcs)->Arg(64)->Arg(256)->Arg(512)->Unit(benchmark::kMillisecond)->UseRealTime();

void simplifying_arcs(benchmark::State& state) {
  const PolygonSet fields = rough_fields(static_cast<int>(state.range(0)));
  const std::vector<const PolygonSet*> sets{&fields};
  const Arcs arcs = build_arcs(sets);
  std::vector<double> tolerances;
  for (double t = 1; t < 4096; t *= 2) tolerances.push_back(t);
  for (auto _ : state) benchmark::DoNotOptimize(simplify_arcs(arcs, tolerances));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(arcs.points.size()));
}
BENCHMARK(simplifying_arcs)->Arg(64)->Arg(256)->Arg(512)->Unit(benchmark::kMillisecond)->UseRealTime();

void making_shapes(benchmark::State& state) {
  PolygonSet fields = rough_fields(static_cast<int>(state.range(0)));
  const Grid grid = grid_for(fields.extent());
  snap_to_grid(fields.points, grid);
  const PolygonSet none;
  const std::array<const PolygonSet*, level_count> levels{&none, &none, &none, &none, &fields};
  for (auto _ : state) benchmark::DoNotOptimize(make_arc_shapes(levels, grid));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(fields.points.size()));
}
BENCHMARK(making_shapes)->Arg(64)->Arg(256)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace battlemap::geo
