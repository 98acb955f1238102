#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "demo/statistics.hpp"

namespace battlemap::demo {

/// The ten sectors of actions, as in data/qinghai/categories.toml.
inline constexpr std::array<const char*, 10> project_sectors{"交通", "水利", "电力",     "医疗卫生", "文化",
                                                             "金融", "住房", "电子商务", "通信",     "产业"};

/// Poor villages that the briefing counts in a sector's projects of 2016, and that year's money of all
/// sectors.
struct ProjectTotals {
  static constexpr std::size_t water_villages = 312;
  static constexpr std::size_t power_villages = 261;
  static constexpr std::size_t clinic_villages = 86;
  static constexpr std::size_t culture_villages = 151;
  static constexpr std::int64_t funds_2016 = 650'000;  ///< 10,000 yuan, of the projects begun in 2016
};

struct Facility {
  std::string type, name;
  int built = 0;
  bool working = true;
};
struct Project {
  std::size_t sector = 0;
  std::int64_t funds = 0;  ///< 10,000 yuan
  int start = 0, end = 0;
  std::array<std::int64_t, year_count> paid{};  ///< by year end, 10,000 yuan
  std::array<int, year_count> progress{};       ///< by year end, per cent
};

/// What has been built in a village and what is being built. The first facility is the seat.
struct VillageWorks {
  std::vector<Facility> facilities;
  std::vector<Project> projects;
};

/// By village in the order of Figures::villages; those without poor households have none. ProjectTotals hold
/// exactly.
std::vector<VillageWorks> plan_works(const ProvinceInput& input, const Figures& figures, std::uint64_t seed);

}  // namespace battlemap::demo
