#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "disk_project.hpp"

namespace battlemap::app {
namespace {

constexpr auto figure_header =
    "id,subject,value,value_text,unit,year,level,source,conflicting_value,conflict_note\n";

/// The small project with figures: 80 poor people, as the data have; 13.2 %, which they do not; one figure that two
/// sources dispute, and one that nothing here computes.
class FiguresCommand : public DiskProject {
 protected:
  FiguresCommand() {
    write("figures.csv", std::string(figure_header) +
                             "poor,贫困人口,80,80人,人,2015,province,briefing ¶1,,\n"
                             "rate,贫困发生率,13.2,13.2%,%,2015,province,briefing ¶2,,\n"
                             "jobs_a,岗位,14500,1.45万个,个,2016,province,briefing ¶11,15100,¶23: 1.51万\n"
                             "jobs_b,岗位,15100,1.51万个,个,2016,province,briefing ¶23,14500,¶11: 1.45万\n"
                             "roads,公路,5900,5900公里,公里,2016,province,briefing ¶24,,\n");
    std::ifstream in(folder_ / "project.toml");
    std::string project((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    project.replace(project.find("[files]\n"), 8, "[files]\nfigures = 'figures.csv'\n");
    project +=
        "[[control]]\nid = 'c1'\nindicator = 'poor'\nplace = '63'\nyear = 2015\nexpected = 80\nfigure = 'poor'\n"
        "[[control]]\nid = 'c2'\nindicator = 'rate'\nplace = '63'\nyear = 2015\nexpected = 13.2\ndecimals = 1\n"
        "figure = 'rate'\n";
    write("project.toml", project);
  }
  nlohmann::json figure(const nlohmann::json& all, const std::string& id) {
    for (const auto& each : all["figures"])
      if (each["id"] == id) return each;
    ADD_FAILURE() << "no figure " << id;
    return {};
  }
};

TEST_F(FiguresCommand, ComputedTotalsStandBesideThem) {
  const auto outcome = run_battlemap({"figures", folder_.string(), "--json", "-"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  ASSERT_EQ(json["figures"].size(), 5U);
  const auto poor = figure(json, "poor");
  EXPECT_EQ(poor["provenance"], "published");
  ASSERT_EQ(poor["computed"].size(), 1U);
  EXPECT_EQ(poor["computed"][0]["value"], 80);
  EXPECT_EQ(poor["computed"][0]["difference"], 0);
  EXPECT_EQ(poor["computed"][0]["ok"], true);
  EXPECT_NE(poor["computed"][0]["provenance"], "published");
  EXPECT_EQ(poor["computed"][0]["reported"], poor["computed"][0]["expected"]);
  EXPECT_EQ(poor["disputed"], false);
  const auto rate = figure(json, "rate");
  EXPECT_EQ(rate["computed"][0]["ok"], false);
  EXPECT_NEAR(rate["computed"][0]["difference"].get<double>(),
              rate["computed"][0]["value"].get<double>() - 13.2, 1e-12);
  EXPECT_EQ(rate["disputed"], true);
  EXPECT_TRUE(figure(json, "roads")["computed"].empty());
}

TEST_F(FiguresCommand, ConflictingSourcesAreBothShown) {
  const auto outcome = run_battlemap({"figures", folder_.string(), "--conflicts", "--json", "-"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  ASSERT_EQ(json["figures"].size(), 3U);  // the rate that does not come out, and both counts of jobs
  const auto a = figure(json, "jobs_a"), b = figure(json, "jobs_b");
  EXPECT_EQ(a["value"], 14500);
  EXPECT_EQ(a["conflict"]["value"], 15100);
  EXPECT_EQ(a["conflict"]["id"], "jobs_b");
  EXPECT_EQ(a["conflict"]["source"], "briefing ¶23");
  EXPECT_EQ(b["conflict"]["id"], "jobs_a");
  const auto text = run_battlemap({"figures", folder_.string(), "--conflicts"});
  EXPECT_NE(text.out.find("! elsewhere 15,100: ¶23: 1.51万 [jobs_b, briefing ¶23]"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("DIFFERS"), std::string::npos);
  EXPECT_NE(text.out.find("5 figures, 3 shown; 1 of 2 computed totals agree; 2 figures conflict"), std::string::npos);
  EXPECT_EQ(text.out.find("公路"), std::string::npos);
}

TEST_F(FiguresCommand, AControlThatNamesNoFigureIsAnErrorWithTheNearest) {
  std::ofstream(folder_ / "project.toml", std::ios::app)
      << "[[control]]\nid = 'c3'\nindicator = 'poor'\nplace = '63'\nyear = 2015\nexpected = 80\nfigure = 'por'\n";
  const auto outcome = run_battlemap({"figures", folder_.string()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("control total 'c3': unknown figure 'por'; did you mean poor"), std::string::npos)
      << outcome.err;
}

TEST_F(FiguresCommand, NoFiguresSayWhereToNameThem) {
  write("figures.csv", figure_header);
  const auto outcome = run_battlemap({"figures", folder_.string()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("[files] figures"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace battlemap::app
