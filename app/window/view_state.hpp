#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/window/camera.hpp"
#include "geo/dataset.hpp"
#include "render/compose.hpp"

namespace battlemap::app {

/// What the command line asked to see first; empty fields follow the project.
struct ViewStart {
  std::string map;
  std::string place;  ///< code or name
  std::string level;
  std::optional<int> year;
  render::ThemeId theme = render::ThemeId::wall;
  geo::Language language = geo::Language::zh;
};

/// What the window shows and every way it can change: place, level, map, year, classes, camera, hover and
/// selection. Knows no window, no OpenGL and no clock of its own; the atlas must outlive it.
class ViewState {
 public:
  /// Throws geo::UsageError for a map, place, level or year that the project does not have.
  ViewState(const render::Atlas& atlas, const ViewStart& start, MapSize size);

  // What is shown.
  geo::DivisionRef place() const { return place_; }  ///< invalid: everything (a project of many provinces)
  geo::Level level() const { return level_; }
  int year() const { return year_; }
  const render::MapSpec& map() const;
  const std::string& map_id() const { return map_; }
  render::ThemeId theme() const { return theme_; }
  geo::Language language() const { return language_; }
  const render::ClassOverride& classes() const { return classes_; }
  std::optional<geo::DivisionRef> hovered() const { return hovered_; }
  std::optional<geo::DivisionRef> selected() const { return selected_; }
  const Camera& camera() const { return camera_; }
  MapSize size() const { return size_; }
  render::View view() const { return view_of(camera_, size_); }
  bool flying() const { return flight_.has_value(); }
  /// True until the user zooms or pans: the view then follows the place and the window's size.
  bool follows_place() const { return follows_place_; }

  // What may be chosen.
  const std::vector<int>& years() const;             ///< of the map, else of the project
  bool level_available(geo::Level level) const;      ///< has boundaries and is not coarser than the place
  std::vector<geo::DivisionRef> breadcrumb() const;  ///< from the root down to the place

  // Moving about. `now`: seconds of any steady clock; a journey starts then, advance() carries it on.
  void resize(MapSize size);
  void zoom_at(render::Vec2 cursor, double factor);
  void pan(double dx, double dy);
  void home(double now);  ///< the root, whole
  void go_to(geo::DivisionRef place, double now);
  /// One level down into the place under `cell` (a division of the level shown), or to the neighbour
  /// beside the present place when the cell lies outside it.
  void drill(geo::DivisionRef cell, double now);
  bool up(double now);       ///< false at the root
  void advance(double now);  ///< moves the camera on its journey

  // The six maps (any project's maps of records): the keys 1 to 6.
  const std::vector<std::string>& boards() const { return boards_; }  ///< ids of the first six, in their order
  bool shows_board() const { return map().is_board(); }
  std::optional<std::size_t> board_number() const;  ///< of the map shown, from 0
  /// Shows board `number` (from 0; ignored when there is none) of the selected place, else of the hovered
  /// village, else of the place shown.
  void show_board(std::size_t number, double now);
  /// Back to the choropleth shown before; a village is shown in its surroundings, selected.
  void leave_board(double now);
  const geo::RecordFilter& filter() const { return filter_; }
  void set_filter(geo::RecordFilter filter) { filter_ = std::move(filter); }

  // Choosing.
  void set_map(std::string_view id);  ///< throws geo::UsageError
  void set_level(geo::Level level);   ///< ignored when not available
  void set_year(int year);            ///< ignored when the map has no such year
  void step_year(int steps);
  void set_method(std::optional<geo::Method> method);  ///< nullopt: as the map file says
  void set_class_count(std::optional<int> count);
  void set_theme(render::ThemeId theme) { theme_ = theme; }
  void set_language(geo::Language language) { language_ = language; }
  void hover(std::optional<geo::DivisionRef> cell) { hovered_ = cell; }
  void select(std::optional<geo::DivisionRef> cell) { selected_ = cell; }

  /// Goes over to the same project loaded anew (with records, for another audience): what is shown stays.
  /// Throws geo::UsageError when its places are not the same.
  void set_atlas(const render::Atlas& atlas);

  /// The request of the map area's sheet: the map and its labels, the window draws the rest.
  render::SheetRequest request() const;

 private:
  const geo::DivisionTree& tree() const { return atlas_->dataset.tree; }
  bool has_boundaries(geo::Level level) const { return atlas_->dataset.coverage(level).size() > 0; }
  geo::DivisionRef drill_target(geo::DivisionRef cell) const;
  void enter(geo::DivisionRef place);
  void follow_camera();
  std::string first_choropleth() const;  ///< empty: the project has none
  std::optional<geo::DivisionRef> child_in_view() const;
  bool too_small_in_view() const;
  void settle_level();
  void settle_year();
  void fly_to(const Camera& camera, double now);
  CameraLimits limits() const { return limits_for(whole_, size_); }
  Camera camera_of_place() const;

  const render::Atlas* atlas_;
  geo::Box whole_;
  geo::DivisionRef root_;
  geo::DivisionRef place_;
  geo::Level level_ = geo::Level::county;
  /// Level last shown while a place of this level was shown, so that going up restores what was there.
  std::array<std::optional<geo::Level>, geo::level_count + 1> remembered_levels_;
  int year_ = 0;
  std::string map_;
  std::vector<std::string> boards_;
  /// What was shown before the boards.
  struct Ground {
    std::string map;
    geo::DivisionRef place, entered;
    geo::Level level;
  };
  std::optional<Ground> ground_;
  geo::RecordFilter filter_;
  render::ThemeId theme_ = render::ThemeId::wall;
  geo::Language language_ = geo::Language::zh;
  render::ClassOverride classes_;
  std::optional<geo::DivisionRef> hovered_;
  std::optional<geo::DivisionRef> selected_;
  Camera camera_;
  MapSize size_;
  std::optional<Flight> flight_;
  bool follows_place_ = true;
};

}  // namespace battlemap::app
