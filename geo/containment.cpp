#include "geo/containment.hpp"

#include <cmath>
#include <mutex>

#include "geo/join.hpp"
#include "geo/parallel.hpp"
#include "geo/problem_log.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t many_divisions = 20000;
constexpr double near_share = 0.01;  ///< of the division's size

double distance_to_segment(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double length2 = dx * dx + dy * dy;
  const double t = length2 == 0 ? 0 : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0);
  return distance(p, {a.x + t * dx, a.y + t * dy});
}

bool is_near_outline(const PolygonSet& set, std::size_t i, Point p, double limit) {
  for (std::uint32_t r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r) {
    const auto ring = set.ring(r);
    for (std::size_t k = 0; k < ring.size(); ++k)
      if (distance_to_segment(p, ring[k], ring[k + 1 == ring.size() ? 0 : k + 1]) <= limit) return true;
  }
  return false;
}

/// Whether some of the places looked at on the outline of `child` lie clearly outside `parent`.
bool may_lie_outside(const PolygonSet& children, std::size_t child, const PolygonSet& parents,
                     std::size_t parent) {
  const std::size_t samples = children.size() > many_divisions ? 6 : 16;
  const std::uint32_t first = children.ring_begin[children.polygon_begin[child]];
  const std::size_t count = children.ring_begin[children.polygon_begin[child + 1]] - first;
  const double limit = near_share * std::sqrt(std::abs(polygon_area(children, child)));
  for (std::size_t k = 0; k < std::min(samples, count); ++k) {
    const Point p = children.points[first + k * count / std::min(samples, count)];
    if (!polygon_contains(parents, parent, p) && !is_near_outline(parents, parent, p, limit)) return true;
  }
  return false;
}

/// The share of points of a grid within `child` that do not lie in `parent`.
double share_outside(const PolygonSet& children, std::size_t child, const PolygonSet& parents,
                     std::size_t parent) {
  constexpr int steps = 40;
  const Box& box = children.boxes[child];
  int inside = 0, outside = 0;
  for (int i = 0; i < steps; ++i)
    for (int k = 0; k < steps; ++k) {
      const Point p{box.min_x + (i + 0.5) * box.width() / steps,
                    box.min_y + (k + 0.5) * box.height() / steps};
      if (!polygon_contains(children, child, p)) continue;
      polygon_contains(parents, parent, p) ? ++inside : ++outside;
    }
  return inside + outside == 0 ? 0 : static_cast<double>(outside) / (inside + outside);
}

}  // namespace

void report_outside_parents(const DivisionTree& tree, const LevelPolygons& polygons, Problems& problems) {
  ProblemLog log(problems, "", problems_per_kind);
  for (std::size_t l = 1; l < level_count; ++l) {
    const PolygonSet &parents = polygons[l - 1], &children = polygons[l];
    const auto divisions = tree.at(static_cast<Level>(l));
    if (parents.ring_count() == 0 || children.ring_count() == 0) continue;
    std::vector<float> outside(divisions.size(), 0);
    parallel_ranges(divisions.size(), 64, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        const std::size_t parent = divisions[i].parent;
        if (has_rings(children, i) && has_rings(parents, parent) &&
            may_lie_outside(children, i, parents, parent))
          outside[i] = static_cast<float>(share_outside(children, i, parents, parent));
      }
    });
    for (std::size_t i = 0; i < divisions.size(); ++i) {
      if (outside[i] <= outside_tolerance) continue;
      const Division& parent = tree.at(static_cast<Level>(l - 1))[divisions[i].parent];
      log.add("outside_parent", 0, divisions[i].code.text(),
              fmt::format("{:.0f} % of the land of {} lies outside {} {}, to which its code says it belongs; "
                          "is one of the "
                          "boundaries shifted (datum, proj)?",
                          outside[i] * 100, divisions[i].name, parent.code.text(), parent.name));
    }
  }
}

}  // namespace battlemap::geo
