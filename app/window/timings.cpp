#include "app/window/timings.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <fstream>
#include <sstream>

namespace battlemap::app {

double milliseconds_since_start() {
  std::ifstream in("/proc/self/stat");
  std::string text, word;
  std::getline(in, text);
  std::istringstream words(text.substr(std::min(text.size(), text.rfind(')') + 1)));  // the name may hold blanks
  for (int field = 3; field <= 22 && words >> word; ++field) {
  }
  double ticks = 0;
  timespec now{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), ticks);
  if (error != std::errc{} || !words || clock_gettime(CLOCK_BOOTTIME, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6 -
         ticks * 1e3 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

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
