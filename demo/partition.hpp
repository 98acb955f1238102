#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "demo/county_mesh.hpp"
#include "demo/province_input.hpp"

namespace battlemap::demo {

/// A mesh of the province, each triangle in one county and (where the county has any) one village.
struct Partition {
  CountyMesh counties;
  std::vector<std::int32_t> village;  ///< by triangle; -1: none
};

/// Vertices that grade the mesh: about each seed a turned lattice, as fine as the seed's neighbours are near.
std::vector<GridPoint> mesh_points(std::span<const GridPoint> seeds, std::uint64_t seed);

/// Grows villages from their seeds over the mesh, by travel cost in rough country (Dijkstra inside each
/// county), then smooths their borders. Growth keeps every village connected (but for detached parts of its
/// county); smoothing moves a vertex only while all triangles about it stay counter-clockwise, so the result
/// tiles.
Partition partition_counties(const ProvinceInput& input, std::span<const GridPoint> seeds,
                             std::uint64_t seed);

}  // namespace battlemap::demo
