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

/// A class no wider than this holds one number, e.g. a midpoint or zero, and says so.
constexpr double point_class = 1e-8;

bool is_point(const geo::Classes& classes, std::size_t k) {
  return classes.size() > 1 && k < classes.size() && classes.breaks[k + 1] - classes.breaks[k] < point_class;
}

/// What a legend row says at its two ends.
struct Range {
  double low = 0, high = 0;
};

class RangeMaker {
 public:
  RangeMaker(const geo::Classes& classes, const std::vector<Held>& held, int decimals)
      : classes_(classes), held_(held), decimals_(decimals), step_(std::pow(10.0, -decimals)) {}
  /// Whether values rounded to the decimals never fall into two classes.
  bool parts() const;
  std::vector<Range> ranges() const;
  /// Whether joined ends would make one number of a range that holds several values.
  bool collapses() const;

 private:
  double round(double value) const { return round_to(value, decimals_); }
  bool holds_one(std::size_t k) const { return held_[k].any && held_[k].low == held_[k].high; }
  Range lone(std::size_t k) const { return {round(held_[k].low), round(held_[k].low)}; }
  double upper_end(std::size_t k) const;
  std::vector<Range> separate() const;
  std::vector<Range> joined() const;
  void part_from_points(std::vector<Range>& ranges) const;

  const geo::Classes& classes_;
  const std::vector<Held>& held_;
  int decimals_;
  double step_;
};

bool RangeMaker::parts() const {
  for (std::size_t k = 1; k < held_.size(); ++k)
    if (!is_point(classes_, k) && !is_point(classes_, k - 1) && held_[k].any && held_[k - 1].any &&
        round(held_[k - 1].high) >= round(held_[k].low))
      return false;
  return true;
}

/// The number a class' upper end is written as: its break rounded down, but never below what it holds.
double RangeMaker::upper_end(std::size_t k) const {
  const double floored = std::floor(classes_.breaks[k + 1] / step_ + 1e-9) * step_;
  return held_[k].any ? std::max(floored, round(held_[k].high)) : floored;
}

/// "15.3–25.5", "25.6–37.9": each number belongs to one range.
std::vector<Range> RangeMaker::separate() const {
  std::vector<Range> ranges;
  for (std::size_t k = 0; k < held_.size(); ++k) {
    double low = k == 0 ? round(held_[k].low) : ranges.back().high + step_;
    if (held_[k].any) low = std::min(low, round(held_[k].low));
    ranges.push_back(holds_one(k) ? lone(k) : Range{low, std::max(low, upper_end(k))});
  }
  return ranges;
}

/// "11.8–24.0", "24.0–42.8": true too, as a value shown as 24.0 may lie on either side of the break.
std::vector<Range> RangeMaker::joined() const {
  std::vector<Range> ranges;
  for (std::size_t k = 0; k < held_.size(); ++k) {
    const double low = k == 0 ? held_[k].low : classes_.breaks[k];
    const double high = k + 1 == held_.size() ? held_[k].high : classes_.breaks[k + 1];
    ranges.push_back(holds_one(k) ? lone(k) : Range{round(low), round(std::max(low, high))});
  }
  return ranges;
}

/// Beside a class of one number (zero, the midpoint) a range starts one step away, unless a value that it
/// holds reads like that number.
void RangeMaker::part_from_points(std::vector<Range>& ranges) const {
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    if (holds_one(k) || is_point(classes_, k)) continue;
    const Held& held = held_[k];
    if (k > 0 && is_point(classes_, k - 1)) {
      const double after = round(classes_.breaks[k]) + step_;
      ranges[k].low = held.any ? std::min(after, round(held.low)) : after;
    }
    if (is_point(classes_, k + 1)) {
      const double before = round(classes_.breaks[k + 2]) - step_;
      ranges[k].high = held.any ? std::max(before, round(held.high)) : before;
    }
    ranges[k].high = std::max(ranges[k].low, ranges[k].high);
  }
}

std::vector<Range> RangeMaker::ranges() const {
  std::vector<Range> ranges = parts() ? separate() : joined();
  part_from_points(ranges);
  return ranges;
}

bool RangeMaker::collapses() const {
  if (parts()) return false;
  const std::vector<Range> ranges = joined();
  for (std::size_t k = 0; k < ranges.size(); ++k)
    if (!is_point(classes_, k) && held_[k].any && !holds_one(k) && ranges[k].low == ranges[k].high)
      return true;
  return false;
}

std::string range_text(const Range& range, int decimals) {
  const std::string from = geo::format_number(range.low, decimals),
                    to = geo::format_number(range.high, decimals);
  if (from == to) return from;
  return range.low < 0 || range.high < 0 ? from + " ~ " + to : from + "–" + to;
}

}  // namespace

std::vector<std::string> range_labels(const geo::Classes& classes, const std::vector<double>& sorted,
                                      int decimals) {
  const std::vector<Held> held = held_values(classes, sorted);
  const int shown = RangeMaker(classes, held, decimals).collapses() ? decimals + 1 : decimals;
  std::vector<std::string> labels;
  for (const Range& range : RangeMaker(classes, held, shown).ranges())
    labels.push_back(range_text(range, shown));
  return labels;
}

}  // namespace battlemap::render
