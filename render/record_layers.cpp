#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "render/flows.hpp"
#include "render/parts.hpp"
#include "render/record_drawing.hpp"
#include "render/symbol_legend.hpp"

namespace battlemap::render {
namespace {

constexpr float tick_from = 1.5F;  // symbols that stand this many reaches from their place point at it

Layer map_part(const Board& board, std::string name) {
  Layer layer;
  layer.name = std::move(name);
  layer.clip = board.scene.view.frame;
  return layer;
}

void take_round(FreeSpace& space, Vec2 at, float reach) {
  const float r = reach * 0.92F;  // a label's corner may stand in the box's corner
  space.take({at.x - r, at.y - r, 2 * r, 2 * r});
}

/// From a symbol that had to give way to the place it belongs to.
void add_ticks(const Board& board, const std::vector<RecordLayer>& layers, Layer& out) {
  const Theme& theme = board.scene.theme;
  const Colour colour = mix(theme.land, theme.text_muted, 0.7);
  const float width = std::max(0.7F, board.scene.layout.px(0.8));
  for (const RecordLayer& layer : layers)
    for (const Mark& m : layer.marks) {
      const float away = std::hypot(m.at.x - m.home.x, m.at.y - m.home.y);
      if (!m.placed || away < tick_from * symbol_reach(m.look, m.radius)) continue;
      out.items.emplace_back(LineItem{{m.home, m.at}, width, colour});
      add_disc(out, m.home, width * 1.4F, colour);
    }
}

void draw_layer(const Board& board, const TextEngine& text, const RecordLayer& layer, Layer& out) {
  for (const Cluster& c : layer.clusters) draw_cluster(board, text, layer, c, out);
  for (const bool alarm : {false, true})  // what needs action is drawn last
    for (const Mark& m : layer.marks)
      if (m.alarm == alarm) add_symbol(out, m.look, m.at, m.radius);
}

void add_hits(const RecordLayer& layer, Sheet& sheet) {
  const RecordRows& rows = *layer.rows;
  for (const Mark& m : layer.marks)
    sheet.hits.push_back({layer.spec->records, {rows.row(m.record)}, m.at, symbol_reach(m.look, m.radius)});
  for (const Cluster& c : layer.clusters) {
    if (c.records.empty()) continue;
    RecordHit hit{layer.spec->records, {}, c.at, c.radius};
    for (const std::size_t i : c.records) hit.rows.push_back(rows.row(i));
    sheet.hits.push_back(std::move(hit));
  }
}

void take_symbols(const std::vector<RecordLayer>& layers, FreeSpace& space) {
  for (const RecordLayer& layer : layers) {
    for (const Mark& m : layer.marks) take_round(space, m.at, symbol_reach(m.look, m.radius));
    for (const Cluster& c : layer.clusters) take_round(space, c.at, c.radius);
  }
}

/// The first layer of single households that asks for it.
const RecordLayer* flow_layer(const std::vector<RecordLayer>& layers) {
  for (const RecordLayer& layer : layers)
    if (layer.spec->flow && !layer.clustered && layer.spec->records == geo::RecordKind::household)
      return &layer;
  return nullptr;
}

/// At a village readers expect the lines; above it circles with numbers are the rule.
void note_missing_lines(const Board& board, const std::vector<RecordLayer>& layers, Sheet& sheet) {
  if (!board.place.valid() || board.place.level != geo::Level::village) return;
  for (const RecordLayer& layer : layers)
    if (layer.spec->flow && layer.clustered && !layer.rows->table.dropped)
      sheet.report.notes.push_back(fmt::format(
          "{}:{}: the records lie too close for lines to each; circles count them and the pairing panel lists them",
          board.scene.map.file.string(), layer.spec->key_lines.table));
}

}  // namespace

void add_record_layers(const Board& board, const TextEngine& text, FreeSpace& space, Sheet& sheet) {
  std::vector<RecordLayer> layers = gather_layers(board);
  Layer roads = map_part(board, "roads"), strands = map_part(board, "flows"),
        comb = map_part(board, "helpers"), ticks = map_part(board, "true places"),
        names = map_part(board, "record names"), key = map_part(board, "symbol legend");
  const std::vector<RoadEntry> road_entries = add_record_roads(board, roads);
  MapGround ground = map_ground(board);
  fill_layers(board, text, ground, layers);
  const RecordLayer* flowing = flow_layer(layers);
  note_missing_lines(board, layers, sheet);
  std::optional<Flows> flows;
  if (flowing != nullptr) flows.emplace(board, text, *flowing, ground);
  if (flows && flows->any())
    for (const Rect& rect : flows->covered()) ground.reserved.push_back(rect), space.take(rect);
  SymbolLegend legend(board, text, layers, road_entries);
  sheet.symbol_legend = legend.entries();
  const std::optional<Rect> box =
      board.scene.layout.furniture ? legend.choose(ground, layers, space) : std::nullopt;
  if (box) ground.reserved.push_back(*box), space.take(*box);
  place_layers(board, text, ground, layers, sheet.report.notes);
  if (flows && flows->any()) {
    flows->draw_strands(*flowing, strands), flows->draw_comb(comb);
    flows->add_hits(sheet.hits);
  }
  take_symbols(layers, space);
  add_ticks(board, layers, ticks);
  std::vector<Layer> drawn;
  for (const RecordLayer& layer : layers) {
    drawn.push_back(map_part(board, std::string(geo::record_kind_id(layer.spec->records))));
    draw_layer(board, text, layer, drawn.back());
    add_hits(layer, sheet);
  }
  add_record_labels(board, text, layers, space, ticks, names, sheet.report);
  if (box) legend.draw(key);
  for (Layer* layer : {&roads, &strands, &ticks}) sheet.layers.push_back(std::move(*layer));
  for (Layer& layer : drawn) sheet.layers.push_back(std::move(layer));
  for (Layer* layer : {&comb, &names, &key})
    if (!layer->items.empty()) sheet.layers.push_back(std::move(*layer));
}

}  // namespace battlemap::render
