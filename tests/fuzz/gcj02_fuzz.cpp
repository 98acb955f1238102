// GCJ-02: the round trip, for any two numbers.
#include <cmath>

#include "fuzz.hpp"
#include "geo/gcj02.hpp"

using namespace battlemap::geo;
using battlemap::fuzz::require;

namespace {

/// Within China's box by more than the shift: at its edge the published shift ends in a step, which has no inverse.
bool well_inside(Point p) {
  return p.x > 72.1 && p.x < 137.7 && p.y > 0.9 && p.y < 55.7;
}

void check(Point p) {
  for (const Point moved : {wgs84_to_gcj02(p), gcj02_to_wgs84(p)}) {
    require(std::isfinite(p.x) == std::isfinite(moved.x) && std::isfinite(p.y) == std::isfinite(moved.y),
            "finite stays finite");
    if (std::isfinite(p.x) && std::isfinite(p.y))
      require(std::abs(moved.x - p.x) < 0.05 && std::abs(moved.y - p.y) < 0.05, "the shift is some 100 metres");
  }
  if (!well_inside(p)) return;
  // A ten-millionth of a degree is a centimetre: a tenth of what is promised.
  const Point there_and_back = gcj02_to_wgs84(wgs84_to_gcj02(p));
  const Point back_and_there = wgs84_to_gcj02(gcj02_to_wgs84(p));
  require(distance(there_and_back, p) < 1e-7 && distance(back_and_there, p) < 1e-7, "round trip");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  battlemap::fuzz::Input input(data, size);
  const Point any{input.any_double(), input.any_double()};
  check(any);
  // The same two numbers brought into the box: bits alone rarely lie there.
  if (std::isfinite(any.x) && std::isfinite(any.y))
    check({72.004 + std::abs(std::fmod(any.x, 65.8307)), 0.8293 + std::abs(std::fmod(any.y, 54.9978))});
  return 0;
}
