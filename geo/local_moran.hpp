#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "geo/neighbours.hpp"
#include "geo/text.hpp"

namespace battlemap::geo {

/// What a place is among its neighbours (LISA). The names of the first four say first the place, then its neighbours.
enum class Cluster : std::uint8_t {
  high_high, low_low, high_low, low_high, not_significant, no_neighbours,
  no_data  ///< the place has no value
};
inline constexpr std::size_t cluster_count = 6;  ///< without no_data
std::string_view cluster_id(Cluster cluster);    ///< "high-high" ... "no-data"
const Text& cluster_name(Cluster cluster);

struct LisaOptions {
  int permutations = 999;      ///< 9 .. 99999
  std::uint64_t seed = 1;
  double significance = 0.05;  ///< p at most this is significant; above 0, at most 0.5
  int threads = 0;             ///< 0: one per core; the result does not depend on it
};

struct LocalMoran {
  Cluster cluster = Cluster::no_data;
  std::uint32_t neighbours = 0;  ///< that have a value
  double z = 0;                  ///< standard score of the value (standard deviation over n)
  double lag = 0;                ///< mean score of the neighbours
  double i = 0;                  ///< local Moran's I
  double p = 1;                  ///< pseudo p-value of the conditional permutations
};

struct Lisa {
  std::vector<LocalMoran> places;
  double global_i = 0;       ///< Moran's I of the places that have neighbours
  std::size_t values = 0;    ///< places with a value
};

/// Local Moran's I (Anselin 1995) with row-standardised weights: I = (n - 1) z lag / sum of z^2. p by conditional
/// permutation: the place keeps its value, its neighbours' are drawn without replacement from all others; p = (m + 1)
/// / (permutations + 1), where m counts the draws at least as far out as the observed I on its side, ties among them (PySAL's
/// Moran_Local, which counts ties on one side only, gives the same where there are none). `values`: one per place, not a number where there is none: such places are nobody's neighbour. The
/// random numbers of a place depend on the seed and its position alone. Throws UsageError for options out of range.
Lisa local_moran(std::span<const double> values, const Neighbours& neighbours, const LisaOptions& options);

}  // namespace battlemap::geo
