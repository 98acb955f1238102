#include "demo/village_links.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace battlemap::demo {
namespace {

struct Link {
  double length = 0;  ///< km, from heart through the gate to heart
  GridPoint gate;
  std::size_t a = 0, b = 0;
  bool operator<(const Link& o) const {
    return std::tie(length, a, b, gate) < std::tie(o.length, o.a, o.b, o.gate);
  }
};

double km_between(GridPoint a, GridPoint b) {
  const geo::Point p = to_km(a), q = to_km(b);
  return distance(p, q);
}

/// The best link of every two villages that share a vertex.
std::vector<Link> possible_links(std::span<const GridMultiPolygon> regions,
                                 std::span<const GridPoint> hearts) {
  std::vector<std::pair<GridPoint, std::size_t>> vertices;
  for (std::size_t v = 0; v < regions.size(); ++v)
    if (!regions[v].empty())
      for (const GridPoint p : largest_part(regions[v]).rings.front()) vertices.emplace_back(p, v);
  std::sort(vertices.begin(), vertices.end());
  std::map<std::pair<std::size_t, std::size_t>, Link> best;
  for (std::size_t i = 0; i < vertices.size(); ++i)
    for (std::size_t j = i + 1; j < vertices.size() && vertices[j].first == vertices[i].first; ++j) {
      const auto [gate, a] = vertices[i];
      const std::size_t b = vertices[j].second;
      const Link link{km_between(hearts[a], gate) + km_between(gate, hearts[b]), gate, a, b};
      const auto [found, added] = best.try_emplace({a, b}, link);
      if (!added && link < found->second) found->second = link;
    }
  std::vector<Link> links;
  for (const auto& [pair, link] : best) links.push_back(link);
  return links;
}

/// Trees of villages, merged link by link.
class Forest {
 public:
  explicit Forest(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  bool join(std::size_t a, std::size_t b) {
    a = root(a), b = root(b);
    parent_[a] = b;
    return a != b;
  }

 private:
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  std::vector<std::size_t> parent_;
};

}  // namespace

const GridPolygon& largest_part(const GridMultiPolygon& village) {
  return *std::max_element(village.begin(), village.end(), [](const auto& a, const auto& b) {
    return twice_area(a.rings.front()) < twice_area(b.rings.front());
  });
}

std::vector<std::vector<RoadGate>> link_villages(const ProvinceInput& input,
                                                 std::span<const GridMultiPolygon> regions,
                                                 std::span<const GridPoint> hearts) {
  std::vector<Link> links = possible_links(regions, hearts);
  std::sort(links.begin(), links.end());  // Kruskal 1956
  Forest forest(regions.size());
  std::vector<std::vector<RoadGate>> gates(regions.size());
  for (const Link& link : links) {
    if (!forest.join(link.a, link.b)) continue;
    const bool same_town =
        input.villages[link.a].code.substr(0, 9) == input.villages[link.b].code.substr(0, 9);
    const RoadKind kind = same_town ? RoadKind::township : RoadKind::county;
    gates[link.a].push_back({link.gate, kind}), gates[link.b].push_back({link.gate, kind});
  }
  return gates;
}

}  // namespace battlemap::demo
