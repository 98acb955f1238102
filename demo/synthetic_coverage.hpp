#pragma once
#include <cstdint>
#include <vector>

#include "demo/triangulation.hpp"

namespace battlemap::demo {

/// A coverage of `count` cells over Qinghai's box: the Voronoi diagram of a jittered triangular lattice, each
/// ridge bent into a curve that both of its cells share. A curve stays inside its ridge's kite (the two
/// triangles from the ridge to its cells' sites); kites do not overlap, so neither do the curves. Rings are
/// made on demand: memory is that of the triangulation, whatever the number of vertices.
class SyntheticCoverage {
 public:
  /// `vertices`: mean number of vertices a ring, about. Throws geo::UsageError for 0 cells or fewer than 6
  /// vertices.
  SyntheticCoverage(std::size_t count, double vertices, std::uint64_t seed);
  std::size_t size() const { return count_; }
  GridPoint site(std::size_t cell) const;
  /// Open ring, counter-clockwise, without repeated points.
  std::vector<GridPoint> ring(std::size_t cell) const;
  static constexpr GridPoint low{894000000, 316000000};
  static constexpr GridPoint high{1031000000, 392000000};

 private:
  struct Ridge {
    std::int32_t from, to;     ///< triangles whose circumcentres the ridge joins
    std::int32_t left, right;  ///< vertices of the sites beside it; left < right
  };
  void place_sites();
  void triangulate();
  void compute_nodes();
  void merge_close_nodes();
  void choose_step(double vertices);
  template <class Visit>
  void around(std::int32_t vertex, Visit visit) const;
  void append_ridge(const Ridge& ridge, std::vector<GridPoint>& ring) const;
  std::vector<GridPoint> bend(const Ridge& ridge) const;
  GridPoint node(std::int32_t triangle) const;
  bool inside(std::int32_t vertex) const;

  std::size_t count_;
  std::uint64_t seed_;
  double spacing_km_ = 0;  ///< of the lattice
  double step_km_ = 0;     ///< between the points of a bent ridge
  std::vector<GridPoint> sites_;
  std::vector<std::int32_t> vertex_of_site_;
  std::vector<bool> is_site_;  ///< by vertex: a cell, not a mirror image
  Triangulation mesh_;
  std::vector<GridPoint> nodes_;      ///< circumcentre of each triangle, on the grid
  std::vector<std::int32_t> merged_;  ///< triangle whose node this triangle uses
};

}  // namespace battlemap::demo
