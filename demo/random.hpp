#pragma once
#include <cstdint>

namespace battlemap::demo {

/// One round of the SplitMix64 output function (Steele, Lea, Flood 2014): a bijection of 64-bit words.
constexpr std::uint64_t mix_bits(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}
/// A word that depends on all of its arguments, in their order.
constexpr std::uint64_t hash_of(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
  return mix_bits(mix_bits(mix_bits(a + 0x9E3779B97F4A7C15ULL) + b) * 0x9E3779B97F4A7C15ULL + c);
}
/// The upper 53 bits as a number in [0, 1).
constexpr double unit_interval(std::uint64_t bits) {
  return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

/// SplitMix64. The standard library's distributions differ between implementations; the demo's bytes must
/// not, so everything random comes from here.
class Random {
 public:
  constexpr explicit Random(std::uint64_t seed) : state_(seed) {}
  constexpr std::uint64_t next() { return mix_bits(state_ += 0x9E3779B97F4A7C15ULL); }
  /// Uniform in [0, 1).
  constexpr double uniform() { return unit_interval(next()); }
  constexpr double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform in 0 .. bound-1 (bound > 0), by multiplication; the bias is below 2^-32.
  constexpr std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }
  /// Mean 0, variance 1: the sum of twelve uniforms less six. No libm call, so the same bits everywhere.
  constexpr double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t state_;
};

/// Smooth value noise in [-1, 1] with features of about one unit: the lattice values are hashes of `seed` and
/// the lattice point, blended by the quintic 6t^5 - 15t^4 + 10t^3 (Perlin 2002).
double value_noise(std::uint64_t seed, double x, double y);
/// `octaves` of value noise, each at twice the frequency and half the amplitude; in [-1, 1].
double fractal_noise(std::uint64_t seed, double x, double y, int octaves);

}  // namespace battlemap::demo
