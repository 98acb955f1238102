#include <algorithm>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

void draw_progress(const Ui& ui, const LoadingScreen& loading) {
  ui.say(Face::title, ui.colours.text, ui.t(Str::loading));
  ui.say(Face::body, ui.colours.muted, loading.step.empty() ? loading.project : loading.step);
  ImGui::Dummy({0, ui.px(8)});
  progress_bar(ui, loading.fraction);
  ui.say(Face::small, ui.colours.muted, fmt::format("{:.0f} %", loading.fraction * 100));
  ui.say(Face::small, ui.colours.muted, ui.t(Str::loading_hint));
}

void draw_command(const Ui& ui, const std::string& command) {
  const ImVec2 low = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, {low.x + width, low.y + ui.px(40)}, ui.colours.control, ui.px(4));
  ui.put(list, {low.x + ui.px(12), low.y + ui.px(20) - ui.line(Face::bold) / 2}, Face::bold,
         ui.colours.accent, command, width - ui.px(24));
  ImGui::Dummy({width, ui.px(44)});
}

void draw_failure(const Ui& ui, const LoadingScreen& loading) {
  const bool missing = loading.data_missing;
  ui.say(Face::title, ui.colours.text, ui.t(missing ? Str::no_data_title : Str::load_failed));
  ImGui::Dummy({0, ui.px(4)});
  if (missing) {
    ui.say(Face::body, ui.colours.text, ui.t(Str::no_data_hint));
    draw_command(ui, "battlemap demo " + loading.project);
    ui.say(Face::small, ui.colours.muted, loading.error);
  } else {
    ui.say(Face::body, ui.colours.text, loading.error);
    ImGui::Dummy({0, ui.px(4)});
    ui.say(Face::small, ui.colours.muted, ui.t(Str::load_failed_hint));
  }
}

}  // namespace

void draw_loading(const Ui& ui, const LoadingScreen& loading, const Layout& layout) {
  if (begin_area("loading", layout.window, ui.colours.ground, 0)) {
    const float width = std::min(ui.px(640), layout.window.w - ui.px(64));
    ImGui::SetCursorPos({(layout.window.w - width) / 2, layout.window.h * 0.36F});
    ImGui::BeginChild("middle", {width, 0});
    if (loading.error.empty())
      draw_progress(ui, loading);
    else
      draw_failure(ui, loading);
    ImGui::EndChild();
  }
  end_area();
}

}  // namespace battlemap::app
