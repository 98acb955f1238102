#pragma once
#include <array>
#include <vector>

#include "render/image.hpp"
#include "render/outline_rule.hpp"

namespace battlemap::render {

/// What the colour pass looks up by cell; made once for a map and style, used for all its tiles.
struct ColourLookup {
  std::vector<std::uint32_t> table;  ///< see cell_table()
  OutlineStyle lines;
  Colour water, hatch;
  /// Cells as CellKeys with, below the fields, bits for muted, hovered and selected where the style has any
  /// such cell; the last for no cell. Empty where that does not fit a key.
  std::vector<std::uint32_t> keys;
  std::array<int, geo::level_count> shift{};  ///< of the fields within `keys`
  std::uint32_t muted = 0;                    ///< bit of `keys`
  /// Bits of `keys` in which samples differ where an outline may be wide, or unlike on its two sides.
  std::uint32_t special = 0;
  /// Two lookups of one coverage with one number here have the same outlines in the same ids, whatever their fills and colours.
  std::uint64_t outlines = 0;
};

/// `order`: of the bytes in the picture that the pass will make. With blue first the colours here have red and blue changed.
ColourLookup colour_lookup(const MapLayer& map, ByteOrder order = ByteOrder::rgba);

}  // namespace battlemap::render
