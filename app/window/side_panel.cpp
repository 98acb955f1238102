#include <algorithm>
#include <array>

#include "app/window/panels.hpp"
#include "app/window/widgets.hpp"

namespace battlemap::app {
namespace {

constexpr std::array level_words{Str::province, Str::prefecture, Str::county, Str::township, Str::village};

/// The six maps have keys of their own; a seventh stands in the list.
bool has_key(const ViewState& view, const render::MapSpec& map) {
  return std::ranges::find(view.boards(), map.id) != view.boards().end();
}

void draw_top(const Ui& ui, Session& session) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x - ui.px(72);
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui.put(list, at, Face::heading, ui.colours.text, session.dataset().project.title.in(ui.language), room);
  ui.put(list, {at.x, at.y + ui.px(26)}, Face::small, ui.colours.muted, ui.t(Str::app_title), room);
  ImGui::SetCursorScreenPos({at.x + room + ui.px(8), at.y});
  if (icon_button(ui, "help", Icon::help, ui.t(Str::help))) session.help_open = !session.help_open;
  ImGui::SameLine(0, 0);
  if (icon_button(ui, "panel", Icon::left, ui.t(Str::collapse))) session.panel_open = false;
  ImGui::SetCursorScreenPos({at.x, at.y + ui.px(48)});
}

void draw_tabs(const Ui& ui, Session& session) {
  const std::array tabs{Segment{"tab:maps", ui.t(Str::tab_maps)}, Segment{"tab:filter", ui.t(Str::tab_filter)},
                        Segment{"tab:villages", ui.t(Str::tab_villages)}, Segment{"tab:data", ui.t(Str::tab_data)}};
  const int pressed = segmented(ui, tabs, static_cast<int>(session.tab));
  if (pressed >= 0) session.tab = static_cast<SideTab>(pressed);
}

/// The six maps by their keys; where they lead, the strip shows.
void draw_boards(const Ui& ui, Session& session) {
  const ViewState& view = session.view;
  if (view.boards().empty()) return;
  section(ui, ui.t(Str::six_maps));
  constexpr std::array keys{"1", "2", "3", "4", "5", "6"};
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < view.boards().size(); ++i) segments.push_back({fmt::format("board:{}", i + 1), keys[i]});
  const auto shown = view.board_number();
  const int pressed = segmented(ui, segments, shown ? static_cast<int>(*shown) : -1);
  if (pressed >= 0) open_board(session, static_cast<std::size_t>(pressed));
  if (!view.shows_board()) return;
  if (list_row(ui, "board:leave", ui.t(Str::leave_board), false)) return close_board(session);
  if (!session.strip_open && list_row(ui, "strip:open", ui.t(Str::show_strip), false)) session.strip_open = true;
}

void draw_maps(const Ui& ui, Session& session) {
  section(ui, ui.t(Str::maps));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.px(1)});
  for (const render::MapSpec& map : session.atlas->maps)
    if (!has_key(session.view, map) && list_row(ui, "map:" + map.id, map.title.in(ui.language), map.id == session.view.map_id()))
      session.view.set_map(map.id);
  ImGui::PopStyleVar();
}

void draw_levels(const Ui& ui, Session& session) {
  section(ui, ui.t(Str::level));
  std::vector<Segment> segments;
  for (const geo::Level level : geo::all_levels)
    segments.push_back({fmt::format("level:{}", geo::level_id(level)),
                        ui.t(level_words[static_cast<std::size_t>(geo::index_of(level))]),
                        session.view.level_available(level)});
  const int pressed = segmented(ui, segments, geo::index_of(session.view.level()));
  if (pressed >= 0) session.view.set_level(static_cast<geo::Level>(pressed));
}

void draw_years(const Ui& ui, Session& session) {
  section(ui, ui.t(Str::year));
  session.view.set_year(year_slider(ui, "year", session.view.years(), session.view.year()));
}

void draw_classes(const Ui& ui, Session& session) {
  const auto& fill = session.view.map().fill;
  if (!fill || !fill->has_ranges()) return;  // no classes to choose
  if (!fold(ui, "classes", ui.t(Str::classes), session.classes_open)) return;
  const std::array segments{Segment{"classes:auto", ui.t(Str::method_auto)},
                            Segment{"classes:equal", ui.t(Str::method_equal)},
                            Segment{"classes:quantile", ui.t(Str::method_quantile)},
                            Segment{"classes:natural", ui.t(Str::method_natural)}};
  constexpr std::array methods{geo::Method::equal, geo::Method::quantile, geo::Method::natural};
  const auto& chosen = session.view.classes();
  const int active = chosen.method ? static_cast<int>(*chosen.method) + 1 : 0;
  const int pressed = segmented(ui, segments, active);
  if (pressed == 0) session.view.set_method(std::nullopt), session.view.set_class_count(std::nullopt);
  if (pressed > 0) session.view.set_method(methods[static_cast<std::size_t>(pressed - 1)]);
  const int count = session.view.classes().count.value_or(fill->count);
  const int stepped = stepper(ui, "count", ui.t(Str::class_count), count, 2, 9);
  if (stepped != count) session.view.set_class_count(stepped);
}

void draw_look(const Ui& ui, Session& session) {
  section(ui, ui.t(Str::look));
  const float half = (ImGui::GetContentRegionAvail().x - ui.px(8)) / 2;
  const std::array themes{Segment{"theme:wall", ui.t(Str::theme_wall)},
                          Segment{"theme:paper", ui.t(Str::theme_paper)}};
  const int theme = segmented(ui, themes, session.view.theme() == render::ThemeId::wall ? 0 : 1, half);
  if (theme >= 0) session.view.set_theme(theme == 0 ? render::ThemeId::wall : render::ThemeId::paper);
  ImGui::SameLine();
  const std::array languages{Segment{"lang:zh", ui.t(Str::language_zh)},
                             Segment{"lang:en", ui.t(Str::language_en)}};
  const int language = segmented(ui, languages, session.view.language() == geo::Language::en ? 1 : 0, half);
  if (language >= 0) session.view.set_language(language == 1 ? geo::Language::en : geo::Language::zh);
}

void draw_map_tab(const Ui& ui, Session& session) {
  draw_maps(ui, session);
  draw_boards(ui, session);
  draw_levels(ui, session);
  draw_years(ui, session);
  draw_classes(ui, session);
  draw_look(ui, session);
  draw_audience(ui, session, "audience");
  draw_export(ui, session);
}

void draw_collapsed(const Ui& ui, Session& session) {
  if (icon_button(ui, "panel", Icon::panel, ui.t(Str::expand))) session.panel_open = true;
  if (icon_button(ui, "search", Icon::search, ui.t(Str::search)))
    session.panel_open = session.search.take_focus = true;
  if (icon_button(ui, "home", Icon::home, ui.t(Str::help_home))) session.view.home(session.now);
  if (icon_button(ui, "help", Icon::help, ui.t(Str::help))) session.help_open = !session.help_open;
}

}  // namespace

void draw_audience(const Ui& ui, Session& session, const std::string& where) {
  if (session.dataset().project.records.empty()) return;
  section(ui, ui.t(Str::audience));
  std::vector<Segment> segments;
  for (const geo::Audience audience : {geo::Audience::field, geo::Audience::leadership, geo::Audience::public_})
    segments.push_back({fmt::format("{}:{}", where, geo::audience_id(audience)),
                        geo::audience_name(audience).in(ui.language).c_str(), !session.exporting.running && !session.printing.running});
  const int pressed = segmented(ui, segments, static_cast<int>(session.dataset().audience));
  if (pressed >= 0) session.audience_wanted = static_cast<geo::Audience>(pressed);
}

void draw_side_panel(const Ui& ui, Session& session, const Layout& layout) {
  const bool open = session.panel_open;
  if (begin_area("side", layout.side, ui.colours.panel, ui.px(open ? 16 : 8),
                 open ? Area::scrolling : Area::docked)) {
    if (!open) {
      draw_collapsed(ui, session);
    } else {
      ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(6)});
      draw_top(ui, session);
      draw_search(ui, session);
      draw_tabs(ui, session);
      if (session.tab == SideTab::filter)
        draw_filter(ui, session);
      else if (session.tab == SideTab::villages)
        draw_villages(ui, session);
      else if (session.tab == SideTab::data)
        draw_data(ui, session);
      else
        draw_map_tab(ui, session);
      ImGui::PopStyleVar();
    }
  }
  end_area();
}

}  // namespace battlemap::app
