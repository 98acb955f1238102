#include "geo/give_way.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

using Clock = std::chrono::steady_clock;

TEST(GiveWay, ThreadsThatDoWaitForTheFrame) {
  constexpr auto longest_pause = std::chrono::milliseconds(15);
  std::atomic<int> done = 0;
  const auto start = Clock::now();
  auto frame = std::make_unique<GiveWay::Frame>();
  std::jthread worker([&] {
    GiveWay::set(true);
    parallel_jobs(4, 2, [&](int) { ++done; });
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const bool begun = done > 0;
  EXPECT_TRUE(!begun || Clock::now() - start >= longest_pause);  // a busy machine may have slept for longer
  frame.reset();
  worker.join();
  EXPECT_EQ(done, 4) << "all is done in the end";
}

TEST(GiveWay, OthersGoOn) {
  std::atomic<int> done = 0;
  const GiveWay::Frame frame;
  const auto start = Clock::now();
  parallel_jobs(4000, 2, [&](int) { ++done; });
  EXPECT_EQ(done, 4000);
  EXPECT_FALSE(GiveWay::here());
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(10)) << "so many pauses would take half a minute";
}

TEST(GiveWay, AFrameThatNeverEndsDoesNotStopThem) {
  std::atomic<int> done = 0;
  const GiveWay::Frame frame;
  std::jthread([&] {
    GiveWay::set(true);
    parallel_jobs(3, 1, [&](int) { ++done; });
  }).join();
  EXPECT_EQ(done, 3);
}

}  // namespace
}  // namespace battlemap::geo
