#include "render/record_roads.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "render/parts.hpp"
#include "render/record_marks.hpp"

namespace battlemap::render {
namespace {

constexpr double widest_mm = 0.8, narrowest_mm = 0.3;

/// Without a look of its own, a road is the thinner the later its category stands in the set; the last is
/// dashed.
RoadEntry entry_of(const Board& board, const LayerSpec& spec, const geo::CategorySet& set,
                   std::size_t category) {
  const Scene& scene = board.scene;
  RoadEntry entry;
  const bool known = category < set.entries.size();
  entry.name = known ? set.entries[category].name : geo::record_kind_name(geo::RecordKind::road);
  const double rank = set.entries.size() < 2
                          ? 0
                          : static_cast<double>(std::min(category, set.entries.size() - 1)) /
                                static_cast<double>(set.entries.size() - 1);
  LineLook look;
  look.width_mm = widest_mm + (narrowest_mm - widest_mm) * rank;
  look.dashed = rank == 1 || !known;
  if (known)
    if (const auto own = spec.lines.find(set.entries[category].id); own != spec.lines.end())
      look = own->second;
  const Colour usual = scene.theme.dark ? Colour{0xB9, 0xA0, 0x82} : Colour{0x9A, 0x7B, 0x56};
  entry.colour = look.colour   ? look.colour->in(scene.theme)
                 : spec.colour ? spec.colour->in(scene.theme)
                               : usual;
  entry.casing = scene.theme.halo;
  entry.width = std::max(0.8F, mm_to_px(scene, look.width_mm)), entry.dashed = look.dashed;
  return entry;
}

/// Roads of the neighbours lead on: of the township where a village is shown.
geo::DivisionRef surroundings(const Board& board) {
  if (!board.place.valid() || board.place.level == geo::Level::province) return board.place;
  return board.scene.tree().ancestor(board.place,
                                     static_cast<geo::Level>(geo::index_of(board.place.level) - 1));
}

void draw_road(const RoadEntry& road, const std::vector<Vec2>& line, Layer& layer) {
  if (!road.dashed) {
    layer.items.emplace_back(LineItem{line, road.width, road.colour});
    return;
  }
  for (auto& dash : dashes(line, std::max(4.0F, road.width * 3.5F), std::max(3.5F, road.width * 2.6F)))
    layer.items.emplace_back(LineItem{std::move(dash), road.width, road.colour});
}

}  // namespace

std::vector<std::vector<Vec2>> dashes(const std::vector<Vec2>& line, float on, float off) {
  std::vector<std::vector<Vec2>> out;
  float left = on;
  bool drawing = true;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    Vec2 a = line[i];
    const Vec2 b = line[i + 1];
    float length = std::hypot(b.x - a.x, b.y - a.y);
    if (drawing && out.empty()) out.push_back({a});
    while (length > left) {
      a = {a.x + (b.x - a.x) * left / length, a.y + (b.y - a.y) * left / length};
      length -= left;
      if (drawing) out.back().push_back(a);
      drawing = !drawing, left = drawing ? on : off;
      if (drawing) out.push_back({a});
    }
    left -= length;
    if (drawing) out.back().push_back(b);
  }
  std::erase_if(out, [](const auto& dash) { return dash.size() < 2; });
  return out;
}

void add_road_sample(const RoadEntry& road, Vec2 from, Vec2 to, Layer& layer) {
  draw_road(road, {from, to}, layer);
}

std::vector<RoadEntry> add_record_roads(const Board& board, Layer& layer) {
  const geo::RecordTable& table = board.records[geo::RecordKind::road];
  std::vector<RoadEntry> entries;
  const geo::Level level = board.place.valid() ? board.place.level : geo::Level::province;
  for (const LayerSpec& spec : board.scene.map.layers) {
    if (spec.records != geo::RecordKind::road || !spec.shown_at(level)) continue;
    const geo::CategorySet& set = board.records.set("road");
    std::map<std::size_t, std::vector<std::vector<Vec2>>, std::greater<>> lines;  // the least first
    const auto [first, last] = geo::rows_within(board.scene.tree(), table, surroundings(board));
    for (std::uint32_t row = first; row < std::min<std::size_t>(last, table.lines.size()); ++row) {
      const auto category = table.category("type", row);
      for (auto& line : visible_lines(board.scene, table.lines.line(row)))
        lines[category.value_or(set.entries.size())].push_back(std::move(line));
    }
    std::vector<RoadEntry> own;
    for (const auto& [category, list] : lines) own.push_back(entry_of(board, spec, set, category));
    std::size_t k = 0;
    for (const auto& [category, list] : lines) {  // the casing parts a road from fills and rivers
      if (!own[k].dashed)
        for (const auto& line : list)
          layer.items.emplace_back(LineItem{line, own[k].width + board.scene.layout.px(1.6), own[k].casing});
      ++k;
    }
    k = 0;
    for (const auto& [category, list] : lines) {
      for (const auto& line : list) draw_road(own[k], line, layer);
      ++k;
    }
    if (spec.legend) entries.insert(entries.end(), own.rbegin(), own.rend());
  }
  return entries;
}

}  // namespace battlemap::render
