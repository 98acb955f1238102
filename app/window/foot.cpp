#include <cmath>

#include "app/window/panels.hpp"
#include "app/window/scale_bar.hpp"

namespace battlemap::app {
namespace {

constexpr double longest_bar = 140;

bool schematic(const Session& session) {
  for (const geo::BoundarySource& source : session.dataset().project.boundaries)
    if (source.level == session.view.level() && source.schematic) return true;
  return false;
}

std::string notes(const Ui& ui, const Session& session) {
  const geo::Project& project = session.dataset().project;
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : "  ·  ") + part;
  };
  add(project.generated_note.in(ui.language));
  if (schematic(session)) add(project.schematic_note.in(ui.language));
  add(project.data_date.in(ui.language));
  add(project.approval_number.empty() ? ui.t(Str::no_approval) : project.approval_number);
  add(project.source_line.in(ui.language));
  return text;
}

std::string position(const Session& session) {
  if (!session.pointer) return {};
  const geo::Point p = session.projection.inverse(*session.pointer);
  if (!std::isfinite(p.x) || !std::isfinite(p.y)) return {};
  return fmt::format("{:.3f}°{} {:.3f}°{}", std::abs(p.x), p.x < 0 ? "W" : "E", std::abs(p.y),
                     p.y < 0 ? "S" : "N");
}

/// Draws right-aligned; returns the width taken.
float draw_scale(const Ui& ui, const Session& session, float right, float middle) {
  const geo::Point ground = session.projection.ground_metres_per_unit(session.view.camera().centre);
  const double metres =
      session.view.camera().metres_per_pixel * ImGui::GetIO().DisplayFramebufferScale.x * ground.x;
  if (!std::isfinite(metres) || metres <= 0) return 0;
  const ScaleBar bar = scale_bar(metres, ui.px(longest_bar));
  const float width = static_cast<float>(bar.px), label = ui.width(Face::small, bar.label);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = right - width, y = middle + ui.px(4);
  list->AddLine({left, y}, {right, y}, ui.colours.muted, ui.px(2));
  for (const float x : {left, right})
    list->AddLine({x, y - ui.px(5)}, {x, y + ui.px(1)}, ui.colours.muted, ui.px(2));
  ui.put(list, {left - label - ui.px(8), middle - ui.line(Face::small) / 2}, Face::small, ui.colours.muted,
         bar.label);
  return width + label + ui.px(24);
}

/// A bar with what it is for, right-aligned; returns the width taken.
float draw_packing(const Ui& ui, const Session& session, float right, float middle) {
  if (!session.packing) return 0;
  const std::string text = fmt::format("{} {:.0f} %", ui.t(Str::packing), *session.packing * 100);
  const float label = ui.width(Face::small, text), bar = ui.px(90), left = right - label - bar - ui.px(8);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float low = middle - ui.px(2), high = middle + ui.px(2);
  list->AddRectFilled({left, low}, {left + bar, high}, ui.colours.control, ui.px(2));
  list->AddRectFilled({left, low}, {left + bar * static_cast<float>(*session.packing), high}, ui.colours.accent, ui.px(2));
  ui.put(list, {left + bar + ui.px(8), middle - ui.line(Face::small) / 2}, Face::small, ui.colours.muted, text);
  return label + bar + ui.px(32);
}

}  // namespace

void draw_foot(const Ui& ui, const Session& session, const Layout& layout) {
  if (begin_area("foot", layout.foot, ui.colours.ground, 0)) {
    const float middle = layout.foot.y + layout.foot.h / 2;
    float right = layout.foot.right() - ui.px(24);
    right -= draw_scale(ui, session, right, middle);
    right -= draw_packing(ui, session, right, middle);
    const std::string place = position(session);
    const float y = middle - ui.line(Face::small) / 2;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float reserved = ui.width(Face::small, "000.000°E 00.000°N") + ui.px(24);
    ui.put(list, {right - reserved + ui.px(24), y}, Face::small, ui.colours.muted, place);
    const float left = layout.foot.x + ui.px(24);
    ui.put(list, {left, y}, Face::small, ui.colours.muted, notes(ui, session), right - reserved - left);
  }
  end_area();
}

}  // namespace battlemap::app
