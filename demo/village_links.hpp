#pragma once
#include <span>
#include <vector>

#include "demo/grid_point.hpp"
#include "demo/province_input.hpp"
#include "demo/settlement.hpp"

namespace battlemap::demo {

/// The part of a village that counts as its land: the largest.
const GridPolygon& largest_part(const GridMultiPolygon& village);

/// Where roads leave each village of the input: a tree of shortest links between neighbours, each through a
/// vertex that both outlines share, so that one village's road goes on in the next.
std::vector<std::vector<RoadGate>> link_villages(const ProvinceInput& input,
                                                 std::span<const GridMultiPolygon> regions,
                                                 std::span<const GridPoint> hearts);

}  // namespace battlemap::demo
