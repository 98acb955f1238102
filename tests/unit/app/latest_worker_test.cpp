#include "app/window/latest_worker.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <semaphore>
#include <stdexcept>

namespace battlemap::app {
namespace {

using Worker = LatestWorker<int, int>;

void wait_until_idle(const Worker& worker) {
  while (worker.busy()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST(LatestWorker, WorksOnTheNewestJobOnly) {
  std::binary_semaphore begun(0), go(0);
  std::atomic<int> worked = 0;
  Worker worker(
      [&](const int& job, const Worker::Post& post, const Worker::Outdated& outdated) {
        if (++worked == 1) {
          begun.release();
          go.acquire();
          EXPECT_TRUE(outdated());
        }
        post(job * 10);
      },
      [] {});
  worker.submit(1);
  begun.acquire();
  worker.submit(2);
  worker.submit(3);
  go.release();
  std::optional<int> last;
  for (int i = 0; i < 5000 && last != 30; ++i) {
    if (const auto result = worker.take()) last = result;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(last, 30);
  EXPECT_EQ(worked, 2) << "job 2 was replaced before it began";
  wait_until_idle(worker);
}

TEST(LatestWorker, ReportsFailuresAndGoesOn) {
  std::atomic<int> woken = 0;
  Worker worker(
      [](const int& job, const Worker::Post& post, const Worker::Outdated&) {
        if (job < 0) throw std::runtime_error("negative");
        post(job);
      },
      [&] { ++woken; });
  worker.submit(-1);
  wait_until_idle(worker);
  EXPECT_EQ(worker.take_error(), "negative");
  EXPECT_EQ(worker.take_error(), "");
  EXPECT_FALSE(worker.take().has_value());
  worker.submit(4);
  while (!worker.take()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_GE(woken, 2);
}

TEST(LatestWorker, EndsWithAJobWaiting) {
  std::binary_semaphore begun(0);
  Worker worker(
      [&](const int&, const Worker::Post&, const Worker::Outdated& outdated) {
        begun.release();
        while (!outdated()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      },
      [] {});
  worker.submit(1);
  begun.acquire();
  worker.submit(2);
}

}  // namespace
}  // namespace battlemap::app
