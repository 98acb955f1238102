#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace battlemap::geo {

/// Where the time of a process went, for `--timings`. Nothing is measured until timings are asked for. Thread-safe.
struct TimedStep {
  std::string name;
  double milliseconds = 0;      ///< wall clock; steps that ran side by side or within each other overlap
  double cpu_milliseconds = 0;  ///< of all threads in that time
  std::size_t times = 0;    ///< how often the step was taken
};

/// From now on steps are measured.
void measure_steps();
/// Those that have ended, in the order in which they first began.
std::vector<TimedStep> measured_steps();
/// The most memory the process has held at once, in bytes.
std::size_t peak_memory();

/// Measures from here to the end of its scope.
class Measure {
 public:
  explicit Measure(std::string_view step);
  ~Measure();
  Measure(const Measure&) = delete;
  Measure& operator=(const Measure&) = delete;

 private:
  std::size_t step_;
  std::chrono::steady_clock::time_point begin_;
  double cpu_begin_;
};

/// What `work` gives, measured.
template <class Work>
decltype(auto) timed(std::string_view step, const Work& work) {
  const Measure measure(step);
  return work();
}

}  // namespace battlemap::geo
