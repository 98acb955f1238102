#include "geo/village_gaps.hpp"

#include <algorithm>

#include "geo/prepared_counts.hpp"

namespace battlemap::geo {
namespace {

struct GapWords {
  std::string_view id;
  Text name;
};

const GapWords& words_of(Gap gap) {
  static const std::array<GapWords, gap_count> words{{
      {"secretary", {"无第一书记", "No First Secretary"}},
      {"plan", {"无脱贫计划或措施", "No plan or measure"}},
      {"pair", {"无人结对", "Paired with nobody"}},
      {"group_place", {"社不明或无位置", "Group unknown or not on the map"}},
  }};
  return words[static_cast<std::size_t>(gap)];
}

/// What can be said of a table: nothing where the project has none, or where it is hidden.
Status status_of(const RecordTable& table) {
  if (table.dropped) return Status::masked;
  return table.loaded ? Status::value : Status::no_data;
}

/// Likewise of a column: hidden when any of its cells is.
Status status_of(const RecordTable& table, std::string_view field) {
  const Status whole = status_of(table);
  if (whole != Status::value) return whole;
  const RecordTable::Column* column = table.column(field);
  if (column == nullptr) return Status::no_data;
  const bool hidden = std::find(column->status.begin(), column->status.end(), Status::masked) != column->status.end();
  return hidden ? Status::masked : Status::value;
}

/// Hidden beats missing: what is hidden must not look as if the project had none.
Status worse(Status a, Status b) {
  if (a == Status::masked || b == Status::masked) return Status::masked;
  return a == Status::value ? b : a;
}

class GapFinder {
 public:
  explicit GapFinder(const Dataset& dataset)
      : dataset_(dataset),
        records_(dataset.records),
        households_(records_[RecordKind::household]),
        pairings_(records_[RecordKind::pairing]) {
    mark_secretaries();
    states_[index(Gap::plan)] = worse(status_of(households_, "planned_exit"), status_of(households_, "measures"));
    states_[index(Gap::pair)] = worse(status_of(households_), status_of(pairings_, "household"));
    states_[index(Gap::group_place)] = worse(status_of(households_, "group"), status_of(records_[RecordKind::group]));
    // Counts of these are not prepared, so that none would be safe from being computed out of others.
    const auto counted = [](const auto& prepared) { return prepared->kind == RecordKind::household; };
    if (std::any_of(records_.prepared.begin(), records_.prepared.end(), counted))
      for (const Gap gap : {Gap::plan, Gap::pair, Gap::group_place}) states_[index(gap)] = Status::masked;
  }

  VillageGaps count(DivisionRef village, std::uint32_t first, std::uint32_t last) const {
    const Value all = record_count(dataset_, RecordKind::household, village);
    VillageGaps found{village, {all.status, all.has_value() ? last - first : 0}, {}};
    for (std::size_t gap = 0; gap < gap_count; ++gap) found.gaps[gap] = {states_[gap], 0};
    for (std::uint32_t row = first; row < last; ++row)
      for (const Gap gap : {Gap::plan, Gap::pair, Gap::group_place})
        if (states_[index(gap)] == Status::value && lacks(gap, row)) ++found.gaps[index(gap)].count;
    GapCount& secretary = found.gaps[index(Gap::secretary)];
    if (secretary.status == Status::value)
      secretary.count = std::binary_search(led_.begin(), led_.end(), village) ? 0 : 1;
    return found;
  }

 private:
  static std::size_t index(Gap gap) { return static_cast<std::size_t>(gap); }

  void mark_secretaries() {
    const RecordTable& cadres = records_[RecordKind::cadre];
    Status& state = states_[index(Gap::secretary)];
    state = status_of(cadres, "role");
    if (state != Status::value) return;
    const auto role = records_.set("role").find("first_secretary");
    if (!role) {
      state = Status::no_data;
      return;
    }
    for (std::uint32_t row = 0; row < cadres.size(); ++row)
      if (cadres.category("role", row) == *role && cadres.places[row].valid()) led_.push_back(cadres.places[row]);
    std::sort(led_.begin(), led_.end());
  }

  bool lacks(Gap gap, std::uint32_t row) const {
    switch (gap) {
      case Gap::plan:
        return households_.number("planned_exit", row).value_or(not_yet) >= not_yet ||
               households_.flags("measures", row) == 0;
      case Gap::pair:
        return referring_rows(pairings_, "household", row).empty();
      case Gap::group_place: {
        const auto group = linked_row(households_, "group", row);
        return !group || !records_[RecordKind::group].has_point(*group);
      }
      case Gap::secretary:
        break;
    }
    return false;
  }

  const Dataset& dataset_;
  const Records& records_;
  const RecordTable& households_;
  const RecordTable& pairings_;
  std::array<Status, gap_count> states_{};
  std::vector<DivisionRef> led_;  ///< villages with a First Secretary, sorted
};

}  // namespace

std::string_view gap_id(Gap gap) {
  return words_of(gap).id;
}

const Text& gap_name(Gap gap) {
  return words_of(gap).name;
}

bool VillageGaps::any() const {
  return std::any_of(gaps.begin(), gaps.end(),
                     [](const GapCount& gap) { return gap.status == Status::value && gap.count > 0; });
}

std::vector<VillageGaps> missing_items(const Dataset& dataset, DivisionRef place) {
  std::vector<VillageGaps> found;
  const RecordTable& households = dataset.records[RecordKind::household];
  if (!households.loaded) return found;
  const GapFinder finder(dataset);
  auto [row, last] = rows_within(dataset.tree, households, place);
  while (row < last) {
    const DivisionRef village = households.places[row];
    std::uint32_t end = row;
    while (end < last && households.places[end] == village) ++end;
    if (village.valid() && village.level == Level::village) found.push_back(finder.count(village, row, end));
    row = end;
  }
  return found;
}

}  // namespace battlemap::geo
