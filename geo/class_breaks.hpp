#pragma once
#include <span>
#include <vector>

#include "geo/classify.hpp"

namespace battlemap::geo {

/// The ends of the classes of a scale: low, inner breaks, high.
using Scale = std::vector<double>;

// Each takes ascending finite values, at least two different ones, and gives the whole scale. Classes at its ends may
// lie where no value is: what they mean does not depend on whether a place has such a value.

/// Mean and sample standard deviation (n - 1), breaks at mean + m * deviation.
Scale deviation_scale(std::span<const double> sorted, std::span<const double> multiples);
/// Whole multiples for that many classes: 4 gives -1, 0, 1; 5 gives -2, -1, 1, 2 (an odd count keeps the mean in the
/// middle of a class).
std::vector<double> usual_multiples(int count);
/// Quartiles (interpolated as R's type 7) and the fences `hinge` interquartile ranges beyond them.
Scale box_scale(std::span<const double> sorted, double hinge);
/// Means of the values, of those above the mean, and so on (Jiang 2013), until those left are one number or there
/// are `most` classes.
Scale head_tail_scale(std::span<const double> sorted, int most);
/// About `count` classes whose ends are 1, 2 or 5 times a power of ten apart: R's pretty(), never over nine.
Scale pretty_scale(double low, double high, int count);
/// Ends that grow by one factor. Throws UsageError where a value is not above 0.
Scale geometric_scale(std::span<const double> sorted, int count);
/// Ends at the multiples of `interval` around the values. Throws UsageError where that makes more than `most`.
Scale interval_scale(double low, double high, double interval, int most);

}  // namespace battlemap::geo
