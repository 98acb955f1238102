#pragma once
#include "render/shapes.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// The glyph of a sign within `half` of `centre`: `ink` on a badge of colour `ground`.
void add_sign(Layer& layer, Shape shape, Vec2 centre, float half, Colour ink, Colour ground);

}  // namespace battlemap::render
