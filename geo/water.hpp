#pragma once
#include "geo/dataset.hpp"

namespace battlemap::geo {

/// Reads lakes or rivers and appends them, projected, to the dataset; what cannot be used is reported in
/// dataset.problems ("wrong_geometry_type", "invalid_geometry", "outside_projection"). Throws Error when the
/// layer cannot be read.
void read_water(const WaterSource& source, Dataset& dataset);
/// Sources of lakes cover more than the project; lakes on the empty sheet around it would only distract.
void drop_lakes_elsewhere(Dataset& dataset);

}  // namespace battlemap::geo
