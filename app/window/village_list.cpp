#include "app/window/village_list.hpp"

#include <algorithm>

namespace battlemap::app {
namespace {

const geo::GapCount& count_of(const geo::VillageGaps& village, VillageOrder order) {
  if (order == VillageOrder::households) return village.households;
  return village.gaps[static_cast<std::size_t>(order) - static_cast<std::size_t>(VillageOrder::secretary)];
}

}  // namespace

void sort_villages(std::vector<geo::VillageGaps>& villages, VillageOrder order) {
  std::ranges::sort(villages, {}, &geo::VillageGaps::village);
  if (order == VillageOrder::code) return;
  std::ranges::stable_sort(villages, [order](const geo::VillageGaps& a, const geo::VillageGaps& b) {
    const geo::GapCount &left = count_of(a, order), &right = count_of(b, order);
    const bool known = left.status == geo::Status::value, other = right.status == geo::Status::value;
    return known != other ? known : known && left.count > right.count;
  });
}

std::string gap_text(geo::Gap gap, const geo::GapCount& count, geo::Language language) {
  const bool english = language == geo::Language::en;
  if (count.status == geo::Status::masked) return english ? "masked" : "屏蔽";
  if (count.status != geo::Status::value) return "—";
  if (gap == geo::Gap::secretary) return count.count == 0 ? "✓" : english ? "none" : "缺";
  return geo::format_number(static_cast<double>(count.count), 0);
}

}  // namespace battlemap::app
