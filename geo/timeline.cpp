#include "geo/timeline.hpp"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace battlemap::geo {
namespace {

constexpr std::size_t not_measured = static_cast<std::size_t>(-1);

struct Timeline {
  std::atomic<bool> wanted = false;
  std::mutex mutex;
  std::vector<TimedStep> steps;
};

Timeline& timeline() {
  static Timeline only;
  return only;
}

std::size_t begin_step(std::string_view name) {
  Timeline& all = timeline();
  if (!all.wanted) return not_measured;
  const std::lock_guard lock(all.mutex);
  const auto known = std::find_if(all.steps.begin(), all.steps.end(), [&](const TimedStep& s) { return s.name == name; });
  if (known != all.steps.end()) return static_cast<std::size_t>(known - all.steps.begin());
  all.steps.push_back({std::string(name)});
  return all.steps.size() - 1;
}

/// Of the whole process, in milliseconds.
double cpu_time() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

}  // namespace

void measure_steps() { timeline().wanted = true; }

std::vector<TimedStep> measured_steps() {
  Timeline& all = timeline();
  const std::lock_guard lock(all.mutex);
  std::vector<TimedStep> ended = all.steps;
  std::erase_if(ended, [](const TimedStep& step) { return step.times == 0; });
  return ended;
}

std::size_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

Measure::Measure(std::string_view step)
    : step_(begin_step(step)), begin_(std::chrono::steady_clock::now()), cpu_begin_(cpu_time()) {}

Measure::~Measure() {
  if (step_ == not_measured) return;
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin_;
  Timeline& all = timeline();
  const std::lock_guard lock(all.mutex);
  all.steps[step_].milliseconds += took.count();
  all.steps[step_].cpu_milliseconds += cpu_time() - cpu_begin_;
  ++all.steps[step_].times;
}

}  // namespace battlemap::geo
