#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace battlemap::geo {

/// Calls work(first, last) for consecutive ranges of at most `grain` that cover [0, count), on all cores; the
/// order is not fixed, so `work` must write only what belongs to its range. The first exception thrown ends
/// the loop and is thrown on.
template <class Work>
void parallel_ranges(std::size_t count, std::size_t grain, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto run = [&] {
    for (std::size_t first; (first = next.fetch_add(grain)) < count;) {
      try {
        work(first, std::min(count, first + grain));
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        if (!failure) failure = std::current_exception();
        next = count;
      }
    }
  };
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t ranges = (count + grain - 1) / grain;
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min(cores, ranges); ++i) helpers.emplace_back(run);
  run();
  helpers.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace battlemap::geo
