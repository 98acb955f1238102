#include <algorithm>
#include <cmath>

#include "geo/coverage.hpp"
#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double px_per_mm = 96 / 25.4;  // map files give mm on the reference sheet (1920 x 1080 at 96 dpi)
constexpr double crowding = 2.4;         // largest radius over the typical cell's inner radius
constexpr float least_largest = 9;       // design units

/// The map's largest radius, less where cells are so small that circles would bury one another.
float largest_radius(const Scene& scene) {
  const float wanted = scene.layout.px(scene.map.circles->max_radius_mm * px_per_mm);
  const float typical = typical_radius(scene, scene.level);
  if (typical <= 0) return wanted;
  return std::min(wanted, std::max(static_cast<float>(crowding) * typical, scene.layout.px(least_largest)));
}

}  // namespace

double largest_circle_value(const Scene& scene) {
  double largest = 0;
  for (const int year : map_years(scene.atlas, scene.map)) {
    const CellValues values(scene.atlas, scene.map.circles->indicator, year);
    for (std::uint32_t cell = 0; cell < scene.coverage().size(); ++cell)
      if (scene.inside(cell) && values[scene.coverage().cells[cell]].has_value())
        largest = std::max(largest, std::abs(values[scene.coverage().cells[cell]].value));
  }
  return largest;
}

float circle_radius(const Scene& scene, double value) {
  const double largest = largest_circle_value(scene);
  return largest > 0 ? largest_radius(scene) * static_cast<float>(std::sqrt(std::abs(value) / largest))
                     : 0.0F;
}

Colour circle_colour(const Scene& scene) {
  const auto& indicator = scene.atlas.dataset.statistics.indicator(scene.map.circles->indicator);
  return indicator.direction == geo::Direction::higher_better ? scene.theme.good : scene.theme.accent;
}

std::vector<Circle> make_circles(const Scene& scene) {
  std::vector<Circle> circles;
  if (!scene.map.circles) return circles;
  const CellValues values(scene.atlas, scene.map.circles->indicator, scene.year);
  const double largest = largest_circle_value(scene);
  if (largest <= 0) return circles;
  const float radius = largest_radius(scene);
  geo::find_anchors(scene.coverage());
  for (std::uint32_t cell = 0; cell < scene.coverage().size(); ++cell) {
    const geo::Value& value = values[scene.coverage().cells[cell]];
    if (!scene.inside(cell) || !value.has_value() || value.value == 0) continue;
    const float r = radius * static_cast<float>(std::sqrt(std::abs(value.value) / largest));
    circles.push_back({cell, scene.view.to_pixel(scene.coverage().anchor(cell).at), r, value.value});
  }
  std::stable_sort(circles.begin(), circles.end(),
                   [](const Circle& a, const Circle& b) { return a.radius > b.radius; });
  return circles;
}

void add_circles(const Scene& scene, const std::vector<Circle>& circles, Layer& layer) {
  if (circles.empty()) return;
  const Colour fill = circle_colour(scene);
  const Colour stroke = scene.theme.dark ? scene.theme.ground : Colour{255, 255, 255};
  for (const Circle& c : circles) {
    if (!Rect{c.centre.x - c.radius, c.centre.y - c.radius, 2 * c.radius, 2 * c.radius}.overlaps(
            scene.view.frame))
      continue;
    const float width = std::min(scene.layout.px(1.2), c.radius * 0.3F);
    layer.items.emplace_back(
        CircleItem{c.centre, c.radius, with_alpha(fill, 0.72), with_alpha(stroke, 0.9), width});
  }
}

}  // namespace battlemap::render
