#pragma once
#include <span>
#include <vector>

#include "demo/province_input.hpp"
#include "demo/triangulation.hpp"

namespace battlemap::demo {

/// A triangulation whose fixed edges are the county borders; the county of each triangle (-1: outside).
struct CountyMesh {
  Triangulation mesh;
  std::vector<std::int32_t> county;
  std::vector<std::int32_t> vertex_of_point;  ///< of the points given
};
/// `points`: further vertices; those outside the province are harmless.
CountyMesh mesh_counties(const CountyCoverage& coverage, std::span<const GridPoint> points);

/// Points spread evenly over a county's area.
class CountySampler {
 public:
  CountySampler(const CountyMesh& mesh, int county);
  /// The point for three numbers in [0, 1): which triangle (by area), where in it.
  GridPoint at(double triangle, double u, double v) const;
  double area_km2() const { return cumulative_.empty() ? 0 : cumulative_.back(); }

 private:
  const CountyMesh& mesh_;
  std::vector<std::size_t> triangles_;
  std::vector<double> cumulative_;
};

}  // namespace battlemap::demo
