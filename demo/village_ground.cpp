#include "demo/village_ground.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "demo/random.hpp"
#include "demo/village_links.hpp"

namespace battlemap::demo {
namespace {

void add_ring(geo::PolygonSet& set, const LocalPlane& plane, std::span<const GridPoint> ring) {
  for (const GridPoint p : ring) set.add_point(plane.to_metres(p));
  set.end_ring();
}

/// Share of a village's area that must be land for anyone to live between its lakes.
constexpr double least_land = 0.08;

double squared_distance(geo::Point p, geo::Point a, geo::Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double along = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  const double ex = p.x - a.x - along * dx, ey = p.y - a.y - along * dy;
  return ex * ex + ey * ey;
}

geo::Box box_of(const LocalPlane& plane, std::span<const GridPoint> points) {
  geo::Box box;
  for (const GridPoint p : points) box.add(plane.to_metres(p));
  return box;
}

}  // namespace

LocalPlane::LocalPlane(GridPoint origin)
    : origin_(origin),
      metres_per_x_(metres_per_step_y * std::cos(to_lon_lat(origin).y * std::numbers::pi / 180)) {}

geo::Point LocalPlane::to_metres(GridPoint p) const {
  return {(std::int64_t{p.x} - origin_.x) * metres_per_x_,
          static_cast<double>(std::int64_t{p.y} - origin_.y) * metres_per_step_y};
}

GridPoint LocalPlane::to_grid(geo::Point metres) const {
  return {origin_.x + static_cast<std::int32_t>(std::lround(metres.x / metres_per_x_)),
          origin_.y + static_cast<std::int32_t>(std::lround(metres.y / metres_per_step_y))};
}

VillageGround::VillageGround(const GridMultiPolygon& village, GridPoint heart, const Waters& waters,
                             std::uint64_t seed)
    : plane_(heart), seed_(seed) {
  for (const auto& ring : largest_part(village).rings) add_ring(land_, plane_, ring);
  land_.end_polygon();
  radius_ = std::sqrt(geo::polygon_area(land_, 0) / std::numbers::pi);
  valley_width_ = std::clamp(1.1 * radius_, 900.0, 9000.0);
  add_lakes(waters), add_rivers(waters);
  if (land_.size() > 1 && share_of_land() < least_land) drop_lakes();
}

/// Of a lattice of points over the village, how many are in no lake.
double VillageGround::share_of_land() const {
  constexpr int side = 24;
  int inside = 0, land = 0;
  for (int row = 0; row < side; ++row)
    for (int column = 0; column < side; ++column) {
      const geo::Point p{box().min_x + (column + 0.5) / side * box().width(),
                         box().min_y + (row + 0.5) / side * box().height()};
      if (!geo::polygon_contains(land_, 0, p)) continue;
      ++inside, land += is_land(p) ? 1 : 0;
    }
  return inside == 0 ? 1 : static_cast<double>(land) / inside;
}

void VillageGround::drop_lakes() {
  geo::PolygonSet village;
  village.append(land_, 0);
  land_ = std::move(village);
}

void VillageGround::add_lakes(const Waters& waters) {
  for (const auto& lake : waters.lakes) {
    if (!box().intersects(box_of(plane_, lake))) continue;
    add_ring(land_, plane_, lake);
    land_.end_polygon();
  }
}

void VillageGround::add_rivers(const Waters& waters) {
  geo::Box near = box();
  near.add(geo::Point{near.min_x - radius_, near.min_y - radius_});
  near.add(geo::Point{near.max_x + radius_, near.max_y + radius_});
  for (const auto& river : waters.rivers)
    for (std::size_t i = 0; i + 1 < river.size(); ++i) {
      const geo::Point a = plane_.to_metres(river[i]), b = plane_.to_metres(river[i + 1]);
      geo::Box box;
      box.add(a), box.add(b);
      if (near.intersects(box)) banks_.emplace_back(a, b);
    }
}

bool VillageGround::is_land(geo::Point p) const {
  if (!geo::polygon_contains(land_, 0, p)) return false;
  for (std::size_t lake = 1; lake < land_.size(); ++lake)
    if (geo::polygon_contains(land_, lake, p)) return false;
  return true;
}

double VillageGround::clearance(geo::Point p) const {
  if (!is_land(p)) return -1;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t r = 0; r < land_.ring_count(); ++r) {
    const auto ring = land_.ring(r);
    for (std::size_t i = 0; i < ring.size(); ++i)
      least = std::min(least, squared_distance(p, ring[i], ring[(i + 1) % ring.size()]));
  }
  return std::sqrt(least);
}

double VillageGround::wildness(geo::Point p) const {
  // Valleys are where a smooth surface changes its sign: winding lines that branch and never end.
  const geo::Point km = to_km(plane_.to_grid(p));
  const double scale = valley_width_ / 1000;
  double wild = std::min(1.0, 3.2 * std::abs(fractal_noise(seed_, km.x / scale, km.y / scale, 2)));
  for (const auto& [a, b] : banks_) {
    // The water itself is no place to live; its banks are.
    const double away = std::abs(std::sqrt(squared_distance(p, a, b)) - 150) / (0.35 * radius_);
    wild = std::min(wild, away);
  }
  return wild;
}

}  // namespace battlemap::demo
