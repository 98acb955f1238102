#include "demo/terrain_grid.hpp"

#include <cmath>
#include <limits>
#include <queue>

#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

constexpr std::int32_t nodes_a_side = 34;

}  // namespace

TerrainGrid::TerrainGrid(const VillageGround& ground, std::uint64_t seed) : side_(nodes_a_side) {
  const geo::Box& box = ground.box();
  const double step_x = box.width() / side_, step_y = box.height() / side_;
  Random random(hash_of(seed, 1));
  for (std::int32_t row = 0; row < side_; ++row)
    for (std::int32_t column = 0; column < side_; ++column) {
      Node node;
      // Displaced, so that roads do not run in eight directions only.
      node.at = {box.min_x + (column + random.uniform(0.2, 0.8)) * step_x,
                 box.min_y + (row + random.uniform(0.2, 0.8)) * step_y};
      node.clearance = ground.clearance(node.at);
      if (node.clearance >= 0) node.wildness = ground.wildness(node.at);
      nodes_.push_back(node);
    }
}

double TerrainGrid::step_cost(std::size_t from, std::size_t to) const {
  const Node &a = nodes_[from], &b = nodes_[to];
  const double wild = (a.wildness + b.wildness) / 2;
  return std::hypot(b.at.x - a.at.x, b.at.y - a.at.y) * (0.3 + 2.5 * wild);
}

std::vector<std::size_t> TerrainGrid::neighbours(std::size_t node) const {
  std::vector<std::size_t> list;
  const auto index = static_cast<std::int32_t>(node);
  const std::int32_t row = index / side_, column = index % side_;
  for (std::int32_t r = row - 1; r <= row + 1; ++r)
    for (std::int32_t c = column - 1; c <= column + 1; ++c) {
      if (r < 0 || c < 0 || r >= side_ || c >= side_ || (r == row && c == column)) continue;
      const auto other = static_cast<std::size_t>(r * side_ + c);
      if (nodes_[other].clearance > 0) list.push_back(other);
    }
  return list;
}

TerrainGrid::Ways TerrainGrid::ways_from(std::size_t start) const {
  Ways ways{std::vector<double>(size(), std::numeric_limits<double>::infinity()),
            std::vector<std::int32_t>(size(), -1)};
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> front;
  ways.cost[start] = 0;
  front.emplace(0, start);
  while (!front.empty()) {
    const auto [cost, node] = front.top();
    front.pop();
    if (cost > ways.cost[node]) continue;
    for (const std::size_t next : neighbours(node)) {
      const double through = cost + step_cost(node, next);
      if (through >= ways.cost[next]) continue;
      ways.cost[next] = through, ways.towards[next] = static_cast<std::int32_t>(node);
      front.emplace(through, next);
    }
  }
  return ways;
}

}  // namespace battlemap::demo
