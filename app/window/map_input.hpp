#pragma once
#include "app/window/layout.hpp"
#include "app/window/map_renderer.hpp"
#include "app/window/session.hpp"

namespace battlemap::app {

/// The mouse over the map: wheel zooms at the cursor, drag pans, hover highlights, click selects,
/// double-click drills. Reads Dear ImGui's input, so that panels have it first.
class MapInput {
 public:
  /// `pixels_per_unit`: framebuffer pixels per Dear ImGui unit.
  void update(Session& session, MapRenderer& map, const Layout& layout, float pixels_per_unit);

 private:
  void drag(Session& session, render::Vec2 at);
  void release(Session& session, std::optional<geo::DivisionRef> cell, const render::RecordHit* hit,
               render::Vec2 at);

  bool pressed_ = false;
  bool dragged_ = false;
  bool drilled_ = false;
  render::Vec2 last_;
  render::Vec2 pressed_at_;
};

}  // namespace battlemap::app
