#include "demo/grid_point.hpp"

#include <utility>

namespace battlemap::demo {

std::uint32_t hilbert_index(GridPoint p, GridPoint low, std::int64_t side) {
  constexpr std::uint32_t cells = 1U << 16U;
  auto x = static_cast<std::uint32_t>((std::int64_t{p.x} - low.x) * (cells - 1) / side);
  auto y = static_cast<std::uint32_t>((std::int64_t{p.y} - low.y) * (cells - 1) / side);
  std::uint32_t index = 0;
  for (std::uint32_t s = cells / 2; s > 0; s /= 2) {
    const std::uint32_t rx = (x & s) != 0 ? 1 : 0, ry = (y & s) != 0 ? 1 : 0;
    index += s * s * ((3 * rx) ^ ry);
    if (ry == 0) {
      if (rx == 1) x = cells - 1 - x, y = cells - 1 - y;
      std::swap(x, y);
    }
  }
  return index;
}

std::int64_t twice_area(const std::vector<GridPoint>& ring) {
  std::int64_t sum = 0;
  // Relative to the first point: the products stay far below 2^63 for rings of a few degrees.
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) sum += orientation(ring[0], ring[i], ring[i + 1]);
  return sum;
}

}  // namespace battlemap::demo
