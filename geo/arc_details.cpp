#include "geo/arc_details.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "geo/arc_simplify.hpp"
#include "geo/error.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t points_a_job = 1U << 16U;
constexpr std::size_t arcs_a_job = 1U << 12U;

/// The finest tolerance that is tried, 1 m for a province, and how many, each twice the one before.
constexpr double finest_in_steps = 1024;
constexpr std::size_t tolerance_count = 15;
constexpr double worth_keeping = 0.7;  ///< of the points of the detail before

/// One detail in memory of its own.
struct OwnedLines {
  double tolerance = 0;
  std::vector<GridPoint> points;
  std::vector<std::uint32_t> begin;
};

struct OwnedShapes {
  std::vector<OwnedLines> details;
  std::vector<Arcs::Layer> layers;
};

/// The nearest whole number of steps, halves to the even one, kept within 32 bits. `per_metre`: 1 / step, exact as steps are powers
/// of two. Without a call, several at once: this runs for every point that is read.
double nearest_number(double metres, double per_metre) {
  using Limits = std::numeric_limits<std::int32_t>;
  constexpr double rounder = 6755399441055744.0;  // 1.5 * 2^52: beside it a double has no digits after the point
  const double number = metres * per_metre;
  const double above = number > Limits::min() ? number : Limits::min();
  const double kept = above < Limits::max() ? above : Limits::max();
  return (kept + rounder) - rounder;
}

/// What belongs to a detail: the points of a rank above it, all for -1.
OwnedLines lines_at(const Arcs& arcs, const Grid& grid, std::span<const std::uint8_t> rank, int detail) {
  OwnedLines out;
  out.begin.assign(arcs.size() + 1, 0);
  parallel_ranges(arcs.size(), arcs_a_job, [&](std::size_t first, std::size_t last) {
    for (std::size_t a = first; a < last; ++a)
      out.begin[a + 1] = static_cast<std::uint32_t>(
          std::count_if(rank.begin() + arcs.arc_begin[a], rank.begin() + arcs.arc_begin[a + 1],
                        [&](std::uint8_t r) { return r > detail; }));
  });
  std::partial_sum(out.begin.begin(), out.begin.end(), out.begin.begin());
  out.points.resize(out.begin.back());
  parallel_ranges(arcs.size(), arcs_a_job, [&](std::size_t first, std::size_t last) {
    std::size_t to = out.begin[first];
    for (std::uint32_t i = arcs.arc_begin[first]; i < arcs.arc_begin[last]; ++i)
      if (rank[i] > detail) out.points[to++] = nearest(grid, arcs.points[i]);
  });
  return out;
}

std::vector<double> doubling_tolerances(const Grid& grid) {
  std::vector<double> tolerances(tolerance_count, finest_in_steps * grid.step);
  for (std::size_t k = 1; k < tolerance_count; ++k) tolerances[k] = 2 * tolerances[k - 1];
  return tolerances;
}

/// The full detail and those after it that are worth their memory.
std::vector<OwnedLines> find_details(const Arcs& arcs, const Grid& grid) {
  const std::vector<double> tolerances = doubling_tolerances(grid);
  const std::vector<std::uint8_t> rank = simplify_arcs(arcs, tolerances);
  std::array<std::size_t, 256> of_rank{};
  for (const std::uint8_t r : rank) ++of_rank[r];
  std::vector<OwnedLines> details;
  details.push_back(lines_at(arcs, grid, rank, -1));
  std::size_t left = arcs.points.size();
  for (std::size_t k = 0; k < tolerances.size(); ++k) {
    left -= of_rank[k];
    if (static_cast<double>(left) > worth_keeping * static_cast<double>(details.back().points.size()))
      continue;
    details.push_back(lines_at(arcs, grid, rank, static_cast<int>(k)));
    details.back().tolerance = tolerances[k];
  }
  return details;
}

}  // namespace

Grid grid_for(const Box& extent) {
  if (extent.empty()) return {.origin = {}, .step = std::exp2(-10)};
  const double reach = std::max(extent.width(), extent.height()) / 2;
  const double farthest = std::max(
      {std::abs(extent.min_x), std::abs(extent.min_y), std::abs(extent.max_x), std::abs(extent.max_y)});
  if (!std::isfinite(farthest)) fail("coordinates are not finite");
  // Finer steps than 2^-50 of the farthest coordinate would be lost in doubles.
  const double least = std::max({reach * std::exp2(-30), farthest * std::exp2(-50), std::exp2(-20)});
  Grid grid{.origin = {}, .step = std::exp2(std::ceil(std::log2(least)))};
  const Point centre = extent.centre();
  grid.origin = {grid.step * std::nearbyint(centre.x / grid.step),
                 grid.step * std::nearbyint(centre.y / grid.step)};
  return grid;
}

GridPoint nearest(const Grid& grid, Point p) {
  const double per_metre = 1 / grid.step;
  return {static_cast<std::int32_t>(nearest_number(p.x - grid.origin.x, per_metre)),
          static_cast<std::int32_t>(nearest_number(p.y - grid.origin.y, per_metre))};
}

void snap_to_grid(std::span<Point> points, const Grid& grid) {
  const double per_metre = 1 / grid.step;
  parallel_ranges(points.size(), points_a_job, [&, grid](std::size_t begin, std::size_t end) {
    for (Point& p : points.subspan(begin, end - begin)) {
      p.x = grid.origin.x + grid.step * nearest_number(p.x - grid.origin.x, per_metre);
      p.y = grid.origin.y + grid.step * nearest_number(p.y - grid.origin.y, per_metre);
    }
  });
}

std::shared_ptr<const ArcShapes> make_arc_shapes(const std::array<const PolygonSet*, level_count>& by_level,
                                                 const Grid& grid) {
  return make_arc_shapes(build_arcs(by_level), grid);
}

std::shared_ptr<const ArcShapes> make_arc_shapes(Arcs&& arcs, const Grid& grid) {
  auto owner = std::make_shared<OwnedShapes>();
  owner->details = find_details(arcs, grid);
  owner->layers = std::move(arcs.layers);
  auto shapes = std::make_shared<ArcShapes>();
  shapes->grid = grid;
  for (const OwnedLines& lines : owner->details)
    shapes->details.push_back({lines.tolerance, lines.points, lines.begin});
  for (std::size_t i = 0; i < owner->layers.size() && i < level_count; ++i) {
    const Arcs::Layer& layer = owner->layers[i];
    shapes->levels[i] = {layer.refs, layer.ring_begin, layer.polygon_begin};
  }
  shapes->memory = std::move(owner);
  return shapes;
}

}  // namespace battlemap::geo
