#pragma once
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace battlemap::app {

/// Counts work done, on stderr. On a terminal a bar, a count, what is in hand and the time left, rewritten in
/// place; elsewhere a line a tenth. Thread-safe.
class ProgressBar {
 public:
  ProgressBar(std::size_t total, std::string what);  ///< "villages"
  ~ProgressBar();  ///< clears the bar
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// One more is done.
  void advance(const std::string& label);
  /// A line of its own above the bar.
  void say(const std::string& line);

 private:
  using Clock = std::chrono::steady_clock;
  void draw(const std::string& label);
  std::string time_left() const;

  std::size_t total_, done_ = 0, tenths_ = 0;
  std::string what_;
  bool terminal_;
  Clock::time_point begun_ = Clock::now(), drawn_;
  std::mutex mutex_;
};

}  // namespace battlemap::app
