#include <algorithm>
#include <array>
#include <cmath>

#include "demo/partition.hpp"
#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

constexpr double cells_across = 7;  ///< lattice steps between neighbouring seeds

/// Mean distance to the three nearest seeds, km.
std::vector<double> spacings(std::span<const geo::Point> seeds) {
  std::vector<double> result;
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    std::array<double, 3> near{1e9, 1e9, 1e9};
    for (std::size_t j = 0; j < seeds.size(); ++j) {
      const double dx = std::abs(seeds[j].x - seeds[i].x);
      if (j == i || dx > near[2]) continue;
      const double d = distance(seeds[j], seeds[i]);
      if (d < near[2]) near[2] = d;
      std::sort(near.begin(), near.end());
    }
    result.push_back(std::clamp((near[0] + near[1] + near[2]) / 3, 0.05, 200.0));
  }
  return result;
}

/// Far seeds of lonely villages reach farther than their neighbours are away: the border of a county.
constexpr double reach = 2.6;

class Lattice {
 public:
  Lattice(std::span<const geo::Point> seeds, std::span<const double> spacing, std::size_t own,
          std::uint64_t seed)
      : seeds_(seeds),
        own_(own),
        radius_(reach * spacing[own]),
        step_(spacing[own] / cells_across),
        random_(hash_of(seed, 21, own)) {
    for (std::size_t j = 0; j < seeds.size(); ++j)
      if (j != own && distance(seeds[j], seeds[own]) < 2 * radius_) near_.push_back(seeds[j]);
    std::sort(near_.begin(), near_.end(), [&](geo::Point a, geo::Point b) {
      return distance(a, seeds_[own_]) < distance(b, seeds_[own_]);
    });
  }
  void add_to(std::vector<GridPoint>& points) {
    const double angle = random_.uniform(0, M_PI), c = std::cos(angle), s = std::sin(angle);
    const int rows = static_cast<int>(radius_ / (step_ * 0.866)) + 1,
              columns = static_cast<int>(radius_ / step_) + 1;
    for (int row = -rows; row <= rows; ++row)
      for (int column = -columns; column <= columns; ++column) {
        const double x = step_ * (column + (row % 2 == 0 ? 0.0 : 0.5) + random_.uniform(-0.25, 0.25));
        const double y = step_ * (row + random_.uniform(-0.25, 0.25)) * 0.866;
        const geo::Point p{seeds_[own_].x + x * c - y * s, seeds_[own_].y + x * s + y * c};
        if (is_own(p)) points.push_back(from_km(p));
      }
  }

 private:
  bool is_own(geo::Point p) const {
    const double d = distance(p, seeds_[own_]);
    if (d > radius_) return false;
    return std::none_of(near_.begin(), near_.end(), [&](geo::Point q) { return distance(p, q) < d; });
  }
  std::span<const geo::Point> seeds_;
  std::size_t own_;
  double radius_, step_;
  Random random_;
  std::vector<geo::Point> near_;
};

}  // namespace

std::vector<GridPoint> mesh_points(std::span<const GridPoint> seeds, std::uint64_t seed) {
  std::vector<geo::Point> km;
  for (const GridPoint p : seeds) km.push_back(to_km(p));
  const std::vector<double> spacing = spacings(km);
  std::vector<GridPoint> points(seeds.begin(), seeds.end());
  for (std::size_t i = 0; i < km.size(); ++i) Lattice(km, spacing, i, seed).add_to(points);
  return points;
}

}  // namespace battlemap::demo
