#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/window/view_state.hpp"
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
enum class Wish { export_picture, cancel_export, full_screen };

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
  bool help_open = false;
  double now = 0;                              ///< seconds, steady clock
  std::shared_ptr<const render::Sheet> sheet;  ///< composed last; its legend is shown
  std::string drawing_error;
  bool drawing = false;               ///< the exact picture is under way
  std::optional<geo::Point> pointer;  ///< under the mouse, projected metres
  std::vector<Wish> wishes;
  std::optional<Sentence> sentence;
  Corner legend_corner = Corner::bottom_left;
  render::Rect legend;  ///< as shown in the last frame

  const geo::Dataset& dataset() const { return atlas->dataset; }
  const geo::DivisionTree& tree() const { return atlas->dataset.tree; }
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
void set_search(Session& session, std::string text);

}  // namespace battlemap::app
