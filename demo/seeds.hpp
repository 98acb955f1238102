#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "demo/county_mesh.hpp"
#include "demo/lake_index.hpp"
#include "demo/province_input.hpp"

namespace battlemap::demo {

/// Where each village's growth begins (one per village of the input, inside its county). Villages lie closer
/// towards the county's seat and along made-up valleys; the villages of a town lie together; residents'
/// committees crowd in one spot of their town, that of the most urban town at the county's seat. None lies in
/// one of the lakes.
std::vector<GridPoint> place_seeds(const ProvinceInput& input, const CountyMesh& mesh, std::uint64_t seed,
                                   const LakeIndex& lakes = LakeIndex({}));

/// Cuts `points` (km) into groups of exactly `sizes`, each compact, by halving along the longest axis. The
/// group `urban` is kept on the side of `centre`. Returns the group of each point.
std::vector<std::size_t> compact_groups(std::span<const geo::Point> points,
                                        std::span<const std::size_t> sizes, std::size_t urban,
                                        geo::Point centre, std::uint64_t seed);

/// Lloyd's k-means; returns the k centres and the nearest centre of each point.
struct Clusters {
  std::vector<geo::Point> centres;
  std::vector<std::uint32_t> nearest;
};
Clusters cluster(std::span<const geo::Point> points, std::size_t k, int rounds);

}  // namespace battlemap::demo
