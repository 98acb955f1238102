#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/records.hpp"
#include "render/free_space.hpp"
#include "render/scene.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// A map that shows records (one of the six maps): what its parts are drawn from. Lives as long as the scene.
struct Board {
  const Scene& scene;  ///< place, level, view, layout, theme, words
  const geo::Records& records;
  const geo::RecordFilter& filter;
  geo::DivisionRef place;
  int year = 0;
  std::vector<std::uint32_t> households;  ///< rows within the place that pass the filter
};

/// All that a board adds to the sheet: symbols, names, title, scale, panels, foot.
void add_board(const Scene& scene, const TextEngine& text, Sheet& sheet);

/// The map's own part: symbols, lines and names of records, placed so that none hides another; clustered with
/// counts where the place is too large for single ones. Appends layers, legend entries, hits and notes to
/// the sheet. `space`: symbols come first and take what they cover; names stand in the rest.
void add_record_layers(const Board& board, const TextEngine& text, FreeSpace& space, Sheet& sheet);

/// Panels of the map file in `area`, from top to bottom, as large as their contents need; what finds no room
/// is said in the sheet's notes.
void add_panels(const Board& board, const TextEngine& text, Rect area, Sheet& sheet);

}  // namespace battlemap::render
