#include "app/window/timings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace battlemap::app {

std::string Timings::summary(const std::string& name) const {
  if (values_.empty()) return {};
  std::vector<double> sorted = values_;
  std::ranges::sort(sorted);
  const auto at = [&](double share) {
    return sorted[static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())) - 1)];
  };
  return fmt::format("{}: {} x, median {:.1f}, p99 {:.1f}, max {:.1f} ms\n", name, sorted.size(), at(0.5),
                     at(0.99), sorted.back());
}

}  // namespace battlemap::app
