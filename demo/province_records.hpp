#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "demo/helpers.hpp"
#include "demo/household_details.hpp"
#include "demo/services.hpp"
#include "demo/settlement.hpp"
#include "demo/village_groups.hpp"
#include "demo/village_works.hpp"

namespace battlemap::demo {

/// All that lies in the villages with poor households. Vectors named by village are in the order of
/// Figures::villages.
struct ProvinceRecords {
  std::vector<std::vector<VillageGroup>> groups;            ///< by village
  std::vector<Settlement> settlements;                      ///< by village
  std::vector<VillageWorks> works;                          ///< by village
  std::vector<HouseholdDetails> households;                 ///< by village, group by group
  std::vector<VillageServices> services;                    ///< by village
  std::vector<std::array<CountyCheck, year_count>> checks;  ///< by county of the input
  Helpers helpers;
};

/// `regions`, `places`: area and heart of each village of the input. Deterministic in the seed; uses all
/// cores.
ProvinceRecords make_records(const ProvinceInput& input, const Figures& figures,
                             std::span<const GridMultiPolygon> regions, std::span<const GridPoint> places,
                             const Waters& waters, std::uint64_t seed);

/// records.gpkg: layers household, group, facility, project, cadre, unit, pairing, road; each with an index
/// on `code`.
void write_records(const std::filesystem::path& file, const ProvinceInput& input, const Figures& figures,
                   const ProvinceRecords& records);

}  // namespace battlemap::demo
