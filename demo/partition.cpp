#include "demo/partition.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

#include "demo/border_smoothing.hpp"
#include "demo/random.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

constexpr std::int32_t nobody = -1;

geo::Point centre_km(const Triangulation& mesh, std::size_t t) {
  geo::Point sum;
  for (const std::int32_t v : mesh.triangles()[t].v) {
    const geo::Point p = to_km(mesh.points()[static_cast<std::size_t>(v)]);
    sum.x += p.x / 3, sum.y += p.y / 3;
  }
  return sum;
}

/// Ease of travel from ridges to plains at every scale from 40 km to under a kilometre: what bends borders.
double roughness(geo::Point km, std::uint64_t seed) {
  double sum = 0, scale = 45;
  for (std::uint64_t octave = 0; octave < 7; ++octave, scale /= 2)
    sum += value_noise(seed + octave, km.x / scale, km.y / scale);
  return std::exp(0.9 * sum);
}

class Growth {
 public:
  Growth(const CountyMesh& counties, std::span<const GridPoint> seeds, std::uint64_t seed)
      : counties_(counties), seeds_(seeds), village_(counties.county.size(), nobody) {
    for (std::size_t t = 0; t < village_.size(); ++t) {
      centre_.push_back(centre_km(counties.mesh, t));
      rough_.push_back(counties.county[t] < 0 ? 1 : roughness(centre_.back(), hash_of(seed, 31)));
    }
    for (std::size_t v = 0; v < seeds.size(); ++v)
      speed_.push_back(std::exp(0.12 * Random(hash_of(seed, 32, v)).normal()));
  }
  std::vector<std::int32_t> run() {
    for (std::size_t v = 0; v < seeds_.size(); ++v) start(v);
    while (!front_.empty()) {
      const Step step = front_.top();
      front_.pop();
      if (village_[step.triangle] == nobody) settle(step);
    }
    adopt_detached_parts();
    return std::move(village_);
  }

 private:
  struct Step {
    double cost;
    std::uint32_t triangle;
    std::int32_t village;
    bool operator<(const Step& o) const {  // the queue's top is the cheapest; ties by index
      if (cost != o.cost) return cost > o.cost;
      return triangle != o.triangle ? triangle > o.triangle : village > o.village;
    }
  };

  void start(std::size_t v) {
    const auto t = static_cast<std::uint32_t>(counties_.mesh.triangle_at(counties_.vertex_of_point[v]));
    front_.push({0, t, static_cast<std::int32_t>(v)});
  }
  void settle(const Step& step) {
    village_[step.triangle] = step.village;
    for (const std::int32_t n : counties_.mesh.triangles()[step.triangle].n) {
      if (n < 0) continue;
      const auto o = static_cast<std::uint32_t>(n);
      if (village_[o] != nobody || counties_.county[o] != counties_.county[step.triangle]) continue;
      const geo::Point a = centre_[step.triangle], b = centre_[o];
      const double cost = std::hypot(a.x - b.x, a.y - b.y) * (rough_[step.triangle] + rough_[o]) / 2 /
                          speed_[static_cast<std::size_t>(step.village)];
      front_.push({step.cost + cost, o, step.village});
    }
  }
  /// Parts of a county that no seed lies in go to the county's nearest seed.
  void adopt_detached_parts() {
    for (std::size_t t = 0; t < village_.size(); ++t) {
      if (village_[t] != nobody || counties_.county[t] < 0) continue;
      double best = 1e300;
      for (std::size_t v = 0; v < seeds_.size(); ++v) {
        const auto at = static_cast<std::size_t>(counties_.mesh.triangle_at(counties_.vertex_of_point[v]));
        if (counties_.county[at] != counties_.county[t]) continue;
        const geo::Point s = to_km(seeds_[v]);
        const double d = std::hypot(s.x - centre_[t].x, s.y - centre_[t].y);
        if (d < best) best = d, village_[t] = static_cast<std::int32_t>(v);
      }
      if (village_[t] != nobody) front_.push({0, static_cast<std::uint32_t>(t), village_[t]}), spread(t);
    }
  }
  void spread(std::size_t t) {
    const std::int32_t village = village_[t];
    village_[t] = nobody;
    while (!front_.empty()) {
      const Step step = front_.top();
      front_.pop();
      if (village_[step.triangle] == nobody) settle({step.cost, step.triangle, village});
    }
  }

  const CountyMesh& counties_;
  std::span<const GridPoint> seeds_;
  std::vector<std::int32_t> village_;
  std::vector<geo::Point> centre_;
  std::vector<double> rough_, speed_;
  std::priority_queue<Step> front_;
};

void require_every_village(const ProvinceInput& input, std::span<const std::int32_t> village) {
  std::vector<bool> found(input.villages.size());
  for (const std::int32_t v : village)
    if (v >= 0) found[static_cast<std::size_t>(v)] = true;
  const auto missing = std::find(found.begin(), found.end(), false);
  if (missing != found.end())
    geo::fail("village {} got no area; use another --seed",
              input.villages[static_cast<std::size_t>(missing - found.begin())].code);
}

}  // namespace

Partition partition_counties(const ProvinceInput& input, std::span<const GridPoint> seeds,
                             std::uint64_t seed) {
  Partition out{mesh_counties(input.coverage, mesh_points(seeds, seed)), {}};
  out.village = Growth(out.counties, seeds, seed).run();
  smooth_borders(out.counties, out.village, seed);
  require_every_village(input, out.village);
  return out;
}

}  // namespace battlemap::demo
