#include <gtest/gtest.h>

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

}  // namespace
}  // namespace battlemap::app
