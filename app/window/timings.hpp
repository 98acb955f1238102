#pragma once
#include <string>
#include <vector>

namespace battlemap::app {

/// Measured milliseconds of one kind of event.
class Timings {
 public:
  void add(double milliseconds) { values_.push_back(milliseconds); }
  /// "pan frame: 120 x, median 5.2, p99 9.8, max 11.3 ms"; empty when nothing was measured.
  std::string summary(const std::string& name) const;

 private:
  std::vector<double> values_;
};

}  // namespace battlemap::app
