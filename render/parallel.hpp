#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace battlemap::render {

/// Worker threads for `threads` as a caller gives it: 0 means one per core.
inline int worker_count(int threads) {
  return threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Calls `work(job)` for every job in [0, jobs) on `threads` threads (0: one per core), the calling thread
/// among them. Jobs are handed out in order as threads become free. The first exception is rethrown after all
/// stopped.
inline void parallel_jobs(int jobs, int threads, const std::function<void(int)>& work) {
  std::atomic<int> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto loop = [&] {
    try {
      for (int job = next++; job < jobs; job = next++) work(job);
    } catch (...) {
      next = jobs;
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::jthread> others;
  const int wanted = std::min(worker_count(threads), jobs) - 1;
  for (int i = 0; i < wanted; ++i) others.emplace_back(loop);
  loop();
  others.clear();  // joins
  if (failure) std::rethrow_exception(failure);
}

/// Rows [begin, end) of band `i` when `rows` are cut into `bands` nearly equal bands.
struct Band {
  int begin = 0, end = 0;
};
inline Band band_of(int i, int bands, int rows) {
  return {static_cast<int>(static_cast<long long>(rows) * i / bands),
          static_cast<int>(static_cast<long long>(rows) * (i + 1) / bands)};
}

}  // namespace battlemap::render
