#include "app/window/view_state.hpp"

#include <algorithm>
#include <cstdlib>

#include "geo/nearest.hpp"

namespace battlemap::app {
namespace {

using geo::DivisionRef;
using geo::Level;

/// Index for things kept by the place's level; "everything" comes before the province.
std::size_t slot_of(DivisionRef place) {
  return place.valid() ? static_cast<std::size_t>(geo::index_of(place.level)) + 1 : 0;
}

DivisionRef find_root(const geo::Dataset& dataset) {
  if (dataset.project.root)
    if (const auto found = dataset.tree.find(*dataset.project.root)) return *found;
  if (dataset.tree.at(Level::province).size() == 1) return {Level::province, 0};
  return {};
}

constexpr std::size_t most_boards = 6;  // there are keys for these

std::vector<std::string> first_boards(const std::vector<render::MapSpec>& maps) {
  std::vector<std::string> ids;
  for (const render::MapSpec& map : maps)
    if (map.is_board() && map.series && ids.size() < most_boards) ids.push_back(map.id);
  return ids;
}

[[noreturn]] void fail_year(int year, const std::vector<int>& known) {
  std::vector<std::string> names;
  for (const int y : known) names.push_back(std::to_string(y));
  geo::fail_unknown("year", std::to_string(year), names);
}

}  // namespace

ViewState::ViewState(const render::Atlas& atlas, const ViewStart& start, MapSize size)
    : atlas_(&atlas),
      whole_(atlas.dataset.extent_of({})),
      root_(find_root(atlas.dataset)),
      place_(root_),
      theme_(start.theme),
      language_(start.language),
      size_(size) {
  if (atlas.maps.empty()) geo::fail("project {}: it has no maps", atlas.dataset.project.file.string());
  const std::string& wanted = start.map.empty() ? atlas.dataset.project.default_map : start.map;
  map_ = wanted.empty() ? atlas.maps.front().id : render::find_map(atlas.maps, wanted).id;
  boards_ = first_boards(atlas.maps);
  year_ = atlas.dataset.project.default_year;
  level_ = map().default_level;
  settle_year();
  if (!start.place.empty()) place_ = geo::resolve_place(tree(), start.place);
  settle_level();
  if (start.year) {
    if (std::ranges::find(years(), *start.year) == years().end()) fail_year(*start.year, years());
    year_ = *start.year;
  }
  if (!start.level.empty()) {
    const Level asked = geo::parse_level(start.level);
    if (!level_available(asked))
      throw geo::UsageError(
          fmt::format("level {} cannot be shown for this place: no boundaries, or coarser than it",
                      geo::level_id(asked)));
    level_ = asked;
  }
  camera_ = camera_of_place();
}

const render::MapSpec& ViewState::map() const {
  return render::find_map(atlas_->maps, map_);
}

const std::vector<int>& ViewState::years() const {
  const auto& own = map().years;
  return own.empty() ? atlas_->dataset.project.years : own;
}

bool ViewState::level_available(Level level) const {
  return has_boundaries(level) && (!place_.valid() || level >= place_.level);
}

std::vector<DivisionRef> ViewState::breadcrumb() const {
  std::vector<DivisionRef> path;
  if (!place_.valid()) return path;
  const int first = root_.valid() ? std::min(geo::index_of(root_.level), geo::index_of(place_.level)) : 0;
  for (int l = first; l <= geo::index_of(place_.level); ++l)
    path.push_back(tree().ancestor(place_, static_cast<Level>(l)));
  return path;
}

void ViewState::resize(MapSize size) {
  if (size == size_ || size.width < 1 || size.height < 1) return;
  size_ = size;
  flight_.reset();
  camera_ = follows_place_ ? camera_of_place() : clamped(camera_, limits());
}

void ViewState::zoom_at(render::Vec2 cursor, double factor) {
  flight_.reset();
  follows_place_ = false;
  camera_ = zoomed(camera_, size_, cursor, factor, limits());
  if (shows_board()) follow_camera();
}

void ViewState::pan(double dx, double dy) {
  flight_.reset();
  follows_place_ = false;
  camera_ = panned(camera_, dx, dy, limits());
}

void ViewState::home(double now) {
  go_to(root_, now);
}

void ViewState::go_to(DivisionRef place, double now) {
  enter(place);
  follows_place_ = true;
  fly_to(camera_of_place(), now);
}

void ViewState::drill(DivisionRef cell, double now) {
  if (!cell.valid()) return;
  go_to(drill_target(cell), now);
}

bool ViewState::up(double now) {
  selected_.reset();
  if (place_ == root_ || !place_.valid()) {
    follows_place_ = true;
    fly_to(camera_of_place(), now);
    return false;
  }
  const auto path = breadcrumb();
  go_to(path.size() > 1 ? path[path.size() - 2] : root_, now);
  return true;
}

void ViewState::advance(double now) {
  if (!flight_) return;
  camera_ = flight_->at(now);
  if (flight_->done(now)) flight_.reset();
}

void ViewState::set_map(std::string_view id) {
  const render::MapSpec& wanted = render::find_map(atlas_->maps, id);
  if (wanted.is_board() && !shows_board()) ground_ = Ground{map_, place_, place_, level_};
  map_ = wanted.id;
  classes_ = {};
  settle_year();
}

void ViewState::set_level(Level level) {
  if (!level_available(level)) return;
  level_ = level;
  hovered_.reset();
}

void ViewState::set_year(int year) {
  if (std::ranges::find(years(), year) != years().end()) year_ = year;
}

void ViewState::step_year(int steps) {
  const auto at = std::ranges::find(years(), year_) - years().begin();
  const auto last = static_cast<std::ptrdiff_t>(years().size()) - 1;
  if (last >= 0) year_ = years()[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + steps, 0, last))];
}

void ViewState::set_method(std::optional<geo::Method> method) {
  classes_.method = method;
}

void ViewState::set_class_count(std::optional<int> count) {
  classes_.count = count ? std::optional(std::clamp(*count, 2, 9)) : std::nullopt;
}

render::SheetRequest ViewState::request() const {
  render::SheetRequest request;
  request.map = map_;
  if (place_.valid()) request.place = place_;
  request.level = level_;
  request.year = year_;
  request.theme = theme_;
  request.language = language_;
  request.width = size_.width;
  request.height = size_.height;
  request.classes = classes_;
  request.view_centre = camera_.centre;
  request.view_metres_per_pixel = camera_.metres_per_pixel;
  request.hovered = hovered_;
  request.selected = selected_;
  request.filter = filter_;
  request.furniture = false;
  return request;
}

DivisionRef ViewState::drill_target(DivisionRef cell) const {
  if (!place_.valid()) return tree().ancestor(cell, Level::province);
  const bool inside = cell.level > place_.level && tree().ancestor(cell, place_.level) == place_;
  return tree().ancestor(cell, inside ? level_below(place_.level) : place_.level);
}

void ViewState::enter(DivisionRef place) {
  if (place == place_) return;
  remembered_levels_[slot_of(place_)] = level_;
  const bool rising = slot_of(place) < slot_of(place_);
  place_ = place;
  hovered_.reset();
  if (const auto remembered = remembered_levels_[slot_of(place)]; rising && remembered) level_ = *remembered;
  settle_level();
}

/// A place shown at its own level would be one flat colour: its parts are shown where they have boundaries.
void ViewState::settle_level() {
  if (place_.valid() && level_ <= place_.level) level_ = level_below(place_.level);
  for (int l = geo::index_of(level_); l < geo::level_count; ++l)
    if (level_available(static_cast<Level>(l))) return set_level(static_cast<Level>(l));
  for (int l = geo::index_of(level_); l >= 0; --l)
    if (level_available(static_cast<Level>(l))) return set_level(static_cast<Level>(l));
}

/// Maps may exist for some years only: keep the year, else the nearest one.
void ViewState::settle_year() {
  if (years().empty()) return;
  year_ = *std::ranges::min_element(years(), {}, [this](int y) { return std::abs(y - year_); });
}

void ViewState::fly_to(const Camera& camera, double now) {
  if (camera == camera_) return flight_.reset();
  flight_ = Flight{camera_, camera, now};
}

Camera ViewState::camera_of_place() const {
  const geo::Box box = place_.valid() ? atlas_->dataset.extent_of(place_) : whole_;
  return clamped(fitted(box.empty() ? whole_ : box, size_), limits());
}

}  // namespace battlemap::app
