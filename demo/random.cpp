#include "demo/random.hpp"

#include <cmath>

namespace battlemap::demo {
namespace {

double lattice(std::uint64_t seed, std::int64_t ix, std::int64_t iy) {
  return 2 * unit_interval(hash_of(seed, static_cast<std::uint64_t>(ix), static_cast<std::uint64_t>(iy))) - 1;
}

double fade(double t) {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

double blend(double a, double b, double t) {
  return a + (b - a) * t;
}

}  // namespace

double value_noise(std::uint64_t seed, double x, double y) {
  const double fx = std::floor(x), fy = std::floor(y);
  const auto ix = static_cast<std::int64_t>(fx), iy = static_cast<std::int64_t>(fy);
  const double tx = fade(x - fx), ty = fade(y - fy);
  const double low = blend(lattice(seed, ix, iy), lattice(seed, ix + 1, iy), tx);
  const double high = blend(lattice(seed, ix, iy + 1), lattice(seed, ix + 1, iy + 1), tx);
  return blend(low, high, ty);
}

double fractal_noise(std::uint64_t seed, double x, double y, int octaves) {
  double sum = 0, amplitude = 1, total = 0;
  for (int octave = 0; octave < octaves; ++octave) {
    sum += amplitude * value_noise(seed + static_cast<std::uint64_t>(octave), x, y);
    total += amplitude;
    // The offset keeps the octaves' lattices from lying on one another.
    amplitude /= 2, x = 2 * x + 17.3, y = 2 * y - 9.7;
  }
  return sum / total;
}

}  // namespace battlemap::demo
