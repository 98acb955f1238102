#include "render/cell_sums.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace battlemap::render {
namespace {

/// Runs that nearly touch are mended together.
void add_bad(std::vector<BadRun>& bad, int y, std::size_t begin, std::size_t end) {
  constexpr std::ptrdiff_t nearly = 8;
  const auto from = static_cast<std::ptrdiff_t>(begin), to = static_cast<std::ptrdiff_t>(end);
  if (!bad.empty() && bad.back().row == y && bad.back().end + nearly >= from)
    bad.back().end = to;
  else
    bad.push_back({y, from, to});
}

void sum_from(std::uint32_t sum, std::span<std::uint32_t> row, std::size_t first, std::uint32_t cells, int y,
              std::vector<BadRun>& bad) {
  const int bits = number_bits(cells);
  for (std::size_t i = first; i < row.size(); ++i) {
    sum += row[i];
    const std::uint32_t id = (sum & ((1U << bits) - 1)) - 1;
    if (sum != 0 && (id >= cells || cell_number(id, bits) != sum)) add_bad(bad, y, i, i + 1);
    row[i] = sum == 0 ? id_none : id;
  }
}

#ifdef __SSE2__
__m128i mixed(__m128i v) {
  v = _mm_and_si128(_mm_xor_si128(v, _mm_srli_epi32(v, 11)), _mm_set1_epi32(0x7FFF));
  v = _mm_madd_epi16(v, v);
  return _mm_xor_si128(v, _mm_srli_epi32(v, 9));
}
#endif

}  // namespace

void sum_row(std::span<std::uint32_t> row, std::uint32_t cells, int y, std::vector<BadRun>& bad) {
  std::uint32_t sum = 0;
  std::size_t done = 0;
#ifdef __SSE2__
  const int bits = number_bits(cells);
  __m128i carried = _mm_setzero_si128();
  const __m128i zero = _mm_setzero_si128(), low = _mm_set1_epi32(static_cast<int>((1U << bits) - 1));
  const __m128i last = _mm_set1_epi32(static_cast<int>(cells)), one = _mm_set1_epi32(1),
                none = _mm_set1_epi32(id_none), shift = _mm_cvtsi32_si128(bits);
  __m128i same = none;  // the cell at the last sample, if there is one
  bool one_there = true;
  for (; done + 4 <= row.size(); done += 4) {
    auto* const at = reinterpret_cast<__m128i*>(row.data() + done);
    __m128i v = _mm_loadu_si128(at);
    if (one_there && _mm_movemask_epi8(_mm_cmpeq_epi32(v, zero)) == 0xFFFF) {  // inside a cell, mostly
      _mm_storeu_si128(at, same);
      continue;
    }
    v = _mm_add_epi32(v, _mm_slli_si128(v, 4));
    v = _mm_add_epi32(v, _mm_slli_si128(v, 8));
    v = _mm_add_epi32(v, carried);
    carried = _mm_shuffle_epi32(v, 0xFF);
    const __m128i index = _mm_and_si128(v, low), empty = _mm_cmpeq_epi32(v, zero);
    const __m128i number = _mm_or_si128(_mm_sll_epi32(mixed(index), shift), index);
    const __m128i one_cell = _mm_andnot_si128(_mm_cmpgt_epi32(index, last), _mm_cmpeq_epi32(v, number));
    const int good = _mm_movemask_epi8(_mm_or_si128(empty, one_cell));
    one_there = (good & 0xF000) == 0xF000;
    if (good != 0xFFFF) add_bad(bad, y, done, done + 4);
    v = _mm_or_si128(_mm_and_si128(empty, none), _mm_andnot_si128(empty, _mm_sub_epi32(index, one)));
    _mm_storeu_si128(at, v);
    same = _mm_shuffle_epi32(v, 0xFF);
  }
  sum = static_cast<std::uint32_t>(_mm_cvtsi128_si32(carried));
#endif
  sum_from(sum, row, done, cells, y, bad);
}

}  // namespace battlemap::render
