#include "geo/cell.hpp"

#include <gtest/gtest.h>

namespace battlemap::geo {
namespace {

TEST(ParseNumber, ReadsWhatPeopleType) {
  EXPECT_EQ(parse_number("13.2"), 13.2);
  EXPECT_EQ(parse_number(" \t42\r"), 42);
  EXPECT_EQ(parse_number("\u3000７\u00A0"), 7);
  EXPECT_EQ(parse_number("-5"), -5);
  EXPECT_EQ(parse_number("−5"), -5);
  EXPECT_EQ(parse_number("+5"), 5);
  EXPECT_EQ(parse_number("1e3"), 1000);
  EXPECT_EQ(parse_number(".5"), 0.5);
  EXPECT_EQ(parse_number("1,234"), 1234);
  EXPECT_EQ(parse_number("12,345,678.25"), 12345678.25);
  EXPECT_EQ(parse_number("－１，２３４．５"), -1234.5);
}

TEST(ParseNumber, RejectsTheRest) {
  for (const char* text :
       {"",     " ",        "NaN",    "nan",  "inf", "-inf", "1e999", "abc", "12%",    "1,23",     "1,2345",
        ",123", "1234,567", "1,,234", "0x10", "1 2", "--5",  "+-5",   "5-",  "１２人", "\xff\xfe", "-"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(ParseCell, KeepsNoDataNotApplicableAndZeroApart) {
  const CellWords words{{"…", "NA"}, {"—", "-"}};
  EXPECT_EQ(parse_cell("0", words)->status, Status::value);
  EXPECT_EQ(parse_cell("", words)->status, Status::no_data);
  EXPECT_EQ(parse_cell("  ", words)->status, Status::no_data);
  EXPECT_EQ(parse_cell(" … ", words)->status, Status::no_data);
  EXPECT_EQ(parse_cell("-", words)->status, Status::not_applicable);
  EXPECT_EQ(parse_cell("—", words)->status, Status::not_applicable);
  EXPECT_EQ(parse_cell("-3", words)->value, -3);
  EXPECT_FALSE(parse_cell("N/A", words));
  EXPECT_FALSE(parse_cell("NaN", words));
}

TEST(HalfWidth, LeavesOtherTextAlone) {
  EXPECT_EQ(half_width("（１）青海ｘ"), "(1)青海x");
  EXPECT_EQ(half_width("\xef\xbc"), "\xef\xbc");  // cut short
  EXPECT_EQ(half_width("\xef=\xef"), "\xef=\xef");  // no UTF-8
}

TEST(Cell, AYearMayBeADate) {
  for (const char* year : {"2016", "2016.0", "2016年", "２０１６", "2016-12-31", "2016/6/1", "2016年12月", "2016年12月31日",
                           "2016/12/31 00:00:00", "2016.12.31"})
    EXPECT_EQ(parse_year(year), 2016) << year;
  for (const char* other : {"", "2016-2017", "2016-13", "2016-0-1", "2016-12-32", "16", "2016-", "2016 5", "2016a", "约2016"})
    EXPECT_NE(parse_year(other), 2016) << other;
  for (const char* none : {"-5", "-9999", "10000", "2016.5", "1e300", "nan"}) EXPECT_FALSE(parse_year(none)) << none;
}

}  // namespace
}  // namespace battlemap::geo
