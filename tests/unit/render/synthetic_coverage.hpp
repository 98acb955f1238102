#pragma once
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "geo/arc_details.hpp"
#include "render/map_layer.hpp"

namespace battlemap::render::testing {

/// A coverage of villages moved onto a grid, with its outlines as shared arcs, too.
inline std::shared_ptr<geo::Coverage> with_arcs(std::shared_ptr<geo::Coverage> coverage) {
  const geo::Grid grid = geo::grid_for(coverage->polygons.extent());
  geo::snap_to_grid(coverage->polygons.points, grid);
  coverage->polygons.update_boxes();
  const geo::PolygonSet none;
  coverage->arcs = geo::make_arc_shapes({&none, &none, &none, &none, &coverage->polygons}, grid);
  coverage->arc_boxes = coverage->polygons.boxes;
  return coverage;
}

/// Repeatable noise in [-1, 1) from whole numbers.
inline double noise(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t h = a * 0x9E3779B97F4A7C15ULL ^ b * 0xC2B2AE3D27D4EB4FULL ^ c * 0x165667B19E3779F9ULL;
  h ^= h >> 31, h *= 0xBF58476D1CE4E5B9ULL, h ^= h >> 29, h *= 0x94D049BB133111EBULL, h ^= h >> 32;
  return static_cast<double>(h >> 11) / 4503599627370496.0 - 1.0;
}

/// A jittered grid of `columns` x `rows` cells over [0, 1000 columns) x [0, 1000 rows) metres: neighbours
/// share crooked edges of `vertices_per_edge` points exactly. Villages in townships of 4 x 4, counties of 16
/// x 16, prefectures of 64 x 64 cells, one province.
class JitteredGrid {
 public:
  JitteredGrid(int columns, int rows, int vertices_per_edge, double jitter = 0.2)
      : columns_(columns), rows_(rows), per_edge_(vertices_per_edge), jitter_(jitter) {}

  std::shared_ptr<geo::Coverage> coverage() const {
    auto out = std::make_shared<geo::Coverage>();
    out->level = geo::Level::village;
    for (int r = 0; r < rows_; ++r)
      for (int c = 0; c < columns_; ++c) add_cell(*out, c, r);
    return out;
  }

 private:
  geo::Point corner(int c, int r) const {
    const bool rim = c == 0 || r == 0 || c == columns_ || r == rows_;
    const double j = rim ? 0 : jitter_ * 1000;
    return {c * 1000.0 + j * noise(c, r, 1), r * 1000.0 + j * noise(c, r, 2)};
  }
  /// Appends the edge from a to b without b; the points depend on the edge, not on its direction.
  void add_edge(std::vector<geo::Point>& ring, int c, int r, bool horizontal, bool forward) const {
    const auto a = corner(c, r), b = horizontal ? corner(c + 1, r) : corner(c, r + 1);
    std::vector<geo::Point> line{a};
    for (int k = 1; k < per_edge_; ++k) {
      const double t = static_cast<double>(k) / per_edge_, swing = 600 * jitter_ * std::min(t, 1 - t);
      const auto key = static_cast<std::uint64_t>(k) * 2 + horizontal;
      line.push_back({a.x + (b.x - a.x) * t + swing * noise(c, r, key + 10),
                      a.y + (b.y - a.y) * t + swing * noise(c, r, key + 1000)});
    }
    line.push_back(b);
    if (forward)
      ring.insert(ring.end(), line.begin(), line.end() - 1);
    else
      ring.insert(ring.end(), line.rbegin(), line.rend() - 1);
  }
  void add_cell(geo::Coverage& out, int c, int r) const {
    std::vector<geo::Point> ring;
    add_edge(ring, c, r, true, true);
    add_edge(ring, c + 1, r, false, true);
    add_edge(ring, c, r + 1, true, false);
    add_edge(ring, c, r, false, false);
    add_polygon(out.polygons, ring);
    const auto index = static_cast<std::uint32_t>(out.cells.size());
    out.cells.push_back({geo::Level::village, index});
    const auto block = [&](int n) {
      return static_cast<std::uint32_t>((r / n) * ((columns_ + n - 1) / n) + c / n);
    };
    out.ancestry.push_back({0, block(64), block(16), block(4), index});
  }

 public:
  static void add_polygon(geo::PolygonSet& set, const std::vector<geo::Point>& ring) {
    geo::Box box;
    for (const auto& p : ring) set.points.push_back(p), box.add(p);
    set.ring_begin.push_back(static_cast<std::uint32_t>(set.points.size()));
    set.polygon_begin.push_back(static_cast<std::uint32_t>(set.ring_begin.size() - 1));
    set.boxes.push_back(box);
  }

 private:
  int columns_, rows_, per_edge_;
  double jitter_;
};

/// The whole grid in a frame of width x height pixels, slightly larger than the grid on every side when
/// `zoom` is below 1. Plausible colours and outlines.
inline MapLayer map_of(std::shared_ptr<const geo::Coverage> coverage, int columns, int rows, int width,
                       int height, double zoom = 0.9) {
  MapLayer map;
  map.view.centre = {columns * 500.0, rows * 500.0};
  map.view.frame = {0, 0, static_cast<float>(width), static_cast<float>(height)};
  map.view.metres_per_pixel = std::max(columns * 1000.0 / width, rows * 1000.0 / height) / zoom;
  auto& style = map.style;
  const Colour ramp[] = {{254, 240, 217}, {253, 204, 138}, {252, 141, 89}, {227, 74, 51}, {179, 0, 0}};
  for (std::uint32_t i = 0; i < coverage->size(); ++i)
    style.fill.push_back(ramp[static_cast<int>((noise(i, 0, 5) + 1) * 2.4999)]);
  style.flags.assign(coverage->size(), 0);
  style.ground = {255, 255, 255};
  style.water = {207, 227, 238};
  style.hatch = {150, 150, 150};
  style.accent = {180, 56, 31};
  style.hover = {255, 255, 255, 90};
  style.outside_colour = {30, 35, 40};
  style.outline_width = {2.5F, 1.6F, 0.9F, 0.5F, 0.25F};
  style.outline_colour.fill({60, 60, 66});
  map.coverage = std::move(coverage);
  return map;
}

}  // namespace battlemap::render::testing
