#include "demo/seeds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "demo/random.hpp"
#include "geo/parallel.hpp"

namespace battlemap::demo {
namespace {

constexpr std::size_t samples_per_unit = 60;
constexpr std::size_t committees_per_unit = 10;

/// A village, or the committees of one spot: what k-means places; then its committees are set close together.
struct Unit {
  std::size_t town = 0;               ///< index within the county
  std::vector<std::size_t> villages;  ///< indices into the input's villages
};

struct Town {
  std::size_t committees = 0;
  std::vector<Unit> units;
};

double squared_distance(geo::Point a, geo::Point b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/// Committees of a town's streets share units; a village, and a farm's or park's unit, is one by itself.
void add_village(Town& town, std::size_t index, std::size_t village, bool street) {
  if (street && town.committees++ % committees_per_unit != 0) {
    town.units.back().villages.push_back(village);  // streets come first in the order of codes
  } else {
    town.units.push_back({index, {village}});
  }
}

std::vector<Town> towns_of(const ProvinceInput& input, const std::string& county) {
  std::vector<Town> towns;
  std::string code;
  for (std::size_t v = 0; v < input.villages.size(); ++v) {
    const Place& village = input.villages[v];
    if (village.code.compare(0, 6, county) != 0) continue;
    if (code != village.code.substr(0, 9)) code = village.code.substr(0, 9), towns.emplace_back();
    add_village(towns.back(), towns.size() - 1, v, village.code[9] < '2');
  }
  return towns;
}

/// How thickly a place is settled: more towards the seat and along valleys, the crests of ridged noise.
class SettlementDensity {
 public:
  SettlementDensity(GridPoint seat, double area_km2, std::uint64_t seed)
      : seat_(to_km(seat)), reach_(std::sqrt(area_km2)), seed_(seed) {}
  static constexpr double highest = 40;
  double at(geo::Point km) const {
    const double d = distance(km, seat_) / reach_;
    const double near_seat = 1 / (0.03 + std::pow(d, 1.6));
    const double scale = std::max(12.0, 0.25 * reach_);
    const double crest = 1 - std::abs(fractal_noise(seed_, km.x / scale, km.y / scale, 3)) * 2.2;
    const double valley = 0.25 + 2.5 * std::pow(std::max(crest, 0.0), 4);
    return std::min(highest, near_seat * valley);
  }

 private:
  geo::Point seat_;
  double reach_;
  std::uint64_t seed_;
};

std::vector<GridPoint> sample(const CountySampler& area, const SettlementDensity& settlement, const LakeIndex& lakes,
                              std::size_t count, Random& random) {
  std::vector<GridPoint> points;
  for (std::size_t tries = 0; points.size() < count; ++tries) {
    const GridPoint p = area.at(random.uniform(), random.uniform(), random.uniform());
    // A county whose settlement is low all over would be drawn from for ever: take anything in the end.
    const double chance = settlement.at(to_km(p)) / SettlementDensity::highest;
    const bool wanted = random.uniform() < chance || tries > 400 * count;
    if (wanted && !lakes.contains(p)) points.push_back(p);
  }
  return points;
}

class CountySeeds {
 public:
  CountySeeds(const ProvinceInput& input, const CountyMesh& mesh, std::size_t county, std::uint64_t seed,
              const LakeIndex& lakes)
      : random_(hash_of(seed, 11, county)),
        area_(mesh, static_cast<int>(county)),
        seat_(to_km(input.counties[county].seat)),
        towns_(towns_of(input, input.counties[county].place.code)) {
    std::size_t units = 0;
    for (const Town& town : towns_) units += town.units.size();
    if (units == 0) return;
    const SettlementDensity settlement(input.counties[county].seat, area_.area_km2(), hash_of(seed, 5));
    samples_ =
        sample(area_, settlement, lakes, std::max<std::size_t>(units * samples_per_unit, 600), random_);
    for (const GridPoint p : samples_) samples_km_.push_back(to_km(p));
    taken_.resize(samples_.size());
    clusters_ = cluster(samples_km_, units, 12);
  }
  void place(std::vector<GridPoint>& seeds) {
    if (clusters_.centres.empty()) return;
    std::vector<std::size_t> sizes;
    for (const Town& town : towns_) sizes.push_back(town.units.size());
    const auto group = compact_groups(clusters_.centres, sizes, most_urban(), seat_, random_.next());
    for (std::size_t t = 0; t < towns_.size(); ++t) {
      std::vector<geo::Point> centres;
      for (std::size_t c = 0; c < group.size(); ++c)
        if (group[c] == t) centres.push_back(clusters_.centres[c]);
      place_town(t, std::move(centres), seeds);
    }
  }

 private:
  std::size_t most_urban() const {
    const auto most = std::max_element(towns_.begin(), towns_.end(), [](const Town& a, const Town& b) {
      return a.committees < b.committees;
    });
    return static_cast<std::size_t>(most - towns_.begin());
  }
  /// Units with several committees take the centres nearest to the town's heart.
  void place_town(std::size_t t, std::vector<geo::Point> centres, std::vector<GridPoint>& seeds) {
    geo::Point heart = seat_;
    if (t != most_urban()) {
      heart = {0, 0};
      for (const geo::Point c : centres) heart.x += c.x, heart.y += c.y;
      heart = {heart.x / static_cast<double>(centres.size()), heart.y / static_cast<double>(centres.size())};
    }
    std::sort(centres.begin(), centres.end(),
              [&](geo::Point a, geo::Point b) { return distance(a, heart) < distance(b, heart); });
    auto& units = towns_[t].units;
    std::stable_sort(units.begin(), units.end(),
                     [](const Unit& a, const Unit& b) { return a.villages.size() > b.villages.size(); });
    for (std::size_t u = 0; u < units.size(); ++u) place_unit(units[u], centres[u], seeds);
  }
  void place_unit(const Unit& unit, geo::Point centre, std::vector<GridPoint>& seeds) {
    const std::size_t k = unit.villages.size();
    if (k == 1) {
      seeds[unit.villages.front()] = take_nearest(centre);
      return;
    }
    std::vector<std::uint32_t> order(samples_.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto nearer = [&](auto a, auto b) {
      const double p = squared_distance(samples_km_[a], centre);
      const double q = squared_distance(samples_km_[b], centre);
      return p != q ? p < q : a < b;
    };
    const std::size_t count = std::min(order.size(), std::max<std::size_t>(4 * k, 30));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), nearer);
    std::vector<geo::Point> around;
    for (std::size_t i = 0; i < count; ++i) around.push_back(samples_km_[order[i]]);
    const Clusters spots = cluster(around, k, 8);
    for (std::size_t i = 0; i < k; ++i) seeds[unit.villages[i]] = take_nearest(spots.centres[i]);
  }
  /// The free sample nearest to a centre: always inside the county, never the same twice.
  GridPoint take_nearest(geo::Point centre) {
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      if (taken_[i]) continue;
      if (const double d = squared_distance(samples_km_[i], centre); d < least) least = d, best = i;
    }
    taken_[best] = true;
    return samples_[best];
  }

  Random random_;
  CountySampler area_;
  geo::Point seat_;
  std::vector<Town> towns_;
  std::vector<GridPoint> samples_;
  std::vector<geo::Point> samples_km_;
  std::vector<bool> taken_;
  Clusters clusters_;
};

}  // namespace

std::vector<GridPoint> place_seeds(const ProvinceInput& input, const CountyMesh& mesh, std::uint64_t seed,
                                   const LakeIndex& lakes) {
  std::vector<GridPoint> seeds(input.villages.size());
  // A county draws from a stream of its own and writes its own villages only.
  geo::parallel_jobs(static_cast<int>(input.counties.size()), 0, [&](int county) {
    CountySeeds(input, mesh, static_cast<std::size_t>(county), seed, lakes).place(seeds);
  });
  return seeds;
}

}  // namespace battlemap::demo
