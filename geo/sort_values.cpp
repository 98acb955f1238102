#include "geo/sort_values.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

namespace battlemap::geo {
namespace {

constexpr int digit_bits = 11;
constexpr std::size_t digits = (64 + digit_bits - 1) / digit_bits, digit_values = std::size_t{1} << digit_bits;
constexpr std::uint64_t sign = std::uint64_t{1} << 63;
constexpr std::size_t fewest_by_digits = 4096;  ///< fewer are compared sooner than the digits' tables are cleared

/// Numbers in the order of the values: IEEE 754 orders what is not negative as its bits, what is negative the other way round.
std::uint64_t key_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}
double value_of(std::uint64_t key) { return std::bit_cast<double>((key & sign) != 0 ? key & ~sign : ~key); }

std::size_t digit_of(std::uint64_t key, std::size_t digit) {
  return (key >> (digit * digit_bits)) & (digit_values - 1);
}

}  // namespace

void sort_values(std::vector<double>& values) {
  if (std::is_sorted(values.begin(), values.end())) return;
  if (values.size() < fewest_by_digits) {
    std::sort(values.begin(), values.end());
    return;
  }
  std::vector<std::uint64_t> keys(values.size()), other(values.size());
  std::vector<std::array<std::size_t, digit_values>> counts(digits);
  for (std::size_t i = 0; i < values.size(); ++i) {
    keys[i] = key_of(values[i]);
    for (std::size_t d = 0; d < digits; ++d) ++counts[d][digit_of(keys[i], d)];
  }
  for (std::size_t d = 0; d < digits; ++d) {
    auto& places = counts[d];
    if (places[digit_of(keys.front(), d)] == keys.size()) continue;  // all have this digit
    std::size_t begin = 0;
    for (std::size_t& place : places) begin += std::exchange(place, begin);
    for (const std::uint64_t key : keys) other[places[digit_of(key, d)]++] = key;
    keys.swap(other);
  }
  std::transform(keys.begin(), keys.end(), values.begin(), value_of);
}

}  // namespace battlemap::geo
