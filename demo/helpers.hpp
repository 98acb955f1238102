#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "demo/statistics.hpp"

namespace battlemap::demo {

/// Published totals of who helps (figures.csv).
struct HelperTotals {
  static constexpr std::size_t paired_households = 154'000;
  static constexpr std::int64_t paired_cadres = 109'000;
  static constexpr std::int64_t village_cadres = 7'865;  ///< First Secretaries among them, one a poor village
  static constexpr std::int64_t units = 2'500;
  static constexpr std::size_t unit_villages = 1'824;
  static constexpr std::size_t firms = 247;
  static constexpr std::size_t firm_villages = 300;
};

struct Unit {
  std::string id, code, name, type;  ///< code: of the county
};
struct Cadre {
  std::string id, role, unit;  ///< unit: an id, or empty
  std::size_t village = 0;     ///< index into Figures::villages
};
/// A cadre with a household, or a unit with a village (household is none then).
struct Pairing {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t village = 0;
  std::size_t cadre = none;      ///< index into Helpers::cadres
  std::size_t household = none;  ///< counted over all villages in order
  std::size_t unit = none;       ///< index into Helpers::units
  int since = 0;
};
struct Helpers {
  std::vector<Unit> units;    ///< units, then firms
  std::vector<Cadre> cadres;  ///< by village
  std::vector<Pairing> pairings;
};

/// Who helps whom; the numbers in HelperTotals hold exactly. Ids only, no names of anyone.
Helpers pair_helpers(const ProvinceInput& input, const Figures& figures, std::uint64_t seed);

}  // namespace battlemap::demo
