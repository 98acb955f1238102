#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "geo/division.hpp"
#include "render/colour.hpp"
#include "render/geometry2d.hpp"

namespace battlemap::render {

enum CellFlag : std::uint8_t {
  cell_hatched = 1,   ///< no data: diagonal hatch in `hatch` over the fill
  cell_muted = 2,     ///< outside the place shown: outlines in a paler tone
  cell_hovered = 4,
  cell_selected = 8,
};

/// Final looks of every cell and of the outlines between them: the second pass looks it up by id. Changing
/// an indicator, year, class, palette, hover or selection changes only this.
struct MapStyle {
  std::vector<Colour> fill;          ///< per cell
  std::vector<std::uint8_t> flags;   ///< per cell, CellFlag
  Colour ground;                     ///< where there is no cell
  Colour water;
  Colour hatch;
  float hatch_spacing = 8;           ///< px between hatch lines
  float hatch_width = 1;
  Colour accent;                     ///< outline of the selected cells' union
  Colour hover;                      ///< blended over the hovered cell's fill (use alpha) and its outline
  float accent_width = 3;
  std::array<float, geo::level_count> outline_width{};   ///< px; 0: that level is not outlined
  std::array<Colour, geo::level_count> outline_colour{};
  Colour outside_colour;             ///< outline between cells and no cell
  float outside_width = 2.5F;
};

/// How far outlines may lie from their courses in the window: an eighth of a sample, at which no more than one pixel in
/// 2,000 looks different.
inline constexpr double window_tolerance_px = 0.0625;

/// The map on a sheet: what is rasterised, where, and how it looks.
struct MapLayer {
  View view;
  std::shared_ptr<const geo::Coverage> coverage;
  std::shared_ptr<const geo::PolygonSet> lakes;   ///< may be null
  MapStyle style;
  double tolerance_px = 0;  ///< how far, in sheet pixels, an outline may lie from its course; 0: full detail
};

}  // namespace battlemap::render
