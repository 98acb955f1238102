#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// Points by square cells of the plane, about two to a cell: which of them lie in a triangle.
class ArcPointIndex {
 public:
  /// Of the points whose rank is at least `least`, built by `threads` threads (0: one per core).
  ArcPointIndex(std::span<const Point> points, std::span<const std::uint8_t> rank, std::uint8_t least,
                int threads);

  /// The number of points indexed.
  std::size_t size() const { return entries_.size(); }

  /// Whether `counts(number)` holds for a point in the closed triangle (or so near it that rounding leaves it
  /// open).
  template <class Counts>
  bool any_in(Point a, Point b, Point c, const Counts& counts) const {
    const auto [bottom, top] = std::minmax({a.y, b.y, c.y});
    for (std::size_t row = row_of(bottom), last = row_of(top); row <= last; ++row) {
      const auto [left, right] = reach_in_row(row, a, b, c);
      const std::size_t cell = row * columns_, first = cell + column_of(left),
                        end = cell + column_of(right) + 1;
      for (std::uint32_t i = begin_[first]; i < begin_[end]; ++i)
        if (may_hold(a, b, c, points_[entries_[i]]) && counts(entries_[i])) return true;
    }
    return false;
  }

 private:
  static std::size_t clamped(double cell, std::size_t cells) {
    return cell > 0 ? std::min(static_cast<std::size_t>(std::min(cell, 4e9)), cells - 1) : 0;
  }
  std::size_t row_of(double y) const { return clamped((y - extent_.min_y) / side_, rows_); }
  std::size_t column_of(double x) const { return clamped((x - extent_.min_x) / side_, columns_); }
  std::size_t cell_of(Point p) const { return row_of(p.y) * columns_ + column_of(p.x); }

  void place(std::span<const std::uint8_t> rank, std::uint8_t least, int threads);

  /// From where to where a triangle reaches in a row of cells, a little more rather than less.
  std::pair<double, double> reach_in_row(std::size_t row, Point a, Point b, Point c) const;
  static bool may_hold(Point a, Point b, Point c, Point p);

  std::span<const Point> points_;
  Box extent_;
  double side_ = 1;  ///< of a cell, metres
  std::size_t columns_ = 1, rows_ = 1;
  std::vector<std::uint32_t> begin_, entries_;  ///< cell c holds the points entries_[begin_[c], begin_[c+1])
};

}  // namespace battlemap::geo
