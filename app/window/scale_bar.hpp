#pragma once
#include <string>

namespace battlemap::app {

/// A round length for a scale bar no longer than `max_px`.
struct ScaleBar {
  double metres = 0;
  double px = 0;
  std::string label;  ///< "50 km", "200 m"
};
ScaleBar scale_bar(double ground_metres_per_px, double max_px);

}  // namespace battlemap::app
