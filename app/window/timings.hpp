#pragma once
#include <string>
#include <vector>

namespace battlemap::app {

/// Since the kernel started this process, to about 10 ms; 0 where it does not say.
double milliseconds_since_start();

/// Measured milliseconds of one kind of event.
class Timings {
 public:
  bool empty() const { return values_.empty(); }
  void add(double milliseconds) { values_.push_back(milliseconds); }
  /// "pan frame: 120 x, median 5.2, p99 9.8, max 11.3 ms"; empty when nothing was measured.
  std::string summary(const std::string& name) const;

 private:
  std::vector<double> values_;
};

}  // namespace battlemap::app
