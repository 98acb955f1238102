#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "render/label_text.hpp"
#include "render/parts.hpp"
#include "render/record_marks.hpp"

namespace battlemap::render {
namespace {

constexpr float least_cell = 15;  // design units: inner radius of places that clusters stand for
constexpr float grid_cell = 72;   // design units: where nearness joins
constexpr float least_radius = 10, most_radius = 56;  // design units
constexpr float hole = 0.66F;                         // inner over outer radius
constexpr float number_units = 15;
constexpr float least_badge = 13;  // design units: half a square's side

using Members = std::map<std::pair<int, int>, std::vector<std::size_t>>;

bool has_point(const RecordRows& rows, std::size_t i) {
  return rows.row(i) < rows.table.points.size() && rows.table.has_point(rows.row(i));
}

bool own_view(const Scene& scene) {
  return scene.request.view_centre || scene.request.view_metres_per_pixel;
}

}  // namespace

std::optional<geo::Level> cluster_level(const Board& board) {
  std::optional<geo::Level> found;
  const int first = board.place.valid() ? geo::index_of(board.place.level) + 1 : 0;
  for (int l = first; l < geo::level_count; ++l) {
    const auto level = static_cast<geo::Level>(l);
    if (board.scene.atlas.dataset.coverage(level).size() == 0) continue;
    if (typical_radius(board.scene, level) < board.scene.layout.px(least_cell)) break;
    found = level;
  }
  return found;
}

namespace {

Vec2 mean_place(const Board& board, const RecordRows& rows, const std::vector<std::size_t>& members) {
  double x = 0, y = 0, n = 0;
  for (const std::size_t i : members) {
    if (!has_point(rows, i)) continue;
    const geo::Point p = rows.table.points[rows.row(i)];
    x += p.x, y += p.y, n += 1;
  }
  if (n == 0) return {std::nanf(""), std::nanf("")};
  return board.scene.view.to_pixel({x / n, y / n});
}

Cluster finish(const Board& board, std::vector<std::size_t> members, Vec2 home) {
  Cluster cluster;
  cluster.records = std::move(members);
  cluster.total = cluster.records.size();
  cluster.number = geo::format_number(static_cast<double>(cluster.total), 0);
  cluster.placed = std::isfinite(home.x) && std::isfinite(home.y) && board.scene.view.frame.contains(home);
  cluster.home = cluster.at = home;
  return cluster;
}

std::vector<Cluster> by_place(const Board& board, const RecordRows& rows, geo::Level level) {
  std::map<std::uint32_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const geo::DivisionRef place = rows.table.places[rows.row(i)];
    members[place.valid() && place.level >= level ? board.scene.tree().ancestor(place, level).index
                                                  : geo::npos]
        .push_back(i);
  }
  const geo::Coverage& coverage = board.scene.atlas.dataset.coverage(level);
  std::map<std::uint32_t, geo::Point> anchors;
  for (std::size_t cell = 0; cell < coverage.size(); ++cell)
    if (coverage.cells[cell].level == level) anchors[coverage.cells[cell].index] = coverage.anchor(cell).at;
  std::vector<Cluster> clusters;
  for (auto& [index, list] : members) {
    const auto anchor = anchors.find(index);
    const Vec2 home =
        anchor != anchors.end() ? board.scene.view.to_pixel(anchor->second) : mean_place(board, rows, list);
    Cluster cluster = finish(board, std::move(list), home);
    if (cluster.placed || !own_view(board.scene)) clusters.push_back(std::move(cluster));
  }
  return clusters;
}

std::vector<Cluster> by_nearness(const Board& board, const RecordRows& rows) {
  const Scene& scene = board.scene;
  const float cell = scene.layout.px(grid_cell);
  Members members;
  std::vector<std::size_t> nowhere;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Vec2 p = has_point(rows, i) ? scene.view.to_pixel(rows.table.points[rows.row(i)]) : Vec2{-1e6F, 0};
    if (scene.view.frame.contains(p))
      members[{static_cast<int>((p.y - scene.view.frame.y) / cell),
               static_cast<int>((p.x - scene.view.frame.x) / cell)}]
          .push_back(i);
    else if (!has_point(rows, i) || !own_view(scene))
      nowhere.push_back(i);
  }
  std::vector<Cluster> clusters;
  for (auto& [key, list] : members) {
    const Vec2 home = mean_place(board, rows, list);
    clusters.push_back(finish(board, std::move(list), home));
  }
  if (!nowhere.empty()) clusters.push_back(finish(board, std::move(nowhere), {std::nanf(""), 0}));
  return clusters;
}

/// How many of the cluster's records each colour entry has; of a flags field, how often it is named.
std::vector<std::size_t> composition(const RecordLayer& layer, const Cluster& cluster) {
  const SymbolKey& key = *layer.key;
  if (!cluster.parts.empty()) return cluster.parts;
  std::vector<std::size_t> counts(key.colours().size());
  for (const std::size_t i : cluster.records) {
    if (!key.has_several() || key.several(i) == 0) {
      ++counts[key.colour_entry(i)];
      continue;
    }
    for (std::size_t k = 0; k < counts.size() && k < 64; ++k) counts[k] += key.several(i) >> k & 1U;
  }
  return counts;
}

void draw_pie(const RecordLayer& layer, const Cluster& cluster, Colour halo, Colour fallback, Layer& out) {
  const std::vector<std::size_t> counts = composition(layer, cluster);
  std::size_t all = 0;
  for (const std::size_t n : counts) all += n;
  if (all == 0) add_disc(out, cluster.at, cluster.radius, fallback);
  double from = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] == 0) continue;
    const double to = from + 2 * std::numbers::pi * static_cast<double>(counts[k]) / static_cast<double>(all);
    add_sector(out, cluster.at, cluster.radius, from, to, layer.key->colours()[k].colour);
    if (counts[k] < all) {
      const auto angle = static_cast<float>(from);
      out.items.emplace_back(LineItem{{cluster.at,
                                       {cluster.at.x + cluster.radius * std::sin(angle),
                                        cluster.at.y - cluster.radius * std::cos(angle)}},
                                      1,
                                      halo});
    }
    from = to;
  }
}

TextStyle number_style(const Board& board, const TextEngine& text, const std::string& number, float radius) {
  TextStyle style = type_style(board.scene, number_units, board.scene.theme.text, Weight::bold);
  style.tabular = true;
  style.size = std::max(style.size, radius * 0.62F);
  const float room = 2 * radius * hole * 0.92F;
  if (const float wide = text.width(number, style); wide > room)
    style.size = std::max(Layout::smallest_type, style.size * room / wide);
  return style;
}

/// Centred on a point.
void add_number(const TextEngine& text, const std::string& number, const TextStyle& style, Vec2 at, Layer& out) {
  const float wide = text.width(number, style);
  out.items.emplace_back(TextItem{number, {at.x - wide / 2, at.y + style.size * 0.37F}, style});
}

/// Those that need action, counted in red at the cluster's upper right.
void draw_alarms(const Board& board, const TextEngine& text, const RecordLayer& layer, const Cluster& cluster,
                 Layer& out) {
  const LayerSpec& spec = *layer.spec;
  const RecordState state = spec.alarm != RecordState::none ? spec.alarm : spec.ring;
  if (state == RecordState::none) return;
  const auto count =
      static_cast<std::size_t>(std::count_if(cluster.records.begin(), cluster.records.end(),
                                             [&](std::size_t i) { return layer.rows->is(state, i); }));
  if (count == 0) return;
  TextStyle style = type_style(board.scene, 12, {255, 255, 255}, Weight::bold);
  const std::string number = geo::format_number(static_cast<double>(count), 0);
  const float wide = text.width(number, style), high = style.size * 1.25F;
  const float w = std::max(high, wide + style.size * 0.7F);
  const Vec2 at{cluster.at.x + cluster.radius * 0.72F, cluster.at.y - cluster.radius * 0.72F};
  RectItem badge{{at.x - w / 2, at.y - high / 2, w, high}, high / 2, board.scene.theme.action};
  badge.stroke = board.scene.theme.halo, badge.stroke_width = std::max(1.0F, board.scene.layout.px(1.4));
  out.items.emplace_back(badge);
  add_number(text, number, style, at, out);
}

/// A ring of one colour would say nothing, and look like households: a square with the number.
void draw_badge(const Board& board, const TextEngine& text, const RecordLayer& layer, const Cluster& cluster,
                Layer& out) {
  constexpr Colour white{255, 255, 255}, black{17, 20, 24};
  const Colour fill = layer.key->colours().empty() ? board.scene.theme.text_muted : layer.key->colours()[0].colour;
  const float side = 2 * cluster.radius - board.scene.layout.px(3);
  RectItem badge{{cluster.at.x - side / 2, cluster.at.y - side / 2, side, side}, side * 0.16F, fill};
  badge.stroke = board.scene.theme.halo, badge.stroke_width = std::max(1.0F, board.scene.layout.px(1.5));
  out.items.emplace_back(badge);
  const Colour ink = contrast_ratio(fill, white) > contrast_ratio(fill, black) ? white : black;
  TextStyle style = type_style(board.scene, number_units, ink, Weight::bold);
  style.tabular = true;
  add_number(text, cluster.number, style, cluster.at, out);
  draw_alarms(board, text, layer, cluster, out);
}

}  // namespace

std::vector<Cluster> make_clusters(const Board& board, const RecordLayer& layer) {
  const auto level = cluster_level(board);
  return level ? by_place(board, *layer.rows, *level) : by_nearness(board, *layer.rows);
}

void size_clusters(const Board& board, const TextEngine& text, RecordLayer& layer) {
  const Layout& l = board.scene.layout;
  std::size_t most = 1;
  for (const Cluster& c : layer.clusters) most = std::max(most, c.total);
  const auto level = cluster_level(board);
  const float room = level ? typical_radius(board.scene, *level) * 0.9F : l.px(grid_cell) * 0.5F;
  const float largest = std::clamp(room, l.px(least_radius) * 1.7F, l.px(most_radius));
  const TextStyle style = type_style(board.scene, number_units, {}, Weight::bold);
  for (Cluster& c : layer.clusters) {
    const float share = std::sqrt(static_cast<float>(c.total) / static_cast<float>(most));
    const float for_number = (text.width(c.number, style) * 0.8F + l.px(2)) / (2 * hole * 0.92F);
    c.radius = std::max({largest * share, l.px(least_radius), largest * 0.3F, for_number});
    if (layer.spec->by_sign_alone()) c.radius = std::max(l.px(least_badge), for_number * hole + l.px(3));
  }
}

void draw_cluster(const Board& board, const TextEngine& text, const RecordLayer& layer,
                  const Cluster& cluster, Layer& out) {
  if (layer.spec->by_sign_alone()) return draw_badge(board, text, layer, cluster, out);
  const Theme& theme = board.scene.theme;
  Cluster shown = cluster;
  shown.radius -= board.scene.layout.px(1.5);
  add_disc(out, cluster.at, cluster.radius, theme.halo);
  draw_pie(layer, shown, theme.halo, mix(theme.land, theme.text_muted, 0.75), out);
  add_disc(out, cluster.at, shown.radius * hole, theme.dark ? theme.ground : Colour{255, 255, 255});
  const TextStyle style = number_style(board, text, cluster.number, shown.radius);
  add_number(text, cluster.number, style, cluster.at, out);
  draw_alarms(board, text, layer, shown, out);
}

}  // namespace battlemap::render
