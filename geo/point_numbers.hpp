#pragma once
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::geo {

inline constexpr std::uint32_t no_number = 0xFFFFFFFFU;

/// Equal points, 0 and -0 being equal, have equal ones.
inline std::size_t hash_of(Point p) {
  // Adding zero makes -0 and 0 one bit pattern.
  const auto x = std::bit_cast<std::uint64_t>(p.x + 0.0) * 0x9E3779B97F4A7C15ULL;
  const auto y = std::bit_cast<std::uint64_t>(p.y + 0.0) * 0xC2B2AE3D27D4EB4FULL;
  const std::uint64_t mixed = (x ^ (x >> 29U)) + (y ^ (y >> 31U));
  return static_cast<std::size_t>((mixed ^ (mixed >> 32U)) * 0x9E3779B97F4A7C15ULL >> 20U);
}

/// Gives equal points equal numbers, 0, 1, 2, ... in order of appearance.
class PointNumbers {
 public:
  /// For at most `most` different points.
  explicit PointNumbers(std::size_t most)
      : slots_(std::bit_ceil(std::max<std::size_t>(16, most + most / 4)), no_number) {}
  std::uint32_t number(Point p) {
    for (std::size_t slot = hash_of(p);; ++slot) {
      std::uint32_t& entry = slots_[slot & (slots_.size() - 1)];
      if (entry == no_number) {
        entry = static_cast<std::uint32_t>(points_.size());
        points_.push_back(p);
      }
      if (points_[entry] == p) return entry;
    }
  }
  /// The place where `p` will be looked for comes into the processor's cache.
  void prefetch(Point p) const { __builtin_prefetch(&slots_[hash_of(p) & (slots_.size() - 1)]); }
  Point point(std::uint32_t number) const { return points_[number]; }
  std::vector<Point> take_points() { return std::move(points_); }
  std::size_t size() const { return points_.size(); }

 private:
  std::vector<std::uint32_t> slots_;
  std::vector<Point> points_;
};

}  // namespace battlemap::geo
