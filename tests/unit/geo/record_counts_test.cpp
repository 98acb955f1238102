// Counts of records as tables, bars and legends print them.
#include "geo/record_counts.hpp"

#include "geo/error.hpp"
#include "record_fixture.hpp"

namespace battlemap::geo {
namespace {

class RecordCounts : public RecordProject {
 protected:
  void SetUp() override {
    RecordProject::SetUp();
    write_table(records_file(), "household",
                {"id", "code", "group", "people", "category", "cause", "exit_year", "measures"},
                {{{"a", first, "G1", "3", "一般贫困户", "因病", "2016", "产业;搬迁"}, at(100.05, 36.05)},
                 {{"b", first, "G1", "4", "低保户", "因病", "9999", "产业"}, at(100.05, 36.05)},
                 {{"c", first, "G2", "5", "低保户", "", "2016", ""}, at(100.05, 36.05)},
                 {{"d", second, "", "6", "一般贫困户", "缺水", "", "搬迁"}, at(100.15, 36.05)}});
    write_table(records_file(), "group", {"id", "code", "name"},
                {{{"G1", first, "一社"}, at(100.02, 36.02)}, {{"G2", first, "二社"}, ""}});
    data_ = load(records("household") + records("group"));
  }
  CountTable count(const CountQuery& query, const char* code) const {
    return count_records(data_, place(data_, code), query);
  }
  static std::string text(const std::vector<CountHeading>& headings, const std::vector<Value>& values) {
    std::string all;
    for (std::size_t i = 0; i < headings.size(); ++i)
      if (values[i].value != 0) all += fmt::format("{}={} ", headings[i].id, values[i].value);
    return all;
  }
  Dataset data_;
};

TEST_F(RecordCounts, ByCategoryWithEveryEntryInTheSetsOrder) {
  const CountTable table = count({.by = "category"}, "63");
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(text(table.rows, table.row_totals), "general=2 low_income=2 ");
  EXPECT_EQ(table.row_totals[2].value, 0);
  EXPECT_TRUE(table.row_totals[2].has_value());
  EXPECT_EQ(table.total.value, 4);
  EXPECT_TRUE(table.cells.empty());
}

TEST_F(RecordCounts, ThoseWithoutAValueAreCountedToo) {
  EXPECT_EQ(text(count({.by = "cause"}, "63").rows, count({.by = "cause"}, "63").row_totals),
            "illness=2 water=1 no_data=1 ");
  const CountTable years = count({.by = "exit_year"}, "63");
  EXPECT_EQ(text(years.rows, years.row_totals), "2016=2 not_yet=1 no_data=1 ");
  EXPECT_EQ(years.rows[1].name.zh, "未脱贫");
}

TEST_F(RecordCounts, FlagsCountAHouseholdOnceForEach) {
  const CountTable table = count({.by = "measures"}, "63");
  EXPECT_EQ(text(table.rows, table.row_totals), "industry=2 relocation=2 no_data=1 ");
  EXPECT_EQ(table.total.value, 4);
}

TEST_F(RecordCounts, GroupsAcrossCategoriesAndPeople) {
  const CountTable table = count({.by = "group", .across = "category"}, first);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].name.zh, "一社");
  EXPECT_EQ(table.cell(0, 0).value, 1);
  EXPECT_EQ(table.cell(0, 1).value, 1);
  EXPECT_EQ(table.cell(1, 1).value, 1);
  EXPECT_EQ(table.cell(1, 0).value, 0);
  EXPECT_EQ(table.row_totals[0].value, 2);
  EXPECT_EQ(table.column_totals[1].value, 2);
  const CountTable people = count({.by = "group", .of = CountOf::people}, first);
  EXPECT_EQ(people.row_totals[0].value, 7);
  EXPECT_EQ(people.total.value, 12);
}

TEST_F(RecordCounts, FollowsTheFilterAndThePlace) {
  CountQuery query{.by = "category"};
  query.filter.causes = {"illness"};
  EXPECT_EQ(count(query, "63").total.value, 2);
  EXPECT_EQ(count(query, second).total.value, 0);
  EXPECT_EQ(record_count(data_, RecordKind::group, place(data_, first)).value, 2);
  EXPECT_EQ(record_count(data_, RecordKind::household, {}).value, 4);
}

TEST_F(RecordCounts, FieldsThatCannotBeCountedByAreRefused) {
  EXPECT_THROW(count({.by = "people"}, "63"), UsageError);
  EXPECT_THROW(count({.by = "categry"}, "63"), UsageError);
}

}  // namespace
}  // namespace battlemap::geo
