#include "render/id_buffer.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "geo/error.hpp"
#include "render/parallel.hpp"

namespace battlemap::render {
namespace {

// All arithmetic is in "sample units" of the whole sheet: sample (i, j) of the sheet lies exactly at (i, j).
// A tile only shifts whole numbers at the very end, so every tiling, band and thread computes the same
// doubles.

struct SampleTransform {
  double scale, offset_x, offset_y;
  explicit SampleTransform(const View& view)
      : scale(supersampling / view.metres_per_pixel),
        offset_x(supersampling * (view.frame.x + view.frame.w / 2.0) - 0.5),
        offset_y(supersampling * (view.frame.y + view.frame.h / 2.0) - 0.5),
        centre(view.centre) {}
  double x(double map_x) const { return offset_x + (map_x - centre.x) * scale; }
  double y(double map_y) const { return offset_y - (map_y - centre.y) * scale; }
  geo::Point operator()(geo::Point p) const { return {x(p.x), y(p.y)}; }

 private:
  geo::Point centre;
};

/// Samples [x0, x1) x [y0, y1) of the sheet.
struct SampleRect {
  int x0, y0, x1, y1;
};

/// The first whole number >= v, kept within [low, high]; NaN gives low. Without branches: this runs for every
/// vertex.
int ceil_within(double v, int low, int high) {
  const double kept = std::min(std::max(static_cast<double>(low), v), static_cast<double>(high));
  const int whole = static_cast<int>(kept);  // truncates towards zero
  return whole + (whole < kept);
}

/// Fills polygons into a band, one after the other; its buffers are reused from polygon to polygon.
class BandFiller {
 public:
  BandFiller(const SampleTransform& transform, SampleRect band) : transform_(transform), band_(band) {}

  /// Calls `span(row, x0, x1)` for every run of samples inside polygon `i`, in sheet samples.
  template <class Span>
  void fill(const geo::PolygonSet& set, std::size_t i, Span&& span) {
    if (!find_rows(set.boxes[i])) return;
    crossings_.clear();
    counts_.assign(static_cast<std::size_t>(row_end_ - row_begin_) + 1, 0);
    for (auto r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r) add_ring(set.ring(r));
    sort_by_row();
    emit(span);
  }

 private:
  struct Crossing {
    int row, x;
  };

  /// Sets the rows of the band that the box can own samples in; false when there are none.
  bool find_rows(const geo::Box& box) {
    if (box.empty()) return false;
    const auto a = transform_({box.min_x, box.max_y}), b = transform_({box.max_x, box.min_y});
    row_begin_ = ceil_within(a.y, band_.y0, band_.y1);
    row_end_ = ceil_within(b.y, band_.y0, band_.y1);
    return row_begin_ < row_end_ && a.x < band_.x1 && b.x >= band_.x0;
  }

  /// An edge crosses the rows j with top.y <= j < bottom.y: those between its ends' first rows. Most edges
  /// cross none, so nothing but the row is computed for a vertex until one does.
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

  int first_row(const geo::Point& p) const { return ceil_within(transform_.y(p.y), row_begin_, row_end_); }

  /// Always computed from the upper end, so that the two cells beside an edge round it alike, whichever way
  /// round their rings run.
  void add_edge(const geo::Point& upper, const geo::Point& lower, int first, int last) {
    const auto top = transform_(upper), bottom = transform_(lower);
    const double slope = (bottom.x - top.x) / (bottom.y - top.y);
    for (int row = first; row < last; ++row) {
      const int x = ceil_within(top.x + (row - top.y) * slope, band_.x0, band_.x1);
      crossings_.push_back({row, x});
      ++counts_[static_cast<std::size_t>(row - row_begin_) + 1];
    }
  }

  /// Counting sort: rows_[counts_[k] .. counts_[k+1]) are the crossings of row_begin_ + k.
  void sort_by_row() {
    for (std::size_t k = 1; k < counts_.size(); ++k) counts_[k] += counts_[k - 1];
    rows_.resize(crossings_.size());
    cursor_.assign(counts_.begin(), counts_.end());
    for (const auto& c : crossings_) rows_[cursor_[static_cast<std::size_t>(c.row - row_begin_)]++] = c.x;
  }

  template <class Span>
  void emit(Span&& span) {
    for (std::size_t k = 0; k + 1 < counts_.size(); ++k) {
      const auto begin = rows_.begin() + counts_[k], end = rows_.begin() + counts_[k + 1];
      if (end - begin == 2) {
        const auto [low, high] = std::minmax(begin[0], begin[1]);
        if (low < high) span(row_begin_ + static_cast<int>(k), low, high);
        continue;
      }
      std::sort(begin, end);
      for (auto x = begin; x + 1 < end; x += 2)
        if (x[0] < x[1]) span(row_begin_ + static_cast<int>(k), x[0], x[1]);
    }
  }

  SampleTransform transform_;
  SampleRect band_;
  int row_begin_ = 0, row_end_ = 0;
  std::vector<Crossing> crossings_;
  std::vector<std::uint32_t> counts_, cursor_;
  std::vector<int> rows_;
};

void check(const MapLayer& map, PixelRect tile, int margin) {
  if (tile.w < 0 || tile.h < 0 || margin < 0 || tile.w > 1 << 20 || tile.h > 1 << 20 || margin > 1 << 14 ||
      std::abs(tile.x) > 1 << 28 || std::abs(tile.y) > 1 << 28)
    geo::fail("cannot rasterise a tile of {} x {} pixels at {}, {} with a margin of {}", tile.w, tile.h,
              tile.x, tile.y, margin);
  if (!(map.view.metres_per_pixel > 0) || !std::isfinite(map.view.metres_per_pixel))
    geo::fail("the view's scale must be positive, not {} m per pixel", map.view.metres_per_pixel);
}

void fill_band(const MapLayer& map, IdBuffer& out, SampleRect band) {
  const int x0 = (out.tile.x - out.margin) * supersampling, y0 = (out.tile.y - out.margin) * supersampling;
  const auto row_of = [&](int row) {
    return out.ids.data() + static_cast<std::ptrdiff_t>(row - y0) * out.width - x0;
  };
  std::fill(row_of(band.y0) + x0, row_of(band.y1) + x0, id_none);
  BandFiller filler(SampleTransform(map.view), band);
  if (map.coverage)
    for (std::uint32_t i = 0; i < map.coverage->outlines().size(); ++i)
      filler.fill(map.coverage->outlines(), i,
                  [&](int row, int a, int b) { std::fill(row_of(row) + a, row_of(row) + b, i); });
  if (map.lakes)
    for (std::size_t i = 0; i < map.lakes->size(); ++i)
      filler.fill(*map.lakes, i, [&](int row, int a, int b) {
        for (auto* p = row_of(row) + a; p != row_of(row) + b; ++p) *p |= id_water;
      });
}

}  // namespace

std::uint32_t IdBuffer::cell_at(int x, int y) const {
  const int i = (x - tile.x + margin) * supersampling, j = (y - tile.y + margin) * supersampling;
  if (i < 0 || j < 0 || i >= width || j >= height) return id_none;
  return ids[static_cast<std::size_t>(j) * width + i] & ~id_water;
}

IdBuffer rasterise_ids(const MapLayer& map, PixelRect tile, int margin, int threads) {
  check(map, tile, margin);
  IdBuffer out;
  out.tile = tile;
  out.margin = margin;
  out.width = (tile.w + 2 * margin) * supersampling;
  out.height = (tile.h + 2 * margin) * supersampling;
  out.ids.resize(static_cast<std::size_t>(out.width) * out.height);
  const int x0 = (tile.x - margin) * supersampling, y0 = (tile.y - margin) * supersampling;
  const int bands = std::clamp(worker_count(threads) * 4, 1, std::max(1, out.height / 16));
  parallel_jobs(bands, threads, [&](int i) {
    const auto band = band_of(i, bands, out.height);
    fill_band(map, out, {x0, y0 + band.begin, x0 + out.width, y0 + band.end});
  });
  return out;
}

}  // namespace battlemap::render
