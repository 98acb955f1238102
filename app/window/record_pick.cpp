#include "app/window/record_pick.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace battlemap::app {
namespace {

constexpr float slack = 3;               // px: small symbols are easier to meet
constexpr std::size_t most_rows_listed = 12;  // larger crowds are better seen closer
constexpr double closer = 2.5;

render::Vec2 now_at(const render::Sheet& sheet, const render::View& view, const render::RecordHit& hit) {
  return sheet.map.view == view ? hit.centre : view.to_pixel(sheet.map.view.to_map(hit.centre));
}

}  // namespace

const render::RecordHit* hit_at(const render::Sheet& sheet, const render::View& view, render::Vec2 pixel) {
  for (const render::RecordHit& hit : sheet.hits) {
    const render::Vec2 at = now_at(sheet, view, hit);
    if (std::hypot(at.x - pixel.x, at.y - pixel.y) <= hit.radius + slack) return &hit;
  }
  return nullptr;
}

std::optional<HitPlace> place_of_record(const render::Sheet& sheet, const render::View& view, RecordRef record) {
  for (const render::RecordHit& hit : sheet.hits)
    if (hit.kind == record.kind && std::ranges::find(hit.rows, record.row) != hit.rows.end())
      return HitPlace{now_at(sheet, view, hit), hit.radius};
  return std::nullopt;
}

std::string hit_sentence(const Session& session, const render::RecordHit& hit) {
  const geo::Language language = session.view.language();
  if (hit.rows.size() == 1) return record_sentence(session.dataset(), {hit.kind, hit.rows.front()}, language);
  const std::string& kind = geo::record_kind_name(hit.kind).in(language);
  if (hit.rows.empty()) return kind;
  return fmt::format("{} · {}", kind, geo::format_number(static_cast<double>(hit.rows.size()), 0));
}

void open_hit(Session& session, const render::RecordHit& hit, render::Vec2 pixel) {
  if (hit.rows.empty()) return;
  if (hit.rows.size() > most_rows_listed) {
    const double scale = session.view.camera().metres_per_pixel;
    session.view.zoom_at(pixel, closer);
    if (session.view.camera().metres_per_pixel < scale) return;
  }
  session.view.select(std::nullopt);
  session.card = CardBox{.kind = hit.kind, .rows = hit.rows};
  if (hit.rows.size() == 1) session.card->row = hit.rows.front();
}

}  // namespace battlemap::app
