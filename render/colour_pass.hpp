#pragma once
#include <optional>

#include "render/colour_lookup.hpp"
#include "render/id_buffer.hpp"
#include "render/image.hpp"

namespace battlemap::render {

/// Second pass on the CPU, twin of shaders/outline.frag and colour_pass.frag: ids to colours. All cores
/// (`threads` 0) or so many. Opaque result of tile.w x tile.h. Per pixel:
///
/// 1. the mean of its four samples' fills, hover, hatch and water applied;
/// 2. outlines by the rule of render/outline_rule.hpp, village first, province after, then the outside's, the
///    hovered cell's, and round the union of the selected cells. A line of width w at distance d from a
///    pixel's centre has alpha min(w, 1) * clamp(max(w, 1)/2 + 0.5 - d, 0, 1): lines thinner than a pixel
///    fade, they never vanish. Lines with muted cells on both sides are paler (muted_outline).
Image colour_pass(const IdBuffer& ids, const MapLayer& map, int threads = 0);
/// The same with what was looked up for the map before, into a picture whose memory is used again.
void colour_pass(const IdBuffer& ids, const MapLayer& map, const ColourLookup& lookup, int threads, Image& out);

/// The outlines that a colour pass found: for who colours the same ids again with other fills.
struct KeptOutlines {
  std::optional<std::uint64_t> of;  ///< ColourLookup::outlines; nullopt: none yet. Reset it when the ids change
  RawVector<std::uint8_t> touched;                         ///< by pixel: bit per kind that has an alpha in its plane
  std::array<RawVector<std::uint8_t>, kind_count> planes;  ///< alpha by pixel, valid where touched
};
/// The same with outlines kept from the last time, as far as they still hold.
void colour_pass(const IdBuffer& ids, const MapLayer& map, const ColourLookup& lookup, int threads, Image& out, KeptOutlines& kept);

/// Pixels of margin an id buffer needs for tiles of this style to join without a seam.
int outline_margin(const MapStyle& style);

}  // namespace battlemap::render
