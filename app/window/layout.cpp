#include "app/window/layout.hpp"

#include <algorithm>

namespace battlemap::app {

Layout lay_out(float width, float height, float scale, bool panel_open) {
  const float side = panel_open ? std::min(312 * scale, width * 0.5F) : 48 * scale;
  const float header = std::min(96 * scale, height * 0.25F);
  const float foot = std::min(36 * scale, height * 0.1F);
  const float map_width = std::max(1.0F, width - side);
  const float map_height = std::max(1.0F, height - header - foot);
  return {{0, 0, width, height},
          {0, 0, side, height},
          {side, 0, map_width, header},
          {side, header, map_width, map_height},
          {side, header + map_height, map_width, foot}};
}

}  // namespace battlemap::app
