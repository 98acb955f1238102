#include "demo/county_mesh.hpp"

#include <algorithm>

#include "demo/regions.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

constexpr std::int32_t unknown = -2;

struct Corners {
  GridPoint low{INT32_MAX, INT32_MAX}, high{INT32_MIN, INT32_MIN};
  void add(GridPoint p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
};

Corners corners_of(const CountyCoverage& coverage) {
  Corners box;
  for (const auto& segment : coverage.segments) box.add(segment.from), box.add(segment.to);
  constexpr std::int32_t margin = 2'000'000;  // 0.2 degrees
  return {{box.low.x - margin, box.low.y - margin}, {box.high.x + margin, box.high.y + margin}};
}

bool strictly_inside(GridPoint p, GridPoint low, GridPoint high) {
  return p.x > low.x && p.y > low.y && p.x < high.x && p.y < high.y;
}

void mark(std::vector<std::int32_t>& county, std::int32_t triangle, int label) {
  if (triangle >= 0) county[static_cast<std::size_t>(triangle)] = label;
}

/// Constrains the borders and spreads the labels of their two sides.
void label_counties(const CountyCoverage& coverage, std::span<const std::int32_t> ends, CountyMesh& out) {
  for (std::size_t i = 0; i < coverage.segments.size(); ++i) out.mesh.constrain(ends[2 * i], ends[2 * i + 1]);
  out.county.assign(out.mesh.triangles().size(), unknown);
  for (std::size_t i = 0; i < coverage.segments.size(); ++i) {
    mark(out.county, out.mesh.left_of(ends[2 * i], ends[2 * i + 1]), coverage.segments[i].left);
    mark(out.county, out.mesh.left_of(ends[2 * i + 1], ends[2 * i]), coverage.segments[i].right);
  }
  flood_labels(out.mesh, out.county);
  std::replace(out.county.begin(), out.county.end(), unknown, -1);
}

}  // namespace

CountyMesh mesh_counties(const CountyCoverage& coverage, std::span<const GridPoint> points) {
  const Corners box = corners_of(coverage);
  CountyMesh out{Triangulation(box.low, box.high), {}, {}};
  std::vector<GridPoint> all;
  for (const auto& segment : coverage.segments) all.push_back(segment.from), all.push_back(segment.to);
  const std::size_t border_points = all.size();
  for (const GridPoint p : points) all.push_back(strictly_inside(p, box.low, box.high) ? p : all.front());
  const std::vector<std::int32_t> vertices = out.mesh.insert(all);
  out.vertex_of_point.assign(vertices.begin() + static_cast<std::ptrdiff_t>(border_points), vertices.end());
  label_counties(coverage, std::span(vertices).first(border_points), out);
  return out;
}

CountySampler::CountySampler(const CountyMesh& mesh, int county) : mesh_(mesh) {
  double sum = 0;
  for (std::size_t t = 0; t < mesh.county.size(); ++t) {
    if (mesh.county[t] != county) continue;
    const auto& v = mesh.mesh.triangles()[t].v;
    const auto& p = mesh.mesh.points();
    sum +=
        static_cast<double>(orientation(p[static_cast<std::size_t>(v[0])], p[static_cast<std::size_t>(v[1])],
                                        p[static_cast<std::size_t>(v[2])])) /
        2 * metres_per_step_x * metres_per_step_y / 1e6;
    triangles_.push_back(t), cumulative_.push_back(sum);
  }
  if (triangles_.empty()) geo::fail("a county has no area");
}

GridPoint CountySampler::at(double triangle, double u, double v) const {
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), triangle * cumulative_.back());
  const auto index =
      std::min<std::size_t>(static_cast<std::size_t>(found - cumulative_.begin()), triangles_.size() - 1);
  const auto& corner = mesh_.mesh.triangles()[triangles_[index]].v;
  const auto at = [&](std::size_t i) { return mesh_.mesh.points()[static_cast<std::size_t>(corner[i])]; };
  if (u + v > 1) u = 1 - u, v = 1 - v;
  const GridPoint a = at(0), b = at(1), c = at(2);
  return {a.x + static_cast<std::int32_t>(u * (b.x - a.x) + v * (c.x - a.x)),
          a.y + static_cast<std::int32_t>(u * (b.y - a.y) + v * (c.y - a.y))};
}

}  // namespace battlemap::demo
