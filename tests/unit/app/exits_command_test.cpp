#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "disk_project.hpp"

namespace battlemap::app {
namespace {

using nlohmann::json;

/// DiskProject with 300 households in three villages, some of whose cells are empty, and three tables of
/// criteria. 甲一村, 乙一村 are poor; 乙一村 and 甲县 are recorded as out in 2016.
class ExitsCommand : public DiskProject {
 protected:
  ExitsCommand() {
    append("project.toml",
           "[[records]]\nkind = 'household'\ndataset = 'household.csv'\n"
           "[[statistics]]\nlevel = 'village'\ndataset = 'exit.csv'\nyear = 2016\n"
           "[[statistics]]\nlevel = 'county'\ndataset = 'county.csv'\nyear = 2016\n");
    write("household.csv", households());
    write("exit.csv", "code,is_poor,exit_year\n630121100200,1,9999\n630122100200,1,2016\n630202100200,0,—\n");
    write("county.csv", "code,exit_year\n630121,2016\n630122,9999\n630202,9999\n");
    append("indicators.toml",
           "[[indicator]]\nid = 'is_poor'\nkind = 'count'\n"
           "[[indicator]]\nid = 'exit_year'\nkind = 'latest'\n");
    append("project.toml", "[cells]\nnot_applicable = ['—']\n");
    std::filesystem::create_directories(folder_ / "criteria");
    write("criteria/household.toml",
          criterion("income", "field = 'income'", ">=", "thresholds = { 2015 = 2855, 2016 = 2952 }") +
              criterion("housing", "field = 'housing'", "=", "threshold = 1"));
    write("criteria/village.toml",
          "applies_to = 'is_poor'\n" + criterion("rate", "indicator = 'rate'", "<", "threshold = 3"));
    write("criteria/county.toml", criterion("rate", "indicator = 'rate'", "<", "threshold = 3"));
  }

  static std::string criterion(const std::string& id, const std::string& source,
                               const std::string& comparison, const std::string& threshold) {
    return "[[criterion]]\nid = '" + id + "'\nname = '" + id + "'\n" + source + "\ncomparison = '" +
           comparison + "'\n" + threshold + "\n";
  }

  /// Incomes around the line, on it too; every 17th income and every 23rd housing is missing.
  static std::string households() {
    std::string rows = "code,id,income_2016,housing_2016,exit_year\n";
    const char* villages[] = {"630121100200", "630122100200", "630202100200"};
    for (int i = 0; i < 300; ++i) {
      const std::string income = i % 17 == 0 ? "" : std::to_string(2952 + (i * 37) % 41 - 20);
      const std::string housing = i % 23 == 0 ? "" : i % 7 == 0 ? "0" : "1";
      rows += std::string(villages[i % 3]) + ",H" + std::to_string(1000 + i) + "," + income + "," + housing +
              "," + std::to_string(std::array{2015, 2016, 2017, 9999}[static_cast<std::size_t>(i) % 4]) +
              "\n";
    }
    return rows;
  }

  /// What SQL counts in the table itself.
  int count(const std::string& where) const {
    GDALAllRegister();
    const std::unique_ptr<GDALDataset> table(static_cast<GDALDataset*>(GDALOpenEx(
        (folder_ / "household.csv").c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr)));
    const std::string sql =
        "SELECT COUNT(*) FROM (SELECT CAST(NULLIF(income_2016, '') AS REAL) AS income, "
        "CAST(NULLIF(housing_2016, '') AS REAL) AS housing, CAST(exit_year AS INTEGER) AS out, code FROM "
        "household) "
        "WHERE " +
        where;
    OGRLayer* result = table->ExecuteSQL(sql.c_str(), nullptr, "SQLITE");
    if (result == nullptr) return -1;
    const std::unique_ptr<OGRFeature> row(result->GetNextFeature());
    const int counted = row->GetFieldAsInteger(0);
    table->ReleaseResultSet(result);
    return counted;
  }

  json exits(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"exits", project(), "--year", "2016", "--json", "-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run_battlemap(arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return json::parse(outcome.out);
  }
};

const std::string passes = "income >= 2952 AND housing = 1";
const std::string fails = "(income < 2952 OR housing <> 1)";  // SQL's own three-valued logic is the oracle

TEST_F(ExitsCommand, CountsEqualSqlOverTheRecords) {
  const json all = exits();
  const json& summary = all["summary"]["household"];
  const int pass = count(passes), fail = count(fails);
  ASSERT_GT(pass, 50);
  ASSERT_GT(fail, 50);
  EXPECT_EQ(summary["judged"]["pass"], pass);
  EXPECT_EQ(summary["judged"]["fail"], fail);
  EXPECT_EQ(summary["judged"]["unknown"], 300 - pass - fail);
  EXPECT_EQ(summary["recorded"], count("out <= 2016"));
  EXPECT_EQ(summary["confirmed"], count(passes + " AND out <= 2016"));
  EXPECT_EQ(summary["contradicted"], count(fails + " AND out <= 2016"));
  EXPECT_EQ(summary["missed"], count(passes + " AND out > 2016"));
  EXPECT_EQ(summary["of_the_year"]["recorded"], count("out = 2016"));
  EXPECT_EQ(summary["of_the_year"]["confirmed"], count(passes + " AND out = 2016"));
  const double accuracy =
      100.0 * count(passes + " AND out <= 2016") / count("(" + passes + " OR " + fails + ") AND out <= 2016");
  EXPECT_DOUBLE_EQ(summary["exit_accuracy"].get<double>(), accuracy);
  EXPECT_EQ(all["summary"]["exit_accuracy"], summary["exit_accuracy"]);
}

TEST_F(ExitsCommand, EachRowSaysWhatDecides) {
  const json all = exits();
  ASSERT_EQ(all["household"].size(), 300U);
  for (const json& row : all["household"]) {
    ASSERT_EQ(row["criteria"].size(), 2U);
    const json& income = row["criteria"][0];
    EXPECT_EQ(income["id"], "income");
    EXPECT_EQ(income["threshold"], 2952);
    if (income["value"].is_null()) {
      EXPECT_EQ(income["result"], "unknown");
      EXPECT_EQ(income["why"], "no_data");
    } else {
      EXPECT_EQ(income["result"], income["value"] >= 2952 ? "pass" : "fail");
    }
    if (row["judged"] == "pass") {
      EXPECT_TRUE(row["deciding"].is_null());
    }
    if (income["result"] == "fail") {
      EXPECT_EQ(row["deciding"], "income");
    }
    EXPECT_EQ(row["code"].get<std::string>().substr(0, 1), "H");
    EXPECT_EQ(row["place"].get<std::string>().size(), 12U);
  }
  ASSERT_EQ(all["village"].size(), 2U) << "one of three is not poor";
  EXPECT_EQ(all["village"][0]["code"], "630121100200");
  EXPECT_EQ(all["village"][0]["judged"], "pass") << "2 of 100";
  EXPECT_TRUE(all["village"][0]["recorded"].is_null());
  EXPECT_EQ(all["village"][1]["recorded"], 2016);
  EXPECT_EQ(all["village"][1]["judged"], "fail") << "40 of 100";
  ASSERT_EQ(all["county"].size(), 3U);
  EXPECT_EQ(all["county"][0]["name"], "甲县");
  EXPECT_DOUBLE_EQ(all["county"][0]["criteria"][0]["value"].get<double>(), 3);
  EXPECT_EQ(all["county"][0]["judged"], "fail") << "3 % is not below 3 %";
  EXPECT_EQ(all["summary"]["village"]["contradicted"], 1);
}

TEST_F(ExitsCommand, APlaceLimitsWhatIsJudged) {
  const json some = exits({"--place", "乙县"});
  EXPECT_EQ(some["place"], "630122");
  EXPECT_EQ(some["household"].size(), 100U);
  EXPECT_EQ(some["summary"]["household"]["confirmed"],
            count(passes + " AND out <= 2016 AND code = '630122100200'"));
  EXPECT_EQ(some["village"].size(), 1U);
  EXPECT_EQ(some["county"].size(), 1U);
}

TEST_F(ExitsCommand, TheTextListsTheExitsThatFail) {
  const Outcome outcome = run_battlemap({"exits", project(), "--year", "2016", "--list", "2"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const int contradicted = count(fails + " AND out <= 2016");
  EXPECT_NE(outcome.out.find("recorded as out, but failing: " + std::to_string(contradicted)),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("and " + std::to_string(contradicted - 2) + " more"), std::string::npos);
  EXPECT_NE(outcome.out.find("630122100200"), std::string::npos);
  EXPECT_NE(outcome.out.find("rate 40, not < 3"), std::string::npos);
}

TEST_F(ExitsCommand, WrongTablesYearsAndPlacesAreSaid) {
  EXPECT_EQ(run_battlemap({"exits", project(), "--year", "2030"}).code, 2);
  EXPECT_EQ(run_battlemap({"exits", project(), "--place", "丁县"}).code, 2);
  append("criteria/village.toml", "colour = 'red'\n");
  const Outcome outcome = run_battlemap({"exits", project()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("village.toml:"), std::string::npos) << outcome.err;
  std::filesystem::remove_all(folder_ / "criteria");
  EXPECT_NE(run_battlemap({"exits", project()}).err.find("cannot be judged without"), std::string::npos);
}

}  // namespace
}  // namespace battlemap::app
