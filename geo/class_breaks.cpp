#include "geo/class_breaks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

constexpr double largest = std::numeric_limits<double>::max();

/// What a person would write: 0.3, not 0.30000000000000004. A value of 0.3 then equals the break 3 x 0.1, and
/// belongs to the class below it.
double tidy(double value) {
  constexpr int digits = 13;
  return std::strtod(fmt::format("{:.{}g}", value, digits).c_str(), nullptr);
}

/// Mean without overflow, whatever the size of the values.
double mean_of(std::span<const double> values) {
  double mean = 0;
  const double offset = values.front() * 0.5;
  for (const double v : values) mean += (v * 0.5 - offset) / static_cast<double>(values.size());
  return (mean + offset) * 2;
}

/// Sample standard deviation: over n - 1. Infinite where it exceeds the doubles.
double deviation_of(std::span<const double> sorted, double mean) {
  int exponent = 0;
  std::frexp(std::max(std::abs(sorted.front()), std::abs(sorted.back())), &exponent);
  double sum = 0;
  for (const double v : sorted) {
    const double d = std::ldexp(v, -1 - exponent) - std::ldexp(mean, -1 - exponent);
    sum += d * d;
  }
  return std::ldexp(std::sqrt(sum / static_cast<double>(sorted.size() - 1)), exponent + 1);
}

/// Interpolated between the two values next to it (Hyndman and Fan 1996, type 7).
double quantile_between(std::span<const double> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const double t = at - static_cast<double>(below);
  // std::lerp: between two equal values lies that value, not one beside it by rounding.
  return t == 0 ? sorted[below] : std::lerp(sorted[below], sorted[below + 1], t);
}

/// The cuts with ends: the first class reaches down to the lowest value, the last one up to the highest. As in
/// mapclassify, a last cut above all values is the upper end.
Scale with_ends(std::span<const double> sorted, std::vector<double> cuts) {
  for (double& cut : cuts) cut = std::clamp(cut, -largest, largest);
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  Scale scale{std::min(sorted.front(), cuts.front())};
  scale.insert(scale.end(), cuts.begin(), cuts.end());
  if (cuts.back() < sorted.back()) scale.push_back(sorted.back());
  return scale;
}

/// 1, 2, 5 or 10 times a power of ten near dx / count, rather above than below it: as R's pretty().
double pretty_unit(double low, double high, int count) {
  constexpr double h = 1.5, h5 = 0.5 + 1.5 * h;
  const double cell = std::clamp(high / count - low / count, 20 * std::numeric_limits<double>::min(), largest / 10);
  const double base = std::pow(10.0, std::floor(std::log10(cell)));
  double unit = base;
  if (2 * base - cell < h * (cell - unit)) {
    unit = 2 * base;
    if (5 * base - cell < h5 * (cell - unit)) {
      unit = 5 * base;
      if (10 * base - cell < h * (cell - unit)) unit = 10 * base;
    }
  }
  return unit;
}

/// Numbers of the multiples of a unit around the values; what lies next to a multiple counts as it.
struct Multiples {
  double first = 0, last = 0;
  double count() const { return last - first; }
};

Multiples multiples_around(double low, double high, double unit) {
  constexpr double rounding = 1e-10;
  Multiples m{std::floor(low / unit + rounding), std::ceil(high / unit - rounding)};
  if (m.last <= m.first) m.last = m.first + 1;
  return m;
}

Scale scale_of_multiples(const Multiples& m, double unit) {
  Scale scale;
  for (int i = 0; i <= static_cast<int>(m.count()); ++i)
    scale.push_back(std::clamp(tidy((m.first + i) * unit), -largest, largest));
  scale.erase(std::unique(scale.begin(), scale.end()), scale.end());
  return scale;
}

/// Ends that rounding put beside the outermost values must not cut them off. Values that differ in their last digits
/// only have no round number between them.
Scale covering(Scale scale, double low, double high) {
  if (scale.size() < 2) return {low, high};
  scale.front() = std::min(scale.front(), low), scale.back() = std::max(scale.back(), high);
  return scale;
}

}  // namespace

std::vector<double> usual_multiples(int count) {
  std::vector<double> multiples;
  const int side = (count - 1) / 2;
  for (int m = -side; m <= side; ++m)
    if (m != 0 || count % 2 == 0) multiples.push_back(m);
  return multiples;
}

Scale deviation_scale(std::span<const double> sorted, std::span<const double> multiples) {
  if (multiples.empty()) return {sorted.front(), sorted.back()};
  const double mean = mean_of(sorted), deviation = deviation_of(sorted, mean);
  std::vector<double> cuts;
  for (const double m : multiples) cuts.push_back(m == 0 ? mean : mean + m * deviation);
  return with_ends(sorted, std::move(cuts));
}

Scale box_scale(std::span<const double> sorted, double hinge) {
  const double q1 = quantile_between(sorted, 0.25), q3 = quantile_between(sorted, 0.75);
  const double reach = q3 > q1 ? hinge * (q3 - q1) : 0;
  return with_ends(sorted, {q1 - reach, q1, quantile_between(sorted, 0.5), q3, q3 + reach});
}

Scale head_tail_scale(std::span<const double> sorted, int most) {
  Scale scale{sorted.front()};
  std::span<const double> head = sorted;
  while (head.front() < head.back() && static_cast<int>(scale.size()) < most) {
    const double mean = mean_of(head);
    const auto above = std::upper_bound(head.begin(), head.end(), mean);
    if (above == head.end() || above == head.begin()) break;  // apart by rounding only
    scale.push_back(mean);
    head = {above, head.end()};
  }
  scale.push_back(sorted.back());
  return scale;
}

Scale pretty_scale(double low, double high, int count) {
  for (int n = count;; --n) {
    const double unit = pretty_unit(low, high, n);
    const Multiples m = multiples_around(low, high, unit);
    if (m.count() <= most_classes) return covering(scale_of_multiples(m, unit), low, high);
    if (n == 1) return {low, high};  // a range near the largest doubles
  }
}

Scale geometric_scale(std::span<const double> sorted, int count) {
  const auto positive = std::upper_bound(sorted.begin(), sorted.end(), 0.0);
  if (positive != sorted.begin())
    throw UsageError(fmt::format("geometric classes need numbers above 0; {} of {} values are 0 or less, the lowest {}; "
                                 "choose another method, or set zero apart in the map file (zero_class = true)",
                                 positive - sorted.begin(), sorted.size(), sorted.front()));
  const double low = std::log2(sorted.front()), high = std::log2(sorted.back());
  Scale scale{sorted.front()};
  for (int i = 1; i < count; ++i) {
    const double cut = tidy(std::exp2(low + (high - low) * i / count));
    if (cut > scale.back() && cut < sorted.back()) scale.push_back(cut);
  }
  scale.push_back(sorted.back());
  return scale;
}

Scale interval_scale(double low, double high, double interval, int most) {
  const Multiples m = multiples_around(low, high, interval);
  if (!(m.count() <= most))
    throw UsageError(fmt::format("an interval of {} makes {:.0f} classes of values from {} to {}; at most {} classes: "
                                 "give an interval of {} or more",
                                 interval, m.count(), low, high, most, pretty_unit(low, high, most - 2)));
  return covering(scale_of_multiples(m, interval), low, high);
}

}  // namespace battlemap::geo
