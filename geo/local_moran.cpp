#include "geo/local_moran.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "geo/error.hpp"
#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::array<std::string_view, cluster_count + 1> cluster_ids{
    "high-high", "low-low", "high-low", "low-high", "not-significant", "no-neighbours", "no-data"};

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t x = state_ += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
  }
  /// Below `count`, each alike: draws that would favour some are thrown away (Lemire 2019).
  std::uint32_t below(std::uint32_t count) {
    for (;;) {
      const std::uint64_t product = (next() >> 32) * count;
      if (static_cast<std::uint32_t>(product) >= (0U - count) % count) return static_cast<std::uint32_t>(product >> 32);
    }
  }

 private:
  std::uint64_t state_;
};

/// The places that have a value, numbered anew, with their scores.
struct Sample {
  std::vector<std::uint32_t> place;  ///< by number
  std::vector<std::uint32_t> number; ///< by place; places without a value have none
  std::vector<double> z;
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
};

Sample make_sample(std::span<const double> values) {
  Sample sample;
  sample.number.assign(values.size(), Sample::none);
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    sample.number[i] = static_cast<std::uint32_t>(sample.place.size());
    sample.place.push_back(i);
    sample.z.push_back(values[i]);
  }
  // Halved about the first value and over the range: no overflow, and equal values give exactly 0.
  const auto n = static_cast<double>(sample.z.size());
  if (sample.z.empty()) return sample;
  const auto [low, high] = std::minmax_element(sample.z.begin(), sample.z.end());
  const double from = *low * 0.5, range = *high * 0.5 - from;
  for (double& z : sample.z) z = range > 0 ? (z * 0.5 - from) / range : 0;
  const double mean = std::accumulate(sample.z.begin(), sample.z.end(), 0.0) / n;
  double squares = 0;
  for (double& z : sample.z) z -= mean, squares += z * z;
  const double deviation = std::sqrt(squares / n);
  for (double& z : sample.z) z = range > 0 ? z / deviation : 0;
  return sample;
}

/// Sums of the same scores in another order differ in their last digits: they count as equal.
constexpr double rounding = 1e-10;

/// Draws `count` others for a place again and again.
class Drawer {
 public:
  explicit Drawer(const Sample& sample) : z_(sample.z), order_(sample.z.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
  }
  /// Of `times` sums of `count` scores of others, how many are at least and how many at most `seen`.
  std::pair<int, int> compare(std::uint32_t self, std::uint32_t count, double seen, int times, Random& random) {
    int at_least = 0, at_most = 0;
    const auto others = static_cast<std::uint32_t>(order_.size() - 1);
    std::swap(order_[self], order_.back());
    for (int t = 0; t < times; ++t) {
      double sum = 0;
      chosen_.clear();
      for (std::uint32_t k = 0; k < count; ++k) {
        const std::uint32_t at = k + random.below(others - k);
        std::swap(order_[k], order_[at]);
        chosen_.push_back(at);
        sum += z_[order_[k]];
      }
      at_least += sum >= seen - rounding, at_most += sum <= seen + rounding;
      while (!chosen_.empty()) {  // back in order: what follows must not depend on what was
        const auto k = static_cast<std::uint32_t>(chosen_.size() - 1);
        std::swap(order_[k], order_[chosen_.back()]);
        chosen_.pop_back();
      }
    }
    std::swap(order_[self], order_.back());
    return {at_least, at_most};
  }

 private:
  const std::vector<double>& z_;
  std::vector<std::uint32_t> order_, chosen_;
};

Cluster quadrant(double z, double lag) {
  if (z >= 0) return lag >= 0 ? Cluster::high_high : Cluster::high_low;
  return lag >= 0 ? Cluster::low_high : Cluster::low_low;
}

/// Everything of a place but the p-value: `sum` of its neighbours' scores.
LocalMoran observe(const Sample& sample, const Neighbours& neighbours, std::uint32_t number, double& sum) {
  LocalMoran place;
  place.z = sample.z[number];
  sum = 0;
  for (const std::uint32_t id : neighbours.of(sample.place[number])) {
    const std::uint32_t other = sample.number[id];
    if (other == Sample::none) continue;
    sum += sample.z[other];
    ++place.neighbours;
  }
  place.cluster = place.neighbours == 0 ? Cluster::no_neighbours : Cluster::not_significant;
  if (place.neighbours == 0) return place;
  const auto n = static_cast<double>(sample.z.size());
  place.lag = sum / place.neighbours;
  place.i = (n - 1) / n * place.z * place.lag;  // the squares of standard scores sum to n
  return place;
}

void require_lisa(const LisaOptions& options) {
  if (options.permutations < 9 || options.permutations > 99999)
    throw UsageError(fmt::format("{} permutations are not possible; give 9 to 99999, usually 999", options.permutations));
  if (!(options.significance > 0 && options.significance <= 0.5))
    throw UsageError(fmt::format("a significance of {} is not possible; give a number above 0, at most 0.5, usually 0.05",
                                 options.significance));
}

void permute(LocalMoran& place, std::uint32_t number, double sum, Drawer& drawer, const LisaOptions& options) {
  if (place.neighbours == 0 || place.z == 0) return;  // I is 0 however the others are drawn
  Random random(options.seed * 0xD1342543DE82EF95ULL + number);
  random = Random(random.next());
  const auto [at_least, at_most] = drawer.compare(number, place.neighbours, sum, options.permutations, random);
  place.p = (std::min(at_least, at_most) + 1.0) / (options.permutations + 1.0);
  if (place.p <= options.significance) place.cluster = quadrant(place.z, place.lag);
}

double moran_of(const Lisa& lisa) {
  double product = 0, squares = 0;
  for (const LocalMoran& place : lisa.places) {
    if (place.neighbours == 0) continue;
    product += place.z * place.lag, squares += place.z * place.z;
  }
  return squares > 0 ? product / squares : 0;
}

}  // namespace

std::string_view cluster_id(Cluster cluster) {
  return cluster_ids[static_cast<std::size_t>(cluster)];
}

const Text& cluster_name(Cluster cluster) {
  static const std::array<Text, cluster_count + 1> names{{{"高—高聚集", "High among high"},
                                                          {"低—低聚集", "Low among low"},
                                                          {"高—低离群", "High among low"},
                                                          {"低—高离群", "Low among high"},
                                                          {"不显著", "Not significant"},
                                                          {"无相邻单元", "No neighbours"},
                                                          {"无数据", "No data"}}};
  return names[static_cast<std::size_t>(cluster)];
}

Lisa local_moran(std::span<const double> values, const Neighbours& neighbours, const LisaOptions& options) {
  require_lisa(options);
  const Sample sample = make_sample(values);
  Lisa lisa;
  lisa.places.resize(values.size());
  lisa.values = sample.place.size();
  constexpr std::size_t grain = 512;
  const auto jobs = static_cast<int>((sample.place.size() + grain - 1) / grain);
  parallel_jobs(jobs, options.threads, [&](int job) {
    Drawer drawer(sample);
    const std::size_t first = static_cast<std::size_t>(job) * grain;
    for (std::size_t k = first; k < std::min(sample.place.size(), first + grain); ++k) {
      const auto number = static_cast<std::uint32_t>(k);
      double sum = 0;
      LocalMoran& place = lisa.places[sample.place[k]];
      place = observe(sample, neighbours, number, sum);
      permute(place, number, sum, drawer, options);
    }
  });
  lisa.global_i = moran_of(lisa);
  return lisa;
}

}  // namespace battlemap::geo
