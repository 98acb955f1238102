#include "render/arc_adder.hpp"

#include <algorithm>
#include <cstring>

namespace battlemap::render {

// Into AVX2 code as well as into plain code: nothing here may be a call.
#define BATTLEMAP_IN_LANES [[gnu::always_inline]] static inline

struct ArcAdderLanes {
  static constexpr std::size_t count = ArcAdder::lanes;
  using Doubles = double __attribute__((vector_size(sizeof(double) * count)));
  using Ints = std::int32_t __attribute__((vector_size(sizeof(std::int32_t) * count)));
  using Longs = std::int64_t __attribute__((vector_size(sizeof(std::int64_t) * count)));

  BATTLEMAP_IN_LANES void clamped_ceil(Ints& out, const Doubles& v, int low, int high) {
    const Doubles lowest = Doubles{} + low, highest = Doubles{} + high;
    const Doubles above = v > lowest ? v : lowest;
    const Doubles kept = above < highest ? above : highest;
    out = __builtin_convertvector(kept, Ints);
    const Longs cut = __builtin_convertvector(out, Doubles) < kept;  // -1 where digits were cut off
    out -= __builtin_convertvector(cut, Ints);
  }
  BATTLEMAP_IN_LANES void sheet_x(Doubles& out, const Ints& x, const SampleTransform& t, const geo::Grid& g) {
    out = t.offset_x + (g.origin.x + g.step * __builtin_convertvector(x, Doubles) - t.centre.x) * t.scale;
  }
  BATTLEMAP_IN_LANES void sheet_y(Doubles& out, const Ints& y, const SampleTransform& t, const geo::Grid& g) {
    out = t.offset_y - (g.origin.y + g.step * __builtin_convertvector(y, Doubles) - t.centre.y) * t.scale;
  }

  BATTLEMAP_IN_LANES void find_rows(const geo::GridPoint* points, std::size_t total, const SampleTransform& t, const geo::Grid& g,
                                    SampleRect band, std::int32_t* rows) {
    for (std::size_t i = 0; i < total; i += count) {
      Ints y{}, row;
      for (std::size_t k = 0; k < count; ++k) y[k] = points[std::min(i + k, total - 1)].y;
      Doubles at;
      sheet_y(at, y, t, g);
      clamped_ceil(row, at, band.y0, band.y1);
      std::memcpy(rows + i, &row, sizeof row);
    }
  }

  /// Edges between two rows: where each crosses the first of its rows, and what its other rows need.
  BATTLEMAP_IN_LANES void add_edges(const geo::GridPoint* points, std::size_t edges, const std::uint32_t* of, const std::uint32_t* numbers,
                                    const std::int32_t* rows, const SampleTransform& t, const geo::Grid& g, SampleRect band,
                                    const SampleRows& out) {
    for (std::size_t i = 0; i < edges; i += count) {
      Ints upper_x{}, upper_y{}, lower_x{}, lower_y{}, first{}, last{};
      std::uint32_t number[count];
      for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t b = of[i + k], a = b - 1;
        const bool down = rows[a] < rows[b];
        const std::uint32_t upper = down ? a : b, lower = down ? b : a;
        upper_x[k] = points[upper].x, upper_y[k] = points[upper].y, lower_x[k] = points[lower].x, lower_y[k] = points[lower].y;
        first[k] = rows[upper], last[k] = rows[lower];
        number[k] = down ? numbers[i + k] : 0U - numbers[i + k];
      }
      Doubles top_x, top_y, bottom_x, bottom_y;
      sheet_x(top_x, upper_x, t, g), sheet_y(top_y, upper_y, t, g), sheet_x(bottom_x, lower_x, t, g), sheet_y(bottom_y, lower_y, t, g);
      const Doubles slope = (bottom_x - top_x) / (bottom_y - top_y);
      Ints x;
      clamped_ceil(x, top_x + (__builtin_convertvector(first, Doubles) - top_y) * slope, band.x0, band.x1);
      const std::size_t some = std::min(count, edges - i);
      for (std::size_t k = 0; k < some; ++k) {
        if (x[k] < band.x1) out.row(first[k])[x[k]] += number[k];
        for (int row = first[k] + 1; row < last[k]; ++row)
          if (const int at = ceil_within(top_x[k] + (row - top_y[k]) * slope[k], band.x0, band.x1); at < band.x1)
            out.row(row)[at] += number[k];
      }
    }
  }
};

namespace {

using Lanes = ArcAdderLanes;

#if defined(__x86_64__) && !defined(__AVX2__)
[[gnu::target("avx2")]] void find_rows_by_avx2(const geo::GridPoint* points, std::size_t total, const SampleTransform& t,
                                               const geo::Grid& g, SampleRect band, std::int32_t* rows) {
  Lanes::find_rows(points, total, t, g, band, rows);
}
[[gnu::target("avx2")]] void add_edges_by_avx2(const geo::GridPoint* points, std::size_t edges, const std::uint32_t* of,
                                               const std::uint32_t* numbers, const std::int32_t* rows, const SampleTransform& t,
                                               const geo::Grid& g, SampleRect band, const SampleRows& out) {
  Lanes::add_edges(points, edges, of, numbers, rows, t, g, band, out);
}
bool arcs_by_avx2() {
  static const bool has = __builtin_cpu_supports("avx2");
  return has;
}
#else
bool arcs_by_avx2() { return false; }
constexpr auto find_rows_by_avx2 = Lanes::find_rows;
constexpr auto add_edges_by_avx2 = Lanes::add_edges;
#endif

}  // namespace

void ArcAdder::find_rows(const geo::GridPoint* points, std::size_t count) {
  if (arcs_by_avx2()) return find_rows_by_avx2(points, count, transform_, grid_, band_, row_of_.data());
  Lanes::find_rows(points, count, transform_, grid_, band_, row_of_.data());
}

void ArcAdder::add_edges(const geo::GridPoint* points, Crossings& crossings) {
  if (crossings.count == 0) return;
  for (std::size_t k = 0; k < lanes; ++k) crossings.of[crossings.count + k] = 1, crossings.numbers[crossings.count + k] = 0;
  const auto *of = crossings.of.data(), *numbers = crossings.numbers.data();
  if (arcs_by_avx2()) return add_edges_by_avx2(points, crossings.count, of, numbers, row_of_.data(), transform_, grid_, band_, rows_);
  Lanes::add_edges(points, crossings.count, of, numbers, row_of_.data(), transform_, grid_, band_, rows_);
}

void ArcAdder::add_some(const geo::GridPoint* points, std::size_t count, std::span<const std::uint32_t> begin,
                        std::span<const std::uint32_t> numbers) {
  find_rows(points, count);
  Crossings crossings;
  for (std::size_t arc = 0; arc < numbers.size(); ++arc) {
    const std::uint32_t number = numbers[arc];
    if (number == 0) continue;
    // Without branches: whether an edge crosses a row is as good as random.
    for (std::uint32_t k = begin[arc] - begin[0] + 1; k < begin[arc + 1] - begin[0]; ++k) {
      crossings.of[crossings.count] = k, crossings.numbers[crossings.count] = number;
      crossings.count += row_of_[k] != row_of_[k - 1];
    }
  }
  add_edges(points, crossings);
}

void ArcAdder::add_long(const geo::GridPoint* points, std::size_t count, std::uint32_t number) {
  for (std::size_t from = 0; from + 1 < count; from += most_points - 1) {
    const auto some = static_cast<std::uint32_t>(std::min(most_points, count - from));
    add_some(points + from, some, std::array{0U, some}, {&number, 1});
  }
}

void ArcAdder::add(std::span<const geo::GridPoint> points, std::span<const std::uint32_t> begin, std::span<const std::uint32_t> numbers) {
  const std::size_t count = begin.back() - begin.front();
  if (count == 0) return;
  if (count <= most_points) return add_some(points.data() + begin.front(), count, begin, numbers);
  for (std::size_t arc = 0; arc < numbers.size(); ++arc)
    if (numbers[arc] != 0) add_long(points.data() + begin[arc], begin[arc + 1] - begin[arc], numbers[arc]);
}

}  // namespace battlemap::render
