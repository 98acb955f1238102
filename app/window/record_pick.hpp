#pragma once
#include "app/window/session.hpp"

namespace battlemap::app {

/// The topmost record under `pixel` of the map area, which shows `view`; nullptr when there is none. The
/// sheet's own view may be an earlier one: symbols are carried along as they are drawn.
const render::RecordHit* hit_at(const render::Sheet& sheet, const render::View& view, render::Vec2 pixel);
/// Where in the map area a record is drawn now, with its radius; nullopt when it is not.
struct HitPlace {
  render::Vec2 centre;
  float radius = 0;
};
std::optional<HitPlace> place_of_record(const render::Sheet& sheet, const render::View& view, RecordRef record);

/// What the tooltip says of a hit: the record, or how many of what.
std::string hit_sentence(const Session& session, const render::RecordHit& hit);
/// A click: the record's card, a short list, or closer to a crowd.
void open_hit(Session& session, const render::RecordHit& hit, render::Vec2 pixel);

}  // namespace battlemap::app
