#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace battlemap::geo {

enum class Method {
  equal, quantile, natural, stddev, box, headtail, pretty, geometric, defined, manual, unclassed
};
inline constexpr int most_classes = 9;
std::string_view method_id(Method method);
/// All ids, in the order of the enumeration.
std::span<const std::string_view> method_ids();
/// Throws UsageError naming the nearest id.
Method parse_method(std::string_view text);
/// Classes where nobody says how many: as many as head/tail breaks find, else five.
int usual_count(Method method);

/// How to make classes; what a method does not use does not matter.
struct ClassOptions {
  Method method = Method::natural;
  int count = 5;                  ///< 1..9; not used by box, defined, manual, unclassed; headtail: at most so many
  std::vector<double> breaks;     ///< manual: inner breaks, ascending
  double interval = 0;            ///< defined: width of a class, above 0
  double hinge = 1.5;             ///< box: fences so many interquartile ranges beyond the quartiles, above 0
  std::vector<double> multiples;  ///< stddev: inner breaks in deviations from the mean, ascending; empty: by count
};

/// A partition of numbers into classes. Class k holds breaks[k] < v <= breaks[k+1]; the first class also
/// holds the lowest value. A value equal to a break belongs to the class below it.
struct Classes {
  Method method = Method::natural;
  std::vector<double> breaks;           ///< low, b1, ..., high: one more than there are classes
  std::vector<std::size_t> counts;      ///< values per class
  double goodness_of_variance_fit = 0;  ///< 1 - SSD within classes / SSD of all; 1 when all values are equal
  std::size_t size() const { return counts.size(); }
  /// Class of `v`: clamped to the first and last.
  std::size_t class_of(double v) const;
};

/// `values` in any order, finite, may be empty (gives no classes). Fewer classes than `count` result when there are
/// fewer distinct values; equal values are always in one class; values that are all equal make one class.
/// - equal: intervals of one width.
/// - quantile: break i is the least value that at least i/count of the values do not exceed (Hyndman and Fan 1996,
///   type 1); classes that would share a break become one.
/// - natural: exact, the partition of least total squared deviation, by dynamic programming with divide and conquer
///   in O(k n log n) on distinct weighted values (Wang and Song 2011; Fisher 1958); a break is the greatest value of
///   its class.
/// - stddev: mean + m * sample standard deviation (n - 1) for the multiples m.
/// - box: lower fence, quartiles (type 7), upper fence: six classes; five where nothing lies above the upper fence.
/// - headtail: means of the values, of those above the mean, and so on (Jiang 2013).
/// - pretty: round ends, about `count` classes (R's pretty()).
/// - geometric: ends that grow by one factor. All values must be above 0.
/// - defined: ends at the multiples of `interval`.
/// - manual: the breaks given.
/// - unclassed: one class of everything, to be drawn as a continuous ramp.
/// Classes of stddev, box, pretty, defined and manual stay where no value lies: low and high reach at least their
/// outer breaks. Throws UsageError for options out of range, geometric classes of numbers not above 0, and an
/// interval that makes more than nine classes.
Classes classify(std::span<const double> values, const ClassOptions& options);
Classes classify(std::span<const double> values, Method method, int count, std::span<const double> manual_breaks = {});

/// Classes at the ends that hold no value go, and the ends become those of the values: for a picture's legend.
Classes without_empty_ends(Classes classes, std::span<const double> values);

/// The same breaks over other values (finite, any order): counts and goodness of fit are theirs. Values
/// beyond the ends belong to the first and the last class.
Classes measure_classes(Classes classes, std::span<const double> values);

}  // namespace battlemap::geo
