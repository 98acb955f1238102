#include "app/window/keys.hpp"

namespace battlemap::app {
namespace {

constexpr double pan_share = 0.12;  // of the map area's height for each press of an arrow
constexpr double zoom_step = 1.5;

render::Vec2 middle(const ViewState& view) {
  return {static_cast<float>(view.size().width) / 2, static_cast<float>(view.size().height) / 2};
}

void toggle_theme(ViewState& view) {
  view.set_theme(view.theme() == render::ThemeId::wall ? render::ThemeId::paper : render::ThemeId::wall);
}

void toggle_language(ViewState& view) {
  view.set_language(view.language() == geo::Language::en ? geo::Language::zh : geo::Language::en);
}

void go_back(Session& session) {
  if (session.help_open)
    session.help_open = false;
  else if (session.printing.open)
    session.printing.open = false;
  else if (session.card)
    session.card.reset();
  else
    session.view.up(session.now);
}

void open_tab(Session& session, SideTab tab) {
  session.panel_open = true;
  session.tab = session.tab == tab ? SideTab::maps : tab;
}

void open_selected(Session& session) {
  if (session.view.selected()) session.view.drill(*session.view.selected(), session.now);
}

}  // namespace

std::optional<Key> key_of_character(char32_t character) {
  if (character >= U'1' && character <= U'6')
    return static_cast<Key>(static_cast<int>(Key::board_1) + static_cast<int>(character - U'1'));
  switch (character) {
    case U'+':
    case U'=':
      return Key::zoom_in;
    case U'-':
    case U'_':
      return Key::zoom_out;
    case U'l':
    case U'L':
      return Key::language;
    case U't':
    case U'T':
      return Key::theme;
    case U'f':
    case U'F':
    case U'/':
      return Key::search;
    case U'e':
    case U'E':
      return Key::export_picture;
    case U'p':
    case U'P':
      return Key::print;
    case U'g':
    case U'G':
      return Key::filter;
    case U'v':
    case U'V':
      return Key::villages;
    case U'd':
    case U'D':
      return Key::data;
    case U'0':
      return Key::leave_board;
    case U'?':
    case U'？':
      return Key::help;
    default:
      return std::nullopt;
  }
}

void apply_key(Session& session, Key key) {
  ViewState& view = session.view;
  const double step = view.size().height * pan_share;
  switch (key) {
    case Key::left:
      return view.pan(step, 0);
    case Key::right:
      return view.pan(-step, 0);
    case Key::up:
      return view.pan(0, step);
    case Key::down:
      return view.pan(0, -step);
    case Key::zoom_in:
      return view.zoom_at(middle(view), zoom_step);
    case Key::zoom_out:
      return view.zoom_at(middle(view), 1 / zoom_step);
    case Key::home:
      return view.home(session.now);
    case Key::full_screen:
      return session.wishes.push_back(Wish::full_screen);
    case Key::language:
      return toggle_language(view);
    case Key::theme:
      return toggle_theme(view);
    case Key::year_before:
      return view.step_year(-1);
    case Key::year_after:
      return view.step_year(1);
    case Key::help:
      session.help_open = !session.help_open;
      return;
    case Key::back:
      return go_back(session);
    case Key::enter:
      return open_selected(session);
    case Key::search:
      session.panel_open = session.search.take_focus = true;
      return;
    case Key::export_picture:
      return session.wishes.push_back(Wish::export_picture);
    case Key::panel:
      session.panel_open = !session.panel_open;
      return;
    case Key::leave_board:
      return close_board(session);
    case Key::filter:
      return open_tab(session, SideTab::filter);
    case Key::villages:
      return open_tab(session, SideTab::villages);
    case Key::data:
      return open_tab(session, SideTab::data);
    case Key::print:
      return open_print(session);
    default:
      return open_board(session, static_cast<std::size_t>(key) - static_cast<std::size_t>(Key::board_1));
  }
}

}  // namespace battlemap::app
