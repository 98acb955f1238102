#include "render/cell_sums.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace battlemap::render {
namespace {

/// Without branches; `bad` is set once for all samples.
void sum_from(std::uint32_t sum, std::span<std::uint32_t> row, std::uint32_t cells, bool& bad) {
  const int bits = number_bits(cells);
  for (auto& sample : row) {
    sum += sample;
    const std::uint32_t id = (sum & ((1U << bits) - 1)) - 1;
    bad |= sum != 0 && (id >= cells || cell_number(id, bits) != sum);
    sample = sum == 0 ? id_none : id;
  }
}

#ifdef __SSE2__
__m128i mixed(__m128i v) {
  v = _mm_xor_si128(v, _mm_srli_epi32(v, 5)), v = _mm_add_epi32(v, _mm_slli_epi32(v, 7));
  v = _mm_xor_si128(v, _mm_srli_epi32(v, 9)), v = _mm_add_epi32(v, _mm_slli_epi32(v, 11));
  return _mm_xor_si128(v, _mm_srli_epi32(v, 13));
}
#endif

}  // namespace

bool sum_row(std::span<std::uint32_t> row, std::uint32_t cells) {
  const int bits = number_bits(cells);
  bool bad = false;
  std::uint32_t sum = 0;
  std::size_t done = 0;
#ifdef __SSE2__
  __m128i carried = _mm_setzero_si128(), right = _mm_set1_epi32(-1);
  const __m128i zero = _mm_setzero_si128(), low = _mm_set1_epi32(static_cast<int>((1U << bits) - 1));
  const __m128i last = _mm_set1_epi32(static_cast<int>(cells)), one = _mm_set1_epi32(1),
                none = _mm_set1_epi32(id_none), shift = _mm_cvtsi32_si128(bits);
  for (; done + 4 <= row.size(); done += 4) {
    auto* const at = reinterpret_cast<__m128i*>(row.data() + done);
    __m128i v = _mm_loadu_si128(at);
    v = _mm_add_epi32(v, _mm_slli_si128(v, 4));
    v = _mm_add_epi32(v, _mm_slli_si128(v, 8));
    v = _mm_add_epi32(v, carried);
    carried = _mm_shuffle_epi32(v, 0xFF);
    const __m128i index = _mm_and_si128(v, low), empty = _mm_cmpeq_epi32(v, zero);
    const __m128i number = _mm_or_si128(_mm_sll_epi32(mixed(index), shift), index);
    const __m128i one_cell = _mm_andnot_si128(_mm_cmpgt_epi32(index, last), _mm_cmpeq_epi32(v, number));
    right = _mm_and_si128(right, _mm_or_si128(empty, one_cell));
    _mm_storeu_si128(
        at, _mm_or_si128(_mm_and_si128(empty, none), _mm_andnot_si128(empty, _mm_sub_epi32(index, one))));
  }
  sum = static_cast<std::uint32_t>(_mm_cvtsi128_si32(carried));
  bad = _mm_movemask_epi8(right) != 0xFFFF;
#endif
  sum_from(sum, row.subspan(done), cells, bad);
  return !bad;
}

}  // namespace battlemap::render
