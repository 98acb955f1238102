#pragma once
#include <vector>

#include "render/geometry2d.hpp"
#include "render/shapes.hpp"

namespace battlemap::render {

using ConvexPoints = std::vector<Vec2>;

/// Convex pieces that together are the shape, around the origin, y down, as heavy to the eye as a circle of
/// radius 1. Empty for round shapes and signs. `grow`: moves its edge outwards (inwards when negative).
std::vector<ConvexPoints> shape_pieces(Shape shape, float grow = 0);
/// Farthest point of the shape from the origin; 1 for round ones.
float shape_reach(Shape shape);

}  // namespace battlemap::render
