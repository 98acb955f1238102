#pragma once
#include <cstdint>
#include <vector>

#include "demo/village_ground.hpp"

namespace battlemap::demo {

/// A village's ground as a lattice of slightly displaced nodes, on which roads find their way.
class TerrainGrid {
 public:
  TerrainGrid(const VillageGround& ground, std::uint64_t seed);

  struct Node {
    geo::Point at;
    double clearance = -1;  ///< as VillageGround::clearance
    double wildness = 1;    ///< of nodes on land
  };
  std::size_t size() const { return nodes_.size(); }
  const Node& operator[](std::size_t i) const { return nodes_[i]; }

  /// The cheapest ways from a node to all others on land: valleys are cheap, ridges dear.
  struct Ways {
    std::vector<double> cost;           ///< metres weighted by wildness; infinite where there is no way
    std::vector<std::int32_t> towards;  ///< the next node on the way back; -1: none
  };
  Ways ways_from(std::size_t start) const;

 private:
  double step_cost(std::size_t from, std::size_t to) const;
  std::vector<std::size_t> neighbours(std::size_t node) const;

  std::int32_t side_ = 0;  ///< nodes in a row and in a column
  std::vector<Node> nodes_;
};

}  // namespace battlemap::demo
