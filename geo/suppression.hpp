#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace battlemap::geo {

/// values[whole] is the sum of the parts' values: whoever sees all but one of them can compute that one.
struct SumRule {
  std::uint32_t whole = 0;
  std::vector<std::uint32_t> parts{};
};

/// Hides more until no hidden value can be computed from one sum: every rule has none, or at least two
/// hidden, and hidden parts of a shown whole are together at least `below` where there is anything left to
/// hide. Chosen is the smallest part that is not 0, then a 0, then the whole. Deterministic; ends because it
/// only hides. Sums of sums and bounds ("at most 4") are not looked into.
void protect_sums(std::span<const double> values, std::span<const SumRule> rules, double below,
                  std::vector<bool>& hidden);

}  // namespace battlemap::geo
