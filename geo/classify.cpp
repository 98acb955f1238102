#include "geo/classify.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "geo/class_breaks.hpp"
#include "geo/error.hpp"
#include "geo/natural_breaks.hpp"
#include "geo/nearest.hpp"
#include "geo/parallel.hpp"
#include "geo/sort_values.hpp"

namespace battlemap::geo {
namespace {

constexpr std::array<std::string_view, 11> all_ids{"equal",     "quantile", "natural", "stddev", "box",      "headtail",
                                                   "pretty",    "geometric", "defined", "manual", "unclassed"};

// These take ascending values, at least one, and give the inner breaks, ascending.

std::vector<double> equal_breaks(std::span<const double> sorted, int count) {
  std::vector<double> breaks;
  const double low = sorted.front(), high = sorted.back();
  for (int i = 1; i < count; ++i) {
    const double t = static_cast<double>(i) / count;
    breaks.push_back(low * (1 - t) + high * t);  // no overflow for values near the ends of double
  }
  return breaks;
}

/// Break i is the least value that at least i/count of the values do not exceed (the inverse of the empirical
/// distribution; Hyndman and Fan 1996, type 1). Equal values therefore stay in one class.
std::vector<double> quantile_breaks(std::span<const double> sorted, int count) {
  std::vector<double> breaks;
  const std::size_t n = sorted.size(), k = static_cast<std::size_t>(count);
  for (std::size_t i = 1; i < k; ++i) breaks.push_back(sorted[(i * n + k - 1) / k - 1]);
  return breaks;
}

std::vector<double> natural_breaks(const WeightedValues& distinct, int count) {
  std::vector<double> breaks;
  const auto starts = natural_runs(distinct, count);
  for (std::size_t i = 1; i < starts.size(); ++i) breaks.push_back(distinct.values[starts[i] - 1]);
  return breaks;
}

/// Merges classes whose breaks fell together (ties) and the empty class above a break that is the maximum.
void merge_equal(std::vector<double>& breaks, double high) {
  breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
  while (!breaks.empty() && breaks.back() >= high) breaks.pop_back();
}

void require_ascending(std::span<const double> breaks) {
  if (breaks.size() + 1 > most_classes)
    throw UsageError(fmt::format("{} breaks make {} classes; at most {} classes", breaks.size(),
                                 breaks.size() + 1, most_classes));
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    if (!std::isfinite(breaks[i])) throw UsageError(fmt::format("break {} is not a number", i + 1));
    if (i > 0 && breaks[i] <= breaks[i - 1])
      throw UsageError(fmt::format("breaks must ascend: {} comes after {}", breaks[i], breaks[i - 1]));
  }
}

void require_count(int count) {
  if (count < 1 || count > most_classes)
    throw UsageError(fmt::format("{} classes are not possible; give 1 to {}", count, most_classes));
}

/// Finite values in ascending order: those given, where they are so already, or a copy.
class SortedFinite {
 public:
  explicit SortedFinite(std::span<const double> values) : sorted_(values) {
    if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }))
      fail("classification needs finite numbers; a value is infinite or not a number");
    if (std::is_sorted(values.begin(), values.end())) return;
    copy_.assign(values.begin(), values.end());
    sort_values(copy_);
    sorted_ = copy_;
  }
  std::span<const double> view() const { return sorted_; }

 private:
  std::vector<double> copy_;
  std::span<const double> sorted_;
};

/// Sum of squared deviations from the mean, in two passes, of the values over `scale`.
double squared_deviation(std::span<const double> values, double scale) {
  if (values.empty()) return 0;
  const auto offset = [&](double v) { return (v * 0.5 - values.front() * 0.5) / scale; };
  double mean = 0;
  for (const double v : values) mean += offset(v) / static_cast<double>(values.size());
  double sum = 0;
  for (const double v : values) sum += (offset(v) - mean) * (offset(v) - mean);
  return sum;
}

constexpr std::size_t fewest_beside = 50000;  ///< fewer are summed sooner than a thread begins

/// Counts and goodness of fit of ascending values for the breaks already in `classes`.
void measure(Classes& classes, std::span<const double> sorted) {
  classes.counts.clear(), classes.goodness_of_variance_fit = 1;
  // Over half the range, so that squares of the largest doubles do not overflow.
  const double scale =
      std::max(sorted.back() * 0.5 - sorted.front() * 0.5, std::numeric_limits<double>::min());
  std::vector<std::span<const double>> runs{sorted};  // all, then those of the classes
  auto begin = sorted.begin();
  for (std::size_t k = 0; k + 1 < classes.breaks.size(); ++k) {
    const bool last = k + 2 == classes.breaks.size();
    const auto end = last ? sorted.end() : std::upper_bound(begin, sorted.end(), classes.breaks[k + 1]);
    classes.counts.push_back(static_cast<std::size_t>(end - begin));
    runs.emplace_back(begin, end);
    begin = end;
  }
  std::vector<double> deviations(runs.size());
  const auto deviate = [&](int i) {
    const auto k = static_cast<std::size_t>(i);
    deviations[k] = squared_deviation(runs[k], scale);
  };
  parallel_jobs(static_cast<int>(runs.size()), sorted.size() < fewest_beside ? 1 : 0, deviate);
  double within = 0;
  for (std::size_t k = 1; k < deviations.size(); ++k) within += deviations[k];
  const double all = deviations.front();
  classes.goodness_of_variance_fit = all > 0 ? 1 - within / all : 1;
}

/// How many values differ, as far as `most`.
int distinct_up_to(std::span<const double> sorted, int most) {
  int count = 1;
  for (std::size_t i = 1; i < sorted.size() && count < most; ++i) count += sorted[i] != sorted[i - 1];
  return std::min(count, most);
}

std::vector<double> inner_breaks(std::span<const double> sorted, const ClassOptions& options) {
  if (options.method == Method::manual) return options.breaks;
  const int classes = distinct_up_to(sorted, options.count);
  std::vector<double> breaks;
  if (options.method == Method::equal) breaks = equal_breaks(sorted, classes);
  if (options.method == Method::quantile) breaks = quantile_breaks(sorted, classes);
  if (options.method == Method::natural) breaks = natural_breaks(distinct_values(sorted), classes);
  merge_equal(breaks, sorted.back());
  return breaks;
}

/// Inner breaks between the lowest and the highest value. Manual ones are kept where no value lies: the same
/// classes in every year and place.
Scale scale_around(std::span<const double> sorted, std::vector<double> inner) {
  double low = sorted.front(), high = sorted.back();
  if (!inner.empty()) low = std::min(low, inner.front()), high = std::max(high, inner.back());
  inner.insert(inner.begin(), low);
  inner.push_back(high);
  return inner;
}

Scale scale_of(std::span<const double> sorted, const ClassOptions& options) {
  const double low = sorted.front(), high = sorted.back();
  if (low == high && options.method != Method::manual) return {low, high};
  switch (options.method) {
    case Method::stddev:
      return deviation_scale(sorted,
                             options.multiples.empty() ? usual_multiples(options.count) : options.multiples);
    case Method::box: return box_scale(sorted, options.hinge);
    case Method::headtail: return head_tail_scale(sorted, options.count);
    case Method::pretty: return pretty_scale(low, high, options.count);
    case Method::geometric: return geometric_scale(sorted, options.count);
    case Method::defined: return interval_scale(low, high, options.interval, most_classes);
    case Method::unclassed: return {low, high};
    default: return scale_around(sorted, inner_breaks(sorted, options));
  }
}

void require_options(const ClassOptions& options) {
  const Method method = options.method;
  if (method == Method::manual) return require_ascending(options.breaks);
  if (method == Method::stddev && !options.multiples.empty()) return require_ascending(options.multiples);
  if (method == Method::defined && !(options.interval > 0 && std::isfinite(options.interval)))
    throw UsageError("method defined needs the width of a class, a number above 0: --interval 5 (map file: interval = 5)");
  if (method == Method::box && !(options.hinge > 0 && std::isfinite(options.hinge)))
    throw UsageError(fmt::format("a hinge of {} is not possible; give a number above 0, usually 1.5", options.hinge));
  if (method != Method::defined && method != Method::box && method != Method::unclassed) require_count(options.count);
}

}  // namespace

std::string_view method_id(Method method) {
  return all_ids[static_cast<std::size_t>(method)];
}

std::span<const std::string_view> method_ids() {
  return all_ids;
}

Method parse_method(std::string_view text) {
  const auto found = std::find(all_ids.begin(), all_ids.end(), text);
  if (found != all_ids.end()) return static_cast<Method>(found - all_ids.begin());
  const std::vector<std::string> known(all_ids.begin(), all_ids.end());
  fail_unknown("classification method", text, known);
}

int usual_count(Method method) {
  return method == Method::headtail ? most_classes : 5;
}

std::size_t Classes::class_of(double v) const {
  if (breaks.size() < 3) return 0;
  const auto first = breaks.begin() + 1, last = breaks.end() - 1;
  return static_cast<std::size_t>(std::lower_bound(first, last, v) - first);
}

Classes classify(std::span<const double> values, const ClassOptions& options) {
  require_options(options);
  Classes classes;
  classes.method = options.method;
  classes.goodness_of_variance_fit = 1;
  if (values.empty()) return classes;
  const SortedFinite finite(values);
  const std::span<const double> sorted = finite.view();
  classes.breaks = scale_of(sorted, options);
  measure(classes, sorted);
  return classes;
}

Classes classify(std::span<const double> values, Method method, int count, std::span<const double> manual_breaks) {
  ClassOptions options;
  options.method = method, options.count = count;
  options.breaks.assign(manual_breaks.begin(), manual_breaks.end());
  return classify(values, options);
}

Classes without_empty_ends(Classes classes, std::span<const double> values) {
  if (classes.size() < 2 || values.empty()) return classes;
  std::size_t first = 0, last = classes.size() - 1;
  while (first < last && classes.counts[first] == 0) ++first;
  while (last > first && classes.counts[last] == 0) --last;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const auto at = [](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
  Classes kept = classes;
  kept.breaks.assign(classes.breaks.begin() + at(first), classes.breaks.begin() + at(last + 2));
  kept.counts.assign(classes.counts.begin() + at(first), classes.counts.begin() + at(last + 1));
  kept.breaks.front() = *low, kept.breaks.back() = *high;
  return kept;
}

Classes measure_classes(Classes classes, std::span<const double> values) {
  const SortedFinite finite(values);
  const std::span<const double> sorted = finite.view();
  if (sorted.empty()) {
    std::fill(classes.counts.begin(), classes.counts.end(), std::size_t{0});
    classes.goodness_of_variance_fit = 1;
  } else if (!classes.breaks.empty()) {
    measure(classes, sorted);
  }
  return classes;
}

}  // namespace battlemap::geo
