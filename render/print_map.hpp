#pragma once
#include <cstdint>
#include <vector>

#include "render/map_arcs.hpp"
#include "render/outline_rule.hpp"
#include "render/print_canvas.hpp"

namespace battlemap::render {

/// A sheet's map as vector paths, by the same style values as the colour pass: fills, hatch, water, outlines
/// with the weight of the level at which two cells part. `map` must outlive it.
class PrintMap {
 public:
  PrintMap(const MapLayer& map, float pixels_per_mm);
  bool has_water() const;
  void paint_areas(const PrintCanvas& canvas) const;
  void paint_water(const PrintCanvas& canvas) const;
  void paint_borders(const PrintCanvas& canvas) const;

 private:
  std::uint32_t entry(std::uint32_t cell) const { return table_[std::min<std::size_t>(cell, table_.size() - 1)]; }
  int kind_of(const MapArc& arc) const;
  int state_kind_of(const MapArc& arc) const;
  bool muted(const MapArc& arc) const;
  void paint_fills(const PrintCanvas& canvas) const;
  void paint_hatch(const PrintCanvas& canvas) const;
  void stroke(const PrintCanvas& canvas, int kind, float factor, const std::vector<const MapArc*>& arcs) const;

  const MapLayer& map_;
  Rect frame_, reach_;  ///< what is seen, and what is drawn to have it right up to its edge
  std::vector<std::uint32_t> table_;
  OutlineStyle lines_;
  MapArcs arcs_;
};

}  // namespace battlemap::render
