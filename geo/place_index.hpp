#pragma once
#include <cstdint>
#include <vector>

#include "geo/division.hpp"

namespace battlemap::geo {

/// Which cell of a coverage a point lies in: a grid of the cells' boxes, made once, then fast.
class PlaceIndex {
 public:
  /// `coverage` must outlive the index.
  explicit PlaceIndex(const Coverage& coverage);
  /// `p` in projected metres; npos: in no cell.
  std::uint32_t find(Point p) const;

 private:
  std::size_t column_of(double x) const;
  std::size_t row_of(double y) const;

  const Coverage& coverage_;
  Box extent_;
  std::size_t side_ = 1;                           ///< columns and rows of the grid
  std::vector<std::vector<std::uint32_t>> tiles_;  ///< cells whose box meets the tile, ascending
};

}  // namespace battlemap::geo
