#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/command.hpp"

namespace battlemap::app {
namespace {

struct Outcome {
  int code = 0;
  std::string out, err;
};

Outcome run(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), {"battlemap", "classes"});
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.code = run_program(static_cast<int>(arguments.size()), arguments.data());
  std::fflush(stdout);
  outcome.out = ::testing::internal::GetCapturedStdout();
  outcome.err = ::testing::internal::GetCapturedStderr();
  return outcome;
}

std::string write_values(std::string_view text) {
  const auto folder = std::filesystem::path(BATTLEMAP_TEST_OUT) / "classes";
  std::filesystem::create_directories(folder);
  const auto file = folder / ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

TEST(ClassesCommand, GivesExactlyTheFourKeys) {
  const std::string file = write_values("rate\n1\n2\n\n3\n10\n11\n１２\n50\n51\n");
  const Outcome outcome = run({"--values", file.c_str(), "--count", "3", "--json", "-"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json.size(), 4U);
  EXPECT_EQ(json["method"], "natural");
  EXPECT_EQ(json["breaks"], (std::vector<double>{1, 3, 12, 51}));
  EXPECT_EQ(json["counts"], (std::vector<int>{3, 3, 2}));
  EXPECT_NEAR(json["goodness_of_variance_fit"].get<double>(), 1 - 4.5 / 3030, 1e-12);
}

TEST(ClassesCommand, PrintsATable) {
  const std::string file = write_values("0\n5\n10\n");
  const Outcome outcome = run({"--values", file.c_str(), "--breaks", "4,6"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.out.find("3 classes by method manual of 3 values"), std::string::npos) << outcome.out;
}

TEST(ClassesCommand, NamesTheLineThatIsNoNumber) {
  for (const char* bad : {"1\nx\n", "1\nNaN\n", "\n12a\n", "nan\n1\n", "a header\nanother\n1\n"}) {
    const std::string file = write_values(bad);
    const Outcome outcome = run({"--values", file.c_str()});
    EXPECT_EQ(outcome.code, 1) << bad;
    EXPECT_NE(outcome.err.find("line "), std::string::npos) << outcome.err;
  }
}

TEST(ClassesCommand, NoValuesIsAnError) {
  for (const char* empty : {"", "\n\n", "rate\n"}) {
    const std::string file = write_values(empty);
    const Outcome outcome = run({"--values", file.c_str()});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.err.find("no values"), std::string::npos) << outcome.err;
  }
}

TEST(ClassesCommand, WrongUsageIsCodeTwo) {
  const std::string file = write_values("1\n2\n");
  EXPECT_EQ(run({}).code, 2);
  EXPECT_EQ(run({"--values", file.c_str(), "--method", "naturl"}).code, 2);
  EXPECT_EQ(run({"--values", file.c_str(), "--count", "10"}).code, 2);
  EXPECT_EQ(run({"--values", file.c_str(), "--method", "manual"}).code, 2);
  EXPECT_EQ(run({"--values", file.c_str(), "--method", "equal", "--breaks", "1,2"}).code, 2);
  EXPECT_EQ(run({"--values", file.c_str(), "--breaks", "2,1"}).code, 2);
  EXPECT_EQ(run({"--values", file.c_str(), "--map", "poverty-rate"}).code, 2);
}

TEST(ClassesCommand, TakesTheOptionsOfEachMethod) {
  const std::string file = write_values("2\n4\n4\n4\n5\n5\n7\n9\n");
  const auto breaks = [&](std::vector<const char*> more) {
    more.insert(more.begin(), {"--values", file.c_str(), "--json", "-"});
    const Outcome outcome = run(more);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return nlohmann::json::parse(outcome.out);
  };
  const auto deviations = breaks({"--multiples", "-1,0,1"});  // mean 5, sample deviation sqrt(32 / 7)
  EXPECT_EQ(deviations["method"], "stddev");
  EXPECT_NEAR(deviations["breaks"][1].get<double>(), 5 - std::sqrt(32.0 / 7), 1e-12);
  EXPECT_EQ(deviations["counts"], (std::vector<int>{1, 5, 1, 1}));
  EXPECT_EQ(breaks({"--interval", "5"})["breaks"], (std::vector<double>{0, 5, 10}));
  EXPECT_EQ(breaks({"--method", "pretty", "--count", "4"})["breaks"], (std::vector<double>{2, 4, 6, 8, 10}));
  EXPECT_EQ(breaks({"--hinge", "1"})["method"], "box");
  EXPECT_EQ(breaks({"--method", "unclassed"})["counts"], (std::vector<int>{8}));
  for (const auto& wrong : std::vector<std::vector<const char*>>{
           {"--method", "box", "--interval", "5"}, {"--method", "defined"}, {"--hinge", "0"}, {"--interval", "-2"},
           {"--interval", "0.5"}, {"--multiples", "2,1"}, {"--interval", "5", "--hinge", "2"}}) {
    std::vector<const char*> arguments{"--values", file.c_str()};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.code, 2) << wrong.front() << outcome.out;
    EXPECT_FALSE(outcome.err.empty());
  }
}

TEST(ClassesCommand, HostileValuesAreRefusedOrClassed) {
  const std::string zeros = write_values("0\n1\n10\n");
  const Outcome geometric = run({"--values", zeros.c_str(), "--method", "geometric"});
  EXPECT_EQ(geometric.code, 2);
  EXPECT_NE(geometric.err.find("1 of 3 values"), std::string::npos) << geometric.err;
  for (const char* text : {"1e308\n-1e308\n1\n", "5\n", "7\n7\n7\n", "1e-308\n1e308\n"})
    for (const char* method : {"equal", "quantile", "natural", "stddev", "box", "headtail", "pretty", "unclassed"}) {
      const std::string file = write_values(text);
      const Outcome outcome = run({"--values", file.c_str(), "--method", method, "--json", "-"});
      ASSERT_EQ(outcome.code, 0) << method << outcome.err;
      const auto json = nlohmann::json::parse(outcome.out);
      for (const auto& b : json["breaks"]) EXPECT_TRUE(b.is_number()) << method << ' ' << text;  // null: not finite
    }
}

}  // namespace
}  // namespace battlemap::app
