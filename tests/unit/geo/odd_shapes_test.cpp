// Statistics files whose shapes are odd, each named for what is wrong with it: the exact report, and what
// still loads.
#include "odd_table.hpp"

namespace battlemap::geo {
namespace {

const std::vector<OddTable> odd_shapes{
    {"a column a year",
     "code,poor_2016,poor_2015\n630101,1,9\n630102,2,9\n",
     "1 2 ?",
     {"other_year 0 -: 1 column(s) of 2015, a year that the project does not name, were left out",
      "no row: 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::year_columns; }},
    {"years alone for columns",
     "code,2016,2017年\n630101,1,9\n",
     "1 ? ?",
     {"other_year 0 -: 1 column(s) of 2017, a year that the project does not name, were left out",
      "no row: 630102 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::year_columns, s.indicator = "poor"; }},
    {"a year in full-width brackets",
     "code,poor（2016年）\n630101,1\n",
     "1 ? ?",
     {"no row: 630102 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::year_columns; }},
    {"years as columns and a place twice",
     "code,poor2016\n630101,1\n630101,2\n630102,3\n630102,3\n",
     "? 3 ?",
     {"duplicate_row 3 630101: row 3: code 630101 and year 2016 are in row 2 already, and the two differ "
      "in column poor; neither counts: delete the wrong one",
      "repeated_row 5 630102: row 5: code 630102 and year 2016 are in row 4 already, and both say the "
      "same; counted once",
      "no row: 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::year_columns; }},
    {"a row for each number",
     "code,year,indicator,value\n630101,2016,poor,1\n630101,2016,rich,5\n630102,2016,poor,-\n",
     "1 / ?",
     {"other_indicator 0 -: 1 row(s) of 'rich', which is no column of an indicator, were left out",
      "no row: 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::long_rows; }},
    {"a row for each number, one twice",
     "code,year,indicator,value\n630101,2016,poor,1\n630101,2016,poor,2\n630102,2016,poor,3\n630102,2016,"
     "poor,3\n",
     "? 3 ?",
     {"duplicate_row 3 630101: row 3: code 630101 and year 2016 are in row 2 already, and the two differ "
      "in column poor; neither counts: delete the wrong one",
      "repeated_row 5 630102: row 5: code 630102 and year 2016 are in row 4 already, and both say the "
      "same; counted once",
      "no row: 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::long_rows; }},
    {"names for codes",
     "name,year,poor\n城东区,2016,1\n城北,2016,2\n城南区,2016,3\n,2016,4\n",
     "1 2 ?",
     {"joined_by_name 2 630101: row 2: '城东区' was taken for 630101 城东区 by its name",
      "joined_by_name 3 630102: row 3: '城北' was taken for 630102 城北区 by its name",
      "unmatched_row 4 -: row 4: name '城南区' was left out: no county is called '城南区'; nearest: 630101 "
      "城东区",
      "unmatched_row 5 -: row 5: name '' was left out: the name cell is empty", "no row: 630103"},
     [](StatisticsSource& s) { s.by_name = true; }},
    {"a short form that two places begin with",
     "name,year,poor\n城,2016,1\n",
     "? ? ?",
     {"unmatched_row 2 -: row 2: name '城' was left out: no county is called '城'; nearest: 630101 城东区",
      "no row: 630101 630102 630103"},
     [](StatisticsSource& s) { s.by_name = true; }},
    {"a code that is no more, joined by name",
     "code,name,year,poor\n630101,城东区,2016,1\n630199,城西区,2016,3\n",
     "1 ? 3",
     {"joined_by_name 3 630103: row 3: '城西区' was taken for 630103 城西区 by its name", "no row: 630102"},
     [](StatisticsSource& s) { s.by_name = true; }},
    {"a parent that is none",
     "name,city,year,poor\n城东区,西宁市,2016,1\n",
     "? ? ?",
     {"unmatched_row 2 -: row 2: name '城东区' was left out: its parent '西宁市' is not one place of the "
      "project; nearest: 630101 城东区",
      "no row: 630101 630102 630103"},
     [](StatisticsSource& s) { s.by_name = true, s.parent_field = "city"; }},
    {"an office's own names for the columns, and a title",
     "贫困人口统计表,,,\n行政区划代码,名称,年份,poor\n630101,城东区,2016年,1\n",
     "1 ? ?",
     {"found_field 0 -: no column is called code; '行政区划代码' was taken for it",
      "found_field 0 -: no column is called year; '年份' was taken for it",
      "found_field 0 -: no column is called name; '名称' was taken for it",
      "header_row 2 -: the names of the columns were found in row 2; what is above it was left out",
      "no row: 630102 630103"}},
    {"merged cells in the header",
     "code,名称,poor,\n,,2015,2016\n630101,城东区,9,1\n",
     "1 ? ?",
     {"other_year 0 -: 1 column(s) of 2015, a year that the project does not name, were left out",
      "found_field 0 -: no column is called name; '名称' was taken for it",
      "header_row 1 -: the names of the columns were put together from rows 1 to 2 (merged cells): code, "
      "名称, poor_2015, poor_2016",
      "no row: 630102 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::year_columns; }},
    {"years merged above the indicators",
     ",2015,,2016,\ncode,poor,all,poor,all\n630101,9,9,1,9\n",
     "1 ? ?",
     {"other_year 0 -: 1 column(s) of 2015, a year that the project does not name, were left out",
      "header_row 1 -: the names of the columns were put together from rows 1 to 2 (merged cells): code, "
      "2015_poor, 2015_all, 2016_poor, 2016_all",
      "no row: 630102 630103"},
     [](StatisticsSource& s) { s.shape = TableShape::year_columns; }},
    {"units below the header",
     "code,year,poor\n,,（人）\n630101,2016,1\n",
     "1 ? ?",
     {"no row: 630102 630103"}},
    {"numbers of columns below the header",
     "code,year,poor\n甲,乙,1\n630101,2016,1\n",
     "1 ? ?",
     {"bad_year 2 甲: row 2: column year holds '乙', which is no year; the row was left out",
      "no row: 630102 630103"}},
    {"merged years",
     "code,year,poor\n630101,2016,1\n630102,,2\n",
     "1 ? ?",
     {"bad_year 3 630102: row 3: column year holds '', which is no year; the row was left out (merged "
      "with the cell above? see fill_down)",
      "no row: 630102 630103"}},
    {"merged years that the project fills down",
     "code,year,poor\n630101,2016,1\n630102,,2\n",
     "1 2 ?",
     {"filled_down 3 -: 1 row(s), the first is row 3, took empty cells for those above them (fill_down)",
      "no row: 630103"},
     [](StatisticsSource& s) { s.fill_down = {"year"}; }},
    {"notes below the table",
     odd_head + "630101,2016,1\n注：数据来源于县扶贫局,,\n",
     "1 ? ?",
     {"bad_year 3 注：数据来源于县扶贫局: row 3: column year holds '', which is no year; the row was left "
      "out "
      "(merged with the cell above? see fill_down)",
      "no row: 630102 630103"}},
    {"one year that the project states",
     "code,poor\n630101,1\n",
     "1 ? ?",
     {"no row: 630102 630103"},
     [](StatisticsSource& s) { s.year = 2016, s.year_field.clear(); }},
    {"an encoding stated wrongly",
     "code,year,poor,name\n630101,2016,1,\xB3\xC7\xB6\xAB\xC7\xF8\n",
     "1 ? ?",
     {"bad_text 2 -: 1 row(s), the first is row 2, hold bytes that are no UTF-8 text; they were read as "
      "U+FFFD",
      "no row: 630102 630103"},
     [](StatisticsSource& s) { s.encoding = Encoding::utf8; }},
    {"names of other places than the codes",
     "code,name,year,poor\n630101,城北区,2016,1\n630102,城东区,2016,2\n630103,城西,2016,3\n",
     "1 2 3",
     {"name_mismatch 2 630101: row 2: code 630101 is 城东区, but the row is called '城北区', which is "
      "630102; "
      "joined by its code",
      "name_mismatch 3 630102: row 3: code 630102 is 城北区, but the row is called '城东区', which is "
      "630101; "
      "joined by its code"}},
};

class OddShapes : public OddTables {};
TEST_P(OddShapes, AreReportedAndTheRestLoads) {
  expect_as_told();
}
INSTANTIATE_TEST_SUITE_P(Geo, OddShapes, ::testing::ValuesIn(odd_shapes));

}  // namespace
}  // namespace battlemap::geo
