#include <algorithm>
#include <cmath>

#include "render/class_scheme.hpp"

namespace battlemap::render {
namespace {

/// Lowest and highest value that a class really holds; equal to the breaks where it holds none.
struct Held {
  double low = 0, high = 0;
  bool any = false;
};

std::vector<Held> held_values(const geo::Classes& classes, const std::vector<double>& sorted) {
  std::vector<Held> held(classes.size());
  for (std::size_t k = 0; k < held.size(); ++k) {
    const auto first =
        k == 0 ? sorted.begin() : std::upper_bound(sorted.begin(), sorted.end(), classes.breaks[k]);
    const auto last = std::upper_bound(sorted.begin(), sorted.end(), classes.breaks[k + 1]);
    held[k].any = first < last;
    held[k].low = held[k].any ? *first : classes.breaks[k];
    held[k].high = held[k].any ? *(last - 1) : classes.breaks[k + 1];
  }
  return held;
}

double round_to(double value, int decimals) {
  const double unit = std::pow(10.0, decimals);
  return std::round(value * unit) / unit;
}

constexpr double point_class =
    1e-8;  // a class no wider than this holds one number, e.g. a midpoint, and says so

bool is_point(const geo::Classes& classes, std::size_t k) {
  return k < classes.size() && k > 0 && classes.breaks[k + 1] - classes.breaks[k] < point_class;
}

bool labels_part(const geo::Classes& classes, const std::vector<Held>& held, int decimals) {
  for (std::size_t k = 1; k < held.size(); ++k)
    if (!is_point(classes, k) && !is_point(classes, k - 1) && held[k].any && held[k - 1].any &&
        round_to(held[k - 1].high, decimals) >= round_to(held[k].low, decimals))
      return false;
  return true;
}

/// The number a class' upper end is written as: its break rounded down, but never below what it holds.
double upper_end(const Held& held, double upper_break, int decimals) {
  const double unit = std::pow(10.0, decimals);
  const double floored = std::floor(upper_break * unit + 1e-9) / unit;
  return held.any ? std::max(floored, round_to(held.high, decimals)) : floored;
}

std::string range_text(double low, double high, int decimals) {
  const std::string from = geo::format_number(low, decimals), to = geo::format_number(high, decimals);
  if (from == to) return from;
  return low < 0 || high < 0 ? from + " ~ " + to : from + "–" + to;
}

}  // namespace

std::vector<std::string> range_labels(const geo::Classes& classes, const std::vector<double>& sorted,
                                      int decimals) {
  const std::vector<Held> held = held_values(classes, sorted);
  int shown = decimals;
  while (shown < decimals + 2 && !labels_part(classes, held, shown)) ++shown;
  const double step = std::pow(10.0, -shown);
  std::vector<std::string> labels;
  double last_upper = 0;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    double upper = upper_end(held[k], classes.breaks[k + 1], shown);
    if (is_point(classes, k + 1)) upper = std::min(upper, round_to(classes.breaks[k + 2], shown) - step);
    double lower = k == 0 ? round_to(held[k].low, shown) : last_upper + step;
    if (held[k].any && (k == 0 || !is_point(classes, k - 1)))
      lower = std::min(lower, round_to(held[k].low, shown));
    if (held[k].any && held[k].low == held[k].high) lower = upper = round_to(held[k].low, shown);
    labels.push_back(range_text(lower, std::max(lower, upper), shown));
    last_upper = std::max(lower, upper);
  }
  return labels;
}

}  // namespace battlemap::render
