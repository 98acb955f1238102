#include "render/window_weights.hpp"

#include "geo/lanes.hpp"

namespace battlemap::render {
namespace {

using Lanes = std::int32_t __attribute__((vector_size(sizeof(std::int32_t) * pixels_at_once)));
using LanesInMemory [[gnu::may_alias]] = std::int32_t
    __attribute__((vector_size(sizeof(std::int32_t) * pixels_at_once), aligned(alignof(std::int32_t))));

BATTLEMAP_IN_LANES void load(Lanes& to, const std::uint32_t* from) {
  to = *reinterpret_cast<const LanesInMemory*>(from);
}
BATTLEMAP_IN_LANES void store(WindowWeights::PerPixel& to, const Lanes& from) {
  *reinterpret_cast<LanesInMemory*>(to.data()) = from;
}
BATTLEMAP_IN_LANES bool none(const Lanes& v) {
  std::int32_t all = 0;
  for (int i = 0; i < pixels_at_once; ++i) all |= v[i];
  return all == 0;
}

/// 1 4 8 8 4 1, along a row as along a column.
BATTLEMAP_IN_LANES void weigh(Lanes& sum, const Lanes* six) {
  sum = six[0] + six[5] + (six[1] + six[4]) * 4 + (six[2] + six[3]) * 8;
}

BATTLEMAP_IN_LANES void weigh_all(const WindowRows& rows, int x, const std::array<int, geo::level_count>& shift,
                                WindowWeights& out) {
  Lanes differing[window_side][window_side], reference, any{}, inner{};
  load(reference, rows.even[2] + x);
#pragma GCC unroll 6
  for (int r = 0; r < window_side; ++r)
#pragma GCC unroll 6
    for (int c = 0; c < window_side; ++c) {
      load(differing[r][c], (c % 2 == 0 ? rows.even : rows.odd)[static_cast<std::size_t>(r)] + x + c / 2 - 1);
      differing[r][c] ^= reference;
      any |= differing[r][c];
      if (r > 0 && r < 5 && c > 0 && c < 5) inner |= differing[r][c];
    }
  store(out.inner, inner);
  store(out.any, any);
  if (none(inner)) return;
  for (std::size_t l = geo::level_count; l-- > 0;) {
    const Lanes least = Lanes{} + static_cast<std::int32_t>((1U << shift[l]) - 1);
    if (none(any > least)) {
      out.parting[l] = {};
      continue;
    }
    Lanes sums[window_side], total;
#pragma GCC unroll 6
    for (int r = 0; r < window_side; ++r) {
      Lanes beyond[window_side];
#pragma GCC unroll 6
      for (int c = 0; c < window_side; ++c) beyond[c] = differing[r][c] > least;
      weigh(sums[r], beyond);
    }
    weigh(total, sums);
    store(out.parting[l], -total);
  }
}

#if defined(__x86_64__) && !defined(__AVX2__)
[[gnu::target("avx2")]] void weigh_by_avx2(const WindowRows& rows, int x,
                                           const std::array<int, geo::level_count>& shift,
                                           WindowWeights& out) {
  weigh_all(rows, x, shift, out);
}
#endif

}  // namespace

void weigh_windows(const WindowRows& rows, int x, const std::array<int, geo::level_count>& shift,
                   WindowWeights& out) {
#if defined(__x86_64__) && !defined(__AVX2__)
  if (geo::has_avx2()) return weigh_by_avx2(rows, x, shift, out);
#endif
  weigh_all(rows, x, shift, out);
}

}  // namespace battlemap::render
