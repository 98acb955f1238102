#include "demo/village_groups.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "demo/allocation.hpp"
#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

constexpr std::array<const char*, 12> group_names{"一社", "二社", "三社", "四社", "五社",   "六社",
                                                  "七社", "八社", "九社", "十社", "十一社", "十二社"};
constexpr double people_in_group = 170, people_in_household = 3.9;

}  // namespace

std::vector<VillageGroup> divide_village(const VillageFigures& village, std::uint64_t seed) {
  Random random(hash_of(seed, 170, village.village));
  const double wanted = static_cast<double>(village.rural_population) / people_in_group;
  const auto count = static_cast<std::size_t>(
      std::clamp(std::lround(wanted * random.uniform(0.75, 1.3)), 1L, static_cast<long>(group_names.size())));
  std::vector<double> people, poor;
  for (std::size_t g = 0; g < count; ++g) {
    people.push_back(random.uniform(0.6, 1.4));
    poor.push_back(people.back() * random.uniform(0.5, 1.5) * (g == 0 ? 0.8 : 1));
  }
  const std::vector<std::int64_t> none(count, 0), all(count, village.rural_population);
  const auto share = [&](std::int64_t total, const std::vector<double>& weights) {
    return allocate(total, weights, none, all);
  };
  const auto residents = share(village.rural_population, people);
  const auto poor_households = share(static_cast<std::int64_t>(village.list.size()), poor);
  std::vector<VillageGroup> groups(count);
  for (std::size_t g = 0; g < count; ++g) {
    groups[g].name = group_names[g], groups[g].people = residents[g];
    groups[g].poor_households = poor_households[g];
    groups[g].households = std::max<std::int64_t>(
        poor_households[g], std::llround(static_cast<double>(residents[g]) / people_in_household));
  }
  return groups;
}

}  // namespace battlemap::demo
