#pragma once
#include <vector>

#include "render/board.hpp"
#include "render/layer_spec.hpp"

namespace battlemap::render {

/// How roads of one category look, in sheet pixels.
struct RoadEntry {
  geo::Text name;
  Colour colour, casing;
  float width = 1;
  bool dashed = false;
};

/// Roads of the map's layers that appear here, those of least weight first, within the map's frame. Returns
/// an entry for each category that is drawn, the greatest first.
std::vector<RoadEntry> add_record_roads(const Board& board, Layer& layer);
/// A straight piece for the legend.
void add_road_sample(const RoadEntry& road, Vec2 from, Vec2 to, Layer& layer);
/// The line's dashes, `on` long with gaps of `off`.
std::vector<std::vector<Vec2>> dashes(const std::vector<Vec2>& line, float on, float off);

}  // namespace battlemap::render
