#include "demo/regions.hpp"

#include <algorithm>
#include <unordered_map>

namespace battlemap::demo {
namespace {

using Ring = std::vector<std::int32_t>;  ///< vertices

class BorderWalk {
 public:
  BorderWalk(const Triangulation& mesh, std::span<const std::int32_t> labels)
      : mesh_(mesh), labels_(labels), seen_(labels.size() * 3) {}

  /// Visits every closed border once, with its label's interior on the left.
  template <class Visit>
  void each(Visit visit) {
    for (std::size_t t = 0; t < labels_.size(); ++t)
      for (std::size_t side = 0; side < 3; ++side)
        if (labels_[t] >= 0 && is_border(t, side) && !seen_[3 * t + side]) visit(labels_[t], follow(t, side));
  }

 private:
  bool is_border(std::size_t t, std::size_t side) const {
    const std::int32_t o = mesh_.triangles()[t].n[side];
    return o < 0 || labels_[static_cast<std::size_t>(o)] != labels_[t];
  }
  Ring follow(std::size_t t, std::size_t side) {
    Ring ring;
    while (!seen_[3 * t + side]) {
      seen_[3 * t + side] = true;
      ring.push_back(mesh_.triangles()[t].v[(side + 1) % 3]);
      // Turn about the edge's end through the region's own triangles to the next border edge.
      side = (side + 1) % 3;
      while (!is_border(t, side)) {
        const auto o = static_cast<std::size_t>(mesh_.triangles()[t].n[side]);
        const auto& n = mesh_.triangles()[o].n;
        const std::size_t back = n[0] == static_cast<std::int32_t>(t)   ? 0
                                 : n[1] == static_cast<std::int32_t>(t) ? 1
                                                                        : 2;
        t = o, side = (back + 1) % 3;
      }
    }
    return ring;
  }
  const Triangulation& mesh_;
  std::span<const std::int32_t> labels_;
  std::vector<bool> seen_;
};

/// Cuts a closed walk at every vertex that it passes twice.
std::vector<Ring> simple_rings(const Ring& walk) {
  std::vector<Ring> rings;
  Ring open;
  std::unordered_map<std::int32_t, std::size_t> at;
  for (const std::int32_t v : walk) {
    if (const auto found = at.find(v); found != at.end()) {
      rings.emplace_back(open.begin() + static_cast<std::ptrdiff_t>(found->second), open.end());
      for (std::size_t i = found->second + 1; i < open.size(); ++i) at.erase(open[i]);
      open.resize(found->second + 1);
    } else {
      at[v] = open.size();
      open.push_back(v);
    }
  }
  rings.push_back(std::move(open));
  return rings;
}

std::vector<GridPoint> points_of(const Triangulation& mesh, const Ring& ring) {
  // From the lowest vertex: the order does not depend on where the walk began.
  std::vector<GridPoint> points;
  for (const std::int32_t v : ring) points.push_back(mesh.points()[static_cast<std::size_t>(v)]);
  std::rotate(points.begin(), std::min_element(points.begin(), points.end()), points.end());
  return points;
}

/// Even-odd; `p` may lie on a vertex of the ring only when the two touch there, then another point decides.
int side_of_ring(GridPoint p, const std::vector<GridPoint>& ring) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    if (ring[i] == p) return 0;
    if ((ring[i].y > p.y) == (ring[j].y > p.y)) continue;
    const std::int64_t turn = orientation(ring[j], ring[i], p);
    if ((ring[i].y > ring[j].y) == (turn > 0)) inside = !inside;
  }
  return inside ? 1 : -1;
}

bool holds(const std::vector<GridPoint>& exterior, const std::vector<GridPoint>& hole) {
  for (const GridPoint p : hole)
    if (const int side = side_of_ring(p, exterior); side != 0) return side > 0;
  return false;
}

GridMultiPolygon assemble(std::vector<std::vector<GridPoint>> rings) {
  std::sort(rings.begin(), rings.end(), [](const auto& a, const auto& b) {
    const std::int64_t p = twice_area(a), q = twice_area(b);
    return p != q ? p > q : a.front() < b.front();
  });
  GridMultiPolygon polygons;
  for (auto& ring : rings) {
    if (twice_area(ring) > 0) {
      polygons.push_back({{std::move(ring)}});
      continue;
    }
    // The smallest exterior around it; they are sorted by falling area.
    const auto owner = std::find_if(polygons.rbegin(), polygons.rend(),
                                    [&](const GridPolygon& p) { return holds(p.rings.front(), ring); });
    if (owner != polygons.rend()) owner->rings.push_back(std::move(ring));
  }
  return polygons;
}

}  // namespace

std::vector<GridMultiPolygon> regions_of(const Triangulation& mesh,
                                         std::span<const std::int32_t> label_of_triangle, std::size_t count) {
  std::vector<std::vector<std::vector<GridPoint>>> rings(count);
  BorderWalk(mesh, label_of_triangle).each([&](std::int32_t label, const Ring& walk) {
    for (const Ring& ring : simple_rings(walk))
      rings[static_cast<std::size_t>(label)].push_back(points_of(mesh, ring));
  });
  std::vector<GridMultiPolygon> regions;
  for (auto& list : rings) regions.push_back(assemble(std::move(list)));
  return regions;
}

void flood_labels(const Triangulation& mesh, std::span<std::int32_t> labels) {
  std::vector<std::size_t> open;
  for (std::size_t t = 0; t < labels.size(); ++t)
    if (labels[t] != -2) open.push_back(t);
  while (!open.empty()) {
    const std::size_t t = open.back();
    open.pop_back();
    const auto& triangle = mesh.triangles()[t];
    for (std::size_t side = 0; side < 3; ++side) {
      const std::int32_t o = triangle.n[side];
      if (o < 0 || triangle.fixed[side] || labels[static_cast<std::size_t>(o)] != -2) continue;
      labels[static_cast<std::size_t>(o)] = labels[t];
      open.push_back(static_cast<std::size_t>(o));
    }
  }
}

}  // namespace battlemap::demo
