#include "app/window/scale_bar.hpp"

#include <fmt/format.h>

#include <cmath>

namespace battlemap::app {

ScaleBar scale_bar(double ground_metres_per_px, double max_px) {
  const double longest = ground_metres_per_px * max_px;
  const double power = std::pow(10, std::floor(std::log10(longest)));
  double metres = power;
  for (const double step : {2.0, 5.0})
    if (step * power <= longest) metres = step * power;
  std::string label = metres >= 1000 ? fmt::format("{:g} km", metres / 1000) : fmt::format("{:g} m", metres);
  return {metres, metres / ground_metres_per_px, std::move(label)};
}

}  // namespace battlemap::app
