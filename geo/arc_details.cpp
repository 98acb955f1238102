#include "geo/arc_details.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "geo/error.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t points_a_job = 1U << 16U;

/// One detail in memory of its own.
struct OwnedLines {
  std::vector<GridPoint> points;
  std::vector<std::uint32_t> begin;
};

struct OwnedShapes {
  std::vector<OwnedLines> details;
  std::vector<Arcs::Layer> layers;
};

std::int32_t nearest_number(double metres, double step) {
  using Limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(std::clamp<double>(std::nearbyint(metres / step), Limits::min(), Limits::max()));
}

std::vector<GridPoint> on_grid(std::span<const Point> points, const Grid& grid) {
  std::vector<GridPoint> out(points.size());
  parallel_ranges(points.size(), points_a_job, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = nearest(grid, points[i]);
  });
  return out;
}

}  // namespace

Grid grid_for(const Box& extent) {
  if (extent.empty()) return {.origin = {}, .step = std::exp2(-10)};
  const double reach = std::max(extent.width(), extent.height()) / 2;
  const double farthest = std::max({std::abs(extent.min_x), std::abs(extent.min_y), std::abs(extent.max_x),
                                    std::abs(extent.max_y)});
  if (!std::isfinite(farthest)) fail("coordinates are not finite");
  // Finer steps than 2^-50 of the farthest coordinate would be lost in doubles.
  const double least = std::max({reach * std::exp2(-30), farthest * std::exp2(-50), std::exp2(-20)});
  Grid grid{.origin = {}, .step = std::exp2(std::ceil(std::log2(least)))};
  const Point centre = extent.centre();
  grid.origin = {grid.step * std::nearbyint(centre.x / grid.step), grid.step * std::nearbyint(centre.y / grid.step)};
  return grid;
}

GridPoint nearest(const Grid& grid, Point p) {
  return {nearest_number(p.x - grid.origin.x, grid.step), nearest_number(p.y - grid.origin.y, grid.step)};
}

void snap_to_grid(std::span<Point> points, const Grid& grid) {
  parallel_ranges(points.size(), points_a_job, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) points[i] = grid.at(nearest(grid, points[i]));
  });
}

std::shared_ptr<const ArcShapes> make_arc_shapes(const std::array<const PolygonSet*, level_count>& by_level,
                                                 const Grid& grid) {
  return make_arc_shapes(build_arcs(by_level), grid);
}

std::shared_ptr<const ArcShapes> make_arc_shapes(Arcs&& arcs, const Grid& grid) {
  auto owner = std::make_shared<OwnedShapes>();
  owner->details.push_back({on_grid(arcs.points, grid), std::move(arcs.arc_begin)});
  owner->layers = std::move(arcs.layers);
  auto shapes = std::make_shared<ArcShapes>();
  shapes->grid = grid;
  for (const OwnedLines& lines : owner->details) shapes->details.push_back({0, lines.points, lines.begin});
  for (std::size_t i = 0; i < owner->layers.size() && i < level_count; ++i) {
    const Arcs::Layer& layer = owner->layers[i];
    shapes->levels[i] = {layer.refs, layer.ring_begin, layer.polygon_begin};
  }
  shapes->memory = std::move(owner);
  return shapes;
}

}  // namespace battlemap::geo
