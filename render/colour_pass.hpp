#pragma once
#include "render/id_buffer.hpp"
#include "render/image.hpp"

namespace battlemap::render {

/// Second pass on the CPU, twin of shaders/colour_pass.frag: ids to colours. Per pixel the mean of its
/// samples' fills (hatch, hover, water applied), then outlines from finest to coarsest level: alpha of a
/// line of width w at distance d of the pixel's centre from the nearest boundary between two samples whose
/// cells part at that level is min(w, 1) * clamp(max(w, 1)/2 + 0.5 - d, 0, 1). All cores. Opaque result of
/// tile.w x tile.h.
Image colour_pass(const IdBuffer& ids, const MapLayer& map);

}  // namespace battlemap::render
