#pragma once
#include <algorithm>

#include "geo/geometry.hpp"

namespace battlemap::render {

/// Sheet pixels: x right, y DOWN, origin at the sheet's top left corner.
///
///   (0,0) ----> x
///     |
///     v  y
struct Vec2 {
  float x = 0, y = 0;
  friend bool operator==(const Vec2&, const Vec2&) = default;
};

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
  bool contains(Vec2 p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  bool overlaps(const Rect& r) const {
    return x < r.right() && r.x < right() && y < r.bottom() && r.y < bottom();
  }
};

/// Whole pixels of a sheet, for tiles.
struct PixelRect {
  int x = 0, y = 0, w = 0, h = 0;
};

/// Projected metres (y up) to sheet pixels (y down): uniform scale, centre to centre of a rect.
struct View {
  geo::Point centre;            ///< projected metres shown in the middle of `frame`
  double metres_per_pixel = 1;
  Rect frame;                   ///< the map's rectangle on the sheet

  Vec2 to_pixel(geo::Point p) const {
    return {static_cast<float>(frame.x + frame.w / 2 + (p.x - centre.x) / metres_per_pixel),
            static_cast<float>(frame.y + frame.h / 2 - (p.y - centre.y) / metres_per_pixel)};
  }
  geo::Point to_map(Vec2 p) const {
    return {centre.x + (p.x - frame.x - frame.w / 2) * metres_per_pixel,
            centre.y - (p.y - frame.y - frame.h / 2) * metres_per_pixel};
  }
  geo::Box extent() const {
    return {centre.x - frame.w / 2 * metres_per_pixel, centre.y - frame.h / 2 * metres_per_pixel,
            centre.x + frame.w / 2 * metres_per_pixel, centre.y + frame.h / 2 * metres_per_pixel};
  }
  friend bool operator==(const View& a, const View& b) {
    return a.centre == b.centre && a.metres_per_pixel == b.metres_per_pixel && a.frame.x == b.frame.x &&
           a.frame.y == b.frame.y && a.frame.w == b.frame.w && a.frame.h == b.frame.h;
  }
};

}  // namespace battlemap::render
