// Classes: every method on any values. Input: method, count, what numbers are made from, then the numbers.
#include <algorithm>
#include <cmath>
#include <vector>

#include "fuzz.hpp"
#include "geo/classify.hpp"

using namespace battlemap::geo;
using battlemap::fuzz::require;

namespace {

double squares(const std::vector<double>& sorted, std::size_t first, std::size_t last) {
  long double sum = 0, total = 0;
  for (std::size_t i = first; i < last; ++i) sum += static_cast<long double>(sorted[i]);
  const long double mean = sum / static_cast<long double>(last - first);
  for (std::size_t i = first; i < last; ++i) {
    const long double off = static_cast<long double>(sorted[i]) - mean;
    total += off * off;
  }
  return static_cast<double>(total);
}

/// The least total squared deviation of `count` classes, by trying every partition.
double least_squares(const std::vector<double>& sorted, std::size_t first, int count) {
  if (count == 1 || first + 1 >= sorted.size()) return squares(sorted, first, sorted.size());
  double best = squares(sorted, first, sorted.size());
  for (std::size_t cut = first + 1; cut < sorted.size(); ++cut)
    best = std::min(best, squares(sorted, first, cut) + least_squares(sorted, cut, count - 1));
  return best;
}

void check(const Classes& classes, const std::vector<double>& values) {
  require(classes.breaks.size() == classes.counts.size() + 1 || classes.counts.empty(), "one more break than classes");
  require(classes.size() <= static_cast<std::size_t>(most_classes), "nine classes at most");
  for (const double b : classes.breaks) require(std::isfinite(b), "breaks are finite");
  require(std::is_sorted(classes.breaks.begin(), classes.breaks.end()), "breaks ascend");
  std::vector<std::size_t> counted(classes.size());
  for (const double v : values) {
    const std::size_t k = classes.class_of(v);
    require(k < classes.size(), "every value has a class");
    ++counted[k];
    require(v <= classes.breaks[k + 1] || k + 1 == classes.size(), "a class ends at its break");
    require(v > classes.breaks[k] || k == 0, "a value equal to a break belongs below it");
  }
  require(counted == classes.counts, "the counts are those of the classes");
  require(classes.goodness_of_variance_fit > -1e-9 && classes.goodness_of_variance_fit <= 1 + 1e-9,
          "the goodness of fit is a share");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  battlemap::fuzz::Input input(data, size);
  ClassOptions options;
  options.method = parse_method(method_ids()[input.choice(method_ids().size())]);
  options.count = static_cast<int>(input.choice(12));
  const std::size_t makes = input.choice(3);
  const auto next = [&] {
    if (makes == 0) return input.any_double();
    if (makes == 1) return static_cast<double>(input.byte()) - 100;
    return (input.byte() - 64) / 10.0;
  };
  if (options.method == Method::manual)
    for (std::size_t i = input.choice(10); i > 0; --i) options.breaks.push_back(next());
  if (options.method == Method::defined) options.interval = next();
  if (options.method == Method::box) options.hinge = input.byte() / 32.0;
  if (options.method == Method::stddev)
    for (std::size_t i = input.choice(9); i > 0; --i) options.multiples.push_back(next());
  std::vector<double> values;
  while (input.left() > 0 && values.size() < 2000)
    if (const double v = next(); std::isfinite(v)) values.push_back(v);

  battlemap::fuzz::answered([&] {
    const Classes classes = classify(values, options);
    if (values.empty()) return require(classes.size() == 0, "no values, no classes");
    check(classes, values);
    check(without_empty_ends(classes, values), values);
    check(measure_classes(classes, values), values);
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    if (options.method != Method::manual)
      require(classes.breaks.front() <= sorted.front() && classes.breaks.back() >= sorted.back(),
              "classes hold all values");
    if (options.method != Method::natural || values.size() > 12 || options.count > 5) return;
    if (std::abs(sorted.front()) > 1e6 || std::abs(sorted.back()) > 1e6) return;  // squares lose their digits
    double found = 0;
    std::size_t first = 0;
    for (const std::size_t count : classes.counts) {
      if (count > 0) found += squares(sorted, first, first + count);
      first += count;
    }
    const double best = least_squares(sorted, 0, options.count);
    require(found <= best + 1e-9 * (1 + squares(sorted, 0, sorted.size())), "natural breaks are the best there are");
  });
  return 0;
}
