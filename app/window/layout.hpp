#pragma once
#include "render/geometry2d.hpp"

namespace battlemap::app {

/// Where the docked panels and the map lie in the window (Dear ImGui units, origin top left).
///
///   +------+------------------------+
///   |      |         header         |
///   | side +----------------+-------+
///   |      |      map       | panels|
///   |      +----------------+-------+
///   |      |         strip          |
///   |      +------------------------+
///   |      |         foot           |
///   +------+------------------------+
struct Layout {
  render::Rect window, side, header, map;
  render::Rect panels, strip;  ///< maps of records only; else, and where there is no room, empty
  render::Rect foot;
};

/// What stands beside the map.
struct Docked {
  bool side = true;     ///< the side panel is open, not a narrow bar
  bool panels = false;  ///< a map of records: its panels
  bool strip = false;   ///< thumbnails of the six maps
};

/// `scale`: content scale. A narrow or low window gives the map what is left, at least one unit.
Layout lay_out(float width, float height, float scale, Docked docked);

}  // namespace battlemap::app
