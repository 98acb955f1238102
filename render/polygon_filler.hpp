#pragma once
#include <span>
#include <vector>

#include "render/sample_transform.hpp"

namespace battlemap::render {

/// Fills polygons into a band, even-odd, one after the other; its buffers are reused from polygon to polygon.
class PolygonFiller {
 public:
  PolygonFiller(const SampleTransform& transform, SampleRect band) : transform_(transform), band_(band) {}

  /// Begins a polygon; false when it owns no sample of the band.
  bool begin(const geo::Box& box) {
    rows_ = rows_of(box, transform_, band_);
    if (rows_.empty()) return false;
    crossings_.clear();
    counts_.assign(static_cast<std::size_t>(rows_.end - rows_.begin) + 1, 0);
    return true;
  }

  /// Most edges cross no row, so nothing but the row is computed for a vertex until one does.
  void add_ring(std::span<const geo::Point> ring) {
    if (ring.empty()) return;
    const geo::Point* previous = &ring.back();
    int previous_row = first_row(*previous);
    for (const auto& current : ring) {
      const int row = first_row(current);
      if (previous_row < row)
        add_edge(*previous, current, previous_row, row);
      else if (row < previous_row)
        add_edge(current, *previous, row, previous_row);
      previous = &current;
      previous_row = row;
    }
  }

  /// Calls `span(row, x0, x1)` for every run of samples inside the polygon, in sheet samples.
  template <class Span>
  void end(Span&& span) {
    sort_by_row();
    for (std::size_t k = 0; k + 1 < counts_.size(); ++k) {
      const auto begin = by_row_.begin() + counts_[k], end = by_row_.begin() + counts_[k + 1];
      std::sort(begin, end);
      for (auto x = begin; x + 1 < end; x += 2)
        if (x[0] < x[1]) span(rows_.begin + static_cast<int>(k), x[0], x[1]);
    }
  }

 private:
  struct Crossing {
    int row, x;
  };
  int first_row(const geo::Point& p) const { return ceil_within(transform_.y(p.y), rows_.begin, rows_.end); }

  void add_edge(geo::Point upper, geo::Point lower, int first, int last) {
    cross_rows(transform_, band_, upper, lower, first, last, [&](int row, int x) {
      crossings_.push_back({row, x});
      ++counts_[static_cast<std::size_t>(row - rows_.begin) + 1];
    });
  }

  /// Counting sort: by_row_[counts_[k] .. counts_[k+1]) are the crossings of the polygon's row k.
  void sort_by_row() {
    for (std::size_t k = 1; k < counts_.size(); ++k) counts_[k] += counts_[k - 1];
    by_row_.resize(crossings_.size());
    cursor_.assign(counts_.begin(), counts_.end());
    for (const auto& c : crossings_) by_row_[cursor_[static_cast<std::size_t>(c.row - rows_.begin)]++] = c.x;
  }

  SampleTransform transform_;
  SampleRect band_;
  RowRange rows_;
  std::vector<Crossing> crossings_;
  std::vector<std::uint32_t> counts_, cursor_;
  std::vector<int> by_row_;
};

}  // namespace battlemap::render
