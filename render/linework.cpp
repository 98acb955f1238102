#include <algorithm>
#include <cmath>

#include "render/parts.hpp"
#include "render/pixel_outline.hpp"

namespace battlemap::render {
namespace {

constexpr float simplify_px = 0.4F;  // no simplified line leaves its original by more
constexpr double river_units = 1.3;
constexpr double named_lake_units = 46;  // a lake's name needs this much water to stand in

float distance_to_line(Vec2 p, Vec2 a, Vec2 b) {
  const float dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
  if (length == 0) return std::hypot(p.x - a.x, p.y - a.y);
  return std::abs(dy * (p.x - a.x) - dx * (p.y - a.y)) / length;
}

/// Douglas and Peucker (1973), without recursion: a river may have 100,000 points.
std::vector<Vec2> simplify(const std::vector<Vec2>& points, float tolerance) {
  if (points.size() < 3) return points;
  std::vector<bool> keep(points.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> spans{{0, points.size() - 1}};
  while (!spans.empty()) {
    const auto [first, last] = spans.back();
    spans.pop_back();
    std::size_t farthest = first;
    float most = tolerance;
    for (std::size_t i = first + 1; i < last; ++i) {
      const float d = distance_to_line(points[i], points[first], points[last]);
      if (d > most) most = d, farthest = i;
    }
    if (farthest == first) continue;
    keep[farthest] = true;
    spans.emplace_back(first, farthest), spans.emplace_back(farthest, last);
  }
  std::vector<Vec2> out;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (keep[i]) out.push_back(points[i]);
  return out;
}

/// Liang and Barsky (1984). False when the segment misses the box.
bool clip_segment(geo::Point& a, geo::Point& b, const geo::Box& box) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  double t0 = 0, t1 = 1;
  const auto edge = [&](double p, double q) {
    if (p == 0) return q >= 0;
    const double t = q / p;
    if (p < 0)
      t0 = std::max(t0, t);
    else
      t1 = std::min(t1, t);
    return t0 <= t1;
  };
  if (!edge(-dx, a.x - box.min_x) || !edge(dx, box.max_x - a.x) || !edge(-dy, a.y - box.min_y) ||
      !edge(dy, box.max_y - a.y))
    return false;
  const geo::Point from = a;
  a = {from.x + t0 * dx, from.y + t0 * dy};
  b = {from.x + t1 * dx, from.y + t1 * dy};
  return true;
}

/// The parts of a line inside the box.
std::vector<std::vector<geo::Point>> clip_line(std::span<const geo::Point> line, const geo::Box& box) {
  std::vector<std::vector<geo::Point>> parts;
  bool joined = false;  // the last part ends at the point the next segment starts from
  for (std::size_t i = 1; i < line.size(); ++i) {
    geo::Point a = line[i - 1], b = line[i];
    if (!clip_segment(a, b, box)) {
      joined = false;
      continue;
    }
    if (!joined) parts.push_back({a});
    parts.back().push_back(b);
    joined = b == line[i];
  }
  return parts;
}

std::vector<Vec2> to_pixels(const View& view, const std::vector<geo::Point>& points) {
  std::vector<Vec2> out;
  for (const geo::Point p : points) out.push_back(view.to_pixel(p));
  return out;
}

/// Outlines of the coarsest coverage: the land this project knows.
std::vector<PixelOutline> land_outlines(const Scene& scene) {
  std::vector<PixelOutline> outlines;
  for (const geo::Level level : geo::all_levels) {
    const geo::Coverage& coverage = scene.atlas.dataset.coverage(level);
    for (std::size_t i = 0; i < coverage.size(); ++i)
      outlines.emplace_back(coverage.outlines(), i, scene.view, 1.0F);
    if (!outlines.empty()) break;
  }
  return outlines;
}

/// The stretches of a river on that land: elsewhere the sheet is empty, and a line would lead nowhere.
std::vector<std::vector<Vec2>> on_land(const std::vector<Vec2>& line, const std::vector<PixelOutline>& land) {
  std::vector<std::vector<Vec2>> parts;
  bool joined = false;
  for (const Vec2 p : line) {
    const bool inside =
        std::any_of(land.begin(), land.end(), [&](const PixelOutline& o) { return o.contains(p); });
    if (inside && !joined) parts.emplace_back();
    if (inside) parts.back().push_back(p);
    joined = inside;
  }
  std::erase_if(parts, [](const auto& part) { return part.size() < 2; });
  return parts;
}

}  // namespace

std::vector<std::vector<Vec2>> visible_lines(const Scene& scene, std::span<const geo::Point> line) {
  geo::Box box = scene.view.extent(), own;
  for (const geo::Point p : line) own.add(p);
  if (!box.intersects(own)) return {};
  const double beyond = scene.layout.px(4) * scene.view.metres_per_pixel;
  box.min_x -= beyond, box.min_y -= beyond, box.max_x += beyond, box.max_y += beyond;
  std::vector<std::vector<Vec2>> parts;
  for (const auto& part : clip_line(line, box))
    parts.push_back(simplify(to_pixels(scene.view, part), simplify_px));
  std::erase_if(parts, [](const auto& part) { return part.size() < 2; });
  return parts;
}

void add_rivers(const Scene& scene, Layer& layer) {
  const geo::LineSet& rivers = scene.atlas.dataset.rivers;
  std::vector<PixelOutline> land;  // made when a river comes into view: a province's outline is long
  for (std::size_t i = 0; i < rivers.size(); ++i)
    for (const auto& part : visible_lines(scene, rivers.line(i))) {
      if (land.empty()) land = land_outlines(scene);
      for (auto& stretch : on_land(part, land))
        layer.items.emplace_back(
            LineItem{std::move(stretch), scene.layout.px(river_units), scene.theme.river});
    }
}

void add_lake_names(const Scene& scene, const TextEngine& text, FreeSpace& space, Layer& layer) {
  const geo::Dataset& data = scene.atlas.dataset;
  const geo::Box extent = scene.view.extent();
  TextStyle style =
      type_style(scene, 14, scene.theme.dark ? Colour{0x9C, 0xC9, 0xE8} : Colour{0x1F, 0x5C, 0x80});
  style.halo = scene.theme.water, style.halo_width = scene.layout.px(1.5);
  for (std::size_t i = 0; i < data.lakes.size() && i < data.lake_names.size(); ++i) {
    const geo::Box& box = data.lakes.boxes[i];
    if (data.lake_names[i].empty() || !extent.intersects(box)) continue;
    if (box.width() / scene.view.metres_per_pixel < scene.layout.px(named_lake_units)) continue;
    const geo::Point pole = geo::pole_of_inaccessibility(data.lakes, i, scene.view.metres_per_pixel * 2);
    const TextBlock block = make_block(text, {{data.lake_names[i], style}});
    const Rect at = block_box(block, scene.view.to_pixel(pole));
    if (!space.is_free(at)) continue;
    space.take(at);
    add_block(layer, block, scene.view.to_pixel(pole));
  }
}

}  // namespace battlemap::render
