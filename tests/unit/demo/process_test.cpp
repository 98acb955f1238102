#include "demo/process.hpp"

#include <gtest/gtest.h>

namespace battlemap::demo {
namespace {

std::filesystem::path folder() {
  const auto path = std::filesystem::path(BATTLEMAP_TEST_OUT) / "process";
  std::filesystem::create_directories(path);
  return path;
}

TEST(Process, ReportsExitCodeAndOutput) {
  const auto result = run_process({"ls", "/no/such/place"}, folder(), std::chrono::seconds(60));
  EXPECT_EQ(result.end, ProcessResult::End::exited);
  EXPECT_NE(result.exit_code, 0);
  EXPECT_NE(result.output.find("/no/such/place"), std::string::npos);
}

TEST(Process, SaysWhenTheProgramIsNotThere) {
  EXPECT_EQ(run_process({"no-such-program-here"}, folder(), std::chrono::seconds(5)).end,
            ProcessResult::End::not_found);
}

TEST(Process, EndsWhatTakesTooLong) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run_process({"sleep", "60"}, folder(), std::chrono::seconds(1)).end,
            ProcessResult::End::timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

}  // namespace
}  // namespace battlemap::demo
