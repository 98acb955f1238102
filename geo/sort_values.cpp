#include "geo/sort_values.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <memory>
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
  if (values.size() < fewest_by_digits || values.size() > std::numeric_limits<std::uint32_t>::max()) {
    std::sort(values.begin(), values.end());
    return;
  }
  // Keys take the values' own place, as bits: memory touched for the first time costs as much as two rounds.
  const std::size_t size = values.size();
  const auto spare = std::make_unique_for_overwrite<double[]>(size);
  double *from = values.data(), *to = spare.get();
  std::vector<std::array<std::uint32_t, digit_values>> counts(digits);
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t key = key_of(from[i]);
    from[i] = std::bit_cast<double>(key);
    for (std::size_t d = 0; d < digits; ++d) ++counts[d][digit_of(key, d)];
  }
  for (std::size_t d = 0; d < digits; ++d) {
    auto& places = counts[d];
    if (places[digit_of(std::bit_cast<std::uint64_t>(from[0]), d)] == size) continue;  // all have this digit
    std::uint32_t begin = 0;
    for (std::uint32_t& place : places) begin += std::exchange(place, begin);
    for (std::size_t i = 0; i < size; ++i) to[places[digit_of(std::bit_cast<std::uint64_t>(from[i]), d)]++] = from[i];
    std::swap(from, to);
  }
  std::transform(from, from + size, values.data(), [](double bits) { return value_of(std::bit_cast<std::uint64_t>(bits)); });
}

}  // namespace battlemap::geo
