// What villages' records lack: secretaries, plans, pairs, places of groups.
#include "geo/village_gaps.hpp"

#include "record_fixture.hpp"

namespace battlemap::geo {
namespace {

class VillageGapsTest : public RecordProject {
 protected:
  void write_all() const {
    write_table(records_file(), "household",
                {"id", "code", "group", "planned_exit", "measures"},
                {{{"h1", first, "g1", "2017", "产业"}, at(100.05, 36.05)},
                 {{"h2", first, "g2", "2017", ""}, at(100.05, 36.05)},       // no measure, group off the map
                 {{"h3", first, "", "", "产业"}, at(100.05, 36.05)},          // no year, no group, no pair
                 {{"h4", second, "g3", "9999", "产业"}, at(100.15, 36.05)},   // "not yet" is no plan
                 {{"h5", second, "g3", "2018", "产业"}, at(100.15, 36.05)}});
    write_table(records_file(), "group", {"id", "code", "name"},
                {{{"g1", first, "一社"}, at(100.05, 36.05)},
                 {{"g2", first, "二社"}, ""},
                 {{"g3", second, "一社"}, at(100.15, 36.05)}});
    write_table(records_file(), "cadre", {"id", "code", "role"},
                {{{"c1", second, "第一书记"}, ""}, {{"c2", first, "工作队员"}, ""}});
    write_table(records_file(), "pairing", {"id", "cadre", "household"},
                {{{"p1", "c1", "h1"}, ""}, {{"p2", "c2", "h2"}, ""}, {{"p3", "c1", "h4"}, ""}, {{"p4", "c1", "h5"}, ""}});
  }
  static std::string all_kinds() {
    return records("household") + records("group") + records("cadre") + records("pairing");
  }
  static GapCount n(std::size_t count) { return {Status::value, count}; }
};

TEST_F(VillageGapsTest, EveryVillageWithHouseholdsIsListedWithWhatItLacks) {
  write_all();
  const Dataset data = load(all_kinds());
  const auto found = missing_items(data, {});
  ASSERT_EQ(found.size(), 2U) << "the third village has no households";
  EXPECT_EQ(found[0].village, place(data, first));
  EXPECT_EQ(found[0].households, n(3));
  EXPECT_EQ(found[0][Gap::secretary], n(1));
  EXPECT_EQ(found[0][Gap::plan], n(2));
  EXPECT_EQ(found[0][Gap::pair], n(1));
  EXPECT_EQ(found[0][Gap::group_place], n(2));
  EXPECT_EQ(found[1].village, place(data, second));
  EXPECT_EQ(found[1][Gap::secretary], n(0));
  EXPECT_EQ(found[1][Gap::plan], n(1));
  EXPECT_EQ(found[1][Gap::pair], n(0));
  EXPECT_EQ(found[1][Gap::group_place], n(0));
  EXPECT_TRUE(found[0].any());
}

TEST_F(VillageGapsTest, OnlyVillagesOfThePlace) {
  write_all();
  const Dataset data = load(all_kinds());
  EXPECT_EQ(missing_items(data, place(data, second)).size(), 1U);
  EXPECT_EQ(missing_items(data, place(data, third)).size(), 0U);
  EXPECT_EQ(missing_items(data, place(data, "630102")).size(), 2U);
}

TEST_F(VillageGapsTest, WhatTheProjectDoesNotKnowIsNotCountedAsMissing) {
  write_all();
  const Dataset data = load(records("household"));
  const auto found = missing_items(data, place(data, first));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0][Gap::secretary].status, Status::no_data);
  EXPECT_EQ(found[0][Gap::pair].status, Status::no_data);
  EXPECT_EQ(found[0][Gap::group_place].status, Status::no_data);
  EXPECT_EQ(found[0][Gap::plan], n(2));
}

TEST_F(VillageGapsTest, WhatIsHiddenFromTheAudienceIsNotCounted) {
  write_all();
  Dataset data = load(all_kinds());
  for (RecordTable::Column& column : data.records.tables[static_cast<std::size_t>(RecordKind::household)].columns)
    if (column.field->id == "measures") column.status[0] = Status::masked;
  const auto found = missing_items(data, place(data, first));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0][Gap::plan].status, Status::masked);
  EXPECT_EQ(found[0][Gap::pair], n(1));
}

TEST_F(VillageGapsTest, WithoutRecordsTheListIsEmpty) {
  const Dataset data = load("");
  EXPECT_TRUE(missing_items(data, {}).empty());
}

}  // namespace
}  // namespace battlemap::geo
