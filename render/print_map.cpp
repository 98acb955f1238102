#include "render/print_map.hpp"

#include <cairo.h>

#include <algorithm>
#include <map>

#include "render/colour_pass.hpp"
#include "render/painter.hpp"
#include "render/simplify.hpp"

namespace battlemap::render {
namespace {

constexpr std::uint32_t colour_bits = 0xFFFFFFU;

Colour colour_of(std::uint32_t entry) {
  return {static_cast<std::uint8_t>(entry), static_cast<std::uint8_t>(entry >> 8),
          static_cast<std::uint8_t>(entry >> 16)};
}

Rect as_rect(PixelRect r) {
  return {static_cast<float>(r.x), static_cast<float>(r.y), static_cast<float>(r.w), static_cast<float>(r.h)};
}

Rect grown(const Rect& r, float by) {
  return {r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

Rect bounds_of(const std::vector<std::vector<Vec2>>& rings) {
  float x0 = 1e30F, y0 = 1e30F, x1 = -1e30F, y1 = -1e30F;
  for (const auto& ring : rings)
    for (const auto p : ring) x0 = std::min(x0, p.x), y0 = std::min(y0, p.y), x1 = std::max(x1, p.x), y1 = std::max(y1, p.y);
  return {x0, y0, std::max(0.0F, x1 - x0), std::max(0.0F, y1 - y0)};
}

Rect common(const Rect& a, const Rect& b) {
  const float x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x), std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}

}  // namespace

PrintMap::PrintMap(const MapLayer& map, float pixels_per_mm)
    : map_(map),
      frame_(as_rect(frame_pixels(map.view))),
      reach_(grown(frame_, static_cast<float>(outline_margin(map.style)) + pixels_per_mm)),
      table_(cell_table(map.style, map.coverage ? map.coverage->size() : 0)),
      lines_(outline_style(map.style, table_)),
      arcs_(make_arcs(map, reach_, print_tolerance_mm * pixels_per_mm)) {}

bool PrintMap::has_water() const {
  if (!map_.lakes) return false;
  const auto seen = map_.view.extent();
  const auto& boxes = map_.lakes->boxes;
  return std::any_of(boxes.begin(), boxes.end(), [&](const geo::Box& b) { return !b.empty() && b.intersects(seen); });
}

void PrintMap::paint_areas(const PrintCanvas& canvas) const {
  const KeepState keep(canvas);
  canvas.clip(frame_);
  canvas.fill_rect(frame_, colour_of(table_.back()));
  paint_fills(canvas);
  paint_hatch(canvas);
}

/// Two shapes that share an edge, each anti-aliased for itself, let the ground shine through along it. So
/// every colour is laid under all that follow: the cells of one colour and of all later ones are filled
/// together, then all later ones again. Ordered by lightness, as neighbouring classes are, a border is drawn
/// as often as the two differ in steps.
void PrintMap::paint_fills(const PrintCanvas& canvas) const {
  std::map<std::pair<double, std::uint32_t>, int> steps;
  const auto key = [](std::uint32_t entry) {
    return std::pair{relative_luminance(colour_of(entry)), entry & colour_bits};
  };
  for (const auto& arc : arcs_.arcs)
    for (const auto cell : {arc.left, arc.right})
      if (cell != geo::npos) steps.emplace(key(entry(cell)), 0);
  std::map<std::uint32_t, int> order;
  for (int next = 0; auto& [k, step] : steps) step = next++, order[k.second] = step;
  for (const auto& [k, step] : steps) {
    const auto rings = union_rings(
        arcs_, [&, first = step](std::uint32_t cell) { return order.at(entry(cell) & colour_bits) >= first; }, reach_);
    for (const auto& ring : rings) canvas.add_ring(ring);
    canvas.set_colour(colour_of(k.second));
    cairo_fill(canvas.cairo);
  }
}

void PrintMap::paint_hatch(const PrintCanvas& canvas) const {
  const auto rings =
      union_rings(arcs_, [&](std::uint32_t cell) { return (entry(cell) & bit_hatched) != 0; }, reach_);
  if (rings.empty() || map_.style.hatch.a == 0) return;
  const KeepState keep(canvas);
  for (const auto& ring : rings) canvas.add_ring(ring);
  cairo_clip(canvas.cairo);
  canvas.hatch(common(bounds_of(rings), frame_), map_.style.hatch_spacing, map_.style.hatch_width, map_.style.hatch);
}

void PrintMap::paint_water(const PrintCanvas& canvas) const {
  const KeepState keep(canvas);
  canvas.clip(frame_);
  canvas.set_colour(map_.style.water);
  cairo_set_fill_rule(canvas.cairo, CAIRO_FILL_RULE_EVEN_ODD);
  const auto seen = map_.view.extent();
  const auto& lakes = *map_.lakes;
  std::vector<Vec2> ring;
  for (std::size_t i = 0; i < lakes.size(); ++i) {
    if (lakes.boxes[i].empty() || !lakes.boxes[i].intersects(seen)) continue;
    for (auto r = lakes.polygon_begin[i]; r < lakes.polygon_begin[i + 1]; ++r) {
      ring.clear();
      for (const auto p : lakes.ring(r)) ring.push_back(map_.view.to_pixel(p));
      if (ring.empty()) continue;
      ring.push_back(ring.front());
      auto kept = clipped_ring(simplified(ring, print_tolerance_mm * canvas.pixels_per_mm), reach_);
      if (kept.size() > 2) canvas.add_ring(kept);
    }
    cairo_fill(canvas.cairo);  // each lake by itself: where two overlap there is water
  }
}

int PrintMap::kind_of(const MapArc& arc) const {
  const auto left = arc.left == geo::npos ? arc.beyond : arc.left, right = arc.right == geo::npos ? arc.beyond : arc.right;
  if (left == geo::npos || right == geo::npos) return kind_outside;
  return geo::index_of(map_.coverage->parting_level(left, right));
}

int PrintMap::state_kind_of(const MapArc& arc) const {
  const auto state = [this](std::uint32_t cell) {
    const auto e = entry(cell);
    return (e & bit_selected) ? bit_selected : e & bit_hovered;
  };
  const auto left = state(arc.left == geo::npos ? arc.beyond : arc.left),
             right = state(arc.right == geo::npos ? arc.beyond : arc.right);
  if (left == right) return -1;
  return ((left | right) & bit_selected) ? kind_accent : kind_hover;
}

bool PrintMap::muted(const MapArc& arc) const {
  return (entry(arc.left == geo::npos ? arc.beyond : arc.left) &
          entry(arc.right == geo::npos ? arc.beyond : arc.right) & bit_muted) != 0;
}

void PrintMap::stroke(const PrintCanvas& canvas, int kind, float factor, const std::vector<const MapArc*>& arcs) const {
  if (arcs.empty() || !(lines_.width[static_cast<std::size_t>(kind)] > 0)) return;
  for (const auto* arc : arcs)
    for_stretches(arcs_.line(*arc), reach_, [&](std::span<const Vec2> piece) { canvas.add_line(piece); });
  canvas.set_line(lines_.width[static_cast<std::size_t>(kind)], lines_.colour[static_cast<std::size_t>(kind)], factor);
  cairo_stroke(canvas.cairo);
}

void PrintMap::paint_borders(const PrintCanvas& canvas) const {
  const KeepState keep(canvas);
  canvas.clip(frame_);
  std::array<std::array<std::vector<const MapArc*>, 2>, kind_count> arcs;
  for (const auto& arc : arcs_.arcs) {
    arcs[static_cast<std::size_t>(kind_of(arc))][muted(arc)].push_back(&arc);
    if (const int state = lines_.states ? state_kind_of(arc) : -1; state >= 0)
      arcs[static_cast<std::size_t>(state)][0].push_back(&arc);
  }
  for (const int kind : outline_paint_order) {
    stroke(canvas, kind, muted_outline, arcs[static_cast<std::size_t>(kind)][1]);
    stroke(canvas, kind, 1, arcs[static_cast<std::size_t>(kind)][0]);
  }
}

}  // namespace battlemap::render
