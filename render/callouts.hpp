#pragma once
#include <vector>

#include "render/geometry2d.hpp"

namespace battlemap::render {

/// A tidy column of names beside the land, each joined to its place by a thin line:
///
///          | elbow
///   place  v
///     o----.-- name   value     row 0
///       o--.-- name   value     row 1
struct CalloutColumn {
  float elbow = 0;       ///< x where the slanted part of a leader ends
  float text = 0;        ///< x where the names start
  float top = 0;         ///< y of the first row's middle
  float row_height = 0;  ///< rows stand one below the other without gaps
  float middle_of(std::size_t row) const { return top + static_cast<float>(row) * row_height; }
};

/// The row of each place, 0 to n - 1, such that no two leaders cross: rows are exchanged while two do, which
/// shortens the leaders' total and so comes to an end (Bekos et al., Boundary labeling, 2007, give optimal
/// methods for hundreds of places; here are a few dozen). Places lie left of the elbow.
std::vector<std::size_t> callout_rows(const std::vector<Vec2>& places, const CalloutColumn& column);

/// From the edge of the place's symbol (radius `reach`) over the elbow to the name.
std::vector<Vec2> leader_line(Vec2 place, float reach, std::size_t row, const CalloutColumn& column);

/// Whether the segments a-b and c-d have a point in common.
bool segments_cross(Vec2 a, Vec2 b, Vec2 c, Vec2 d);

}  // namespace battlemap::render
