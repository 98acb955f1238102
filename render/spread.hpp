#pragma once
#include <functional>
#include <vector>

#include "render/geometry2d.hpp"

namespace battlemap::render {

/// A symbol that wants to stand at its true place.
struct Disc {
  Vec2 home;           ///< its true place
  Vec2 at;             ///< where it stands
  float radius = 1;    ///< its reach
  bool fixed = false;  ///< makes others give way
};

struct SpreadRules {
  Rect frame;     ///< nothing leaves it
  float gap = 0;  ///< between neighbours
  /// Where a disc may stand; empty: anywhere. Overlap weighs more: it is left where there is no other place.
  std::function<bool(Vec2)> allowed;
  std::vector<Rect> reserved;  ///< no disc stands in these
};

/// Moves discs apart until none overlaps another (fixed ones stay), each as near to its true place as its
/// neighbours allow. Deterministic. Returns how many found no free place within the frame: those stay on
/// others.
std::size_t spread(std::vector<Disc>& discs, const SpreadRules& rules);

/// Mean distance from the true places, of the discs that are not fixed.
float mean_displacement(const std::vector<Disc>& discs);

}  // namespace battlemap::render
