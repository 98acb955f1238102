#pragma once
#include <cstdint>

#include "render/map_layer.hpp"
#include "render/raw_vector.hpp"

namespace battlemap::render {

inline constexpr std::uint32_t id_none = 0x7FFFFFFFU;   ///< sample outside every cell
inline constexpr std::uint32_t id_water = 0x80000000U;  ///< bit set on samples inside a lake
inline constexpr int supersampling = 2;                 ///< samples per pixel along each axis

/// First pass: which cell each sample belongs to. Depends on the view alone.
///
/// Sample (i, j) lies at sheet pixel (x0 - margin + (i + 0.5)/2, y0 - margin + (j + 0.5)/2). `margin` pixels
/// around the tile are rasterised too, so that outlines that start outside it are the same in every tiling.
struct IdBuffer {
  PixelRect tile;  ///< sheet pixels it covers, without the margin
  int margin = 0;  ///< px on every side
  int width = 0;   ///< samples a row: (tile.w + 2*margin) * supersampling
  int height = 0;
  RawVector<std::uint32_t> ids;  ///< cell index | id_water, row by row from the top
  /// Cell at a sheet pixel inside the tile (upper left of its samples), or id_none; also outside the tile.
  std::uint32_t cell_at(int x, int y) const;
};

/// Scanline fill of the cells and lakes that touch `tile` (sheet pixels inside the map's frame), even-odd,
/// a sample belongs to the cell that contains its centre (ties: left/top edge in, right/bottom out, so that
/// neighbours sharing an edge leave no sample unowned and none owned twice). Where cells overlap in the
/// source the later one wins. By bands on `threads` threads (0: all cores); the same bits on every machine
/// and in every tiling. Throws geo::Error for a negative or absurdly large tile, or a view whose scale is not
/// positive.
IdBuffer rasterise_ids(const MapLayer& map, PixelRect tile, int margin = 4, int threads = 0);
/// The same into a buffer whose memory is used again.
void rasterise_ids(const MapLayer& map, PixelRect tile, int margin, int threads, IdBuffer& out);

}  // namespace battlemap::render
