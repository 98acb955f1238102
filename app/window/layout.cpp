#include "app/window/layout.hpp"

#include <algorithm>

namespace battlemap::app {
namespace {

constexpr float side_width = 312, bar_width = 48, header_height = 96, foot_height = 36, strip_height = 116;
constexpr float panels_share = 0.34F, least_panels = 300, most_panels = 520;
constexpr float least_map = 360;  // panels and strip make way for a map so wide and high

float panels_width(float room, float scale) {
  const float wide = std::clamp(room * panels_share, least_panels * scale, most_panels * scale);
  return room - wide < least_map * scale ? 0 : wide;
}

}  // namespace

Layout lay_out(float width, float height, float scale, Docked docked) {
  const float side = docked.side ? std::min(side_width * scale, width * 0.5F) : bar_width * scale;
  const float header = std::min(header_height * scale, height * 0.25F);
  const float foot = std::min(foot_height * scale, height * 0.1F);
  const float room = std::max(1.0F, width - side), high = std::max(1.0F, height - header - foot);
  const float strip = docked.strip && high - strip_height * scale >= least_map * scale ? strip_height * scale : 0;
  const float panels = docked.panels ? panels_width(room, scale) : 0;
  Layout l;
  l.window = {0, 0, width, height};
  l.side = {0, 0, side, height};
  l.header = {side, 0, room, header};
  l.map = {side, header, room - panels, high - strip};
  l.panels = {l.map.right(), header, panels, l.map.h};
  l.strip = {side, l.map.bottom(), room, strip};
  l.foot = {side, header + high, room, foot};
  return l;
}

}  // namespace battlemap::app
