#pragma once
#include <vector>

#include "geo/geometry.hpp"
#include "render/geometry2d.hpp"

namespace battlemap::render {

/// Which parts of the map's frame lie inside one polygon, every few pixels: cheap to ask thousands of times.
class LandMask {
 public:
  /// Nothing is inside.
  LandMask() = default;
  LandMask(const geo::PolygonSet& set, std::size_t polygon, const View& view);
  bool known() const { return columns_ > 0; }
  bool contains(Vec2 p) const;
  /// Share (0..1) of `box` that is inside.
  float share(const Rect& box) const;

 private:
  Rect frame_;
  float step_ = 4;
  int columns_ = 0, rows_ = 0;
  std::vector<std::uint8_t> inside_;
};

}  // namespace battlemap::render
