#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "geo/give_way.hpp"

namespace battlemap::geo {

/// Worker threads for `threads` as a caller gives it: 0 means one per core.
inline int worker_count(int threads) {
  return threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Calls `work(job)` for every job in [0, jobs) on `threads` threads (0: one per core), the calling thread
/// among them. Jobs are handed out in order as threads become free, so `work` must write only what belongs to
/// its job. The first exception ends the loop and is rethrown after all threads stopped.
template <class Work>
void parallel_jobs(int jobs, int threads, const Work& work) {
  std::atomic<int> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const bool gives_way = GiveWay::here();
  const auto loop = [&] {
    try {
      for (int job = next++; job < jobs; job = next++) {
        GiveWay::pause();
        work(job);
      }
    } catch (...) {
      next = jobs;
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::jthread> others;
  const int wanted = std::min(worker_count(threads), jobs) - 1;
  for (int i = 0; i < wanted; ++i)
    others.emplace_back([&] {
      GiveWay::set(gives_way);
      loop();
    });
  loop();
  others.clear();  // joins
  if (failure) std::rethrow_exception(failure);
}

/// Calls work(first, last) for consecutive ranges of at most `grain` that cover [0, count), on `threads`
/// threads (0: one per core), as parallel_jobs does.
template <class Work>
void parallel_ranges(std::size_t count, std::size_t grain, int threads, const Work& work) {
  const auto ranges = static_cast<int>((count + grain - 1) / grain);
  parallel_jobs(ranges, threads, [&](int range) {
    const std::size_t first = static_cast<std::size_t>(range) * grain;
    work(first, std::min(count, first + grain));
  });
}

/// The same on all cores.
template <class Work>
void parallel_ranges(std::size_t count, std::size_t grain, const Work& work) {
  parallel_ranges(count, grain, 0, work);
}

}  // namespace battlemap::geo
