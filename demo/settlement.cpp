#include "demo/settlement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "demo/random.hpp"
#include "demo/terrain_grid.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

constexpr double border_margin = 12;  ///< metres; twice this is more than households' least distance
/// Metres; a little more than the least distance, for the grid and for maps in another projection.
constexpr double tightest = 1.02 * least_household_distance;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

geo::Point between(geo::Point a, geo::Point b, double share) {
  return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

/// A road in metres, and how far along it each point is.
struct Road {
  std::vector<geo::Point> points;
  double length() const {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) sum += distance(points[i], points[i + 1]);
    return sum;
  }
  /// The point `metres` before the road's end (or its beginning), and the direction there.
  std::pair<geo::Point, geo::Point> from_end(double metres) const {
    for (std::size_t i = points.size() - 1; i > 0; --i) {
      const double step = distance(points[i], points[i - 1]);
      if (metres <= step || i == 1) {
        const geo::Point at = between(points[i], points[i - 1], step > 0 ? std::min(metres / step, 1.0) : 0);
        const double scale = step > 0 ? 1 / step : 0;
        return {at, {(points[i - 1].x - points[i].x) * scale, (points[i - 1].y - points[i].y) * scale}};
      }
      metres -= step;
    }
    return {points.front(), {1, 0}};
  }
};

class Settler {
 public:
  Settler(const VillageGround& ground, const SettlementPlan& plan, std::uint64_t seed)
      : ground_(ground),
        plan_(plan),
        grid_(ground, hash_of(seed, 1)),
        random_(hash_of(seed, 2)),
        spacing_(std::clamp(0.03 * ground.radius(), 22.0, 700.0)) {}

  Settlement run() {
    place_seat(), place_groups(), build_gate_roads(), build_group_roads();
    for (std::size_t k = 0; k < plan_.facilities; ++k)
      out_.facilities.push_back(to_grid(place_public(k, 1.9)));
    for (std::size_t k = 0; k < plan_.projects; ++k)
      out_.projects.push_back(to_grid(place_public(k + 1, 3.2)));
    for (std::size_t g = 0; g < plan_.households.size(); ++g) place_households(g);
    return std::move(out_);
  }

 private:
  GridPoint to_grid(geo::Point p) const { return ground_.plane().to_grid(p); }

  void place_seat() {
    const double radius = ground_.radius();
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < grid_.size(); ++i) {
      const TerrainGrid::Node& node = grid_[i];
      if (node.clearance <= border_margin) continue;
      const double cramped = std::max(0.0, 0.3 - node.clearance / radius);
      const double score = node.wildness + 4 * cramped + 0.8 * distance(node.at, {0, 0}) / radius;
      if (score < best) best = score, seat_ = i;
    }
    if (seat_ == nowhere)
      geo::fail("a village of radius {:.0f} m has no room for its seat", ground_.radius());
    ways_ = grid_.ways_from(seat_);
    out_.seat = to_grid(grid_[seat_].at);
    taken_.push_back(grid_[seat_].at);
  }

  /// The first by the seat, each other one where it is far from those before, in a valley, off the border.
  void place_groups() {
    const double radius = ground_.radius();
    std::vector<double> apart(grid_.size(), std::numeric_limits<double>::infinity());
    for (std::size_t g = 0; g < plan_.households.size(); ++g) {
      std::size_t chosen = g == 0 ? seat_ : nowhere;
      double best = -1;
      for (std::size_t i = 0; g > 0 && i < grid_.size(); ++i) {
        const TerrainGrid::Node& node = grid_[i];
        if (node.clearance < 0.05 * radius || std::isinf(ways_.cost[i])) continue;
        const double far =
            std::min(apart[i] / radius, 0.75) / (1 + std::pow(ways_.cost[i] / (1.2 * radius), 2));
        const double score = far * (1.05 - node.wildness) * (0.6 + 0.4 * random_.uniform()) *
                             std::min(1.0, 0.3 + 4 * node.clearance / radius);
        if (score > best) best = score, chosen = i;
      }
      if (chosen == nowhere) chosen = seat_;
      for (std::size_t i = 0; i < grid_.size(); ++i)
        apart[i] = std::min(apart[i], distance(grid_[i].at, grid_[chosen].at));
      groups_.push_back(chosen);
    }
    for (const std::size_t node : groups_) {
      const geo::Point at = find_free(grid_[node].at, spacing_, 1.5 * spacing_, 2 * spacing_);
      centres_.push_back(at), taken_.push_back(at), out_.groups.push_back(to_grid(at));
    }
  }

  void build_gate_roads() {
    built_.assign(grid_.size(), false), built_[seat_] = true;
    for (const RoadGate& gate : plan_.gates) {
      const geo::Point at = ground_.plane().to_metres(gate.at);
      add_road(road_from(at, nearest_node(at)), gate.kind);
    }
  }
  void build_group_roads() {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      roads_.push_back(road_from(centres_[g], groups_[g]));
      if (roads_.back().length() > spacing_) add_road(roads_.back(), RoadKind::village);
    }
  }
  std::size_t nearest_node(geo::Point p) const {
    std::size_t best = seat_;
    for (std::size_t i = 0; i < grid_.size(); ++i)
      if (!std::isinf(ways_.cost[i]) && distance(p, grid_[i].at) < distance(p, grid_[best].at)) best = i;
    return best;
  }
  /// The way from `end` by `node` back towards the seat, as far as the next road; drawn out smoothly.
  Road road_from(geo::Point end, std::size_t node) {
    Road road{{end}};
    const std::size_t first = node;
    while (!built_[node] && ways_.towards[node] >= 0) {
      if (node != first) road.points.push_back(grid_[node].at);
      built_[node] = true, node = static_cast<std::size_t>(ways_.towards[node]);
    }
    road.points.push_back(grid_[node].at);
    std::reverse(road.points.begin(), road.points.end());
    smooth(road);
    return road;
  }
  void add_road(const Road& road, RoadKind kind) {
    SettledRoad settled{kind, {}};
    for (const geo::Point p : road.points) settled.points.push_back(to_grid(p));
    out_.roads.push_back(std::move(settled));
  }
  /// Cuts the corners twice (Chaikin 1974); the ends stay. A cut that leaves the village is not made.
  void smooth(Road& road) const {
    for (int round = 0; round < 2 && road.points.size() > 2; ++round) {
      std::vector<geo::Point> cut{road.points.front()};
      for (std::size_t i = 1; i + 1 < road.points.size(); ++i)
        for (const std::size_t other : {i - 1, i + 1}) {
          const geo::Point p = between(road.points[i], road.points[other], 0.25);
          cut.push_back(ground_.clearance(p) > 0 ? p : road.points[i]);
        }
      cut.push_back(road.points.back());
      road.points = std::move(cut);
    }
  }

  bool is_free(geo::Point p, double apart) const {
    return std::none_of(taken_.begin(), taken_.end(),
                        [&](geo::Point q) {
                          return std::abs(p.x - q.x) < apart && std::abs(p.y - q.y) < apart &&
                                 distance(p, q) < apart;
                        }) &&
           ground_.clearance(p) >= border_margin;
  }
  /// A free point about `centre`: when it is tight closer to others from try to try, then anywhere.
  geo::Point find_free(geo::Point centre, double near, double far, double apart) {
    constexpr int local_tries = 400, all_tries = 20'000;
    const geo::Box& box = ground_.box();
    for (int tries = 0; tries < all_tries; ++tries) {
      if (tries % 8 == 7) apart = std::max(tightest, 0.94 * apart);
      const double angle = random_.uniform(0, 2 * std::numbers::pi);
      const double away = random_.uniform(near, far * (1 + 0.02 * tries));
      geo::Point p{centre.x + away * std::cos(angle), centre.y + away * std::sin(angle)};
      if (tries >= local_tries)
        p = {random_.uniform(box.min_x, box.max_x), random_.uniform(box.min_y, box.max_y)};
      if (is_free(p, apart)) return p;
    }
    geo::fail("a village of radius {:.0f} m has no room for its households; use another --seed",
              ground_.radius());
  }
  /// Facilities and projects: every second by the seat, the others by the groups in turn.
  geo::Point place_public(std::size_t k, double apart) {
    const std::size_t group = k / 2 % centres_.size();
    const geo::Point centre = k % 2 == 0 ? grid_[seat_].at : centres_[group];
    const geo::Point at = find_free(centre, 1.2 * spacing_, 4.5 * spacing_, apart * spacing_);
    taken_.push_back(at);
    return at;
  }

  /// Most live in rows along the last stretch of their group's road, the others about it on its valley floor.
  void place_households(std::size_t group) {
    const std::size_t count = plan_.households[group];
    const double reach =
        std::min(spacing_ * (1.5 + 0.85 * std::sqrt(static_cast<double>(count))), 0.5 * ground_.radius());
    std::vector<GridPoint> list;
    double apart = 0.9 * spacing_;
    for (std::size_t k = 0; k < count; ++k) {
      const geo::Point at = place_household(group, reach, apart);
      taken_.push_back(at), list.push_back(to_grid(at));
    }
    out_.households.push_back(std::move(list));
  }
  geo::Point place_household(std::size_t group, double reach, double& apart) {
    for (int tries = 0; tries < 60; ++tries) {
      const geo::Point p =
          random_.uniform() < 0.55 ? along_road(group, reach) : about(centres_[group], reach);
      const bool valley = random_.uniform() > 1.3 * ground_.wildness(p) - 0.25;
      if (valley && is_free(p, apart)) return p;
      if (tries % 20 == 19) apart = std::max(tightest, 0.96 * apart);
    }
    return find_free(centres_[group], spacing_, 1.5 * reach, apart);
  }
  geo::Point along_road(std::size_t group, double reach) {
    const Road& road = roads_[group];
    const auto [at, direction] = road.from_end(random_.uniform(0, 2.2 * reach));
    const double side = (random_.uniform() < 0.5 ? -1 : 1) * spacing_ * random_.uniform(0.45, 1.5);
    return {at.x - side * direction.y, at.y + side * direction.x};
  }
  geo::Point about(geo::Point centre, double reach) {
    return {centre.x + 0.5 * reach * random_.normal(), centre.y + 0.5 * reach * random_.normal()};
  }

  const VillageGround& ground_;
  const SettlementPlan& plan_;
  TerrainGrid grid_;
  TerrainGrid::Ways ways_;
  Random random_;
  double spacing_;  ///< metres between households where there is room: what stays apart on a printed sheet
  std::size_t seat_ = nowhere;
  std::vector<std::size_t> groups_;  ///< their nodes
  std::vector<geo::Point> centres_;  ///< and where they lie
  std::vector<Road> roads_;          ///< by group; ends at its centre
  std::vector<bool> built_;          ///< by node: a road passes
  std::vector<geo::Point> taken_;
  Settlement out_;
};

}  // namespace

Settlement settle_village(const VillageGround& ground, const SettlementPlan& plan, std::uint64_t seed) {
  return Settler(ground, plan, seed).run();
}

}  // namespace battlemap::demo
