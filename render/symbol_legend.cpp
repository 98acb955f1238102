#include "render/symbol_legend.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double row_units = 25, label_units = 16, head_units = 16, padding_units = 12;
constexpr double symbol_units = 8;  // radius
constexpr double symbol_room = 32;
constexpr float most_share = 0.3F;  // of the map
constexpr int most_columns = 3;

std::string count_of(std::size_t count) {
  return geo::format_number(static_cast<double>(count), 0);
}

/// What a field is called where the layer has no title.
geo::Text field_title(const LayerSpec& spec, const std::string& field) {
  if (field == "helper") return {"帮扶单位", "Helping unit"};
  if (field == "pairing") return {"结对帮扶", "Pairing"};
  if (field == "state") return {"状态", "State"};
  if (field == "judgement") return {"退出判定", "Exit judgement"};
  const geo::FieldSchema* schema = geo::find_field(spec.records, field);
  return schema == nullptr ? geo::record_kind_name(spec.records) : schema->name;
}

std::size_t count_state(const RecordLayer& layer, RecordState state) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < layer.rows->size(); ++i) count += layer.rows->is(state, i);
  return count;
}

}  // namespace

SymbolLegend::SymbolLegend(const Board& board, const TextEngine& text, const std::vector<RecordLayer>& layers,
                           const std::vector<RoadEntry>& roads)
    : board_(board), text_(text) {
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)  // what lies on top is read first
    if (layer->spec->legend) add_layer(*layer);
  if (!roads.empty()) add_head(key_text(board.scene, geo::record_kind_name(geo::RecordKind::road)));
  for (const RoadEntry& road : roads) {
    Row row{Row::Kind::line,
            rows_.empty() ? "" : rows_.back().head,
            key_text(board.scene, road.name),
            {},
            {},
            road};
    rows_.push_back(std::move(row));
  }
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::head) {
      head_width_ = std::max(head_width_, text.width(row.label, head_style()));
      continue;
    }
    label_width_ = std::max(label_width_, text.width(row.label, label_style()));
    count_width_ = std::max(count_width_, text.width(row.count, label_style()));
  }
}

TextStyle SymbolLegend::head_style() const {
  return type_style(board_.scene, head_units, board_.scene.theme.text, Weight::bold);
}

TextStyle SymbolLegend::label_style() const {
  TextStyle style = type_style(board_.scene, label_units, board_.scene.theme.text);
  style.tabular = true;
  return style;
}

void SymbolLegend::add_head(const std::string& text) {
  Row row;
  row.kind = Row::Kind::head, row.label = row.head = text;
  rows_.push_back(std::move(row));
}

void SymbolLegend::add_entry(const RecordLayer& layer, const KeyEntry& entry, const std::string& head) {
  Row row;
  row.head = head, row.label = key_text(board_.scene, entry.name), row.count = count_of(entry.count);
  row.look = layer.key->entry_look(entry);
  if (layer.spec->alarm != RecordState::none && entry.id == state_id(layer.spec->alarm))
    row.look = layer.key->state_look(layer.spec->alarm);
  if ((layer.clustered && !layer.spec->by_sign_alone()) || layer.key->has_several()) row.look.shape = Shape::circle;
  if (layer.clustered) row.look.ring.reset();
  rows_.push_back(std::move(row));
}

/// A symbol of several colours is in several of the lines above: say so, and how many there are.
void SymbolLegend::add_several(const RecordLayer& layer, const std::string& head) {
  if (layer.clustered || layer.key->count_several() == 0) return;
  Row row;
  row.head = head, row.label = key_text(board_.scene, {"同时有多项", "In several at once"});
  row.count = count_of(layer.key->count_several()), row.look = layer.key->several_look();
  rows_.push_back(std::move(row));
}

void SymbolLegend::add_states(const RecordLayer& layer, const std::string& head) {
  const LayerSpec& spec = *layer.spec;
  std::vector<RecordState> said;
  for (const RecordState state : {spec.alarm, spec.ring, spec.hollow, spec.faded}) {
    if (state == RecordState::none || std::find(said.begin(), said.end(), state) != said.end()) continue;
    said.push_back(state);
    const auto& entries = layer.key->colours();
    if (std::any_of(entries.begin(), entries.end(),
                    [&](const KeyEntry& e) { return e.count > 0 && e.id == state_id(state); }))
      continue;  // it has its line already
    const std::size_t count = count_state(layer, state);
    if (count == 0) continue;
    Row row;
    row.head = head, row.label = key_text(board_.scene, state_name(state, spec.records));
    row.count = count_of(count), row.look = layer.key->state_look(state);
    rows_.push_back(std::move(row));
  }
}

/// The audience may know numbers only, and not all of them.
void SymbolLegend::add_counted(const RecordLayer& layer) {
  const auto counts = counted_entries(board_, layer);
  const LayerSpec& spec = *layer.spec;
  if (counts.empty()) return;
  const geo::Text& title = spec.title.empty() ? geo::record_kind_name(spec.records) : spec.title;
  if (const auto total = counts.find("all"); total != counts.end()) {
    add_entry(layer, {"all", title, board_.scene.theme.text_muted}, {});
    rows_.back().count = total->second;
    return;
  }
  const std::string head = key_text(board_.scene, title);
  add_head(head);
  for (const KeyEntry& entry : layer.key->colours()) {
    const auto found = counts.find(entry.id);
    if (found == counts.end()) continue;
    add_entry(layer, entry, head);
    rows_.back().count = found->second;
  }
}

void SymbolLegend::add_layer(const RecordLayer& layer) {
  const LayerSpec& spec = *layer.spec;
  const auto& colours = layer.key->colours();
  const auto listed = [](const std::vector<KeyEntry>& entries) {
    return static_cast<std::size_t>(
        std::count_if(entries.begin(), entries.end(), [](const KeyEntry& e) { return e.count > 0; }));
  };
  if (layer.rows->table.dropped) return add_counted(layer);
  if (layer.rows->size() == 0) return;
  const bool alone = spec.colour_by.empty() && spec.shape_by.empty();
  const std::string field = spec.colour_by.empty() ? spec.shape_by : spec.colour_by;
  const std::string head =
      alone ? std::string()
            : key_text(board_.scene, spec.title.empty() ? field_title(spec, field) : spec.title);
  if (!alone) add_head(head);
  if (layer.clustered && spec.by_sign_alone() && !colours.empty()) {
    Row badge;
    badge.head = head, badge.label = key_text(board_.scene, {"方块中为一地的合计", "In a square: all of a place"});
    badge.look = layer.key->entry_look(colours[0]), badge.look.shape = Shape::square;
    rows_.push_back(std::move(badge));
  }
  if (listed(colours) > 0 && (!spec.colour_by.empty() || layer.key->shapes().empty()))
    for (const KeyEntry& entry : colours)
      if (entry.count > 0) add_entry(layer, entry, head);
  add_several(layer, head);
  if (!layer.key->shapes().empty() && !layer.clustered) {
    const std::string second = key_text(board_.scene, field_title(spec, spec.shape_by));
    add_head(second);
    for (const KeyEntry& entry : layer.key->shapes())
      if (entry.count > 0) add_entry(layer, entry, second);
  }
  add_states(layer, head);
}

float SymbolLegend::column_width() const {
  const Layout& l = board_.scene.layout;
  const float count = count_width_ > 0 ? count_width_ + l.px(14) : 0;
  return std::max(l.px(symbol_room) + label_width_ + count, head_width_);
}

std::size_t SymbolLegend::rows_per_column(int columns) const {
  return (rows_.size() + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns);
}

Vec2 SymbolLegend::box_size(int columns) const {
  const Layout& l = board_.scene.layout;
  const auto n = static_cast<float>(columns);
  return {n * column_width() + (n - 1) * l.px(20) + l.px(2 * padding_units),
          static_cast<float>(rows_per_column(columns)) * l.px(row_units) + l.px(2 * padding_units - 4)};
}

std::optional<Rect> SymbolLegend::choose(const MapGround& ground, const std::vector<RecordLayer>& layers,
                                         const FreeSpace& space) {
  const Rect& f = board_.scene.view.frame;
  const float edge = board_.scene.layout.px(8);
  float least = 1e30F;
  for (int columns = 1; columns <= most_columns && !rows_.empty(); ++columns) {
    const Vec2 size = box_size(columns);
    if (size.x * size.y > f.w * f.h * most_share || size.x > f.w * 0.6F || size.y > f.h * 0.92F) continue;
    const std::array<float, 3> xs{f.x + edge, f.right() - edge - size.x, f.x + (f.w - size.x) / 2};
    const std::array<float, 3> ys{f.bottom() - edge - size.y, f.y + edge, f.y + (f.h - size.y) / 2};
    for (std::size_t k = 0; k < 8; ++k) {  // corners before edges; never the middle
      const Rect box{xs[k < 4 ? k % 2 : (k < 6 ? k - 4 : 2)], ys[k < 4 ? k / 2 : (k < 6 ? 2 : k - 6)], size.x,
                     size.y};
      std::size_t hidden = 0;
      for (const RecordLayer& layer : layers)
        for (std::size_t i = 0; i < layer.rows->size() && layer.rows->size() < 20000; ++i) {
          const std::uint32_t row = layer.rows->row(i);
          if (row < layer.rows->table.points.size() && layer.rows->table.has_point(row))
            hidden += box.contains(board_.scene.view.to_pixel(layer.rows->table.points[row]));
        }
      const float cost = static_cast<float>(hidden) * 6 + ground.land.share(box) * 100 +
                         (space.is_free(box) ? 0.0F : 12.0F) + static_cast<float>(columns) * 2 +
                         (k < 4 ? 0.0F : 8.0F);
      if (cost < least) least = cost, box_ = box, columns_ = columns;
    }
  }
  return least < 1e30F ? std::optional(box_) : std::nullopt;
}

void SymbolLegend::add_symbol_of(const Row& row, Vec2 at, float radius, Layer& layer) const {
  if (row.kind == Row::Kind::line)
    add_road_sample(row.road, {at.x - 1.6F * radius, at.y}, {at.x + 1.6F * radius, at.y}, layer);
  else
    add_symbol(layer, row.look, at, row.look.ring ? radius * 0.62F : radius * 0.86F);
}

void SymbolLegend::draw_row(const Row& row, float x, float middle, float width, Layer& layer) const {
  const Layout& l = board_.scene.layout;
  const auto put = [&](const std::string& text, TextStyle style, float left) {
    layer.items.emplace_back(TextItem{text, {left, middle + style.size * 0.37F}, style});
  };
  if (row.kind == Row::Kind::head) return put(row.label, head_style(), x);
  add_symbol_of(row, {x + l.px(12), middle}, l.px(symbol_units), layer);
  put(row.label, label_style(), x + l.px(symbol_room));
  if (!row.count.empty()) put(row.count, label_style(), x + width - text_.width(row.count, label_style()));
}

void SymbolLegend::draw(Layer& layer) const {
  const Layout& l = board_.scene.layout;
  const Theme& theme = board_.scene.theme;
  RectItem ground{box_, l.px(4), with_alpha(theme.ground, 0.93)};
  layer.items.emplace_back(ground);
  const std::size_t per = rows_per_column(columns_);
  const float width = column_width(), step = l.px(row_units);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto column = static_cast<float>(i / per), line = static_cast<float>(i % per);
    draw_row(rows_[i], box_.x + l.px(padding_units) + column * (width + l.px(20)),
             box_.y + l.px(padding_units - 2) + (line + 0.5F) * step, width, layer);
  }
}

std::vector<SymbolEntry> SymbolLegend::entries() const {
  std::vector<SymbolEntry> entries;
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::head) continue;
    Layer symbol;
    add_symbol_of(row, {0, 0}, 4, symbol);
    entries.push_back({row.head, row.label, row.count, std::move(symbol.items)});
  }
  return entries;
}

}  // namespace battlemap::render
