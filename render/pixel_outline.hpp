#pragma once
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "render/geometry2d.hpp"

namespace battlemap::render {

/// A polygon's rings in sheet pixels with points nearer than `tolerance` px dropped: good enough to ask
/// whether a label lies inside, hundreds of times cheaper than the full outline of a prefecture.
class PixelOutline {
 public:
  PixelOutline(const geo::PolygonSet& set, std::size_t polygon, const View& view, float tolerance);
  bool contains(Vec2 p) const;  ///< even-odd
  /// Whether at least a share (0..1) of a lattice of points over `box` lies inside.
  bool holds(const Rect& box, float share) const;
  const Rect& box() const { return box_; }

 private:
  int count_inside(std::span<const Vec2> points) const;  ///< at most 32, of one height

  std::vector<std::vector<Vec2>> rings_;
  Rect box_;
};

}  // namespace battlemap::render
