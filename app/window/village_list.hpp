#pragma once
#include <optional>
#include <vector>

#include "geo/village_gaps.hpp"

namespace battlemap::app {

/// By what the list of villages is ordered.
enum class VillageOrder { code, households, secretary, plan, pair, group_place };

/// Orders villages with most missing first (by code where they are alike); what is not known comes last.
void sort_villages(std::vector<geo::VillageGaps>& villages, VillageOrder order);

/// "3", "缺", "—" (not known), "已屏蔽": a cell of the list.
std::string gap_text(geo::Gap gap, const geo::GapCount& count, geo::Language language);

}  // namespace battlemap::app
