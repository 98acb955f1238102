#include "demo/allocation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

struct Bounded {
  std::span<const double> weights;
  std::span<const std::int64_t> low, high;
  double at(std::size_t i, double factor) const {
    return std::clamp(factor * weights[i], static_cast<double>(low[i]), static_cast<double>(high[i]));
  }
  double sum(double factor) const {
    double total = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) total += at(i, factor);
    return total;
  }
};

double find_factor(const Bounded& cells, double total) {
  double low = 0, high = 1;
  while (cells.sum(high) < total && high < 1e18) high *= 2;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (cells.sum(middle) < total ? low : high) = middle;
  }
  return low;
}

/// Hands out what is left after rounding down, one each, largest fraction first; takes back likewise.
void settle(const Bounded& cells, double factor, std::int64_t rest, std::vector<std::int64_t>& result) {
  std::vector<std::size_t> order(result.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto fraction = [&](std::size_t i) { return cells.at(i, factor) - static_cast<double>(result[i]); };
  std::vector<double> fractions;
  for (std::size_t i = 0; i < result.size(); ++i) fractions.push_back(fraction(i));
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return fractions[a] > fractions[b]; });
  // First those with a weight; then, should they all be full, anyone with room.
  for (const bool any : {false, true})
    for (bool moved = true; rest != 0 && moved;) {
      moved = false;
      for (const std::size_t i : order) {
        if (rest == 0 || (!any && cells.weights[i] == 0)) continue;
        const std::int64_t step = rest > 0 ? 1 : -1;
        if (result[i] + step < cells.low[i] || result[i] + step > cells.high[i]) continue;
        result[i] += step, rest -= step, moved = true;
      }
    }
}

}  // namespace

std::vector<std::int64_t> allocate(std::int64_t total, std::span<const double> weights,
                                   std::span<const std::int64_t> low, std::span<const std::int64_t> high) {
  const std::int64_t least = std::accumulate(low.begin(), low.end(), std::int64_t{0});
  const std::int64_t most = std::accumulate(high.begin(), high.end(), std::int64_t{0});
  if (total < least || total > most)
    geo::fail("cannot share out {}: the parts' bounds allow {} to {}", total, least, most);
  const Bounded cells{weights, low, high};
  const double factor = find_factor(cells, static_cast<double>(total));
  std::vector<std::int64_t> result(weights.size());
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = static_cast<std::int64_t>(std::floor(cells.at(i, factor)));
  settle(cells, factor, total - std::accumulate(result.begin(), result.end(), std::int64_t{0}), result);
  return result;
}

}  // namespace battlemap::demo
