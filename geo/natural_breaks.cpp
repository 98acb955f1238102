#include "geo/natural_breaks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <future>
#include <limits>
#include <thread>

namespace battlemap::geo {
namespace {

/// An unevaluated sum of two doubles, about 106 bits (Dekker 1971). Squared deviations are differences of
/// prefix sums: in plain doubles a tight class far from the others would drown in the rounding of the sums.
struct Double2 {
  double high = 0;
  double low = 0;
};

Double2 fast_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

Double2 two_sum(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

Double2 two_product(double a, double b) {
  constexpr double splitter = 134217729.0;  // 2^27 + 1
  const double product = a * b;
  const double ta = splitter * a, tb = splitter * b;
  const double a1 = ta - (ta - a), b1 = tb - (tb - b);
  const double a2 = a - a1, b2 = b - b1;
  return {product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2};
}

Double2 operator+(Double2 a, Double2 b) {
  const Double2 sum = two_sum(a.high, b.high);
  return fast_two_sum(sum.high, sum.low + a.low + b.low);
}
Double2 operator-(Double2 a, Double2 b) {
  return a + Double2{-b.high, -b.low};
}
Double2 operator*(Double2 a, double b) {
  const Double2 product = two_product(a.high, b);
  return fast_two_sum(product.high, product.low + a.low * b);
}
Double2 operator*(Double2 a, Double2 b) {
  const Double2 product = two_product(a.high, b.high);
  return fast_two_sum(product.high, product.low + a.high * b.low + a.low * b.high);
}

/// Squared deviation of any run of the data in constant time, scaled so that all deviations lie within 1.
class RunCost {
 public:
  explicit RunCost(const WeightedValues& data) : sums_(data.values.size() + 1), weight_(sums_.size()), first_(sums_.size()), second_(sums_.size()) {
    const std::size_t n = data.values.size();
    // Centred on a middle value and scaled by a power of two: the sums stay small, the scaling is exact.
    const double middle = data.values[n / 2] * 0.5;
    int exponent = 0;
    std::frexp(std::max(data.values.back() * 0.5 - middle, middle - data.values.front() * 0.5), &exponent);
    for (std::size_t i = 0; i < n; ++i) {
      const Double2 x = two_sum(std::ldexp(data.values[i], -1 - exponent), -std::ldexp(middle, -exponent));
      const Double2 weighted = x * static_cast<double>(data.weights[i]);
      sums_[i + 1].weight = sums_[i].weight + data.weights[i];
      sums_[i + 1].first = sums_[i].first + weighted;
      sums_[i + 1].second = sums_[i].second + weighted * x;
      weight_[i + 1] = sums_[i + 1].weight, first_[i + 1] = sums_[i + 1].first.high, second_[i + 1] = sums_[i + 1].second.high;
      largest_first_ = std::max(largest_first_, std::abs(first_[i + 1]));
    }
  }

  /// Of the values [begin, end). About the rounded mean m: sum (x-m)^2 = Q - m (2 S - m W).
  double operator()(std::uint32_t begin, std::uint32_t end) const {
    const Sums &a = sums_[begin], &b = sums_[end];
    const double weight = b.weight - a.weight;
    const Double2 first = b.first - a.first;
    const double mean = first.high / weight;
    const Double2 cross = (first + first - two_product(mean, weight)) * mean;
    const Double2 cost = b.second - a.second - cross;
    return std::max(0.0, cost.high + cost.low);
  }

  /// totals[i] is before[begin + i] and the cost of [begin + i, end) in plain doubles, off by at most rough_error(): a
  /// twentieth of the work, in the processor's wide registers.
  void rough_totals(std::uint32_t begin, std::uint32_t end, const std::vector<double>& before,
                    std::vector<double>& totals) const {
    const double weight = weight_[end], first = first_[end], second = second_[end];
    const double *weights = &weight_[begin], *firsts = &first_[begin], *seconds = &second_[begin], *known = &before[begin];
    double* const total = totals.data();
    const std::size_t count = totals.size();
    for (std::size_t i = 0; i < count; ++i) {
      const double sum = first - firsts[i];
      total[i] = known[i] + (second - seconds[i] - sum * sum / (weight - weights[i]));
    }
  }
  /// Some ten roundings, each within half an ulp of no more than the sum of squares, and those of the first sums times a
  /// mean, which is within 1. The tighter this is the fewer cuts are computed exactly: for skewed data these sums are far
  /// below the number of values.
  double rough_error() const {
    return 16 * std::numeric_limits<double>::epsilon() * (second_.back() + largest_first_);
  }

 private:
  struct Sums {
    double weight = 0;
    Double2 first, second;
  };
  std::vector<Sums> sums_;
  std::vector<double> weight_, first_, second_;  ///< the same in plain doubles
  double largest_first_ = 0;
};

double least_of(std::span<const double> values) {
  std::array<double, 8> least;  // side by side, for the processor's wide registers
  least.fill(std::numeric_limits<double>::infinity());
  std::size_t i = 0;
  for (; i + least.size() <= values.size(); i += least.size())
    for (std::size_t k = 0; k < least.size(); ++k) least[k] = values[i + k] < least[k] ? values[i + k] : least[k];
  for (; i < values.size(); ++i) least[0] = std::min(least[0], values[i]);
  return *std::min_element(least.begin(), least.end());
}

/// One layer of the dynamic programme: the best `runs` runs of the first `end` values for all ends.
struct Layer {
  const RunCost& cost;
  const std::vector<double>& before;     ///< best cost with one run less, by end
  std::vector<double>& best;             ///< to fill, by end
  std::vector<std::uint32_t>& last_cut;  ///< to fill, by end: where the last run begins
  const std::vector<std::uint32_t>& cut_before;  ///< `last_cut` with one run less
  std::uint32_t runs;

  /// Rough totals first; only the cuts that may be the least are computed exactly. The last cut moves right with the
  /// number of runs, too.
  void solve(std::uint32_t end, std::uint32_t cut_low, std::uint32_t cut_high) const {
    const std::uint32_t last = std::min(cut_high, end - 1);
    const std::uint32_t first = std::min(last, std::max({cut_low, runs - 1, cut_before[end]}));
    thread_local std::vector<double> totals;
    totals.resize(last - first + 1);
    cost.rough_totals(first, end, before, totals);
    const double limit = least_of(totals) + 2 * cost.rough_error();
    double least = std::numeric_limits<double>::infinity();
    std::uint32_t cut = first;
    for (std::uint32_t c = first; c <= last; ++c) {
      if (totals[c - first] > limit) continue;
      const double total = before[c] + cost(c, end);
      if (total < least) least = total, cut = c;
    }
    best[end] = least, last_cut[end] = cut;
  }

  /// Ends [begin, end) whose last cut lies in [cut_low, cut_high]: the cut moves right with the end.
  /// Halves are solved side by side, `splits` times over.
  void solve_range(std::uint32_t begin, std::uint32_t end, std::uint32_t cut_low, std::uint32_t cut_high,
                   int splits) const {
    if (begin >= end) return;
    const std::uint32_t middle = begin + (end - begin) / 2;
    solve(middle, cut_low, cut_high);
    const auto left = [&] { solve_range(begin, middle, cut_low, last_cut[middle], splits - 1); };
    std::future<void> beside;
    if (splits > 0 && end - begin >= least_beside) beside = std::async(std::launch::async, left);
    if (!beside.valid()) left();
    solve_range(middle + 1, end, last_cut[middle], cut_high, splits - 1);
    if (beside.valid()) beside.get();
  }

  static constexpr std::uint32_t least_beside = 16384;  ///< ends; fewer are solved sooner than a thread begins
};

}  // namespace

WeightedValues distinct_values(std::span<const double> sorted) {
  WeightedValues result;
  for (const double v : sorted) {
    if (result.values.empty() || result.values.back() != v) {
      result.values.push_back(v);
      result.weights.push_back(0);
    }
    ++result.weights.back();
  }
  return result;
}

std::vector<std::uint32_t> natural_runs(const WeightedValues& data, int count) {
  const auto n = static_cast<std::uint32_t>(data.values.size());
  if (n == 0 || count < 1) return {};
  const auto k = std::min(static_cast<std::uint32_t>(count), n);
  const RunCost cost(data);
  std::vector<double> before(n + 1, 0), best(n + 1, 0);
  // Four pieces a core, so that one that takes longer does not leave the others idle.
  const int splits = 1 + static_cast<int>(std::bit_width(std::max(1U, std::thread::hardware_concurrency())));
  for (std::uint32_t end = 1; end <= n; ++end) before[end] = cost(0, end);
  std::vector<std::vector<std::uint32_t>> cuts(k + 1, std::vector<std::uint32_t>(k > 1 ? n + 1 : 0));
  for (std::uint32_t runs = 2; runs <= k; ++runs) {
    const Layer layer{cost, before, best, cuts[runs], cuts[runs - 1], runs};
    if (runs == k)
      layer.solve(n, runs - 1, n - 1);  // of the last layer only the whole is asked for
    else
      layer.solve_range(runs, n + 1, runs - 1, n - 1, splits);
    std::swap(before, best);
  }
  std::vector<std::uint32_t> starts(k, 0);
  for (std::uint32_t runs = k, end = n; runs > 1; --runs) end = starts[runs - 1] = cuts[runs][end];
  return starts;
}

}  // namespace battlemap::geo
