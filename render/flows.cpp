#include "render/flows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double most_pitch = 13, least_pitch = 3.2;  // design units between helpers
constexpr double label_units = 15, label_gap = 22;
constexpr float most_of_edge = 0.9F;
constexpr double strand_gap = 1.9, widest_cable = 46;  // design units
constexpr std::uint64_t by_nearness = 1ULL << 32U;
constexpr float nearness_cell = 170;  // design units

Vec2 operator+(Vec2 a, Vec2 b) {
  return {a.x + b.x, a.y + b.y};
}
Vec2 operator-(Vec2 a, Vec2 b) {
  return {a.x - b.x, a.y - b.y};
}
Vec2 operator*(Vec2 a, float s) {
  return {a.x * s, a.y * s};
}
float dot(Vec2 a, Vec2 b) {
  return a.x * b.x + a.y * b.y;
}
float length(Vec2 a) {
  return std::hypot(a.x, a.y);
}

/// A uniform cubic B-spline that starts and ends at its first and last point.
std::vector<Vec2> spline(const std::vector<Vec2>& through) {
  std::vector<Vec2> c{through.front(), through.front()};
  c.insert(c.end(), through.begin(), through.end());
  c.push_back(through.back()), c.push_back(through.back());
  std::vector<Vec2> out;
  constexpr int steps = 7;
  for (std::size_t i = 0; i + 3 < c.size(); ++i)
    for (int k = 0; k < steps; ++k) {
      const float t = static_cast<float>(k) / steps, u = 1 - t;
      out.push_back((c[i] * (u * u * u) + c[i + 1] * (3 * t * t * t - 6 * t * t + 4) +
                     c[i + 2] * (-3 * t * t * t + 3 * t * t + 3 * t + 1) + c[i + 3] * (t * t * t)) *
                    (1.0F / 6));
    }
  out.push_back(through.back());
  return out;
}

/// The group a household belongs to, else a square of the map.
std::uint64_t hub_of(const Board& board, const RecordLayer& layer, const Mark& mark) {
  if (const auto group = geo::linked_row(layer.rows->table, "group", layer.rows->row(mark.record)))
    return *group;
  const float cell = board.scene.layout.px(nearness_cell);
  const auto x = static_cast<std::uint64_t>(std::max(0.0F, mark.home.x / cell));
  const auto y = static_cast<std::uint64_t>(std::max(0.0F, mark.home.y / cell));
  return by_nearness + y * 4096 + x;
}

}  // namespace

Flows::Flows(const Board& board, const TextEngine& text, const RecordLayer& layer, const MapGround& ground)
    : board_(board), strand_width_(std::max(0.7F, mm_to_px(board.scene, layer.spec->flow->width_mm))) {
  gather(layer);
  if (strands_.empty()) return;
  name_units(text, layer);
  choose_edge(layer, ground);
  order_cadres(layer);
  lay_out();
}

void Flows::gather(const RecordLayer& layer) {
  const geo::RecordTable& cadres = board_.records[geo::RecordKind::cadre];
  std::map<std::uint32_t, std::size_t> unit_of;
  for (std::size_t m = 0; m < layer.marks.size(); ++m) {
    const Mark& mark = layer.marks[m];
    std::set<std::size_t> helping;
    for (const std::uint32_t cadre : layer.rows->cadres(mark.record)) {
      const std::uint32_t row = geo::linked_row(cadres, "unit", cadre).value_or(geo::npos);
      const auto [found, fresh] = unit_of.emplace(row, units_.size());
      if (fresh) units_.emplace_back().row = row;
      strands_.push_back({m, cadre, found->second, mark.placed ? hub_of(board_, layer, mark) : 0});
      helping.insert(found->second);
    }
    for (const std::size_t unit : helping) ++units_[unit].households;
  }
}

/// Names with how many helpers and households, colours as the layer's legend has them or in order.
void Flows::name_units(const TextEngine& text, const RecordLayer& layer) {
  const Scene& scene = board_.scene;
  const geo::RecordTable& table = board_.records[geo::RecordKind::unit];
  const Palette& palette = palette_of(scene, *layer.spec, false);
  const std::vector<Colour>& list = scene.theme.dark ? palette.dark : palette.light;
  std::vector<std::set<std::uint32_t>> cadres(units_.size());
  for (const Strand& s : strands_) cadres[s.unit].insert(s.cadre);
  for (std::size_t u = 0; u < units_.size(); ++u) {
    Unit& unit = units_[u];
    const std::string name = unit.row == geo::npos ? scene.say("未列单位", "No unit listed")
                                                   : std::string(table.text("name", unit.row));
    unit.label = name + (scene.english_only()
                             ? fmt::format(" · {} cadres · {} households", cadres[u].size(), unit.households)
                             : fmt::format(" · {} 人帮 {} 户", cadres[u].size(), unit.households));
    unit.label_width = text.width(unit.label, label_style());
    unit.cadres.assign(cadres[u].begin(), cadres[u].end());
    unit.colour =
        layer.spec->flow->colour ? layer.spec->flow->colour->in(scene.theme) : list[u % list.size()];
    const std::string id(unit.row == geo::npos ? "no_unit" : table.text("id", unit.row));
    for (const KeyEntry& entry : layer.key->colours())
      if (entry.id == id && layer.spec->colour_by == "helper") unit.colour = entry.colour;
  }
}

TextStyle Flows::label_style() const {
  return type_style(board_.scene, label_units, board_.scene.theme.text);
}

Vec2 Flows::inward() const {
  static constexpr std::array<Vec2, 4> ways{{{0, 1}, {0, -1}, {1, 0}, {-1, 0}}};
  return ways[static_cast<std::size_t>(edge_)];
}

float Flows::label_height() const {
  return label_style().size * 1.6F;
}

/// Along a side, a unit's name stands above its helpers; above or below the map, beside the comb.
float Flows::room_of(const Unit& unit, float pitch) const {
  const float teeth = static_cast<float>(unit.cadres.size()) * pitch;
  return (horizontal() ? std::max(teeth, unit.label_width) : teeth + label_height()) +
         board_.scene.layout.px(horizontal() ? label_gap : label_gap / 2);
}

float Flows::comb_length(float pitch) const {
  float sum = 0;
  for (const Unit& unit : units_) sum += room_of(unit, pitch);
  return sum;
}

float Flows::band_depth() const {
  return (horizontal() ? label_style().size * 1.3F : 0) + board_.scene.layout.px(horizontal() ? 30 : 22);
}

/// Centred on what it leads to, as far as the frame lets it.
Rect Flows::band_at(Edge edge, float size, Vec2 towards) const {
  const Rect& f = board_.scene.view.frame;
  const float margin = board_.scene.layout.px(8), depth = band_depth();
  const bool flat = edge == Edge::top || edge == Edge::bottom;
  const float room = (flat ? f.w : f.h) - 2 * margin;
  size = std::min(size, room);
  const float from = flat ? f.x + margin : f.y + margin, middle = flat ? towards.x : towards.y;
  const float begin = std::clamp(middle - size / 2, from, from + room - size);
  switch (edge) {
    case Edge::top:
      return {begin, f.y + margin, size, depth};
    case Edge::bottom:
      return {begin, f.bottom() - margin - depth, size, depth};
    case Edge::left:
      return {f.x + margin, begin, depth, size};
    case Edge::right:
      break;
  }
  return {f.right() - margin - depth, begin, depth, size};
}

void Flows::choose_edge(const RecordLayer& layer, const MapGround& ground) {
  const Layout& l = board_.scene.layout;
  Vec2 middle;
  float count = 0;
  for (const Mark& m : layer.marks)
    if (m.placed) middle = middle + m.home, count += 1;
  middle = count > 0
               ? middle * (1 / count)
               : Vec2{board_.scene.view.frame.x + board_.scene.view.frame.w / 2, board_.scene.view.frame.y};
  float least = 1e30F;
  Edge best = Edge::top;
  for (const Edge edge : {Edge::top, Edge::bottom, Edge::left, Edge::right}) {
    edge_ = edge;
    const float room = (horizontal() ? board_.scene.view.frame.w : board_.scene.view.frame.h) * most_of_edge;
    float pitch = l.px(most_pitch);
    while (comb_length(pitch) > room && pitch > l.px(least_pitch)) pitch *= 0.92F;
    const Rect band = band_at(edge, comb_length(pitch), middle);
    const auto hidden =
        static_cast<float>(std::count_if(layer.marks.begin(), layer.marks.end(),
                                         [&](const Mark& m) { return m.placed && band.contains(m.home); }));
    const float crowded = std::max(0.0F, comb_length(pitch) / room - 1);
    const float cost = ground.land.share(band) * 100 + hidden * 4 + crowded * 200 + (horizontal() ? 0 : 8);
    if (cost < least) least = cost, best = edge, band_ = band, pitch_ = pitch;
  }
  edge_ = best;
}

/// Where the comb's line of dots lies: on the band's inner side.
Vec2 Flows::comb_point(float position) const {
  const float inset = board_.scene.layout.px(9);
  switch (edge_) {
    case Edge::top:
      return {band_.x + position, band_.bottom() - inset};
    case Edge::bottom:
      return {band_.x + position, band_.y + inset};
    case Edge::left:
      return {band_.right() - inset, band_.y + position};
    case Edge::right:
      break;
  }
  return {band_.x + inset, band_.y + position};
}

/// Units, and the helpers within each, in the order of what they help along the comb: strands cross less.
void Flows::order_cadres(const RecordLayer& layer) {
  const Vec2 axis = along();
  std::map<std::uint32_t, std::pair<float, float>> sums;  // of a cadre: position along the comb, count
  std::vector<std::pair<float, float>> unit_sums(units_.size());
  std::map<std::uint64_t, std::pair<float, float>> hubs;
  for (const Strand& s : strands_) {
    const float at = dot(layer.marks[s.mark].home, axis);
    if (!layer.marks[s.mark].placed) continue;
    hubs[s.hub].first += at, hubs[s.hub].second += 1;
    unit_sums[s.unit].first += at, unit_sums[s.unit].second += 1;
  }
  for (const Strand& s : strands_) {  // a hub's helpers stand together, within it by their households
    const auto& hub = hubs[s.hub];
    const float at = dot(layer.marks[s.mark].home, axis);
    const float where = (hub.second > 0 ? hub.first / hub.second : 0) + at * 1e-3F;
    sums[s.cadre].first += where, sums[s.cadre].second += 1;
  }
  const auto mean = [](const std::pair<float, float>& p) { return p.second > 0 ? p.first / p.second : 0; };
  for (Unit& unit : units_)
    std::stable_sort(unit.cadres.begin(), unit.cadres.end(),
                     [&](auto a, auto b) { return mean(sums[a]) < mean(sums[b]); });
  std::vector<std::size_t> order(units_.size()), place(units_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return mean(unit_sums[a]) < mean(unit_sums[b]); });
  std::vector<Unit> sorted;
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i, sorted.push_back(units_[order[i]]);
  units_ = std::move(sorted);
  for (Strand& s : strands_) s.unit = place[s.unit];
}

void Flows::lay_out() {
  const float room = horizontal() ? band_.w : band_.h;
  const float squeeze = std::min(1.0F, room / std::max(1.0F, comb_length(pitch_)));
  covered_.push_back(band_);
  float at = 0;
  for (Unit& unit : units_) {
    const auto count = static_cast<float>(unit.cadres.size());
    const float named = horizontal() ? 0 : label_height();
    unit.begin = at, unit.length = room_of(unit, pitch_) * squeeze;
    const float pitch = std::min(pitch_, (unit.length - named) * 0.94F / count);
    const float first = at + named + (unit.length - named) / 2 - pitch * (count - 1) / 2;
    for (std::size_t i = 0; i < unit.cadres.size(); ++i)
      cadre_at_[unit.cadres[i]] = comb_point(first + pitch * static_cast<float>(i));
    if (!horizontal()) {
      const float wide = unit.label_width + board_.scene.layout.px(14);
      covered_.push_back(
          {edge_ == Edge::left ? band_.x : band_.right() - wide, band_.y + unit.begin, wide, label_height()});
    }
    at += unit.length;
  }
}

void Flows::draw_strands(const RecordLayer& layer, Layer& out) {
  const Layout& l = board_.scene.layout;
  const Theme& theme = board_.scene.theme;
  std::map<std::pair<std::uint64_t, std::size_t>, std::vector<const Strand*>> cables;
  for (const Strand& s : strands_) cables[{s.hub, s.unit}].push_back(&s);
  for (auto& [key, cable] : cables) {
    const Unit& unit = units_[key.second];
    Vec2 hub, start;
    for (const Strand* s : cable) hub = hub + layer.marks[s->mark].at, start = start + cadre_at_[s->cadre];
    const auto n = static_cast<float>(cable.size());
    hub = hub * (1 / n), start = start * (1 / n);
    const float away = dot(hub - start, inward());
    const Vec2 gather = start + inward() * std::clamp(away * 0.28F, l.px(16), l.px(90));
    Vec2 run = hub - gather;
    const float run_length = std::max(1.0F, length(run));
    run = run * (1 / run_length);
    Vec2 side{-run.y, run.x};
    if (dot(side, along()) < 0) side = side * -1;
    float reach = 0;  // the fan opens where the households begin
    for (const Strand* s : cable) reach = std::max(reach, length(layer.marks[s->mark].at - hub));
    const Vec2 split = hub - run * std::min(reach * 1.1F + l.px(10), run_length * 0.7F);
    std::stable_sort(cable.begin(), cable.end(), [&](const Strand* a, const Strand* b) {
      return dot(layer.marks[a->mark].at, side) < dot(layer.marks[b->mark].at, side);
    });
    const float gap = std::min(l.px(strand_gap), l.px(widest_cable) / n);
    for (std::size_t k = 0; k < cable.size(); ++k) {
      const Vec2 shift = side * ((static_cast<float>(k) - (n - 1) / 2) * gap);
      const Vec2 from = cadre_at_[cable[k]->cadre], to = layer.marks[cable[k]->mark].at;
      out.items.emplace_back(LineItem{spline({from, from + inward() * l.px(14), gather + shift,
                                              gather + shift + run * (run_length * 0.2F), split + shift, to}),
                                      strand_width_, mix(unit.colour, theme.land, 0.35)});
    }
  }
}

void Flows::draw_label(const Unit& unit, Layer& out) const {
  const Layout& l = board_.scene.layout;
  const TextStyle style = label_style();
  if (horizontal()) {
    const Vec2 middle = comb_point(unit.begin + unit.length / 2) - inward() * l.px(10);
    const float y = middle.y + style.size * (edge_ == Edge::top ? -0.25F : 0.95F);
    out.items.emplace_back(TextItem{unit.label, {middle.x - unit.label_width / 2, y}, style});
    return;
  }
  const float x = edge_ == Edge::left ? band_.x + l.px(7) : band_.right() - l.px(7) - unit.label_width;
  out.items.emplace_back(
      TextItem{unit.label, {x, band_.y + unit.begin + label_height() / 2 + style.size * 0.37F}, style});
}

void Flows::draw_comb(Layer& out) const {
  const Layout& l = board_.scene.layout;
  const Theme& theme = board_.scene.theme;
  for (const Rect& rect : covered_) out.items.emplace_back(RectItem{rect, l.px(4), theme.ground});
  for (const Unit& unit : units_) {
    const float radius = std::clamp(pitch_ * 0.4F, l.px(1.6), l.px(4.6));
    for (const std::uint32_t cadre : unit.cadres) {
      add_disc(out, cadre_at_.at(cadre), radius + l.px(0.8), theme.ground);
      add_disc(out, cadre_at_.at(cadre), radius, unit.colour);
    }
    draw_label(unit, out);
  }
}

void Flows::add_hits(std::vector<RecordHit>& hits) const {
  const float radius = std::max(pitch_ * 0.5F, board_.scene.layout.px(3));
  for (const auto& [cadre, at] : cadre_at_) hits.push_back({geo::RecordKind::cadre, {cadre}, at, radius});
}

}  // namespace battlemap::render
