#pragma once
#include "render/geometry2d.hpp"

namespace battlemap::app {

/// Where the docked panels and the map lie in the window (Dear ImGui units, origin top left).
///
///   +------+------------------+
///   |      |      header      |
///   | side +------------------+
///   |      |       map        |
///   |      +------------------+
///   |      |       foot       |
///   +------+------------------+
struct Layout {
  render::Rect window, side, header, map, foot;
};

/// `scale`: content scale. A narrow or low window gives the map what is left, at least one unit.
Layout lay_out(float width, float height, float scale, bool panel_open);

}  // namespace battlemap::app
