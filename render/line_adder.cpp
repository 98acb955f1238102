#include "render/line_adder.hpp"

#include <algorithm>
#include <cstring>

#include "geo/lanes.hpp"

namespace battlemap::render {

struct LineLanes {
  static constexpr std::size_t count = LineAdder::lanes;
  using Doubles = double __attribute__((vector_size(sizeof(double) * count)));
  using Ints = std::int32_t __attribute__((vector_size(sizeof(std::int32_t) * count)));
  using Longs = std::int64_t __attribute__((vector_size(sizeof(std::int64_t) * count)));

  /// Points of a grid, and points in metres.
  struct OnGrid {
    using Lanes = Ints;
    const geo::GridPoint* points;
    geo::Grid grid;
    OnGrid from(std::size_t first) const { return {points + first, grid}; }
  };
  struct InMetres {
    using Lanes = Doubles;
    const geo::Point* points;
    InMetres from(std::size_t first) const { return {points + first}; }
  };
  BATTLEMAP_IN_LANES static void metres_x(Doubles& out, const Ints& x, const OnGrid& p) {
    out = p.grid.origin.x + p.grid.step * __builtin_convertvector(x, Doubles);
  }
  BATTLEMAP_IN_LANES static void metres_y(Doubles& out, const Ints& y, const OnGrid& p) {
    out = p.grid.origin.y + p.grid.step * __builtin_convertvector(y, Doubles);
  }
  BATTLEMAP_IN_LANES static void metres_x(Doubles& out, const Doubles& x, const InMetres&) { out = x; }
  BATTLEMAP_IN_LANES static void metres_y(Doubles& out, const Doubles& y, const InMetres&) { out = y; }

  template <class Points>
  BATTLEMAP_IN_LANES static void sheet_x(Doubles& out, const typename Points::Lanes& x, const Points& p, const SampleTransform& t) {
    metres_x(out, x, p);
    out = t.offset_x + (out - t.centre.x) * t.scale;
  }
  template <class Points>
  BATTLEMAP_IN_LANES static void sheet_y(Doubles& out, const typename Points::Lanes& y, const Points& p, const SampleTransform& t) {
    metres_y(out, y, p);
    out = t.offset_y - (out - t.centre.y) * t.scale;
  }

  /// ceil_within() of each; what is no number gives `low` here, too.
  BATTLEMAP_IN_LANES static void ceil_all(Ints& out, const Doubles& v, int low, int high) {
    const Doubles lowest = Doubles{} + low, highest = Doubles{} + high;
    const Doubles above = v > lowest ? v : lowest;
    const Doubles kept = above < highest ? above : highest;
    out = __builtin_convertvector(kept, Ints);
    const Longs cut = __builtin_convertvector(out, Doubles) < kept;  // -1 where digits were cut off
    out -= __builtin_convertvector(cut, Ints);
  }

  template <class Points>
  BATTLEMAP_IN_LANES static void find_rows(const Points& p, std::size_t total, const SampleTransform& t, SampleRect band, std::int32_t* rows) {
    for (std::size_t i = 0; i < total; i += count) {
      typename Points::Lanes y{};
      for (std::size_t k = 0; k < count; ++k) y[k] = p.points[std::min(i + k, total - 1)].y;
      Doubles at;
      sheet_y(at, y, p, t);
      Ints row;
      ceil_all(row, at, band.y0, band.y1);
      std::memcpy(rows + i, &row, sizeof row);
    }
  }

  /// Where each edge crosses the first of its rows, for several at once, and then its other rows.
  template <class Points>
  BATTLEMAP_IN_LANES static void add_edges(const Points& p, const LineAdder::Crossings& edges, const std::int32_t* rows,
                                    const SampleTransform& t, SampleRect band, const SampleRows& out) {
    for (std::size_t i = 0; i < edges.count; i += count) {
      typename Points::Lanes upper_x{}, upper_y{}, lower_x{}, lower_y{};
      Ints first{}, last{};
      std::uint32_t number[count];
      for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t b = edges.of[i + k], a = b - 1;
        const bool down = rows[a] < rows[b];
        const std::uint32_t upper = down ? a : b, lower = down ? b : a;
        upper_x[k] = p.points[upper].x, upper_y[k] = p.points[upper].y, lower_x[k] = p.points[lower].x, lower_y[k] = p.points[lower].y;
        first[k] = rows[upper], last[k] = rows[lower];
        number[k] = down ? edges.numbers[i + k] : 0U - edges.numbers[i + k];
      }
      Doubles top_x, top_y, bottom_x, bottom_y;
      sheet_x(top_x, upper_x, p, t), sheet_y(top_y, upper_y, p, t), sheet_x(bottom_x, lower_x, p, t), sheet_y(bottom_y, lower_y, p, t);
      const Doubles slope = (bottom_x - top_x) / (bottom_y - top_y);
      Ints x;
      ceil_all(x, top_x + (__builtin_convertvector(first, Doubles) - top_y) * slope, band.x0, band.x1);
      const std::size_t some = std::min(count, edges.count - i);
      for (std::size_t k = 0; k < some; ++k) {
        if (x[k] < band.x1) out.row(first[k])[x[k]] += number[k];
        for (int row = first[k] + 1; row < last[k]; ++row)
          if (const int at = ceil_within(top_x[k] + (row - top_y[k]) * slope[k], band.x0, band.x1); at < band.x1)
            out.row(row)[at] += number[k];
      }
    }
  }

#if defined(__x86_64__) && !defined(__AVX2__)
  template <class Points>
  [[gnu::target("avx2")]] static void find_rows_by_avx2(const Points& p, std::size_t total, const SampleTransform& t, SampleRect band,
                                                        std::int32_t* rows) {
    find_rows(p, total, t, band, rows);
  }
  template <class Points>
  [[gnu::target("avx2")]] static void add_edges_by_avx2(const Points& p, const LineAdder::Crossings& edges, const std::int32_t* rows,
                                                        const SampleTransform& t, SampleRect band, const SampleRows& out) {
    add_edges(p, edges, rows, t, band, out);
  }
#endif

  template <class Points>
  static void find_rows_at_best(const Points& p, std::size_t total, const SampleTransform& t, SampleRect band, std::int32_t* rows) {
#if defined(__x86_64__) && !defined(__AVX2__)
    if (geo::has_avx2()) return find_rows_by_avx2(p, total, t, band, rows);
#endif
    find_rows(p, total, t, band, rows);
  }
  template <class Points>
  static void add_edges_at_best(const Points& p, const LineAdder::Crossings& edges, const std::int32_t* rows, const SampleTransform& t,
                                SampleRect band, const SampleRows& out) {
#if defined(__x86_64__) && !defined(__AVX2__)
    if (geo::has_avx2()) return add_edges_by_avx2(p, edges, rows, t, band, out);
#endif
    add_edges(p, edges, rows, t, band, out);
  }
};

template <class Points, class NumberOf>
void LineAdder::add_some(const Points& points, std::span<const std::uint32_t> begin, const NumberOf& number_of) {
  LineLanes::find_rows_at_best(points, begin.back() - begin.front(), transform_, band_, row_of_.data());
  Crossings crossings;
  for (std::size_t line = 0; line + 1 < begin.size(); ++line) {
    const std::uint32_t number = number_of(line);
    if (number == 0) continue;
    // Without branches: whether an edge crosses a row is as good as random.
    for (std::uint32_t k = begin[line] - begin[0] + 1; k < begin[line + 1] - begin[0]; ++k) {
      crossings.of[crossings.count] = k, crossings.numbers[crossings.count] = number;
      crossings.count += row_of_[k] != row_of_[k - 1];
    }
  }
  if (crossings.count == 0) return;
  for (std::size_t k = 0; k < lanes; ++k) crossings.of[crossings.count + k] = 1, crossings.numbers[crossings.count + k] = 0;
  LineLanes::add_edges_at_best(points, crossings, row_of_.data(), transform_, band_, rows_);
}

/// Part by part, each of which begins with the last point of the one before.
template <class Points>
void LineAdder::add_long(const Points& points, std::size_t count, std::uint32_t number) {
  for (std::size_t from = 0; from + 1 < count; from += most_points - 1) {
    const auto some = static_cast<std::uint32_t>(std::min(most_points, count - from));
    add_some(points.from(from), std::array{0U, some}, [&](std::size_t) { return number; });
  }
}

void LineAdder::add_arcs(const geo::Grid& grid, std::span<const geo::GridPoint> points, std::span<const std::uint32_t> begin,
                         std::span<const std::uint32_t> numbers) {
  const LineLanes::OnGrid all{points.data(), grid};
  const std::size_t count = begin.back() - begin.front();
  if (count == 0) return;
  if (count <= most_points) return add_some(all.from(begin.front()), begin, [&](std::size_t arc) { return numbers[arc]; });
  for (std::size_t arc = 0; arc < numbers.size(); ++arc)
    if (numbers[arc] != 0) add_long(all.from(begin[arc]), begin[arc + 1] - begin[arc], numbers[arc]);
}

/// The edge from the last point of a ring to its first.
void LineAdder::close(std::span<const geo::Point> ring, std::uint32_t number) {
  const auto row_below = [&](geo::Point p) { return ceil_within(transform_.y(p.y), band_.y0, band_.y1); };
  geo::Point upper = ring.back(), lower = ring.front();
  int first = row_below(upper), last = row_below(lower);
  if (first > last) std::swap(upper, lower), std::swap(first, last), number = 0U - number;
  if (first == last) return;
  cross_rows(transform_, band_, upper, lower, first, last, [&](int row, int x) {
    if (x < band_.x1) rows_.row(row)[x] += number;
  });
}

void LineAdder::add_rings(std::span<const geo::Point> points, std::span<const std::uint32_t> begin, std::uint32_t number) {
  const LineLanes::InMetres all{points.data()};
  const std::size_t count = begin.back() - begin.front();
  if (count == 0) return;
  if (count <= most_points) add_some(all.from(begin.front()), begin, [&](std::size_t) { return number; });
  for (std::size_t r = 0; r + 1 < begin.size(); ++r) {
    const auto ring = points.subspan(begin[r], begin[r + 1] - begin[r]);
    if (ring.empty()) continue;
    if (count > most_points) add_long(all.from(begin[r]), ring.size(), number);
    close(ring, number);
  }
}

}  // namespace battlemap::render
