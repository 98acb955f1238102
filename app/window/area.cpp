#include "app/window/panels.hpp"

#include <imgui_internal.h>  // the one way to put a window on top without taking the keyboard

namespace battlemap::app {

bool begin_area(const char* name, render::Rect rect, ImU32 colour, float padding, Area area) {
  ImGui::SetNextWindowPos({rect.x, rect.y});
  ImGui::SetNextWindowSize({rect.w, rect.h});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colour);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {padding, padding});
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                           ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                           ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoBringToFrontOnFocus;
  if (area != Area::floating) flags |= ImGuiWindowFlags_NoBringToFrontOnFocus;
  if (area == Area::scrolling) flags &= ~ImGuiWindowFlags_NoScrollbar;
  // Docked areas fill their rectangles: rounded, their edges would be blended into their neighbours'.
  const bool docked = area == Area::docked || area == Area::scrolling;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, docked ? 0 : ImGui::GetStyle().WindowRounding);
  const bool open = ImGui::Begin(name, nullptr, flags);
  if (area == Area::dialog) ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  return open;
}

void end_area() {
  ImGui::End();
}

}  // namespace battlemap::app
