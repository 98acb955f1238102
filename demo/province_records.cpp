#include "demo/province_records.hpp"

#include "demo/random.hpp"
#include "demo/village_links.hpp"
#include "geo/error.hpp"
#include "geo/parallel.hpp"

namespace battlemap::demo {
namespace {

SettlementPlan plan_of(const std::vector<VillageGroup>& groups, const VillageWorks& works,
                       const std::vector<RoadGate>& gates) {
  SettlementPlan plan;
  plan.gates = gates;
  for (const VillageGroup& group : groups)
    plan.households.push_back(static_cast<std::size_t>(group.poor_households));
  plan.facilities = works.facilities.size() - 1;  // the first is the seat
  plan.projects = works.projects.size();
  return plan;
}

}  // namespace

ProvinceRecords make_records(const ProvinceInput& input, const Figures& figures,
                             std::span<const GridMultiPolygon> regions, std::span<const GridPoint> places,
                             const Waters& waters, std::uint64_t seed) {
  ProvinceRecords records;
  const std::size_t count = figures.villages.size();
  records.works = plan_works(input, figures, seed);
  records.groups.resize(count), records.settlements.resize(count);
  const auto gates = link_villages(input, regions, places);
  geo::parallel_ranges(count, 16, [&](std::size_t first, std::size_t last) {
    for (std::size_t v = first; v < last; ++v) {
      const VillageFigures& village = figures.villages[v];
      if (village.list.empty()) continue;
      const std::uint64_t own = hash_of(seed, 180, std::stoull(input.villages[village.village].code));
      records.groups[v] = divide_village(village, own);
      const VillageGround ground(regions[village.village], places[village.village], waters,
                                 hash_of(seed, 181));
      records.settlements[v] =
          settle_village(ground, plan_of(records.groups[v], records.works[v], gates[village.village]), own);
    }
  });
  records.households = describe_households(input, figures, seed);
  records.services = provide_services(input, figures, records.works, seed);
  records.checks = check_counties(figures, records.households, seed);
  records.helpers = pair_helpers(input, figures, seed);
  return records;
}

}  // namespace battlemap::demo
