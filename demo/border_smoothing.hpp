#pragma once
#include <vector>

#include "demo/county_mesh.hpp"

namespace battlemap::demo {

/// Removes the saw teeth of a labelling's borders: triangles that stick out into a neighbour join it (which
/// never parts a region), border vertices move towards the middle of their neighbours along the border, and a
/// little noise bends what is then too smooth. County borders stay where they are.
void smooth_borders(CountyMesh& counties, std::vector<std::int32_t>& label, std::uint64_t seed);

}  // namespace battlemap::demo
