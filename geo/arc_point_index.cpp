#include "geo/arc_point_index.hpp"

#include <atomic>
#include <numeric>

#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t points_a_range = 1U << 15U;

/// On which side of the line from `a` to `b` a point lies: 1 left, -1 right, 0 on it or too near to say. The
/// bound on rounding is Shewchuk's (1997, Adaptive precision floating-point arithmetic and fast robust
/// geometric predicates).
int side_of(Point a, Point b, Point p) {
  const double left = (a.x - p.x) * (b.y - p.y), right = (a.y - p.y) * (b.x - p.x);
  const double area = left - right, error = 3.4e-16 * (std::abs(left) + std::abs(right));
  return area > error ? 1 : area < -error ? -1 : 0;
}

}  // namespace

ArcPointIndex::ArcPointIndex(std::span<const Point> points, std::span<const std::uint8_t> rank,
                             std::uint8_t least, int threads)
    : points_(points) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (rank[i] >= least) extent_.add(points[i]), ++count;
  const double cells = static_cast<double>(count) / 2 + 1;
  const double width = extent_.width(), height = extent_.height();
  side_ = std::max({std::sqrt(width * height / cells), std::max(width, height) / cells, 1e-300});
  columns_ = static_cast<std::size_t>(width / side_) + 1;
  rows_ = static_cast<std::size_t>(height / side_) + 1;
  place(rank, least, threads);
}

/// A counting sort. The order within a cell depends on the threads, what any_in answers does not.
void ArcPointIndex::place(std::span<const std::uint8_t> rank, std::uint8_t least, int threads) {
  begin_.assign(columns_ * rows_ + 1, 0);
  const auto each = [&](const auto& work) {
    parallel_ranges(points_.size(), points_a_range, threads, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i)
        if (rank[i] >= least) work(i, std::atomic_ref(begin_[cell_of(points_[i])]));
    });
  };
  each([](std::size_t, auto end) { end.fetch_add(1, std::memory_order_relaxed); });
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  entries_.resize(begin_.back());
  each([&](std::size_t i, auto end) {
    entries_[end.fetch_sub(1, std::memory_order_relaxed) - 1] = static_cast<std::uint32_t>(i);
  });
}

std::pair<double, double> ArcPointIndex::reach_in_row(std::size_t row, Point a, Point b, Point c) const {
  const double margin = side_ / 256;
  const double bottom = extent_.min_y + side_ * static_cast<double>(row) - margin;
  const double top = row + 1 == rows_ ? extent_.max_y : bottom + side_ + 2 * margin;
  double least = std::max({a.x, b.x, c.x}), most = std::min({a.x, b.x, c.x});
  const auto add_edge = [&](Point from, Point to) {
    if (from.y > to.y) std::swap(from, to);
    if (to.y < bottom || from.y > top) return;
    const double slope = to.y > from.y ? (to.x - from.x) / (to.y - from.y) : 0;
    const double low = from.y < bottom ? from.x + slope * (bottom - from.y) : from.x;
    const double high = to.y > top ? from.x + slope * (top - from.y) : to.x;
    least = std::min({least, low, high}), most = std::max({most, low, high});
  };
  add_edge(a, b), add_edge(b, c), add_edge(c, a);
  return {least - margin, most + margin};
}

/// A point outside of a triangle sees an edge of it from one side and an edge from the other.
bool ArcPointIndex::may_hold(Point a, Point b, Point c, Point p) {
  if (p.x < std::min({a.x, b.x, c.x}) || p.x > std::max({a.x, b.x, c.x}) || p.y < std::min({a.y, b.y, c.y}) ||
      p.y > std::max({a.y, b.y, c.y}))
    return false;
  const auto [least, most] = std::minmax({side_of(a, b, p), side_of(b, c, p), side_of(c, a, p)});
  return least >= 0 || most <= 0;
}

}  // namespace battlemap::geo
