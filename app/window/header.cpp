#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

/// A word of the path; pressing it goes there.
bool crumb(const Ui& ui, const std::string& name, const std::string& label, bool last) {
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {ui.width(Face::body, label), ui.px(20)});
  ui.mark(name);
  const bool hovered = ImGui::IsItemHovered() && !last;
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui.put(list, {low.x, low.y}, Face::body, last || hovered ? ui.colours.text : ui.colours.muted, label);
  if (hovered) list->AddLine({low.x, high.y}, {high.x, high.y}, ui.colours.accent, ui.px(1));
  return pressed && !last;
}

void separator(const Ui& ui) {
  ImGui::SameLine(0, ui.px(8));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_icon(ImGui::GetWindowDrawList(), {at.x + ui.px(4), at.y + ui.px(10)}, ui.px(8), Icon::right,
            ui.colours.faint);
  ImGui::Dummy({ui.px(8), ui.px(20)});
  ImGui::SameLine(0, ui.px(8));
}

void draw_path(const Ui& ui, Session& session) {
  const auto path = session.view.breadcrumb();
  if (path.empty()) {
    crumb(ui, "crumb:all", place_name(session, {}), true);
    return;
  }
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0) separator(ui);
    const geo::Division& division = session.tree()[path[i]];
    if (crumb(ui, "crumb:" + division.code.text(), place_name(session, path[i]), i + 1 == path.size()))
      session.view.go_to(path[i], session.now);
  }
}

std::string title_of(const Ui& ui, const Session& session) {
  const std::string map = session.view.map().title.in(ui.language);
  return fmt::format("{} · {} {}{}", place_name(session, session.view.place()), map, session.view.year(),
                     ui.language == geo::Language::en ? "" : fmt::format(" {}", ui.t(Str::of_year)));
}

/// The one number of the place shown, right-aligned where the eye ends.
float draw_key_figure(const Ui& ui, const Session& session, const Layout& layout) {
  if (!session.view.place().valid()) return 0;
  const std::string value = value_text(session, session.view.place(), session.view.year());
  const std::string name = place_name(session, session.view.place());
  if (value.empty()) return 0;
  const float width = std::max(ui.width(Face::title, value), ui.width(Face::small, name));
  const float right = layout.header.right() - ui.px(24);
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui.put(list, {right - ui.width(Face::small, name), layout.header.y + ui.px(14)}, Face::small,
         ui.colours.muted, name);
  ui.put(list, {right - ui.width(Face::title, value), layout.header.y + ui.px(32)}, Face::title,
         ui.colours.accent, value);
  return width + ui.px(32);
}

/// Who may see this picture: never to be overlooked, as it decides what is shown. Returns the width taken.
float draw_audience_badge(const Ui& ui, const Session& session, float right, float top) {
  if (session.dataset().project.records.empty()) return 0;
  const std::string text =
      fmt::format("{}: {}", ui.t(Str::audience), geo::audience_name(session.dataset().audience).in(ui.language));
  const float width = ui.width(Face::small, text) + ui.px(34), height = ui.px(24);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({right - width, top}, {right, top + height}, ui.colours.control, height / 2);
  const bool open = session.dataset().audience == geo::Audience::field;
  list->AddCircleFilled({right - width + ui.px(14), top + height / 2}, ui.px(4),
                        open ? ui.colours.action : ui.colours.good);
  ui.put(list, {right - width + ui.px(24), top + (height - ui.line(Face::small)) / 2}, Face::small, ui.colours.text,
         text);
  return width + ui.px(16);
}

}  // namespace

void draw_header(const Ui& ui, Session& session, const Layout& layout) {
  if (begin_area("header", layout.header, ui.colours.ground, ui.px(12))) {
    const float figure = draw_key_figure(ui, session, layout);
    const float taken = figure + draw_audience_badge(ui, session, layout.header.right() - ui.px(24) - figure,
                                                     layout.header.y + ui.px(12));
    ImGui::SetCursorPosX(ui.px(24));
    draw_path(ui, session);
    const float left = layout.header.x + ui.px(24);
    const float room = layout.header.w - ui.px(48) - taken;
    ImDrawList* list = ImGui::GetWindowDrawList();
    ui.put(list, {left, layout.header.y + ui.px(33)}, Face::title, ui.colours.text, title_of(ui, session),
           room);
    if (session.pictured_year)
      ui.put(list, {left, layout.header.y + ui.px(68)}, Face::small, ui.colours.action,
             fmt::format(fmt::runtime(ui.t(Str::other_year_shown)), *session.pictured_year, session.view.year()), room);
    else if (session.view.shows_board() && !session.view.filter().empty())
      draw_chips(ui, session, left, layout.header.y + ui.px(66), layout.header.w - ui.px(48));
    else
      ui.put(list, {left, layout.header.y + ui.px(68)}, Face::small, ui.colours.muted,
             session.view.map().subtitle.in(ui.language), room);
  }
  end_area();
}

}  // namespace battlemap::app
