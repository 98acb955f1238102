#include "geo/geometry.hpp"

#ifdef __linux__
#include <sys/mman.h>
#endif

#include <cmath>

#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

/// Reserves, and asks for large pages for what is not used yet: a hundred megabytes in small ones are 25,000 interrupts.
void reserve_large(std::vector<Point>& points, std::size_t count) {
  points.reserve(count);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t page = 4096, fewest_bytes = 4U << 20U;
  const auto begin = reinterpret_cast<std::uintptr_t>(points.data() + points.size());
  const auto end = reinterpret_cast<std::uintptr_t>(points.data() + count) / page * page;
  const std::uintptr_t from = (begin + page - 1) / page * page;
  if (from + fewest_bytes <= end)
    ::madvise(reinterpret_cast<void*>(from), end - from, MADV_HUGEPAGE);  // a hint; its failure changes nothing
#endif
}

}  // namespace

void PolygonSet::end_polygon() {
  Box box;
  for (std::size_t i = ring_begin[polygon_begin.back()]; i < points.size(); ++i) box.add(points[i]);
  boxes.push_back(box);
  polygon_begin.push_back(static_cast<std::uint32_t>(ring_count()));
}

void PolygonSet::append(const PolygonSet& from, std::size_t i) {
  const std::uint32_t first = from.polygon_begin[i];
  const std::uint32_t last = from.polygon_begin[i + 1];
  const auto shift = static_cast<std::uint32_t>(points.size()) - from.ring_begin[first];
  points.insert(points.end(), from.points.begin() + from.ring_begin[first],
                from.points.begin() + from.ring_begin[last]);
  for (std::uint32_t r = first; r < last; ++r) ring_begin.push_back(from.ring_begin[r + 1] + shift);
  polygon_begin.push_back(static_cast<std::uint32_t>(ring_count()));
  boxes.push_back(from.boxes[i]);
}

void PolygonSet::append_all(std::span<PolygonSet> sets) {
  std::size_t point_count = points.size(), rings = ring_begin.size(), polygons = polygon_begin.size();
  for (const PolygonSet& set : sets) point_count += set.points.size(), rings += set.ring_count(), polygons += set.size();
  const auto append_points = [&] {
    reserve_large(points, point_count);
    for (PolygonSet& set : sets) {
      points.insert(points.end(), set.points.begin(), set.points.end());
      std::vector<Point>().swap(set.points);  // its memory serves what comes next
    }
  };
  const auto append_rest = [&] {
    std::uint32_t point = ring_begin.back();
    ring_begin.reserve(rings), polygon_begin.reserve(polygons), boxes.reserve(polygons);
    for (const PolygonSet& set : sets) {
      const auto ring = static_cast<std::uint32_t>(ring_count());
      boxes.insert(boxes.end(), set.boxes.begin(), set.boxes.end());
      for (std::size_t r = 1; r < set.ring_begin.size(); ++r) ring_begin.push_back(point + set.ring_begin[r]);
      for (std::size_t p = 1; p < set.polygon_begin.size(); ++p) polygon_begin.push_back(ring + set.polygon_begin[p]);
      point += set.ring_begin.back();
    }
  };
  parallel_jobs(2, 0, [&](int job) { job == 0 ? append_points() : append_rest(); });
  for (PolygonSet& set : sets) set = {};
}

void PolygonSet::update_boxes() {
  constexpr std::size_t polygons_per_range = 4096;
  parallel_ranges(size(), polygons_per_range, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      boxes[i] = {};
      for (auto k = ring_begin[polygon_begin[i]]; k < ring_begin[polygon_begin[i + 1]]; ++k) boxes[i].add(points[k]);
    }
  });
}

Box PolygonSet::extent() const {
  Box all;
  for (const Box& box : boxes) all.add(box);
  return all;
}

double signed_area(std::span<const Point> ring) {
  if (ring.size() < 3) return 0;
  // Relative to the first point: projected coordinates are large, their products would lose digits.
  const Point origin = ring[0];
  double twice = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i)
    twice += (ring[i].x - origin.x) * (ring[i + 1].y - origin.y) -
             (ring[i + 1].x - origin.x) * (ring[i].y - origin.y);
  return twice / 2;
}

double polygon_area(const PolygonSet& set, std::size_t i) {
  double area = 0;
  for (std::uint32_t r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r)
    area += signed_area(set.ring(r));
  return area;
}

double polygon_perimeter(const PolygonSet& set, std::size_t i) {
  double length = 0;
  for (std::uint32_t r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r) {
    const auto ring = set.ring(r);
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const Point a = ring[k];
      const Point b = ring[k + 1 == ring.size() ? 0 : k + 1];
      length += std::hypot(b.x - a.x, b.y - a.y);
    }
  }
  return length;
}

Point rings_centroid(const PolygonSet& set, std::size_t first, std::size_t last) {
  if (first == last || set.ring(first).empty()) return {};
  // Moments about a point of its own: projected coordinates are large beside a village.
  const Point origin = set.ring(first)[0];
  double area = 0;
  Point moment;
  Box box;
  for (std::size_t r = first; r < last; ++r) {
    const auto ring = set.ring(r);
    for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
      const Point a{ring[before].x - origin.x, ring[before].y - origin.y};
      const Point b{ring[i].x - origin.x, ring[i].y - origin.y};
      const double wedge = (a.x * b.y - b.x * a.y) / 2;
      area += wedge;
      moment.x += wedge * (a.x + b.x) / 3, moment.y += wedge * (a.y + b.y) / 3;
      box.add(ring[i]);
    }
  }
  return area > 0 ? Point{origin.x + moment.x / area, origin.y + moment.y / area} : box.centre();
}

bool polygon_contains(const PolygonSet& set, std::size_t i, Point p) {
  if (!set.boxes[i].contains(p)) return false;
  bool inside = false;
  for (std::uint32_t r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r) {
    const auto ring = set.ring(r);
    if (ring.empty()) continue;
    for (std::size_t k = 0, last = ring.size() - 1; k < ring.size(); last = k++) {
      const Point a = ring[last];
      const Point b = ring[k];
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) inside = !inside;
    }
  }
  return inside;
}

}  // namespace battlemap::geo
