#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "disk_project.hpp"

namespace battlemap::app {
namespace {

class ClustersCommand : public DiskProject {};

TEST_F(ClustersCommand, GivesEveryPlaceAndTheSameTwice) {
  const std::vector<std::string> arguments{"clusters", folder_.string(), "--indicator", "rate", "--level", "county",
                                           "--year", "2015", "--seed", "7", "--json", "-"};
  const auto outcome = run_battlemap(arguments);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["indicator"], "rate");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["values"], 3);
  ASSERT_EQ(json["places"].size(), 3U);
  std::size_t counted = 0;
  for (const auto& [kind, count] : json["counts"].items()) counted += count.get<std::size_t>();
  EXPECT_EQ(counted, 3U);
  for (const auto& place : json["places"]) EXPECT_FALSE(place["provenance"].get<std::string>().empty());
  EXPECT_EQ(run_battlemap(arguments).out, outcome.out);
}

TEST_F(ClustersCommand, TakesAMapAndPrintsItsKinds) {
  const auto outcome = run_battlemap({"clusters", folder_.string(), "--map", "rate", "--level", "county"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("not-significant"), std::string::npos) << outcome.out;
}

TEST_F(ClustersCommand, WrongUsageSaysWhatToDo) {
  const std::string project = folder_.string();
  const auto error_of = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"clusters", project});
    const auto outcome = run_battlemap(more);
    EXPECT_NE(outcome.code, 0);
    return outcome.err;
  };
  EXPECT_NE(error_of({}).find("--map ID or --indicator ID"), std::string::npos);
  EXPECT_NE(error_of({"--indicator", "rat"}).find("did you mean rate"), std::string::npos);
  EXPECT_NE(error_of({"--indicator", "rate", "--permutations", "3"}).find("9 to 99999"), std::string::npos);
  EXPECT_NE(error_of({"--indicator", "rate", "--significance", "0.9"}).find("0.05"), std::string::npos);
  EXPECT_NE(error_of({"--indicator", "rate", "--level", "village"}).find("no boundaries at level village"),
            std::string::npos);
  EXPECT_NE(error_of({"--indicator", "rate", "--year", "2017"}).find("2015, 2016"), std::string::npos);
}

}  // namespace
}  // namespace battlemap::app
