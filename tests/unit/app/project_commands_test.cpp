// check, classes, maps, find and render through the program on a project on disk.
#include <nlohmann/json.hpp>

#include "disk_project.hpp"

namespace battlemap::app {
namespace {

using Json = nlohmann::json;

class DemoCommand : public DiskProject {};
class CheckCommand : public DiskProject {};
class ClassesOfAMap : public DiskProject {};
class FindCommand : public DiskProject {};
class MapsCommand : public DiskProject {};
class RenderCommand : public DiskProject {};

TEST_F(CheckCommand, StrictAcceptsASoundProject) {
  const Outcome outcome = run_battlemap({"check", project(), "--strict"});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("1 of 1 control totals ok, 0 problems"), std::string::npos) << outcome.out;
}

TEST_F(CheckCommand, VillagesWithoutBoundariesCountAndAreNoted) {
  const Outcome outcome = run_battlemap({"check", project(), "--json", "-"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["totals"][0]["actual"], 80);
  EXPECT_EQ(json["join"][0]["matched"], 4);
  EXPECT_EQ(json["join"][0]["unmatched_rows"], 0);
  EXPECT_TRUE(json["data"].is_null());
  ASSERT_EQ(json["problems"][0]["kind"], "no_boundary");
  EXPECT_TRUE(json["problems"][0]["note"]);
  EXPECT_NE(json["problems"][0]["message"].get<std::string>().find("4 village divisions"), std::string::npos);
}

TEST_F(CheckCommand, StrictEndsWithThreeForAProblem) {
  append("village.csv", "640121100200,别处,2015,1,100\n");
  const Outcome plain = run_battlemap({"check", project()});
  EXPECT_EQ(plain.code, 0);
  const Outcome strict = run_battlemap({"check", project(), "--strict"});
  EXPECT_EQ(strict.code, 3);
  EXPECT_NE(strict.out.find("unmatched_row: 1"), std::string::npos) << strict.out;
}

TEST_F(CheckCommand, StrictEndsWithThreeForAMissedTotal) {
  append("project.toml",
         "[[control]]\nid = 'wrong'\nindicator = 'poor'\nplace = '6301'\nyear = 2015\nexpected = 79\n");
  const Outcome outcome = run_battlemap({"check", project(), "--strict"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_NE(outcome.out.find("FAIL wrong"), std::string::npos) << outcome.out;
}

TEST_F(CheckCommand, AProjectThatCannotBeReadEndsWithOneAndSaysWhy) {
  append("project.toml", "[[bondary]]\n");
  const Outcome typo = run_battlemap({"check", project()});
  EXPECT_EQ(typo.code, 1);
  EXPECT_NE(typo.err.find("unknown key 'bondary'"), std::string::npos) << typo.err;
  const Outcome nothing = run_battlemap({"check", project() + "/none"});
  EXPECT_EQ(nothing.code, 1);
  EXPECT_NE(nothing.err.find("no such project"), std::string::npos) << nothing.err;
}

TEST_F(CheckCommand, AnUnreadableTableIsNamed) {
  std::filesystem::remove(folder_ / "village.csv");
  const Outcome outcome = run_battlemap({"check", project()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("village.csv"), std::string::npos) << outcome.err;
}

TEST_F(CheckCommand, UnknownOptionsAndCommandsEndWithTwo) {
  EXPECT_EQ(run_battlemap({"check", project(), "--strikt"}).code, 2);
  EXPECT_EQ(run_battlemap({"check"}).code, 2);
  const Outcome command = run_battlemap({"chekc", project()});
  EXPECT_EQ(command.code, 2);
  EXPECT_NE(command.err.find("check"), std::string::npos) << command.err;
}

TEST_F(CheckCommand, WhatTheProvenanceFileSaysIsShown) {
  write("provenance.toml",
        "source = 'stand-in'\nnote = { zh = '虚构', en = 'invented' }\ntitle = '示例省'\n"
        "source_line = '替代数据'\ngenerated_note = '替代'\n");
  const Outcome text = run_battlemap({"check", project()});
  EXPECT_NE(text.out.find("示例省"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("Data: 虚构 | invented"), std::string::npos) << text.out;
  const Json json = Json::parse(run_battlemap({"check", project(), "--json", "-"}).out);
  EXPECT_EQ(json["data"]["source"], "stand-in");
  EXPECT_EQ(json["data"]["note"]["en"], "invented");
}

Json classes_json(const std::string& project, std::vector<std::string> more) {
  std::vector<std::string> arguments{"classes", project, "--map", "rate", "--json", "-"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = run_battlemap(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return Json::parse(outcome.out);
}

TEST_F(ClassesOfAMap, AreThoseOfTheYearsOwnValues) {
  // 2015: 15, 50, 0. In two classes: {0, 15}, {50}.
  const Json json = classes_json(project(), {"--level", "county", "--year", "2015"});
  EXPECT_EQ(json["breaks"], (std::vector<double>{0, 15, 50}));
  EXPECT_EQ(json["counts"], (std::vector<int>{2, 1}));
  const double all = 2.0 * (15 * 15 + 50 * 50 - 15 * 50) / 3;  // squared deviations of 0, 15, 50
  EXPECT_NEAR(json["goodness_of_variance_fit"].get<double>(), 1 - 112.5 / all, 1e-12);
  EXPECT_EQ(json["as_drawn"], false);
  EXPECT_EQ(json["year"], 2015);
  EXPECT_EQ(json["level"], "county");
}

TEST_F(ClassesOfAMap, TakeMethodAndCountFromTheCommandLine) {
  const Json json =
      classes_json(project(), {"--level", "village", "--year", "2015", "--method", "equal", "--count", "4"});
  EXPECT_EQ(json["breaks"], (std::vector<double>{0, 12.5, 25, 37.5, 50}));
  EXPECT_EQ(json["counts"], (std::vector<int>{2, 1, 0, 1}));
}

TEST_F(ClassesOfAMap, VillagesWithoutBoundariesHaveClassesToo) {
  const Json json = classes_json(project(), {"--level", "village", "--year", "2015"});
  EXPECT_EQ(json["breaks"], (std::vector<double>{0, 20, 50}));
  EXPECT_EQ(json["counts"], (std::vector<int>{3, 1}));
}

TEST_F(ClassesOfAMap, AsDrawnAreThoseOfThePictureOfTheYear) {
  // All years but zero: 15, 50, 3, 40: {3, 15}, {40, 50}; of 2016 there are 0, 3, 40.
  const Json json = classes_json(project(), {"--level", "county", "--year", "2016", "--as-drawn"});
  EXPECT_EQ(json["breaks"], (std::vector<double>{0, 0, 15, 50}));
  EXPECT_EQ(json["counts"], (std::vector<int>{1, 1, 1}));
  EXPECT_EQ(json["goodness_of_variance_fit"], 1);
  EXPECT_EQ(json["as_drawn"], true);
}

TEST_F(ClassesOfAMap, HaveTheYearsThatThePicturesHave) {
  for (const std::string command : {"classes", "render"}) {
    std::vector<std::string> arguments{command, project(), "--map", "rate", "--year", "2017"};
    if (command == "render")
      arguments.insert(arguments.end(), {"--size", "640x360", "--out", project() + "/a.png"});
    const Outcome outcome = run_battlemap(arguments);
    EXPECT_EQ(outcome.code, 2) << command;
    EXPECT_NE(outcome.err.find("it has 2015, 2016"), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(classes_json(project(), {})["year"], 2016);  // the project's default, 2017, is none of the map's
}

TEST_F(MapsCommand, ListsTheSameYears) {
  const Json json = Json::parse(run_battlemap({"maps", project(), "--json", "-"}).out);
  EXPECT_EQ(json["maps"][0]["years"], (std::vector<int>{2015, 2016}));
  EXPECT_TRUE(json["data"].is_null());
}

TEST_F(MapsCommand, SaysWhereTheDataAreFrom) {
  write("provenance.toml", "source = 'fetched'\nnote = 'not for publication'\n");
  const Outcome outcome = run_battlemap({"maps", project()});
  EXPECT_NE(outcome.out.find("data: not for publication"), std::string::npos) << outcome.out;
}

TEST_F(FindCommand, FindsByNameAndByCode) {
  const Outcome name = run_battlemap({"find", project(), "乙县"});
  EXPECT_EQ(name.code, 0) << name.err;
  EXPECT_EQ(name.out, "630122        county      63 › 6301 › 乙县\n");
  const Outcome code = run_battlemap({"find", project(), "630202"});
  EXPECT_NE(code.out.find("丙县"), std::string::npos);
}

TEST_F(FindCommand, FindsVillagesThatOnlyATableNames) {
  const Outcome outcome = run_battlemap({"find", project(), "甲二村", "--json", "-"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["query"], "甲二村");
  ASSERT_EQ(json["places"].size(), 1U);
  EXPECT_EQ(json["places"][0]["code"], "630121101200");
  EXPECT_EQ(json["places"][0]["level"], "village");
}

TEST_F(FindCommand, NothingFoundIsCodeOneAndTheNearest) {
  const Outcome outcome = run_battlemap({"find", project(), "甲省"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("did you mean"), std::string::npos) << outcome.err;
}

TEST_F(FindCommand, TheLimitSaysThatThereIsMore) {
  const Outcome outcome = run_battlemap({"find", project(), "村", "--limit", "2"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 2);
  EXPECT_NE(outcome.err.find("more than 2"), std::string::npos) << outcome.err;
  EXPECT_EQ(run_battlemap({"find", project(), "村", "--limit", "0"}).code, 2);
}

TEST_F(DemoCommand, MakesAProjectWhereThereWasNone) {
  const std::string place = project() + "/new/demo";
  const Outcome made = run_battlemap({"demo", place, "--offline"});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_NE(made.out.find("files of the demo project copied"), std::string::npos) << made.out;
  const Outcome check = run_battlemap({"check", place, "--strict"});
  EXPECT_EQ(check.code, 0) << check.out << check.err;
  EXPECT_NE(check.out.find("示例省(虚构)"), std::string::npos) << check.out;
  const Outcome again = run_battlemap({"demo", place, "--offline"});
  EXPECT_EQ(again.out.find("copied"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("already up to date"), std::string::npos) << again.out;
}

TEST_F(RenderCommand, TheStandInIsNamedInThePicture) {
  write("provenance.toml",
        "source = 'stand-in'\nnote = { zh = '虚构', en = 'invented' }\ntitle = '示例省'\n"
        "source_line = '替代来源'\ngenerated_note = '替代数据'\nfoot_note = '不得出版'\n");
  const Outcome outcome = run_battlemap({"render", project(), "--map", "rate", "--year", "2016", "--level",
                                         "county", "--size", "1280x720", "--out", project() + "/a.png"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("data: 虚构 | invented"), std::string::npos) << outcome.out;
  const std::string png = read("a.png");  // its text chunks are stored as they are
  for (const char* said : {"替代来源;不得出版", "替代数据"})
    EXPECT_NE(png.find(said), std::string::npos) << said;
}

}  // namespace
}  // namespace battlemap::app
