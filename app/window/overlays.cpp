#include <algorithm>
#include <array>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

struct HelpLine {
  Str keys, what;
};
constexpr std::array help_lines{HelpLine{Str::help_wheel_keys, Str::help_wheel},
                                HelpLine{Str::help_drag_keys, Str::help_drag},
                                HelpLine{Str::help_click_keys, Str::help_click},
                                HelpLine{Str::help_double_keys, Str::help_double},
                                HelpLine{Str::help_up_keys, Str::help_up},
                                HelpLine{Str::help_zoom_keys, Str::help_zoom},
                                HelpLine{Str::help_home_keys, Str::help_home},
                                HelpLine{Str::help_year_keys, Str::help_year},
                                HelpLine{Str::help_search_keys, Str::help_search},
                                HelpLine{Str::help_export_keys, Str::help_export},
                                HelpLine{Str::help_boards_keys, Str::help_boards},
                                HelpLine{Str::help_leave_keys, Str::help_leave},
                                HelpLine{Str::help_filter_keys, Str::help_filter},
                                HelpLine{Str::help_villages_keys, Str::help_villages},
                                HelpLine{Str::help_data_keys, Str::help_data},
                                HelpLine{Str::help_print_keys, Str::help_print},
                                HelpLine{Str::help_language_keys, Str::help_language},
                                HelpLine{Str::help_theme_keys, Str::help_theme},
                                HelpLine{Str::help_screen_keys, Str::help_screen},
                                HelpLine{Str::help_panel_keys, Str::help_panel},
                                HelpLine{Str::help_help_keys, Str::help_help}};

}  // namespace

void draw_tooltip(const Ui& ui, Session& session) {
  if (session.help_open || session.printing.open) return;
  if (!session.hover_record.empty()) return ui.tip(Face::body, session.hover_record, ui.px(420));
  if (!session.view.hovered()) return;
  ui.tip(Face::body, hover_sentence(session), ui.px(420));
}

void draw_help(const Ui& ui, Session& session, const Layout& layout) {
  if (!session.help_open) return;
  ImGui::GetBackgroundDrawList()->AddRectFilled({layout.map.x, layout.map.y},
                                                {layout.map.right(), layout.map.bottom()}, ui.colours.shade);
  const auto lines = static_cast<float>(help_lines.size());
  const float room = (layout.window.h - ui.px(104)) / lines;  // a low window brings the lines closer together
  const float step = std::clamp(room, ui.line(Face::body), ui.px(28));
  const float width = ui.px(520), height = ui.px(64) + step * lines + ui.px(24);
  const render::Rect rect{layout.map.x + (layout.map.w - width) / 2,
                          (layout.window.h - height) / 2, width, height};
  if (begin_area("help_overlay", rect, ui.colours.card | IM_COL32_A_MASK, ui.px(24), Area::dialog)) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    ui.put(list, {rect.x + ui.px(24), rect.y + ui.px(20)}, Face::heading, ui.colours.text,
           ui.t(Str::help_title));
    ImGui::SetCursorScreenPos({rect.right() - ui.px(48), rect.y + ui.px(14)});
    if (icon_button(ui, "help:close", Icon::close, ui.t(Str::close))) session.help_open = false;
    float y = rect.y + ui.px(60);
    for (const HelpLine& line : help_lines) {
      ui.put(list, {rect.x + ui.px(24), y}, Face::bold, ui.colours.accent, ui.t(line.keys));
      ui.put(list, {rect.x + ui.px(200), y}, Face::body, ui.colours.text, ui.t(line.what),
             rect.w - ui.px(224));
      y += step;
    }
  }
  end_area();
}

void draw_message(const Ui& ui, const Session& session, const Layout& layout) {
  if (!session.message || session.now > session.message->until) return;
  const Message& message = *session.message;
  const float room = std::min(layout.map.w - ui.px(64), ui.px(720));
  const std::string text = ui.cut(Face::body, message.text, room);
  const float width = ui.width(Face::body, text) + ui.px(48);
  const render::Rect rect{layout.map.x + (layout.map.w - width) / 2, layout.map.bottom() - ui.px(64), width,
                          ui.px(40)};
  if (begin_area("message", rect, ui.colours.card, 0, Area::floating)) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float middle = rect.y + rect.h / 2;
    list->AddCircleFilled({rect.x + ui.px(18), middle}, ui.px(5),
                          message.bad ? ui.colours.action : ui.colours.good);
    ui.put(list, {rect.x + ui.px(34), middle - ui.line(Face::body) / 2}, Face::body, ui.colours.text, text);
  }
  end_area();
}

void draw_map_failure(const Ui& ui, const Session& session, const Layout& layout) {
  if (session.drawing_error.empty()) return;
  const float width = std::min(ui.px(560), layout.map.w - ui.px(32));
  const render::Rect rect{layout.map.x + (layout.map.w - width) / 2, layout.map.y + layout.map.h / 3, width,
                          0};
  if (begin_area("map_failure", rect, ui.colours.card, ui.px(24), Area::floating)) {
    ui.say(Face::heading, ui.colours.text, ui.t(Str::map_failed));
    ui.say(Face::body, ui.colours.muted, session.drawing_error);
    ui.say(Face::body, ui.colours.text, ui.t(Str::map_failed_hint));
  }
  end_area();
}

}  // namespace battlemap::app
