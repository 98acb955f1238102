#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>

#include "geo/geometry.hpp"
#include "render/geometry2d.hpp"
#include "render/id_buffer.hpp"

namespace battlemap::render {

// All arithmetic of the first pass is in "sample units" of the whole sheet: sample (i, j) of the sheet lies
// exactly at (i, j). A tile only shifts whole numbers at the very end, so every tiling, band and thread
// computes the same doubles.

/// Projected metres to sample units.
struct SampleTransform {
  double scale, offset_x, offset_y;
  geo::Point centre;  ///< of the view, metres
  explicit SampleTransform(const View& view)
      : scale(supersampling / view.metres_per_pixel),
        offset_x(supersampling * (view.frame.x + view.frame.w / 2.0) - 0.5),
        offset_y(supersampling * (view.frame.y + view.frame.h / 2.0) - 0.5),
        centre(view.centre) {}
  double x(double map_x) const { return offset_x + (map_x - centre.x) * scale; }
  double y(double map_y) const { return offset_y - (map_y - centre.y) * scale; }
  geo::Point operator()(geo::Point p) const { return {x(p.x), y(p.y)}; }
};

/// Samples [x0, x1) x [y0, y1) of the sheet.
struct SampleRect {
  int x0, y0, x1, y1;
};

/// The first whole number >= v, kept within [low, high]; NaN gives low. Without branches: this runs for every
/// vertex.
inline int ceil_within(double v, int low, int high) {
  const double kept = std::min(std::max(static_cast<double>(low), v), static_cast<double>(high));
  const int whole = static_cast<int>(kept);  // truncates towards zero
  return whole + (whole < kept);
}

/// Rows of `band` that a box can own samples in; empty when there are none.
struct RowRange {
  int begin = 0, end = 0;
  bool empty() const { return begin >= end; }
};
inline RowRange rows_of(const geo::Box& box, const SampleTransform& transform, const SampleRect& band) {
  if (box.empty() || transform.x(box.min_x) >= band.x1 || transform.x(box.max_x) < band.x0) return {};
  return {ceil_within(transform.y(box.max_y), band.y0, band.y1),
          ceil_within(transform.y(box.min_y), band.y0, band.y1)};
}

/// Calls `crossing(row, x)` for each of the rows [first, last) that the edge crosses: the rows j with top.y
/// <= j < bottom.y. Always computed from the upper end, so that the two cells beside an edge round it alike,
/// whichever way round their rings run. x within the band, its end included.
template <class Crossing>
void cross_rows(const SampleTransform& transform, const SampleRect& band, geo::Point upper, geo::Point lower,
                int first, int last, Crossing&& crossing) {
  const auto top = transform(upper), bottom = transform(lower);
  const double slope = (bottom.x - top.x) / (bottom.y - top.y);
  for (int row = first; row < last; ++row)
    crossing(row, ceil_within(top.x + (row - top.y) * slope, band.x0, band.x1));
}

}  // namespace battlemap::render
