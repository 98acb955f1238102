#include "app/window/map_input.hpp"

#include <imgui.h>

#include <cmath>

#include "app/window/record_pick.hpp"

namespace battlemap::app {
namespace {

constexpr double zoom_per_notch = 1.2;
constexpr float click_slack = 4;  // a hand never holds the mouse quite still

}  // namespace

void MapInput::update(Session& session, MapRenderer& map, const Layout& layout, float pixels_per_unit) {
  const ImGuiIO& io = ImGui::GetIO();
  const render::Vec2 at{(io.MousePos.x - layout.map.x) * pixels_per_unit,
                        (io.MousePos.y - layout.map.y) * pixels_per_unit};
  const bool over = !io.WantCaptureMouse && layout.map.contains({io.MousePos.x, io.MousePos.y});
  if ((session.help_open || session.printing.open) && !pressed_) {
    session.view.hover(std::nullopt);
    session.hover_record.clear();
    return;
  }
  if (over && io.MouseWheel != 0) session.view.zoom_at(at, std::pow(zoom_per_notch, io.MouseWheel));
  if (over && io.MouseClicked[0]) pressed_ = true, dragged_ = drilled_ = false, last_ = pressed_at_ = at;
  if (pressed_ && io.MouseDown[0]) drag(session, at);
  const auto cell = over && !dragged_ ? map.pick(session.view.view(), at) : std::nullopt;
  if (over && io.MouseDoubleClicked[0] && cell) {
    session.view.drill(*cell, session.now);
    session.view.select(std::nullopt);
    drilled_ = true;
  }
  const render::RecordHit* hit = over && !dragged_ && session.sheet && !session.view.flying()
                                     ? hit_at(*session.sheet, session.view.view(), at)
                                     : nullptr;
  session.hover_record = hit != nullptr ? hit_sentence(session, *hit) : std::string();
  if (pressed_ && !io.MouseDown[0]) release(session, cell, hit, at);
  // What lies under the pointer after a movement is outlined once its picture is there: it would have to be made twice.
  if (session.view.flying() || hit != nullptr)
    session.view.hover(std::nullopt);
  else if (map.picture_exact())
    session.view.hover(cell);
  session.pointer = over ? std::optional(session.view.view().to_map(at)) : std::nullopt;
}

void MapInput::drag(Session& session, render::Vec2 at) {
  if (std::hypot(at.x - pressed_at_.x, at.y - pressed_at_.y) > click_slack) dragged_ = true;
  if (dragged_ && !(at == last_)) session.view.pan(at.x - last_.x, at.y - last_.y);
  if (dragged_) last_ = at;
}

void MapInput::release(Session& session, std::optional<geo::DivisionRef> cell, const render::RecordHit* hit,
                       render::Vec2 at) {
  if (!dragged_ && !drilled_ && hit != nullptr) {
    open_hit(session, *hit, at);
  } else if (!dragged_ && !drilled_) {
    session.card.reset();
    session.view.select(cell == session.view.selected() ? std::nullopt : cell);
  }
  pressed_ = dragged_ = false;
}

}  // namespace battlemap::app
