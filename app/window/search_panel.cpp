#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

constexpr std::size_t shown_results = 8;

void leave(Session& session) {
  set_search(session, "");
  ImGui::SetWindowFocus(nullptr);
}

void go(Session& session, const geo::FoundPlace& found) {
  session.view.go_to(found.ref, session.now);
  session.view.select(found.ref);
  leave(session);
}

void draw_field(const Ui& ui, Session& session) {
  SearchBox& search = session.search;
  if (search.take_focus) ImGui::SetKeyboardFocusHere();
  search.take_focus = false;
  std::string text = search.text;
  ui.fonts.need(Face::body, text);
  ui.fonts.need(Face::body, ui.t(Str::search_hint));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ui.px(32), ui.px(9)});
  const bool entered =
      ImGui::InputTextWithHint("##search", ui.t(Str::search_hint), &text,
                               ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  ImGui::PopStyleVar();
  ui.mark("search");
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  draw_icon(ImGui::GetWindowDrawList(), {low.x + ui.px(16), (low.y + high.y) / 2}, ui.px(14), Icon::search,
            ui.colours.muted);
  if (text != search.text) set_search(session, text);
  if (entered && !search.found.empty())
    go(session, search.found[static_cast<std::size_t>(search.highlighted)]);
}

void follow_keys(SearchBox& search) {
  const int last = static_cast<int>(std::min(search.found.size(), shown_results)) - 1;
  const int step = (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_DownArrow)) ? 1 : 0) -
                   (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_UpArrow)) ? 1 : 0);
  search.highlighted = std::clamp(search.highlighted + step, 0, std::max(last, 0));
}

void draw_results(const Ui& ui, Session& session) {
  const auto found = session.search.found;  // a click empties the list
  for (std::size_t i = 0; i < std::min(found.size(), shown_results); ++i) {
    const geo::Division& division = session.tree()[found[i].ref];
    const std::string detail = fmt::format("{}  {}", division.code.text(), session.tree().path(found[i].ref));
    const bool active = static_cast<int>(i) == session.search.highlighted;
    if (result_row(ui, "found:" + division.code.text(), division.name, detail, active)) go(session, found[i]);
  }
  if (found.size() > shown_results) ui.say(Face::small, ui.colours.muted, ui.t(Str::search_more));
}

}  // namespace

void draw_search(const Ui& ui, Session& session) {
  draw_field(ui, session);
  if (session.search.text.empty()) return;
  follow_keys(session.search);
  if (session.search.found.empty())
    ui.say(Face::small, ui.colours.muted, ui.t(Str::search_none));
  else
    draw_results(ui, session);
}

}  // namespace battlemap::app
