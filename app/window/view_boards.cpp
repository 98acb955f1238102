// The part of ViewState that is about maps of records.
#include <algorithm>

#include "app/window/view_state.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

using geo::DivisionRef;
using geo::Level;

// A place follows the camera: a part that fills most of the view becomes the place shown, and a place that has
// become small gives way to the one around it. Far enough apart that no place flickers between the two.
constexpr double fills_view = 0.6;
constexpr double small_in_view = 0.3;

/// How much of the view a box takes, along the side on which it takes more.
double share_of_view(const geo::Box& box, const geo::Box& view) {
  return std::max(box.width() / view.width(), box.height() / view.height());
}

}  // namespace

std::optional<std::size_t> ViewState::board_number() const {
  const auto found = std::ranges::find(boards_, map_);
  if (found == boards_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - boards_.begin());
}

void ViewState::show_board(std::size_t number, double now) {
  if (number >= boards_.size()) return;
  DivisionRef wanted = place_;
  if (selected_)
    wanted = *selected_;
  else if (!shows_board() && hovered_ && hovered_->level == Level::village)
    wanted = *hovered_;
  set_map(boards_[number]);
  selected_.reset();
  if (wanted != place_) go_to(wanted, now);
  if (ground_) ground_->entered = place_;
}

void ViewState::leave_board(double now) {
  if (!shows_board()) return;
  const Ground ground = ground_.value_or(Ground{first_choropleth(), {}, {}, level_});
  if (ground.map.empty()) return;
  const DivisionRef shown = place_;
  const bool stayed = ground_ && shown == ground.entered;
  set_map(ground.map);
  ground_.reset();
  DivisionRef target = stayed ? ground.place : shown;
  if (target.valid() && target.level == Level::village) target = tree().ancestor(target, Level::township);
  go_to(target, now);
  if (stayed) set_level(ground.level);
  if (shown.valid() && shown.level == Level::village) selected_ = shown;
}

std::string ViewState::first_choropleth() const {
  for (const render::MapSpec& map : atlas_->maps)
    if (!map.is_board()) return map.id;
  return {};
}

void ViewState::follow_camera() {
  if (const auto child = child_in_view())
    enter(*child);
  else if (too_small_in_view())
    enter(place_ == root_ ? root_ : tree().ancestor(place_, static_cast<Level>(geo::index_of(place_.level) - 1)));
}

std::optional<DivisionRef> ViewState::child_in_view() const {
  if (!place_.valid() || place_.level == Level::village) return std::nullopt;
  const Level below = level_below(place_.level);
  const geo::Coverage& coverage = atlas_->dataset.coverage(below);
  const geo::Box seen = view().extent();
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    const geo::Box& box = coverage.boxes()[i];
    if (!box.contains(camera_.centre) || share_of_view(box, seen) < fills_view) continue;
    if (coverage.cells[i].level != below || tree().ancestor(coverage.cells[i], place_.level) != place_) continue;
    if (coverage.contains(i, camera_.centre)) return coverage.cells[i];
  }
  return std::nullopt;
}

bool ViewState::too_small_in_view() const {
  if (!place_.valid() || place_ == root_ || place_.level == Level::province) return false;
  return share_of_view(atlas_->dataset.extent_of(place_), view().extent()) < small_in_view;
}

void ViewState::set_atlas(const render::Atlas& atlas) {
  for (const Level level : geo::all_levels)
    if (atlas.dataset.tree.at(level).size() != tree().at(level).size())
      throw geo::UsageError("the project's places have changed: open it again");
  atlas_ = &atlas;
}

}  // namespace battlemap::app
