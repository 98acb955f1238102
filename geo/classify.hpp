#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace battlemap::geo {

enum class Method { equal, quantile, natural, manual };
std::string_view method_id(Method method);
/// Throws UsageError naming the nearest of: equal quantile natural manual.
Method parse_method(std::string_view text);

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

/// `values` in any order, finite, may be empty (gives no classes). `count` 1..9; fewer classes result when
/// there are fewer distinct values. Natural breaks are exact: the partition of least total squared
/// deviation, by dynamic programming with divide and conquer in O(k n log n) on distinct weighted values
/// (Wang and Song 2011; Fisher 1958); a break is the greatest value of its class. Quantile: break i is the
/// least value that at least i/count of the values do not exceed, so equal values stay in one class, and
/// classes that would share a break become one. Manual: `manual_breaks` are the inner breaks, ascending;
/// `count` is not used; classes without values stay, low and high reach at least the outer breaks.
/// Throws UsageError for a count out of range or breaks not ascending.
Classes classify(std::span<const double> values, Method method, int count,
                 std::span<const double> manual_breaks = {});

/// The same breaks over other values (finite, any order): counts and goodness of fit are theirs. Values
/// beyond the ends belong to the first and the last class.
Classes measure_classes(Classes classes, std::span<const double> values);

}  // namespace battlemap::geo
