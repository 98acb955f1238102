// Tables as offices lay them out: years in columns, a row per number, names instead of codes.
#include "geo/cell.hpp"
#include "geo/join_columns.hpp"
#include "geo/join_match.hpp"
#include "table_project.hpp"

namespace battlemap::geo {
namespace {

class JoinShapes : public TableProject {
 protected:
  JoinShapes() {
    entries_ = {{*Code::parse("63"), "青海省", ""},     {*Code::parse("6301"), "西宁市", ""},
                {*Code::parse("6302"), "海东市", ""},   {*Code::parse("630101"), "城东区", ""},
                {*Code::parse("630102"), "城北区", ""}, {*Code::parse("630201"), "城东区", ""}};
    indicators_ = {{.id = "poor", .unit = {"人", "people"}, .kind = IndicatorKind::count, .column = "poor"},
                   {.id = "rate", .unit = {"%", ""}, .kind = IndicatorKind::latest, .column = "rate"}};
  }
  StatisticsSource& counties(std::string_view text) { return add_table("c.csv", text, Level::county); }
  Statistics::Cell county(std::string_view indicator, int year, std::size_t i) {
    return cell(indicator, year, i, Level::county);
  }
};

TEST(JoinColumns, TheYearOfAColumnIsFoundHoweverItIsWritten) {
  for (const char* name : {"poor_2016", "poor2016", "poor-2016", "2016_poor", "2016年poor", "poor(2016)",
                           "poor（2016年）", "poor ２０１６"})
    EXPECT_EQ(year_of_column(name, "poor"), 2016) << name;
  for (const char* name :
       {"poor", "poor_16", "poor_20165", "poorer_2016", "poor_2016_x", "2016", "poor_3016"})
    EXPECT_FALSE(year_of_column(name, "poor")) << name;
}

TEST_F(JoinShapes, AYearMayStandInTheColumns) {
  auto& source = counties("code,poor_2015,poor2016,rate2016,poor_1999\n630101,5,6,7.5,1\n630102,,8,1%,1\n");
  source.shape = TableShape::year_columns;
  join();
  EXPECT_EQ(county("poor", 2015, 0).value, 5);
  EXPECT_EQ(county("poor", 2016, 0).value, 6);
  EXPECT_EQ(county("poor", 2015, 1).status, Status::no_data);
  EXPECT_EQ(county("rate", 2016, 1).value, 1);
  ASSERT_EQ(reports_.size(), 2U);
  EXPECT_EQ(reports_[1].matched, 2U);
  EXPECT_EQ(columns_.size(), 3U);  // 2015 has no column of the rate
}

TEST_F(JoinShapes, AWideTableWithoutItsShapeIsToldWhatToSet) {
  counties("code,poor_2015,poor_2016\n630101,5,6\n");
  EXPECT_NE(join_error().find("set shape = \"year_columns\""), std::string::npos) << join_error();
}

TEST_F(JoinShapes, ALongTableHoldsOneNumberARow) {
  auto& source = counties(
      "code,year,what,number\n630101,2015,poor,5\n630101,2015,rate,7.5%\n630101,2016,poor,6\n630102,2016,"
      "sheep,900\n"
      "630102,2016,poor,1\n630102,2016,poor,2\n");
  source.shape = TableShape::long_rows;
  source.indicator_field = "what", source.value_field = "number";
  join();
  EXPECT_EQ(county("poor", 2015, 0).value, 5);
  EXPECT_EQ(county("rate", 2015, 0).value, 7.5);
  EXPECT_EQ(county("poor", 2016, 0).value, 6);
  EXPECT_EQ(county("poor", 2016, 1).status, Status::no_data);
  ASSERT_EQ(problems_of("duplicate_row").size(), 1U);
  EXPECT_EQ(problems_of("duplicate_row")[0].row, 7);
  ASSERT_EQ(problems_of("other_indicator").size(), 1U);
  EXPECT_NE(problems_of("other_indicator")[0].message.find("'sheep'"), std::string::npos);
  EXPECT_EQ(reports_[0].matched, 1U);
}

TEST_F(JoinShapes, NamesMatchOnlyWhenAskedForAndWithinTheParent) {
  const char* text =
      "city,name,year,poor\n西宁市,城东区,2015,1\n海东市,城东区,2015,2\n6301,城北,2015,3\n,城东区,2015,4\n"
      "西安市,城北区,2015,5\n";
  auto& source = counties(text);
  EXPECT_NE(join_error().find("no column 'code'"), std::string::npos);
  source.by_name = true, source.parent_field = "city";
  reports_.clear(), problems_.clear();
  indicators_.pop_back();
  join();
  EXPECT_EQ(county("poor", 2015, 0).value, 1);
  EXPECT_EQ(county("poor", 2015, 2).value, 2);
  EXPECT_EQ(county("poor", 2015, 1).value, 3);
  EXPECT_EQ(reports_[0].by_name, 3U);
  ASSERT_EQ(reports_[0].rows_by_name.size(), 3U);
  EXPECT_EQ(reports_[0].rows_by_name[2].name, "城北");
  EXPECT_EQ(reports_[0].rows_by_name[2].division, "城北区");
  EXPECT_EQ(problems_of("joined_by_name").size(), 3U);
  const auto missed = problems_of("unmatched_row");
  ASSERT_EQ(missed.size(), 2U);
  EXPECT_NE(missed[0].message.find("2 places may be called '城东区'; set parent_field"), std::string::npos)
      << missed[0].message;
  EXPECT_NE(missed[1].message.find("its parent '西安市' is not one place"), std::string::npos)
      << missed[1].message;
}

TEST_F(JoinShapes, LastYearsCodesComeHomeByNameUnderTheirParent) {
  auto& source = counties("code,name,year,poor\n630199,城北区,2015,3\n630299,城北区,2015,4\n");
  source.by_name = true;
  indicators_.pop_back();
  join();
  EXPECT_EQ(county("poor", 2015, 1).value, 3);
  ASSERT_EQ(problems_of("unmatched_row").size(), 1U);  // no 城北区 in 6302
  EXPECT_EQ(problems_of("unmatched_row")[0].row, 3);
}

TEST_F(JoinShapes, BothSidesOfAMissKnowEachOther) {
  counties(
      "code,name,year,poor\n630199,城北区,2015,3\n630101,城东区,2015,1\n639901,无名县,2015,1\n630202,,2015,"
      "9\n");
  indicators_.pop_back();
  join();
  const JoinReport& report = reports_.at(0);
  ASSERT_EQ(report.rows_without_division.size(), 3U);
  EXPECT_EQ(report.rows_without_division[0].nearest, "630102 城北区");
  EXPECT_EQ(report.rows_without_division[0].row, 2);
  EXPECT_EQ(report.rows_without_division[1].nearest, "");
  EXPECT_EQ(report.rows_without_division[2].nearest, "630201 城东区");
  ASSERT_EQ(report.divisions_without_row.size(), 2U);
  EXPECT_EQ(report.divisions_without_row[0].code, "630102");
  EXPECT_EQ(report.divisions_without_row[0].nearest, "row 2: 630199 城北区");
  EXPECT_NE(problems_of("unmatched_row")[0].message.find("nearest: 630102 城北区"), std::string::npos);
}

TEST_F(JoinShapes, CellsMeanWhatAStatisticianMeans) {
  struct Case {
    const char* cell;
    Status poor;
    double value;
  };
  project_.no_data_words.clear(), project_.not_applicable_words.clear();
  for (const Case& each : std::vector<Case>{{"\"1,234\"", Status::value, 1234},
                                            {"１２", Status::value, 12},
                                            {"0", Status::value, 0},
                                            {"", Status::no_data, 0},
                                            {"-", Status::not_applicable, 0},
                                            {"—", Status::not_applicable, 0},
                                            {"－", Status::not_applicable, 0},
                                            {"不适用", Status::not_applicable, 0},
                                            {"…", Status::no_data, 0},
                                            {"#N/A", Status::no_data, 0},
                                            {"#DIV/0!", Status::no_data, 0},
                                            {"缺", Status::no_data, 0},
                                            {"352人", Status::value, 352},
                                            {"-5", Status::value, -5}}) {
    const auto read =
        parse_statistic(trimmed(each.cell[0] == '"' ? "1,234" : each.cell), {}, {"人", "people"});
    ASSERT_TRUE(read) << each.cell;
    EXPECT_EQ(read->status, each.poor) << each.cell;
    EXPECT_EQ(read->value, each.value) << each.cell;
  }
  for (const char* cell : {"12%", "无", "约30", "12户", "1,23", "%"})
    EXPECT_FALSE(parse_statistic(cell, {}, {"人", "people"})) << cell;
  for (const char* cell : {"13.2%", "13.2％", "１３．２ %"}) {
    const auto read = parse_statistic(cell, {}, {"%", ""});
    ASSERT_TRUE(read) << cell;
    EXPECT_EQ(read->value, 13.2);
  }
  // The project's own words go first.
  EXPECT_EQ(parse_statistic("-", {{"-"}, {}}, {})->status, Status::no_data);
}

}  // namespace
}  // namespace battlemap::geo
