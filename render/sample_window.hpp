#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "render/id_buffer.hpp"
#include "render/outline_rule.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace battlemap::render {

inline constexpr std::uint64_t full_window = (std::uint64_t{1} << (window_side * window_side)) - 1;

/// Weight and first moments (quarter pixels) of a set of the window's samples.
struct Sums {
  int weight = 0, x = 0, y = 0;
};
inline constexpr int sum_field_bits = 20;
constexpr std::int64_t packed(const Sums& s) {
  return s.weight + s.x * (std::int64_t{1} << sum_field_bits) + s.y * (std::int64_t{1} << 2 * sum_field_bits);
}
constexpr Sums unpacked(std::int64_t v) {
  const auto field = [](std::int64_t bits) {
    return static_cast<int>(
        static_cast<std::int64_t>(static_cast<std::uint64_t>(bits) << (64 - sum_field_bits)) >>
        (64 - sum_field_bits));
  };
  const int weight = field(v);
  v = (v - weight) >> sum_field_bits;
  const int x = field(v);
  return {weight, x, static_cast<int>((v - x) >> sum_field_bits)};
}

/// The three sums of the 64 ways that six samples in each of the six rows can be in or out, in one number
/// each.
struct RowSums {
  std::array<std::array<std::int64_t, 64>, window_side> of{};
  constexpr RowSums() {
    for (int r = 0; r < window_side; ++r)
      for (unsigned p = 0; p < 64; ++p) {
        Sums s;
        for (int k = 0; k < window_side; ++k)
          if (p >> k & 1U) {
            const int w =
                window_weight[static_cast<std::size_t>(k)] * window_weight[static_cast<std::size_t>(r)];
            s.weight += w, s.x += w * (2 * k - 5), s.y += w * (2 * r - 5);
          }
        of[static_cast<std::size_t>(r)][p] = packed(s);
      }
  }
};
inline constexpr RowSums row_sums;

inline Sums sums_of(std::uint64_t mask) {
  std::int64_t sum = 0;
  for (std::size_t r = 0; r < window_side; ++r) sum += row_sums.of[r][mask >> (r * window_side) & 63U];
  return unpacked(sum);
}

/// Six by six samples around a pixel's centre.
struct Window {
  const std::uint32_t* first;  ///< its upper left sample
  std::ptrdiff_t stride;
  std::uint32_t at(int bit) const {
    return first[(bit / window_side) * stride + bit % window_side] & ~id_water;
  }

  /// Bit r*6+k set where the sample is of cell `id`.
  std::uint64_t equal_mask(std::uint32_t id) const {
    std::uint64_t mask = 0;
#ifdef __SSE2__
    const __m128i land = _mm_set1_epi32(static_cast<int>(~id_water)),
                  wanted = _mm_set1_epi32(static_cast<int>(id));
    const auto four = [&](const std::uint32_t* p) {
      const auto v = _mm_and_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), land);
      return static_cast<std::uint64_t>(_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(v, wanted))));
    };
    for (int r = 0; r < window_side; ++r)
      mask |= (four(first + r * stride) | four(first + r * stride + 2) << 2) << (r * window_side);
#else
    for (int bit = 0; bit < window_side * window_side; ++bit) mask |= std::uint64_t{at(bit) == id} << bit;
#endif
    return mask;
  }
};

}  // namespace battlemap::render
