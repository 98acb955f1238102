// Records: schema, categories, loading from tables with columns of any name, places, problems, selection.
#include "geo/records.hpp"

#include "geo/error.hpp"
#include "record_fixture.hpp"

namespace battlemap::geo {
namespace {

class RecordsTest : public RecordProject {
 protected:
  /// Five households in two villages, in no order.
  void write_households() const {
    write_table(
        records_file(), "household",
        {"id", "code", "people", "category", "cause", "income_2015", "income_2016", "exit_year", "measures"},
        {{{"h3", second, "4", "低保贫困户", "因病", "2000", "3100", "2016", "产业;医疗救助"},
          at(100.15, 36.05)},
         {{"h2", first, "5", "一般贫困户", "缺资金", "2100", "", "9999", ""}, at(100.05, 36.02)},
         {{"h1", first, "3", "五保户", "因残", "2200", "3300", "2017", "兜底保障"}, at(100.05, 36.05)},
         {{"h5", second, "2", "一般", "因学致贫", "2300", "3000", "2016", "搬迁、转移就业"},
          at(100.12, 36.05)},
         {{"h4", second, "1", "一般贫困户", "因病", "2400", "2900", "未脱贫", "产业"}, at(100.13, 36.05)}});
  }
  void write_help() const {
    write_table(records_file(), "cadre", {"id", "code", "role", "unit"},
                {{{"c1", first, "第一书记", "u1"}, ""}, {{"c2", "630102", "帮扶干部", "u1"}, ""}});
    write_table(records_file(), "unit", {"id", "name", "type"}, {{{"u1", "县农牧局", "机关"}, ""}});
    write_table(records_file(), "pairing", {"id", "cadre", "household", "since"},
                {{{"p1", "c2", "h1", "2015"}, ""},
                 {{"p2", "c1", "h1", "2016"}, ""},
                 {{"p3", "c2", "h3", "2015"}, ""}});
  }
};

TEST_F(RecordsTest, RowsAreOrderedByPlaceThenId) {
  write_households();
  const Dataset data = load(records("household"));
  const RecordTable& table = data.records[RecordKind::household];
  ASSERT_EQ(table.size(), 5U);
  EXPECT_EQ(odd(data), "");
  for (std::uint32_t row = 0; row < 5; ++row) EXPECT_EQ(table.text("id", row), fmt::format("h{}", row + 1));
  EXPECT_EQ(table.places[1], place(data, first));
  EXPECT_EQ(table.places[2], place(data, second));
  EXPECT_EQ(rows_within(data.tree, table, place(data, second)), (std::pair{2U, 5U}));
  EXPECT_EQ(rows_within(data.tree, table, place(data, "630102")), (std::pair{0U, 5U}));
  EXPECT_EQ(rows_within(data.tree, table, place(data, third)), (std::pair{5U, 5U}));
  EXPECT_EQ(table.find("h4"), 3U);
  EXPECT_EQ(table.find("h9"), std::nullopt);
  EXPECT_TRUE(polygon_contains(data.coverage(Level::village).polygons, 0, table.points[0]));
}

TEST_F(RecordsTest, CellsAreReadByTheirTypes) {
  write_households();
  const Dataset data = load(records("household"));
  const RecordTable& table = data.records[RecordKind::household];
  const Records& all = data.records;
  EXPECT_EQ(table.number("people", 0), 3);
  EXPECT_EQ(table.number("income", 0, 2015), 2200);
  EXPECT_EQ(table.number("income", 0, 2016), 3300);
  EXPECT_EQ(table.number("income", 1, 2016), std::nullopt);
  EXPECT_EQ(table.status("income", 1, 2016), Status::no_data);
  EXPECT_EQ(table.number("income", 0, 2017), std::nullopt);
  EXPECT_EQ(table.number("exit_year", 1), not_yet);
  EXPECT_EQ(table.number("exit_year", 3), not_yet);
  EXPECT_EQ(table.column("land_mu"), nullptr);
  const CategorySet& categories = all.set("household_category");
  EXPECT_EQ(categories.entries[*table.category("category", 2)].id, "low_income");
  EXPECT_EQ(categories.entries[*table.category("category", 4)].id, "general");
  EXPECT_EQ(all.set("cause").entries[*table.category("cause", 4)].id, "schooling");
  const CategorySet& measures = all.set("measure");
  const auto bit = [&](const char* id) { return std::uint64_t{1} << measures.require(id); };
  EXPECT_EQ(table.flags("measures", 2), bit("industry") | bit("medical"));
  EXPECT_EQ(table.flags("measures", 4), bit("relocation") | bit("employment"));
  EXPECT_EQ(table.flags("measures", 1), 0U);
}

TEST_F(RecordsTest, ColumnsOfAnyNameAreMapped) {
  write_table(records_file(), "household", {"户编号", "村代码", "2015年收入", "2016年收入", "原因"},
              {{{"甲1", first, "1000", "2000", "因灾"}, at(100.05, 36.05)}});
  const Dataset data = load(records("household",
                                    "code_field = '村代码'\nprovenance = 'generated'\n[records.fields]\n"
                                    "id = '户编号'\nincome = '{year}年收入'\ncause = '原因'\n"));
  const RecordTable& table = data.records[RecordKind::household];
  ASSERT_EQ(table.size(), 1U);
  EXPECT_EQ(table.number("income", 0, 2016), 2000);
  EXPECT_EQ(table.text("id", 0), "甲1");
  EXPECT_EQ(table.provenance, Provenance::generated);
  EXPECT_EQ(data.records.set("cause").entries[*table.category("cause", 0)].id, "disaster");
}

TEST_F(RecordsTest, AColumnWithoutYearsStandsForAll) {
  write_table(records_file(), "household", {"id", "code", "food"}, {{{"a", first, "是"}, at(100.05, 36.05)}});
  const Dataset data = load(records("household"));
  EXPECT_EQ(data.records[RecordKind::household].number("food", 0, 2016), 1);
}

TEST_F(RecordsTest, YearsAndTheLatestMayStandSideBySide) {
  write_table(records_file(), "project", {"id", "code", "paid", "paid_2015", "paid_2016", "progress"},
              {{{"a", first, "30", "", "20", "50"}, at(100.05, 36.05)}});
  const RecordTable table = load(records("project")).records[RecordKind::project];
  EXPECT_EQ(table.number("paid", 0), 30);
  EXPECT_EQ(table.number("paid", 0, 2016), 20);
  EXPECT_EQ(table.number("paid", 0, 2015), std::nullopt);  // it has a column of its own, and that is empty
  EXPECT_EQ(table.number("progress", 0, 2016), 50);
}

TEST_F(RecordsTest, ErrorsNameTheNearestColumnAndTheKey) {
  write_table(records_file(), "household", {"idd", "code"}, {{{"a", first}, ""}});
  const std::string missing = error_of([&] { load(records("household")); });
  EXPECT_NE(missing.find("idd"), std::string::npos) << missing;
  EXPECT_NE(missing.find("id in [records.fields] of household"), std::string::npos) << missing;
  const std::string unknown =
      error_of([&] { load(records("household", "[records.fields]\nincom = 'x'\n")); });
  EXPECT_NE(unknown.find("did you mean income?"), std::string::npos) << unknown;
  const std::string kind = error_of([&] { load(records("houshold")); });
  EXPECT_NE(kind.find("household"), std::string::npos) << kind;
  const std::string key = error_of([&] { load(records("household", "layr = 'x'\n")); });
  EXPECT_NE(key.find("did you mean layer?"), std::string::npos) << key;
  const std::string year =
      error_of([&] { load(records("household", "[records.fields]\npeople = 'p_{year}'\n")); });
  EXPECT_NE(year.find("no years"), std::string::npos) << year;
}

TEST_F(RecordsTest, NothingOddIsDroppedAndAllIsReported) {
  write_table(
      records_file(), "household", {"id", "code", "people", "cause", "income_2016", "exit_year", "food"},
      {{{"out", first, "3", "因病", "1", "2016", "1"}, at(100.15, 36.05)},  // in the second village
       {{"lost", "", "3", "因病", "1", "2016", "1"}, ""},                   // nowhere
       {{"odd", first, "3", "懒", "-5", "16", "x"}, at(100.05, 36.05)},     // unknown cause, bad cells
       {{"twice", first, "3", "因病", "1", "2016", "1"}, at(100.05, 36.05)},
       {{"twice", second, "3", "因病", "1", "2016", "1"}, at(100.15, 36.05)},           // in two villages
       {{"bad", "639999999999", "-3", "因病", "1", "2016", "1"}, at(100.25, 36.05)}});  // unknown code
  const Dataset data = load(records("household"));
  const RecordTable& table = data.records[RecordKind::household];
  ASSERT_EQ(table.size(), 6U);
  const auto one = [&](const char* kind, std::int64_t row, std::string_view code) {
    const auto found = problems_of(data, kind);
    ASSERT_EQ(found.size(), 1U) << kind;
    EXPECT_EQ(found[0].row, row) << kind;
    EXPECT_EQ(found[0].code, code) << kind;
    EXPECT_NE(found[0].source.find("records.gpkg"), std::string::npos);
  };
  one("outside_place", 1, first);
  one("no_place", 2, "");
  one("unknown_category", 3, first);
  one("bad_year", 3, first);
  one("bad_cell", 3, first);
  one("duplicate_id", 5, second);
  one("unknown_code", 6, "639999999999");
  ASSERT_EQ(problems_of(data, "negative_number").size(), 2U);
  EXPECT_NE(problems_of(data, "outside_place")[0].message.find("二村"), std::string::npos);
  EXPECT_EQ(table.places[table.find("bad").value()], place(data, third));  // by its point
  EXPECT_EQ(table.places[table.find("out").value()], place(data, first));
  EXPECT_FALSE(table.places[5].valid());  // those without a place come last
  EXPECT_EQ(table.text("id", 5), "lost");
  const CategorySet& causes = data.records.set("cause");
  const Category& odd = causes.entries[*table.category("cause", *table.find("odd"))];
  EXPECT_EQ(odd.name.zh, "懒");
  EXPECT_FALSE(odd.known);
  EXPECT_EQ(table.status("income", *table.find("odd"), 2016), Status::no_data);
  ASSERT_EQ(data.records.reports.size(), 1U);
  EXPECT_EQ(data.records.reports[0].rows, 6U);
  EXPECT_EQ(data.records.reports[0].placed, 5U);
  EXPECT_EQ(data.records.reports[0].with_point, 5U);
  EXPECT_EQ(data.records.reports[0].problems, 9U);
}

TEST_F(RecordsTest, PairingsLinkCadresAndHouseholds) {
  write_households();
  write_help();
  const Dataset data = load(records("household") + records("cadre") + records("unit") + records("pairing"));
  const Records& all = data.records;
  EXPECT_EQ(odd(data), "");
  const std::vector<std::uint32_t> rows{0, 1, 2};
  const auto cadres = paired_cadres(all, rows);
  ASSERT_EQ(cadres[0].size(), 2U);
  EXPECT_TRUE(cadres[1].empty());
  ASSERT_EQ(cadres[2].size(), 1U);
  EXPECT_EQ(all[RecordKind::cadre].text("id", cadres[2][0]), "c2");
  EXPECT_EQ(linked_row(all[RecordKind::cadre], "unit", 0), 0U);
  EXPECT_EQ(rows_within(data.tree, all[RecordKind::pairing], place(data, first)).second, 2U);  // by household
}

TEST_F(RecordsTest, DanglingPairingsAreReported) {
  write_households();
  write_help();
  write_table(records_file(), "pairing2", {"cadre", "household", "unit"},
              {{{"c9", "h1", "u1"}, ""}, {{"c1", "h9", "u1"}, ""}, {{"c1", "h1", "u9"}, ""}});
  const Dataset data = load(records("household") + records("cadre") + records("unit") +
                            "[[records]]\nkind = 'pairing'\ndataset = 'records.gpkg'\nlayer = 'pairing2'\n");
  const auto found = problems_of(data, "unknown_reference");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_NE(found[0].message.find("'c9'"), std::string::npos) << found[0].message;
}

TEST_F(RecordsTest, OnePlaceIsReadAloneWithItsHelpers) {
  write_households();
  write_help();
  const std::string toml = records("household") + records("cadre") + records("unit") + records("pairing");
  const Dataset village = load(toml, "二村");
  EXPECT_EQ(village.records[RecordKind::household].size(), 3U);
  ASSERT_EQ(village.records[RecordKind::pairing].size(), 1U);
  ASSERT_EQ(village.records[RecordKind::cadre].size(), 1U);
  EXPECT_EQ(village.records[RecordKind::cadre].text("id", 0), "c2");
  EXPECT_EQ(village.records[RecordKind::unit].size(), 1U);
  EXPECT_EQ(odd(village), "");
  EXPECT_EQ(load(toml, "630102").records[RecordKind::household].size(), 5U);
  EXPECT_EQ(load(toml, third).records[RecordKind::household].size(), 0U);
}

TEST_F(RecordsTest, TablesWithoutGeometryOrCodesFindTheirPlaces) {
  write_text(folder_ / "households.csv",
             "id,lon,lat,people\nb,100.15,36.05,2\na,100.05,36.05,3\nc,120,36,1\n");
  const Dataset data =
      load("[[records]]\nkind = 'household'\ndataset = 'households.csv'\nx_field = 'lon'\ny_field = 'lat'\n");
  const RecordTable& table = data.records[RecordKind::household];
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table.text("id", 0), "a");
  EXPECT_EQ(table.places[0], place(data, first));
  EXPECT_EQ(table.places[1], place(data, second));
  ASSERT_EQ(problems_of(data, "no_place").size(), 1U);
  EXPECT_EQ(problems_of(data, "no_place")[0].row, 4);  // as a spreadsheet counts
}

TEST_F(RecordsTest, SeveralSourcesOfAKindAreOneTable) {
  write_table(records_file(), "household", {"id", "code", "cause"},
              {{{"b", first, "懒"}, at(100.05, 36.05)}});
  write_table(records_file(), "more", {"id", "code", "people", "cause"},
              {{{"a", first, "4", "酒"}, at(100.05, 36.05)}, {{"c", second, "5", "懒"}, at(100.15, 36.05)}});
  const Dataset data = load(records("household") +
                            "[[records]]\nkind = 'household'\ndataset = 'records.gpkg'\nlayer = 'more'\n");
  const RecordTable& table = data.records[RecordKind::household];
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table.text("id", 0), "a");
  EXPECT_EQ(table.number("people", 0), 4);
  EXPECT_EQ(table.status("people", 1), Status::no_data);
  const CategorySet& causes = data.records.set("cause");
  EXPECT_EQ(causes.entries[*table.category("cause", 0)].id, "酒");
  EXPECT_EQ(table.category("cause", 1), table.category("cause", 2));
}

TEST_F(RecordsTest, RoadsAreLinesOneRowAPart) {
  write_table(
      records_file(), "road", {"name", "code", "type"},
      {{{"甲路", first, "村道"}, "MULTILINESTRING((100.01 36.01,100.02 36.02),(100.03 36.03,100.04 36.04))"},
       {{"乙路", "", "土路"}, "LINESTRING(100.11 36.01,100.12 36.02,100.13 36.03)"}});
  const Dataset data = load(records("road"));
  const RecordTable& table = data.records[RecordKind::road];
  ASSERT_EQ(table.size(), 3U);
  ASSERT_EQ(table.lines.size(), 3U);
  EXPECT_EQ(table.text("name", 1), "甲路");
  EXPECT_EQ(table.lines.line(2).size(), 3U);
  EXPECT_EQ(table.places[2], place(data, second));
}

TEST_F(RecordsTest, HouseholdsAreSelectedByAnyOfEachFilter) {
  write_households();
  write_help();
  const Dataset data = load(records("household") + records("cadre") + records("unit") + records("pairing"));
  const auto selected = [&](const RecordFilter& filter, const char* code) {
    return select_households(data.tree, data.records, place(data, code), filter);
  };
  using Rows = std::vector<std::uint32_t>;
  EXPECT_EQ(selected({}, "63"), (Rows{0, 1, 2, 3, 4}));
  EXPECT_EQ(selected({.categories = {"general"}}, "63"), (Rows{1, 3, 4}));
  EXPECT_EQ(selected({.causes = {"illness", "disability"}}, "63"), (Rows{0, 2, 3}));
  EXPECT_EQ(selected({.causes = {"illness", "disability"}}, second), (Rows{2, 3}));
  EXPECT_EQ(selected({.measures = {"industry", "security"}}, "63"), (Rows{0, 2, 3}));
  EXPECT_EQ(selected({.exit_years = {not_yet, 2017}}, "63"), (Rows{0, 1, 3}));
  EXPECT_EQ(selected({.cadre = "c2"}, "63"), (Rows{0, 2}));
  EXPECT_EQ(selected({.categories = {"general"}, .exit_years = {2016}}, "63"), (Rows{4}));
  EXPECT_THROW(selected({.causes = {"ilness"}}, "63"), UsageError);
  EXPECT_THROW(selected({.cadre = "c9"}, "63"), UsageError);
}

TEST_F(RecordsTest, OnlyWhatIsAskedForIsLoaded) {
  write_households();
  const Dataset data = load_dataset(project(records("household")));
  EXPECT_FALSE(data.records.any());
  EXPECT_TRUE(load("").records.sets.size() >= 8);
}

TEST(Categories, TextsMeanOneEntryEach) {
  const auto& sets = default_categories();
  ASSERT_EQ(sets.size(), 8U);
  for (const CategorySet& set : sets)
    for (std::size_t i = 0; i < set.entries.size(); ++i) {
      for (const std::string& text : set.entries[i].match) EXPECT_EQ(set.find(text), i) << text;
      EXPECT_EQ(set.find(set.entries[i].name.zh), i);
      EXPECT_EQ(set.find(set.entries[i].name.en), i);
      EXPECT_FALSE(set.entries[i].name.en.empty());
    }
  EXPECT_EQ(sets[1].entries.size(), 12U);
  EXPECT_EQ(sets[2].entries.size(), 8U);
  EXPECT_EQ(sets[4].entries.size(), 10U);
  EXPECT_EQ(sets[0].find("  Low-Income Allowance "), 1U);
  EXPECT_EQ(sets[0].find("无"), std::nullopt);
}

TEST_F(RecordsTest, AProjectsOwnCategoriesReplaceASet) {
  write_table(records_file(), "household", {"id", "code", "cause"},
              {{{"a", first, "穷"}, at(100.05, 36.05)}});
  write_text(
      folder_ / "cat.toml",
      "[[set]]\nid = 'cause'\nname = '原因'\nentries = [{ id = 'poor', zh = '贫', match = ['穷'] }]\n");
  const std::string toml = "[files]\ncategories = 'cat.toml'\n" + records("household");
  const Dataset data = load(toml);
  EXPECT_EQ(data.records.set("cause").entries.size(), 1U);
  EXPECT_EQ(data.records[RecordKind::household].category("cause", 0), 0);
  EXPECT_EQ(data.records.set("measure").entries.size(), 8U);
  write_text(folder_ / "cat.toml", "[[set]]\nid = 'causes'\nentries = [{ id = 'poor' }]\n");
  const std::string set = error_of([&] { load(toml); });
  EXPECT_NE(set.find("did you mean cause?"), std::string::npos) << set;
  write_text(folder_ / "cat.toml",
             "[[set]]\nid = 'cause'\nentries = [{ id = 'a', zh = '甲' }, { id = 'b', match = ['甲'] }]\n");
  const std::string twice = error_of([&] { load(toml); });
  EXPECT_NE(twice.find("'甲' means 'a' already"), std::string::npos) << twice;
}

}  // namespace
}  // namespace battlemap::geo
