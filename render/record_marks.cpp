#include "render/record_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace battlemap::render {
namespace {

constexpr std::array<float, 6> sizes{1.5F, 1.3F, 1.15F, 1.0F, 0.86F, 0.74F};  // of the size asked for
constexpr std::size_t full_size = 3;                                          // the index of 1 in it
constexpr std::size_t most_enlarged = 240;                                    // symbols, in a village
constexpr float most_cover = 0.3F;                                            // of the land, by symbols
constexpr std::size_t always_single = 40;
constexpr std::size_t most_single = 1000, most_single_above = 400;  // in a village, in larger places
constexpr float far_enough = 2.2F;   // symbols move this many radii on average before they are made smaller
constexpr float near_enough = 0.9F;  // ... and while they may be larger than asked for
constexpr float too_far = 9;         // ... and before they are joined into clusters
constexpr float alarm_growth = 1.4F;
constexpr float gap_units = 1;
constexpr float least_radius = 2.2F;  // px
constexpr float tray_gap = 6;         // design units

bool is_finite(Vec2 p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

/// With a view of the user's own, what lies outside it is elsewhere, not missing.
bool own_view(const Scene& scene) {
  return scene.request.view_centre || scene.request.view_metres_per_pixel;
}

float largest_number(const RecordRows& rows) {
  double largest = 0;
  for (const std::uint32_t row : rows.rows())
    largest = std::max(largest, rows.table.number(rows.spec.size_by, row, rows.board.year).value_or(0));
  return static_cast<float>(largest);
}

float base_radius(const Scene& scene, const RecordRows& rows, std::size_t i, float largest) {
  const LayerSpec& spec = rows.spec;
  if (spec.size_by.empty() || largest <= 0) return mm_to_px(scene, spec.size_mm) / 2;
  const double value = rows.table.number(spec.size_by, rows.row(i), rows.board.year).value_or(0);
  const double share = std::sqrt(std::max(0.0, value) / static_cast<double>(largest));
  return mm_to_px(scene, std::max(spec.size_mm, spec.max_size_mm * share)) / 2;
}

/// Cadres and units have no place of their own: they stand around the village's seat, else its middle.
std::optional<Vec2> place_of_helpers(const Board& board) {
  const geo::RecordTable& table = board.records[geo::RecordKind::facility];
  const auto seat = board.records.set("facility").find("village_seat");
  const auto [first, last] = geo::rows_within(board.scene.tree(), table, board.place);
  for (std::uint32_t row = first; row < last && seat; ++row)
    if (table.has_point(row) && table.category("type", row) == seat)
      return board.scene.view.to_pixel(table.points[row]);
  const geo::Coverage& coverage = board.scene.atlas.dataset.coverage(board.place.level);
  const auto cell = std::find(coverage.cells.begin(), coverage.cells.end(), board.place);
  if (cell == coverage.cells.end()) return std::nullopt;
  return board.scene.view.to_pixel(coverage.anchor(static_cast<std::size_t>(cell - coverage.cells.begin())).at);
}

bool is_helper(geo::RecordKind kind) {
  return kind == geo::RecordKind::cadre || kind == geo::RecordKind::unit;
}

std::vector<Mark> make_marks(const Board& board, const RecordLayer& layer) {
  const Scene& scene = board.scene;
  const RecordRows& rows = *layer.rows;
  const float largest = layer.spec->size_by.empty() ? 0 : largest_number(rows);
  const auto office = is_helper(rows.table.kind) ? place_of_helpers(board) : std::nullopt;
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Mark mark;
    mark.record = i;
    const bool own_point = rows.row(i) < rows.table.points.size() && rows.table.has_point(rows.row(i));
    const bool has_point = own_point || office;
    if (own_point) mark.home = scene.view.to_pixel(rows.table.points[rows.row(i)]);
    if (!own_point && office) mark.home = *office;
    const bool seen = has_point && is_finite(mark.home) && scene.view.frame.contains(mark.home);
    if (!seen && has_point && own_view(scene)) continue;
    mark.placed = seen;
    mark.alarm = layer.key->alarm(i), mark.look = layer.key->look(i);
    mark.radius =
        std::max(least_radius, base_radius(scene, rows, i, largest)) * (mark.alarm ? alarm_growth : 1);
    marks.push_back(std::move(mark));
  }
  return marks;
}

float ground_area(const Board& board, const MapGround& ground) {
  const Rect& f = board.scene.view.frame;
  return f.w * f.h * (ground.land.known() ? std::max(0.05F, ground.land.share(f)) : 0.6F);
}

/// Many records at few places (coarsened to their group, say) are better counted than heaped.
bool heaped(const RecordRows& rows) {
  if (rows.size() < 12) return false;
  std::vector<std::pair<double, double>> places;
  for (const std::uint32_t row : rows.rows())
    if (row < rows.table.points.size() && rows.table.has_point(row))
      places.emplace_back(rows.table.points[row].x, rows.table.points[row].y);
  if (places.empty()) return false;
  const std::size_t all = places.size();
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places.size() * 4 < all;
}

bool too_many(const Board& board, const RecordLayer& layer, float area) {
  if (layer.rows->size() <= always_single) return false;
  const bool village = board.place.valid() && board.place.level == geo::Level::village;
  if (layer.marks.size() > (village ? most_single : most_single_above)) return true;
  double needed = 0;
  for (const Mark& mark : layer.marks) {
    const double reach = symbol_reach(mark.look, mark.radius * sizes.back());
    needed += 4 * reach * reach;
  }
  return needed > area * most_cover;
}

/// The marks of all layers as discs; those of one layer follow one another.
std::vector<Disc> discs_of(const std::vector<RecordLayer>& layers, float factor) {
  std::vector<Disc> discs;
  for (const RecordLayer& layer : layers) {
    const bool fixed = layer.spec->crowd == Crowding::keep;
    const bool marked = layer.spec->alarm != RecordState::none || layer.spec->ring != RecordState::none;
    for (const Mark& m : layer.marks)
      if (m.placed) discs.push_back({m.home, m.home, symbol_reach(m.look, m.radius * factor), fixed});
    for (const Cluster& c : layer.clusters)
      if (c.placed) discs.push_back({c.home, c.home, c.radius * (marked ? 1.14F : 1.0F), false});
  }
  return discs;
}

void take_places(std::vector<RecordLayer>& layers, const std::vector<Disc>& discs, float factor) {
  std::size_t next = 0;
  for (RecordLayer& layer : layers) {
    for (Mark& m : layer.marks) {
      m.radius *= factor;
      if (m.placed) m.at = discs[next++].at;
    }
    for (Cluster& c : layer.clusters)
      if (c.placed) c.at = discs[next++].at;
  }
}

float typical_reach(const std::vector<Disc>& discs) {
  float sum = 0;
  for (const Disc& d : discs) sum += d.radius;
  return discs.empty() ? 1 : sum / static_cast<float>(discs.size());
}

/// Records without a place stand in rows above the map's lower edge, from the left.
std::size_t fill_tray(const Scene& scene, const MapGround& ground, std::vector<RecordLayer>& layers) {
  const Rect& f = scene.view.frame;
  const float gap = scene.layout.px(tray_gap);
  Vec2 pen{f.x + gap, f.bottom() - gap};
  std::size_t count = 0;
  const auto put = [&](float reach) {
    Vec2 at{pen.x + reach, pen.y - reach};
    for (const Rect& r : ground.reserved)
      if (r.overlaps({at.x - reach, at.y - reach, 2 * reach, 2 * reach})) at.x = r.right() + gap + reach;
    pen.x = at.x + reach + gap / 2;
    if (pen.x > f.right() - 2 * reach) pen = {f.x + gap, pen.y - 2 * reach - gap / 2};
    return at;
  };
  for (RecordLayer& layer : layers) {
    for (Mark& m : layer.marks)
      if (!m.placed) m.at = m.home = put(symbol_reach(m.look, m.radius)), ++count;
    for (Cluster& c : layer.clusters)
      if (!c.placed) c.at = c.home = put(c.radius), count += c.total;
  }
  return count;
}

void make_clustered(const Board& board, const TextEngine& text, RecordLayer& layer) {
  layer.clustered = true;
  layer.marks.clear();
  layer.clusters = make_clusters(board, layer);
  size_clusters(board, text, layer);
}

/// The largest layer that may be clustered and is not; nullptr: none.
RecordLayer* largest_single(std::vector<RecordLayer>& layers) {
  RecordLayer* found = nullptr;
  for (RecordLayer& layer : layers) {
    const bool may = layer.spec->crowd == Crowding::automatic && !layer.spec->flow && !layer.clustered;
    if (may && layer.marks.size() > always_single && (!found || layer.marks.size() > found->marks.size()))
      found = &layer;
  }
  return found;
}

struct Spreading {
  std::vector<Disc> discs;
  float factor = 1;
  std::size_t stuck = 0;
  float moved = 0;  ///< mean, in reaches
};

/// Larger where few symbols have a village to themselves, smaller where they would stand too far from their
/// places.
Spreading spread_layers(const Board& board, const std::vector<RecordLayer>& layers,
                        const SpreadRules& rules) {
  std::size_t marks = 0;
  for (const RecordLayer& layer : layers) marks += layer.marks.size();
  const bool village = board.place.valid() && board.place.level == geo::Level::village;
  Spreading result;
  for (std::size_t k = village && marks <= most_enlarged ? 0 : full_size; k < sizes.size(); ++k) {
    result.factor = sizes[k], result.discs = discs_of(layers, sizes[k]);
    result.stuck = spread(result.discs, rules);
    result.moved = mean_displacement(result.discs) / typical_reach(result.discs);
    if (result.stuck == 0 && result.moved < (k < full_size ? near_enough : far_enough)) break;
  }
  return result;
}

}  // namespace

MapGround map_ground(const Board& board) {
  MapGround ground;
  if (board.scene.layout.furniture && board.scene.layout.scale_bar.w > 0)
    ground.reserved.push_back(board.scene.layout.scale_bar);
  if (!board.place.valid()) return ground;
  const geo::Coverage& coverage = board.scene.atlas.dataset.coverage(board.place.level);
  const auto cell = std::find(coverage.cells.begin(), coverage.cells.end(), board.place);
  if (cell != coverage.cells.end())
    ground.land = LandMask(coverage.outline(static_cast<std::size_t>(cell - coverage.cells.begin())), 0, board.scene.view);
  return ground;
}

std::vector<RecordLayer> gather_layers(const Board& board) {
  std::vector<RecordLayer> layers;
  const geo::Level level = board.place.valid() ? board.place.level : geo::Level::province;
  for (const LayerSpec& spec : board.scene.map.layers) {
    if (!spec.shown_at(level) || spec.records == geo::RecordKind::road) continue;
    RecordLayer layer;
    layer.spec = &spec;
    layer.rows = std::make_unique<RecordRows>(board, spec);
    layer.key = std::make_unique<SymbolKey>(*layer.rows);
    layers.push_back(std::move(layer));
  }
  return layers;
}

void fill_layers(const Board& board, const TextEngine& text, const MapGround& ground,
                 std::vector<RecordLayer>& layers) {
  const float area = ground_area(board, ground);
  for (RecordLayer& layer : layers) {
    if (layer.rows->table.dropped) {  // only numbers may be known
      layer.clustered = true, layer.clusters = make_counted_clusters(board, layer);
      size_clusters(board, text, layer);
      continue;
    }
    const Crowding crowd = layer.spec->crowd;
    const bool automatic = crowd == Crowding::automatic;
    bool cluster = crowd == Crowding::cluster || (automatic && heaped(*layer.rows));
    if (!cluster) layer.marks = make_marks(board, layer);
    if (automatic && !cluster) cluster = too_many(board, layer, area);
    if (cluster) make_clustered(board, text, layer);
  }
}

void place_layers(const Board& board, const TextEngine& text, const MapGround& ground,
                  std::vector<RecordLayer>& layers, std::vector<std::string>& notes) {
  SpreadRules rules{board.scene.view.frame, board.scene.layout.px(gap_units), {}, ground.reserved};
  if (ground.land.known()) rules.allowed = [&](Vec2 p) { return ground.land.contains(p); };
  Spreading spreading = spread_layers(board, layers, rules);
  const bool village = board.place.valid() && board.place.level == geo::Level::village;
  while (spreading.moved > (village ? too_far : far_enough) || spreading.stuck > 0) {
    RecordLayer* layer = largest_single(layers);
    if (layer == nullptr) break;
    make_clustered(board, text, *layer);
    spreading = spread_layers(board, layers, rules);
  }
  take_places(layers, spreading.discs, spreading.factor);
  if (spreading.stuck > 0)
    notes.push_back(fmt::format("{} symbols found no free place and lie on others", spreading.stuck));
  if (const std::size_t count = fill_tray(board.scene, ground, layers); count > 0)
    notes.push_back(
        fmt::format("{} records have no place on this map; they stand in a row at its lower left", count));
}

}  // namespace battlemap::render
