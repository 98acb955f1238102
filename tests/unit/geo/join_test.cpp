#include "geo/join.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <random>

#include "geo/code_match.hpp"
#include "table_project.hpp"

namespace battlemap::geo {
namespace {

class JoinTest : public TableProject {};
constexpr auto join_header = "code,year,poor,all,last\n";

TEST_F(JoinTest, MatchesByCodeAndYear) {
  add_table("v.csv", std::string(join_header) +
                         "630102100201,2015,7,70,2016\n630101100201,2015,5,50,\n"
                         "630101100202,2015,0,\"1,060\",9999\n630101100201,2016,4,51,2016\n");
  join();
  EXPECT_EQ(cell("poor", 2015, 0).value, 5);
  EXPECT_EQ(cell("poor", 2015, 1).value, 0);
  EXPECT_EQ(cell("poor", 2015, 1).status, Status::value);
  EXPECT_EQ(cell("poor", 2015, 2).value, 7);
  EXPECT_EQ(cell("all", 2015, 1).value, 1060);
  EXPECT_EQ(cell("last", 2015, 0).status, Status::no_data);
  EXPECT_EQ(cell("poor", 2016, 0).value, 4);
  EXPECT_EQ(cell("poor", 2016, 1).status, Status::no_data);
  ASSERT_EQ(reports_.size(), 2U);
  EXPECT_EQ(reports_[0].year, 2015);
  EXPECT_EQ(reports_[0].matched, 3U);
  EXPECT_EQ(reports_[0].unmatched_divisions, 0U);
  EXPECT_EQ(reports_[1].matched, 1U);
  EXPECT_EQ(reports_[1].unmatched_divisions, 2U);
  EXPECT_EQ(problems_of("unmatched_division").size(), 2U);
  EXPECT_EQ(problems_.size(), 2U);
}

TEST_F(JoinTest, MissingCellsBecomeWhatTheProjectSays) {
  add_table("v.csv", std::string(join_header) +
                         "630101100201,2015,…,—,NA\n630101100202,2015, , ３ ,x\n"
                         "630102100201,2015,NaN,inf,2016\n");
  join();
  EXPECT_EQ(cell("poor", 2015, 0).status, Status::no_data);
  EXPECT_EQ(cell("all", 2015, 0).status, Status::not_applicable);
  EXPECT_EQ(cell("last", 2015, 0).status, Status::no_data);
  EXPECT_EQ(cell("poor", 2015, 1).status, Status::no_data);
  EXPECT_EQ(cell("all", 2015, 1).value, 3);
  const auto bad = problems_of("bad_cell");
  ASSERT_EQ(bad.size(), 3U);  // x, NaN, inf
  EXPECT_EQ(bad[0].row, 3);
  EXPECT_EQ(bad[0].code, "630101100202");
  EXPECT_NE(bad[0].message.find("column last"), std::string::npos) << bad[0].message;
  EXPECT_NE(bad[0].message.find("'x'"), std::string::npos) << bad[0].message;
  EXPECT_EQ(cell("all", 2015, 2).status, Status::no_data);
}

TEST_F(JoinTest, NegativeCountsAreReported) {
  add_table("v.csv", std::string(join_header) +
                         "630101100201,2015,-5,50,-1\n630101100202,2015,1,1,1\n"
                         "630102100201,2015,1,1,1\n");
  join();
  ASSERT_EQ(problems_of("negative_count").size(), 1U);
  EXPECT_EQ(problems_of("negative_count")[0].row, 2);
  EXPECT_EQ(cell("poor", 2015, 0).value, -5);
}

TEST_F(JoinTest, OfTwoRowsThatDifferNeitherCountsAndBothAreNamed) {
  add_table("v.csv", std::string(join_header) +
                         "630101100201,2015,1,1,1\n630101100202,2015,2,2,2\n"
                         "630102100201,2015,3,3,3\n630101100201,2015,9,1,1\n"
                         "630101100201,2016,8,8,8\n630101100201,2015,1,1,1\n");
  join();
  EXPECT_EQ(cell("poor", 2015, 0).status, Status::no_data);
  EXPECT_EQ(cell("all", 2015, 0).status, Status::no_data);
  EXPECT_EQ(cell("poor", 2015, 1).value, 2);
  EXPECT_EQ(cell("poor", 2016, 0).value, 8);  // another year is no duplicate
  EXPECT_EQ(reports_[0].duplicates, 2U);
  EXPECT_EQ(reports_[0].conflicting, 1U);
  EXPECT_EQ(reports_[0].matched, 3U);
  const auto found = problems_of("duplicate_row");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].row, 5);
  EXPECT_NE(found[0].message.find("row 2"), std::string::npos) << found[0].message;
  EXPECT_NE(found[0].message.find("column poor"), std::string::npos) << found[0].message;
  EXPECT_EQ(found[1].row, 7);  // the third agrees with the first, but which is right nobody knows
}

TEST_F(JoinTest, OfTwoRowsThatSayTheSameOneCounts) {
  add_table("v.csv", std::string(join_header) + "630101100201,2015,1,…,1\n630101100201,2015, 1.0,,1\n");
  join();
  EXPECT_EQ(cell("poor", 2015, 0).value, 1);
  EXPECT_EQ(reports_[0].duplicates, 1U);
  EXPECT_EQ(reports_[0].conflicting, 0U);
  ASSERT_EQ(problems_of("repeated_row").size(), 1U);
  ASSERT_EQ(reports_[0].duplicate_rows.size(), 1U);
  EXPECT_TRUE(reports_[0].duplicate_rows[0].agree);
  EXPECT_EQ(reports_[0].duplicate_rows[0].first_row, 2);
  EXPECT_EQ(reports_[0].duplicate_rows[0].row, 3);
}

TEST_F(JoinTest, RowsWithoutADivisionAreNamedWithTheReason) {
  add_table("v.csv", std::string(join_header) +
                         "630101100999,2015,1,1,1\n630101,2015,1,1,1\nabc,2015,1,1,1\n,2015,1,1,1\n");
  join();
  EXPECT_EQ(reports_[0].unmatched_rows, 4U);
  EXPECT_EQ(reports_[0].matched, 0U);
  const auto found = problems_of("unmatched_row");
  ASSERT_EQ(found.size(), 4U);
  EXPECT_NE(found[0].message.find("no village of the project"), std::string::npos) << found[0].message;
  EXPECT_NE(found[1].message.find("code of a county"), std::string::npos) << found[1].message;
  EXPECT_NE(found[2].message.find("'abc'"), std::string::npos) << found[2].message;
  EXPECT_NE(found[3].message.find("empty"), std::string::npos) << found[3].message;
}

TEST_F(JoinTest, DamagedCodesAreRepairedAndReported) {
  indicators_ = {{.id = "poor", .kind = IndicatorKind::count, .column = "poor"}};
  add_table("c.csv", "code,year,poor\n630101.0,2015,1\n'630102,2015,2\n6.30103E+05,2015,3\n", Level::county);
  add_table("v.csv", "code,year,poor\n６３０１０１１００２０１,2015,4\n6.30101E+11,2015,5\n");
  join();
  EXPECT_EQ(reports_[0].matched, 3U);
  EXPECT_EQ(reports_[0].repaired, 3U);
  EXPECT_EQ(cell("poor", 2015, 2, Level::county).value, 3);
  EXPECT_EQ(cell("poor", 2015, 0).value, 4);
  EXPECT_EQ(reports_[1].unmatched_rows, 1U);  // 6.30101E+11 has lost its last digits
  EXPECT_EQ(problems_of("repaired_code").size(), 4U);
}

TEST(CodeMatcher, RestoresALostLeadingZero) {
  const DivisionTree tree({{*Code::parse("010101"), "a", ""}, {*Code::parse("110101"), "b", ""}});
  CodeMatcher matcher(tree, Level::county);
  const CodeMatch match = matcher.match("10101");
  EXPECT_EQ(match.index, 0U);
  EXPECT_TRUE(match.repaired);
  EXPECT_EQ(matcher.match("10101.0").index, 0U);
  EXPECT_EQ(matcher.match("110101").index, 1U);
  EXPECT_EQ(matcher.match("110101000000").index, 1U);  // padded: the same county
  EXPECT_FALSE(matcher.match("110101000000").repaired);
  EXPECT_EQ(matcher.match("20101").index, npos);
  EXPECT_EQ(matcher.match("110101.5").index, npos);
}

TEST(CodeMatcher, APrefectureWithoutCountiesIsItsOwnCounty) {
  const DivisionTree tree({{*Code::parse_at("441900", Level::county), "东莞市", ""}});
  CodeMatcher matcher(tree, Level::county);
  EXPECT_EQ(matcher.match("441900").index, 0U);
  EXPECT_EQ(matcher.match("442000").index, npos);
}

TEST_F(JoinTest, YearsAreReadAndOthersLeftOut) {
  add_table("v.csv", std::string(join_header) +
                         "630101100201,2015年,1,1,1\n630101100202,2015.0,2,2,2\n"
                         "630102100201,soon,3,3,3\n630102100201,1999,3,3,3\n");
  join();
  EXPECT_EQ(cell("poor", 2015, 0).value, 1);
  EXPECT_EQ(cell("poor", 2015, 1).value, 2);
  ASSERT_EQ(problems_of("bad_year").size(), 1U);
  EXPECT_EQ(problems_of("bad_year")[0].row, 4);
  ASSERT_EQ(problems_of("other_year").size(), 1U);
  EXPECT_NE(problems_of("other_year")[0].message.find("1999"), std::string::npos);
}

TEST_F(JoinTest, AChangeAlsoNeedsTheYearBeforeTheProjectsFirst) {
  indicators_.push_back({.id = "change", .kind = IndicatorKind::change, .of = "poor"});
  add_table("v.csv", std::string(join_header) + "630101100201,2014,1,1,1\n");
  join();
  EXPECT_EQ(cell("poor", 2014, 0).value, 1);
}

TEST_F(JoinTest, ATableOfOneYearNeedsNoYearColumn) {
  auto& source = add_table("v.csv", "code,poor,all,last\n630101100201,5,50,2016\n");
  EXPECT_NE(join_error().find("year_field"), std::string::npos);
  source.year = 2016;
  join();
  EXPECT_EQ(cell("poor", 2016, 0).value, 5);
}

TEST_F(JoinTest, AColumnMayBeInAnyTable) {
  add_table("v.csv", "code,year,poor\n630101100201,2015,5\n");
  EXPECT_NE(join_error().find("column 'all'"), std::string::npos) << join_error();
  add_table("c.csv", "code,year,all,last\n630101,2015,50,2016\n", Level::county);
  join();
  EXPECT_EQ(cell("all", 2015, 0, Level::county).value, 50);
}

TEST_F(JoinTest, AMissingCodeColumnIsNamed) {
  add_table("v.csv", "kode,year,poor,all,last\n");
  const std::string error = join_error();
  EXPECT_NE(error.find("no column 'code'"), std::string::npos) << error;
  EXPECT_NE(error.find("kode"), std::string::npos) << error;
}

TEST_F(JoinTest, ProvenanceComesFromTheIndicatorElseTheTable) {
  indicators_[1].provenance = Provenance::published;
  add_table("v.csv", std::string(join_header) + "630101100201,2015,1,1,1\n").provenance = Provenance::generated;
  join();
  EXPECT_EQ(cell("poor", 2015, 0).provenance, Provenance::generated);
  EXPECT_EQ(cell("all", 2015, 0).provenance, Provenance::published);
}

TEST_F(JoinTest, AMillionBadRowsStayReadable) {
  std::string text = join_header;
  for (int i = 0; i < 3000; ++i) text += "nowhere,2015,1,1,1\n";
  add_table("v.csv", text);
  join();
  const auto found = problems_of("unmatched_row");
  ASSERT_EQ(found.size(), problems_per_kind + 1);
  EXPECT_NE(found.back().message.find("2000 more"), std::string::npos) << found.back().message;
  EXPECT_EQ(reports_[0].unmatched_rows, 3000U);
}

/// A random table over 8 counties and its aggregates by SQL, computed by SQLite on the same file.
class AggregateTest : public TableProject {
 protected:
  void SetUp() override {
    entries_.clear();
    std::mt19937 random(3);
    std::string text = "code,county,prefecture,year,poor,all\n";
    for (int county = 1; county <= 8; ++county)
      for (int village = 1; village <= 40; ++village) {
        const std::string prefecture = county <= 3 ? "6301" : "6302";
        const std::string code =
            fmt::format("{}{:02}{:03}{:03}", prefecture, county, 100 + village % 3, 200 + village);
        entries_.push_back({*Code::parse(code), code, ""});
        for (const int year : {2015, 2016}) {
          const std::string poor = random() % 7 == 0 ? "" : std::to_string(random() % 90);
          const std::string all = random() % 9 == 0 ? "" : std::to_string(90 + random() % 900);
          text +=
              fmt::format("{},{},{},{},{},{}\n", code, code.substr(0, 6), code.substr(0, 4), year, poor, all);
        }
      }
    add_table("v.csv", text);
    Indicator rate{.id = "rate", .kind = IndicatorKind::ratio, .numerator = "poor", .denominator = "all"};
    rate.factor = 100;
    indicators_ = {indicators_[0], indicators_[1], rate};
  }

  /// Runs SQL by SQLite on the table; visits every row's feature.
  template <class Visit>
  void sql(const std::string& statement, const Visit& visit) const {
    GDALAllRegister();
    GDALDatasetUniquePtr dataset(GDALDataset::Open((folder_ / "v.csv").c_str(), GDAL_OF_VECTOR));
    ASSERT_TRUE(dataset);
    OGRLayer* layer = dataset->ExecuteSQL(statement.c_str(), nullptr, "SQLITE");
    ASSERT_NE(layer, nullptr) << CPLGetLastErrorMsg();
    int rows = 0;
    while (const OGRFeatureUniquePtr feature{layer->GetNextFeature()}) visit(*feature), ++rows;
    dataset->ReleaseResultSet(layer);
    EXPECT_GT(rows, 0);
  }
};

TEST_F(AggregateTest, EqualSqlAtEveryLevel) {
  join();
  const Statistics statistics(tree_, indicators_, {2015, 2016}, columns_);
  for (const auto& [level, digits] : {std::pair{Level::province, 2},
                                      {Level::prefecture, 4},
                                      {Level::county, 6},
                                      {Level::township, 9},
                                      {Level::village, 12}})
    for (const int year : {2015, 2016}) {
      std::size_t compared = 0;
      const std::string statement = fmt::format(
          "SELECT substr(code, 1, {}) AS place, sum(CASE WHEN poor <> '' THEN CAST(poor AS REAL) END) AS "
          "total, "
          "sum(CASE WHEN poor <> '' THEN 1 ELSE 0 END) AS reported, count(*) AS places, "
          "sum(CASE WHEN poor <> '' AND \"all\" <> '' THEN CAST(poor AS REAL) END) AS top, "
          "sum(CASE WHEN poor <> '' AND \"all\" <> '' THEN CAST(\"all\" AS REAL) END) AS bottom "
          "FROM v WHERE year = '{}' GROUP BY substr(code, 1, {})",
          digits, year, digits);
      sql(statement, [&](const OGRFeature& row) {
        const auto place = tree_.find(*Code::parse(const_cast<OGRFeature&>(row).GetFieldAsString("place")));
        ASSERT_TRUE(place);
        const Value poor = statistics.value("poor", *place, year),
                    rate = statistics.value("rate", *place, year);
        EXPECT_EQ(poor.reported, static_cast<std::uint32_t>(row.GetFieldAsInteger("reported")));
        EXPECT_EQ(poor.expected, static_cast<std::uint32_t>(row.GetFieldAsInteger("places")));
        EXPECT_EQ(poor.has_value(), poor.reported > 0);
        EXPECT_EQ(poor.value, row.GetFieldAsDouble("total"));
        const double top = row.GetFieldAsDouble("top"), bottom = row.GetFieldAsDouble("bottom");
        EXPECT_EQ(rate.has_value(), bottom > 0);
        EXPECT_DOUBLE_EQ(rate.value, bottom > 0 ? 100 * top / bottom : 0);
        ++compared;
      });
      EXPECT_EQ(compared, tree_.at(level).size());
    }
}

TEST_F(JoinTest, MarksMeanZeroWhereTheProjectSaysSo) {
  project_.no_data_words.clear(), project_.not_applicable_words.clear(), project_.zero_words = {"…", "-"};
  add_table("v.csv", std::string(join_header) + "630101100201,2015,…,-,1\n630101100202,2015,—,,1\n");
  join();
  EXPECT_EQ(cell("poor", 2015, 0).status, Status::value);
  EXPECT_EQ(cell("poor", 2015, 0).value, 0);
  EXPECT_EQ(cell("all", 2015, 0).status, Status::value);
  EXPECT_EQ(cell("poor", 2015, 1).status, Status::not_applicable);
  EXPECT_EQ(cell("all", 2015, 1).status, Status::no_data);
}

TEST_F(JoinTest, OfTwoTablesThatDifferNeitherCountsAndBothRowsAreNamed) {
  add_table("a.csv", std::string(join_header) + "630101100201,2015,1,10,1\n630101100202,2015,2,20,1\n");
  add_table("b.csv", "code,year,poor\n630102100201,2015,3\n630101100202,2015,5\n630101100201,2015,1\n");
  join();
  const auto found = problems_of("tables_differ");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].source, (folder_ / "b.csv").string());
  EXPECT_EQ(found[0].row, 3);
  EXPECT_EQ(found[0].code, "630101100202");
  EXPECT_EQ(found[0].message, "row 3: poor of 630101100202 in 2015 is 5, but 2 in row 3 of " +
                                  (folder_ / "a.csv").string() + "; neither counts: delete the wrong one");
  const auto merged = [&](std::size_t village) {
    std::vector<Statistics::Cell> cells;
    for (const Statistics::Column& column : columns_)
      if (column.indicator == "poor" && column.year == 2015) cells.push_back(column.values[village]);
    return cells;
  };
  for (const Statistics::Cell& cell : merged(1)) EXPECT_EQ(cell.status, Status::no_data);
  ASSERT_EQ(merged(0).size(), 2U);
  EXPECT_EQ(merged(0)[0].value, 1);  // both say so
  EXPECT_EQ(merged(2)[1].value, 3);  // where one says nothing the other speaks
  EXPECT_EQ(cell("all", 2015, 1).value, 20);
}

}  // namespace
}  // namespace battlemap::geo
