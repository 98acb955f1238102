#pragma once
#include <cstdint>
#include <vector>

#include "render/geometry2d.hpp"

namespace battlemap::render {

/// Which parts of the map are already taken by labels and symbols: rectangles in a uniform grid, so that
/// thousands of candidates are tried in milliseconds.
class FreeSpace {
 public:
  /// `area`: what may be used; `cell`: grid size, about a label's height.
  FreeSpace(Rect area, float cell);
  /// True when `box` lies inside the area and touches nothing taken.
  bool is_free(const Rect& box) const;
  bool touches_taken(const Rect& box) const;
  void take(const Rect& box);

 private:
  struct Span {
    int x0, y0, x1, y1;
  };
  Span span_of(const Rect& box) const;
  Rect area_;
  float cell_;
  int columns_, rows_;
  std::vector<Rect> taken_;
  std::vector<std::vector<std::uint32_t>> grid_;  ///< indices into taken_ per cell
};

}  // namespace battlemap::render
