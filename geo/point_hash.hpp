#pragma once
#include <bit>
#include <cstdint>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// Spreads each bit over all (the last steps of MurmurHash3, Appleby 2011, with Stafford's constants).
inline std::uint64_t mixed_bits(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31U);
}

/// Equal for equal points; adding zero makes -0 and 0 one.
inline std::uint64_t point_hash(Point p) {
  const auto x = std::bit_cast<std::uint64_t>(p.x + 0.0) * 0x9E3779B97F4A7C15ULL;
  const auto y = std::bit_cast<std::uint64_t>(p.y + 0.0) * 0xC2B2AE3D27D4EB4FULL;
  return mixed_bits(x ^ std::rotl(y, 32));
}

}  // namespace battlemap::geo
