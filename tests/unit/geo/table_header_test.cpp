#include "geo/table_header.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace battlemap::geo {
namespace {

/// "names | first-last" of rows 1, 2, ...
std::string names_of_header(const std::vector<std::vector<std::string>>& cells, std::string_view key = "code") {
  std::vector<FirstRow> rows;
  for (const auto& each : cells) rows.push_back({static_cast<std::int64_t>(rows.size()) + 1, each});
  const std::vector<std::string> keys(key.empty() ? 0 : 1, std::string(key));
  const TableHeader found = find_table_header(rows, keys);
  return fmt::format("{} | {}-{}", fmt::join(found.names, ","), found.first_row, found.last_row);
}

TEST(TableHeader, IsTheRowWithTheCodeColumn) {
  EXPECT_EQ(names_of_header({{"code", "year"}, {"630101", "2016"}}), "code,year | 1-1");
  EXPECT_EQ(names_of_header({{"统计表", ""}, {"", ""}, {"code", "year"}, {"630101", "2016"}}), "code,year | 3-3");
  EXPECT_EQ(names_of_header({{"a", "b"}, {"1", "2"}}), "a,b | 1-1");
  EXPECT_EQ(names_of_header({{"", ""}, {"a", "b"}}, ""), "a,b | 2-2");
  EXPECT_EQ(names_of_header({}), " | 0-0");
}

TEST(TableHeader, IsPutTogetherFromMergedCells) {
  EXPECT_EQ(names_of_header({{"code", "name", "poor", "", "all", ""}, {"", "", "2015", "2016", "2015", "2016"}, {"630101"}}),
            "code,name,poor_2015,poor_2016,all_2015,all_2016 | 1-2");
  EXPECT_EQ(names_of_header({{"code", "人口", "", "", ""}, {"", "贫困", "", "全部", ""}, {"", "2015", "2016", "2015", "2016"}}),
            "code,人口_贫困_2015,人口_贫困_2016,人口_全部_2015,人口_全部_2016 | 1-3");
  // The code's cell below, the years above.
  EXPECT_EQ(names_of_header({{"", "2015", "", "2016", ""}, {"code", "poor", "all", "poor", "all"}, {"630101"}}),
            "code,2015_poor,2015_all,2016_poor,2016_all | 1-2");
}

TEST(TableHeader, UnitsBelowArePassedOver) {
  EXPECT_EQ(names_of_header({{"code", "poor", "rate"}, {"", "人", "（%）"}, {"630101", "1", "2"}}), "code,poor,rate | 1-2");
}

TEST(TableHeader, ARowOfDataIsNoneOfIt) {
  EXPECT_EQ(names_of_header({{"code", "year", "poor", ""}, {"", "2016", "5", ""}}), "code,year,poor, | 1-1");
  EXPECT_EQ(names_of_header({{"code", "year", "poor", ""}, {"", "2016", "", "note"}}), "code,year,poor, | 1-1");
  EXPECT_EQ(names_of_header({{"code", "poor", ""}, {"630101", "1", "2"}}), "code,poor, | 1-1");
  // A title above names that occur twice does not tell them apart.
  EXPECT_EQ(names_of_header({{"统计表", "", ""}, {"code", "poor", "poor"}}), "code,poor,poor | 2-2");
}

}  // namespace
}  // namespace battlemap::geo
