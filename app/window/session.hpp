#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/window/data_view.hpp"
#include "app/window/filter_box.hpp"
#include "app/window/print_box.hpp"
#include "app/window/record_card.hpp"
#include "app/window/sheet_slots.hpp"
#include "app/window/view_state.hpp"
#include "app/window/village_list.hpp"
#include "geo/projection.hpp"
#include "render/compose.hpp"

namespace battlemap::app {

struct SearchBox {
  std::string text;
  std::vector<geo::FoundPlace> found;
  int highlighted = 0;
  bool take_focus = false;
};

enum class ExportSize { window, uhd, a3 };
struct ExportBox {
  ExportSize size = ExportSize::window;
  std::string file;
  bool file_edited = false;  ///< until then the name follows what is shown
  bool running = false;
  double progress = 0;
};

/// A message that shows for a while at the foot of the map.
struct Message {
  std::string text;
  bool bad = false;
  double until = 0;
};

/// The sentence of the place under the mouse; made anew only when it would differ.
struct Sentence {
  render::SheetRequest request;
  std::string text;
};

/// Where the legend stands on the map: its emptiest corner (the place's card has the fourth).
enum class Corner { bottom_left, top_left, bottom_right };

/// What panels ask of the window, beyond what they change in the session itself.
enum class Wish { export_picture, cancel_export, full_screen, print, cancel_print };

/// What the side panel shows.
enum class SideTab { maps, filter, villages, data };

/// Things of a record map under the mouse or clicked: one record, or the records of a cluster.
struct CardBox {
  geo::RecordKind kind = geo::RecordKind::household;
  std::vector<std::uint32_t> rows;
  std::optional<std::uint32_t> row;     ///< of them, the one whose card is shown; nullopt: they are listed
  std::optional<RecordCard> card;       ///< of `row`, in this year and language
  int year = 0;
  geo::Language language = geo::Language::zh;
};

/// The filter as the panel shows it, with what it was made from.
struct FilterView {
  geo::DivisionRef place;
  geo::RecordFilter filter;
  geo::Language language = geo::Language::zh;
  FilterBox box;
  std::string cadre;                ///< typed
  std::vector<std::string> cadres;  ///< found
};

struct VillageView {
  geo::DivisionRef place;
  VillageOrder order = VillageOrder::secretary;
  std::vector<geo::VillageGaps> villages;
};

/// The report on the data, as the panel shows it. The report outlives a change of language.
struct DataBox {
  std::unique_ptr<const CheckReport> report;
  geo::Language language = geo::Language::zh;
  DataView view;
  std::set<std::string> open;  ///< kinds of problems unfolded
};

/// An open project with everything its panels show and change. Knows no OpenGL and no window.
struct Session {
  Session(std::shared_ptr<const render::Atlas> loaded, const ViewStart& start, MapSize size)
      : atlas(std::move(loaded)), view(*atlas, start, size), projection(atlas->dataset.project.projection) {}

  std::shared_ptr<const render::Atlas> atlas;
  ViewState view;
  geo::Projection projection;
  SearchBox search;
  ExportBox exporting;
  std::optional<Message> message;
  bool panel_open = true;
  bool classes_open = false;
  bool strip_open = true;
  SideTab tab = SideTab::maps;
  std::optional<CardBox> card;
  std::string hover_record;             ///< sentence of the record under the mouse; empty: none
  std::optional<FilterView> filtering;  ///< nullopt: to be made
  std::optional<VillageView> villages;
  VillageOrder village_order = VillageOrder::secretary;
  std::optional<DataBox> data;  ///< nullopt: to be made
  PrintBox printing;
  SheetSlots pictures;                     ///< panels, thumbnails and the print dialog's page, as last painted
  std::optional<geo::Audience> audience_wanted;  ///< chosen; the window loads the project anew for it
  std::optional<double> records_loading;   ///< share read; nullopt: they are here, or the project has none
  std::optional<double> packing;  ///< share of the pack made; nullopt: none is being made
  bool help_open = false;
  double now = 0;                              ///< seconds, steady clock
  std::shared_ptr<const render::Sheet> sheet;  ///< composed last; its legend is shown
  std::string drawing_error;
  bool drawing = false;               ///< the exact picture is under way
  std::optional<int> pictured_year;   ///< of the picture on screen, while it is another's than the one asked for
  std::optional<geo::Point> pointer;  ///< under the mouse, projected metres
  std::vector<Wish> wishes;
  std::optional<Sentence> sentence;
  Corner legend_corner = Corner::bottom_left;
  render::Rect legend;  ///< as shown in the last frame

  const geo::Dataset& dataset() const { return atlas->dataset; }
  const geo::DivisionTree& tree() const { return atlas->dataset.tree; }
  bool has_records() const { return atlas->dataset.records.any(); }
  void say(std::string text, bool bad) { message = {std::move(text), bad, now + (bad ? 12 : 6)}; }
};

/// Name of a place, or the project's title for everything.
std::string place_name(const Session& session, geo::DivisionRef place);
/// The map's value at a place with its unit: "12.4 %"; words for no data and not applicable.
std::string value_text(const Session& session, geo::DivisionRef place, int year);
/// File name that says what the picture shows: "poverty-rate-6302-2016.png".
std::string suggested_file(const Session& session);
/// What render::describe says of the hovered place; empty when none is.
const std::string& hover_sentence(Session& session);
/// What is known of the record that is open, in the year and language shown; made anew only when it would differ.
const RecordCard& open_card(Session& session);
void set_search(Session& session, std::string text);
/// The filter panel's numbers for what is shown now; made anew only when they would differ.
FilterView& filter_view(Session& session);
/// The list of villages of the place shown, likewise.
const VillageView& village_view(Session& session);
/// What `check` says of the loaded data, in the window's language; made anew only when it would differ.
DataBox& data_box(Session& session);
/// Shows one of the six maps; says why when there are none.
void open_board(Session& session, std::size_t number);
void close_board(Session& session);
void open_print(Session& session);
void toggle_filter(Session& session, FilterBy by, const std::string& id);
void clear_filter(Session& session);
/// The same project loaded anew: what is shown stays, what was made from the old one goes.
void replace_atlas(Session& session, std::shared_ptr<const render::Atlas> atlas);

}  // namespace battlemap::app
