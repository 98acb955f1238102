#pragma once
#include <array>
#include <cstdint>

#include "geo/code.hpp"
#include "render/outline_rule.hpp"

namespace battlemap::render {

// The windows of several neighbouring pixels at once, each sample as its cell's key (see CellKeys).

inline constexpr int pixels_at_once = 8;

/// The six sample rows around a pixel row, every second sample: sample 2 x of a row is even[r][x], sample 2 x
/// + 1 is odd[r][x], x from the tile's first pixel.
struct WindowRows {
  std::array<const std::uint32_t*, window_side> even, odd;
};

struct WindowWeights {
  using PerPixel = std::array<std::uint32_t, pixels_at_once>;
  PerPixel any;    ///< bits in which any sample of the window differs from the reference
  PerPixel inner;  ///< the same of the inner 4 x 4
  /// Weight of the samples that part from the reference at this level or a coarser one.
  std::array<PerPixel, geo::level_count> parting;
};

/// Weighs the windows of pixels [x, x + pixels_at_once). `shift`: of the levels' fields. Where no inner
/// sample differs `parting` is left as it was. The same numbers on every machine, faster where it has AVX2.
void weigh_windows(const WindowRows& rows, int x, const std::array<int, geo::level_count>& shift,
                   WindowWeights& out);

}  // namespace battlemap::render
