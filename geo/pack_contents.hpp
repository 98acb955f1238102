#pragma once
// What lies in a pack: for who writes and who reads it.
#include <cstdint>
#include <type_traits>

#include "geo/anchors.hpp"
#include "geo/arc_shapes.hpp"
#include "geo/division.hpp"
#include "geo/geometry.hpp"
#include "geo/indicator.hpp"
#include "geo/pack_file.hpp"

namespace battlemap::geo {

/// PackName::kind; the number beside it is a level, a detail, a column or a file.
enum class PackKind : std::uint32_t {
  identity,        ///< text
  report,          ///< JSON: grid, tolerances, types, columns, names of waters, reports, problems
  divisions,       ///< by level: DivisionRecord
  names,           ///< by level: text, all names one after the other
  search_text, search_begin,  ///< by level: see NameIndex
  cells,           ///< by level: DivisionRef
  boxes,           ///< by level: Box, metres
  anchors,         ///< by level: Anchor
  ancestry,        ///< by level: level_count numbers a cell
  ring_refs, ring_begin, polygon_begin, ring_first,  ///< by level: see ArcRings
  arc_points, arc_begin,                             ///< by detail: see ArcLines
  arc_sides, arc_reach,                              ///< of the finest level: see ArcNeighbours
  lake_points, lake_rings, lake_polygons, lake_boxes, river_points, river_lines,
  values,          ///< by column: Statistics::Cell
  file_names,      ///< JSON: the project's own files
  file,            ///< by file: its bytes
};
constexpr PackName pack_name(PackKind kind, std::size_t number = 0) {
  return {static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(number)};
}

using PackedAncestry = std::array<std::uint32_t, level_count>;

static_assert(sizeof(DivisionRecord) == 32 && sizeof(DivisionRef) == 8 && sizeof(GridPoint) == 8 && sizeof(Box) == 32 &&
              sizeof(ArcSides) == 8 && sizeof(Anchor) == 24 && sizeof(Statistics::Cell) == 16 && sizeof(Point) == 16);
static_assert(std::is_trivially_copyable_v<Anchor> && std::is_trivially_copyable_v<Statistics::Cell> &&
              std::is_trivially_copyable_v<Box> &&
              std::is_trivially_copyable_v<DivisionRecord> && std::is_trivially_copyable_v<DivisionRef>);

}  // namespace battlemap::geo
