#pragma once
#include "app/window/layout.hpp"
#include "app/window/session.hpp"
#include "app/window/ui.hpp"

namespace battlemap::app {

// The parts of the window, each in its own file. They show the session and change it; what they cannot do
// themselves they put into session.wishes.

void draw_side_panel(const Ui& ui, Session& session, const Layout& layout);
void draw_search(const Ui& ui, Session& session);  ///< inside the side panel
void draw_export(const Ui& ui, Session& session);  ///< inside the side panel
/// Who sees it: one choice, made good by loading anew. `where` tells its marks apart.
void draw_audience(const Ui& ui, Session& session, const std::string& where);
void draw_filter(const Ui& ui, Session& session);    ///< inside the side panel
void draw_villages(const Ui& ui, Session& session);  ///< inside the side panel
void draw_data(const Ui& ui, Session& session);      ///< inside the side panel: what check found
void draw_no_records(const Ui& ui, const Session& session);  ///< why there is nothing to filter or list
void draw_header(const Ui& ui, Session& session, const Layout& layout);
void draw_foot(const Ui& ui, const Session& session, const Layout& layout);
void draw_legend(const Ui& ui, Session& session, const Layout& layout);
/// Of a map of records: symbols and how many there are of each.
void draw_symbol_legend(const Ui& ui, Session& session, const Layout& layout);
/// The legend's rectangle when it stands in `corner`.
render::Rect legend_in(Corner corner, render::Rect legend, const Layout& layout, float gap);
/// Panels of a map of records, beside the map.
void draw_board_panels(const Ui& ui, const Session& session, const Layout& layout);
/// The part of the column that the painted panels take.
render::Rect panels_inner(render::Rect column, float scale);
void draw_strip(const Ui& ui, Session& session, const Layout& layout);
/// The filter in words, each part of it to be taken away; what finds no room is counted.
void draw_chips(const Ui& ui, Session& session, float left, float top, float room);
void draw_record_card(const Ui& ui, Session& session, const Layout& layout);
void draw_print_dialog(const Ui& ui, Session& session, const Layout& layout);
void draw_place_card(const Ui& ui, Session& session, const Layout& layout);
void draw_tooltip(const Ui& ui, Session& session);
void draw_help(const Ui& ui, Session& session, const Layout& layout);
void draw_message(const Ui& ui, const Session& session, const Layout& layout);
void draw_map_failure(const Ui& ui, const Session& session, const Layout& layout);

/// Before a project is open.
struct LoadingScreen {
  std::string project;  ///< as given on the command line
  std::string step;
  double fraction = 0;
  std::string error;  ///< not empty: loading failed
  bool data_missing = false;
};
void draw_loading(const Ui& ui, const LoadingScreen& loading, const Layout& layout);

enum class Area { docked, scrolling, floating, dialog };
/// Opens an area without any of the library's decoration; floating ones lie over docked ones, dialogs over all. Height 0: as
/// high as what is in it.
bool begin_area(const char* name, render::Rect rect, ImU32 colour, float padding, Area area = Area::docked);
void end_area();

}  // namespace battlemap::app
