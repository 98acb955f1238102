#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "geo/arc_shapes.hpp"
#include "geo/division.hpp"

namespace battlemap::render {

/// Polygons as fans of triangles for an even-odd fill without triangulating them: each ring is fanned from its first
/// corner, and every triangle turns the bits of its polygon's number in the samples it covers. Samples inside are covered
/// an odd number of times and keep the number, samples outside an even number of times and keep nothing, whatever the
/// shape, holes and parts included.
///
///     1 o-------o 2        triangles 0 1 2, 0 2 3, 0 3 4: what lies in the notch is
///       |      /           covered by 0 1 2 and 0 2 3, thus twice
///       |  3 o
///       |      \           edges within the fan and borders of neighbours end in the
///     0 o-------o 4        same corners, so no sample between them is missed or hit twice
struct FanMesh {
  struct Vertex {
    std::int32_t x = 0, y = 0;  ///< on the grid
    std::uint32_t number = 0;   ///< the polygon's index + 1
  };
  /// Polygons that follow each other, to be drawn when their box is seen.
  struct Block {
    geo::Box box;
    std::uint32_t first = 0, count = 0;  ///< of the indices
  };
  static constexpr std::uint32_t restart = 0xFFFFFFFFU;  ///< index between two fans
  static constexpr std::uint32_t water = 0x80000000U;    ///< number of all lakes

  geo::Grid grid;
  std::vector<Vertex> vertices;
  std::vector<std::uint32_t> indices;
  std::vector<Block> blocks;
};

/// Of a coverage at the coarsest detail within `tolerance` metres.
FanMesh make_fans(const geo::Coverage& coverage, double tolerance);
/// Of lakes, which all have the number FanMesh::water, on a grid of their own.
FanMesh make_fans(const geo::PolygonSet& lakes);

/// The fans of a coverage, those made before while it lives, or new ones. Thread-safe.
std::shared_ptr<const FanMesh> fans_of(const std::shared_ptr<const geo::Coverage>& coverage, double tolerance);
std::shared_ptr<const FanMesh> fans_of(const std::shared_ptr<const geo::PolygonSet>& lakes);

}  // namespace battlemap::render
