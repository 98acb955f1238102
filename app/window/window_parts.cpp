// The rest of WindowApp: sizes, timings and what scripts ask.
#include <limits>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>

#include "app/window/record_pick.hpp"
#include "app/window/window_app.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

std::string code_or_none(const Session& session, std::optional<geo::DivisionRef> place) {
  return place && place->valid() ? session.tree()[*place].code.text() : "none";
}

geo::Point anchor_of(const Session& session, geo::DivisionRef place) {
  const geo::Coverage& coverage = session.dataset().coverage(place.level);
  for (std::size_t i = 0; i < coverage.size(); ++i)
    if (coverage.cells[i] == place) return coverage.anchor(i).at;
  return session.dataset().extent_of(place).centre();
}

/// "place:CODE", "record:KIND:ID" or "hit:KIND" in pixels of the map area; nullopt when it is not there.
std::optional<render::Vec2> map_target(const Session& session, const std::string& name) {
  const render::View view = session.view.view();
  if (name.starts_with("place:"))
    return view.to_pixel(anchor_of(session, geo::resolve_place(session.tree(), name.substr(6))));
  if (!session.sheet) return std::nullopt;
  if (name.starts_with("hit:")) {
    const geo::RecordKind kind = geo::parse_record_kind(name.substr(4));
    const render::Vec2 middle{view.frame.w / 2, view.frame.h / 2};
    const auto distance = [&](render::Vec2 p) { return std::hypot(p.x - middle.x, p.y - middle.y); };
    std::optional<render::Vec2> nearest;
    for (const render::RecordHit& hit : session.sheet->hits)
      if (hit.kind == kind && hit.rows.size() == 1 && (!nearest || distance(hit.centre) < distance(*nearest)))
        nearest = hit.centre;
    return nearest;
  }
  const std::size_t colon = name.find(':', 7);
  if (!name.starts_with("record:") || colon == std::string::npos) return std::nullopt;
  const geo::RecordKind kind = geo::parse_record_kind(name.substr(7, colon - 7));
  const auto found = session.dataset().records[kind].find(name.substr(colon + 1));
  const auto place = found ? place_of_record(*session.sheet, view, {kind, *found}) : std::nullopt;
  return place ? std::optional(place->centre) : std::nullopt;
}

}  // namespace

Layout WindowApp::layout() const {
  const auto size = shell_.framebuffer();
  const float ratio = shell_.pixels_per_unit();
  const bool open = !session_ || session_->panel_open;
  const bool board = session_ && session_->view.shows_board();
  return lay_out(static_cast<float>(size.width) / ratio, static_cast<float>(size.height) / ratio,
                 shell_.ui_scale(), {open, board, board && session_->strip_open});
}

render::Rect WindowApp::map_pixels(const Layout& layout) const {
  const float ratio = shell_.pixels_per_unit();
  return {std::round(layout.map.x * ratio), std::round(layout.map.y * ratio),
          std::round(layout.map.w * ratio), std::round(layout.map.h * ratio)};
}

MapSize WindowApp::map_size(const Layout& layout) const {
  const render::Rect area = map_pixels(layout);
  return {std::max(1, static_cast<int>(area.w)), std::max(1, static_cast<int>(area.h))};
}

/// Chosen anew only for a place shown whole: under a hand that pans, the legend stays where it is.
void WindowApp::place_legend() {
  if (!map_.exact() || !session_->view.follows_place() || session_->view.flying() || session_->legend.w < 1)
    return;
  if (legend_placed_for_.lock() == session_->sheet) return;  // asking what lies where waits for the graphics card
  legend_placed_for_ = session_->sheet;
  constexpr int samples = 12;
  const Layout now = layout();
  const float ratio = shell_.pixels_per_unit();
  int least = std::numeric_limits<int>::max();  // leaves its usual corner only for one less than half as full
  for (const Corner corner : {Corner::bottom_left, Corner::top_left, Corner::bottom_right}) {
    const render::Rect rect = legend_in(corner, session_->legend, now, 16 * shell_.ui_scale());
    int land = 0;
    for (int i = 0; i < samples * samples; ++i) {
      const float x = rect.x + rect.w * (static_cast<float>(i % samples) + 0.5F) / samples - now.map.x;
      const float y = rect.y + rect.h * (static_cast<float>(i / samples) + 0.5F) / samples - now.map.y;
      land += map_.pick(session_->view.view(), {x * ratio, y * ratio}) ? 1 : 0;
    }
    int cost = session_->view.shows_board() ? 0 : land;  // a village's map is land all over
    for (std::size_t i = 0; session_->sheet && i < session_->sheet->hits.size(); ++i) {
      const render::Vec2 symbol = session_->sheet->hits[i].centre;  // hiding one is worse than hiding land
      if (rect.contains({now.map.x + symbol.x / ratio, now.map.y + symbol.y / ratio})) cost += samples;
    }
    if (cost < least / 2) least = cost, session_->legend_corner = corner;
  }
}

void WindowApp::note_timings(double frame_start) {
  if (!session_) return;
  const double end = shell_.now();
  const bool moving = !map_.picture_exact() || session_->view.flying();
  if (moving && change_ && change_->view && !first_picture_.empty()) moving_frames_.add((end - frame_start) * 1000);
  if (first_picture_.empty() && map_.picture_exact()) first_picture_.add(milliseconds_since_start());
  if (!change_ || !map_.picture_exact() || session_->view.flying()) return;
  const double took = (end - change_->since) * 1000;
  if (!std::exchange(change_->pictured, true))
    (change_->view ? view_pictures_ : change_->pointed ? pointed_pictures_ : style_pictures_).add(took);
  if (!exact_frame_shown_) return;
  (change_->view ? view_changes_ : style_changes_).add(took);
  change_.reset();
}

void WindowApp::print_timings() const {
  fmt::print(stderr, "{}{}{}{}{}{}{}{}", first_picture_.summary("start to first exact picture"),
             moving_frames_.summary("frame while moving"), view_pictures_.summary("new view to exact picture"),
             style_pictures_.summary("new year or map to exact picture"),
             pointed_pictures_.summary("hover or selection to exact picture"), picks_.summary("pick"),
             view_changes_.summary("new view to exact frame"), style_changes_.summary("new style to exact frame"));
}

render::Vec2 WindowApp::locate(const std::string& target) const {
  const std::string name = target.substr(1);
  if (const auto mark = marks_.find(name); mark != marks_.end()) {
    const ImVec4& r = mark->second;
    return {(r.x + r.z) / 2, (r.y + r.w) / 2};
  }
  if (!session_) throw geo::UsageError("nothing can be pressed: still loading");
  const auto pixel = map_target(*session_, name);
  if (!pixel) throw geo::UsageError(fmt::format("there is no {} now", target));
  const Layout now = layout();
  const float ratio = shell_.pixels_per_unit();
  return {now.map.x + pixel->x / ratio, now.map.y + pixel->y / ratio};
}

std::string WindowApp::actual(const std::string& what) const {
  if (!session_) return "nothing: still loading";
  const ViewState& view = session_->view;
  if (what == "place") return code_or_none(*session_, view.place());
  if (what == "level") return std::string(geo::level_id(view.level()));
  if (what == "year") return std::to_string(view.year());
  if (what == "map") return view.map_id();
  if (what == "theme") return view.theme() == render::ThemeId::wall ? "wall" : "paper";
  if (what == "lang") return view.language() == geo::Language::en ? "en" : "zh";
  if (what == "hovered") return code_or_none(*session_, view.hovered());
  if (what == "selected") return code_or_none(*session_, view.selected());
  if (what == "help") return session_->help_open ? "open" : "closed";
  if (what == "panel") return session_->panel_open ? "open" : "closed";
  if (what == "tab") {
    constexpr std::array names{"maps", "filter", "villages", "data"};
    return names[static_cast<std::size_t>(session_->tab)];
  }
  if (what == "audience") return std::string(geo::audience_id(session_->dataset().audience));
  if (what == "former") return former_.expired() ? "gone" : "kept";
  if (what == "records") return session_->has_records() ? "loaded" : "none";
  if (what == "board") return view.board_number() ? std::to_string(*view.board_number() + 1) : "none";
  if (what == "card") return session_->card ? (session_->card->row ? "record" : "list") : "none";
  if (what == "shown") 
    return std::to_string(
        geo::select_households(session_->tree(), session_->dataset().records, view.place(), view.filter()).size());
  if (what == "print") return session_->printing.open ? "open" : "closed";
  if (what == "scale") return fmt::format("{}", view.camera().metres_per_pixel);
  if (what == "message") return session_->message ? session_->message->text : "";
  throw geo::UsageError(fmt::format("nothing called '{}' can be expected; see battlemap view --help", what));
}

}  // namespace battlemap::app
