#pragma once
#include <vector>

namespace battlemap::geo {

/// Sorts finite values, ascending; -0 comes before 0. Many are sorted digit by digit of their bits (LSD radix sort: Knuth, TAOCP 3,
/// 5.2.5), in a time that grows with their number.
void sort_values(std::vector<double>& values);

}  // namespace battlemap::geo
