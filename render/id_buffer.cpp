#include "render/id_buffer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "geo/error.hpp"
#include "render/cell_sums.hpp"
#include "render/fill_index.hpp"
#include "render/line_adder.hpp"
#include "render/parallel.hpp"
#include "render/polygon_filler.hpp"

namespace battlemap::render {
namespace {

/// Fills the cells of a coverage into bands.
class CellFiller {
 public:
  CellFiller(const geo::Coverage& coverage, const FillIndex& index, const SampleTransform& transform)
      : coverage_(coverage),
        index_(index),
        transform_(transform),
        cells_(static_cast<std::uint32_t>(coverage.boxes().size())),
        bits_(number_bits(cells_)),
        left_(transform.x(index.polygons.all().min_x)) {}

  void fill(SampleRect band, SampleRows rows) const {
    const auto row_of = [&](int y) { return std::span(rows.row(y) + band.x0, rows.row(y) + band.x1); };
    if (!index_.beside.partition || cells_ > most_summed_cells) return fill_one_by_one(band, rows);
    std::fill(rows.row(band.y0) + band.x0, rows.row(band.y1) + band.x0, 0U);
    if (index_.lines != nullptr)
      add_arcs(band, rows);
    else
      add_rings(band, rows);
    std::vector<BadRun> bad;
    for (int y = band.y0; y < band.y1; ++y) sum_row(row_of(y), cells_, y, bad);
    mend(band, rows, bad);
  }

 private:
  void add_rings(SampleRect band, SampleRows rows) const {
    LineAdder adder(transform_, band, rows);
    const auto& set = coverage_.polygons;
    each_polygon(band, [&](std::uint32_t i) {
      const std::span rings = std::span(set.ring_begin).subspan(set.polygon_begin[i], set.polygon_begin[i + 1] - set.polygon_begin[i] + 1);
      adder.add_rings(set.points, rings, cell_number(i, bits_));
    });
  }

  /// Of every cell that reaches into the band's columns all edges are added that lie left of its end, of the
  /// others none.
  void add_arcs(SampleRect band, SampleRows rows) const {
    LineAdder adder(transform_, band, rows);
    const geo::Grid& grid = coverage_.arcs->grid;
    const auto& lines = *index_.lines;
    const auto arcs = index_.beside.arcs;
    const auto sides = index_.beside.sides;
    std::array<std::uint32_t, BoxTree::group> numbers{};
    index_.arcs.visit([&](const geo::Box& box) { return !rows_of(box, transform_, band).empty(); },
                      [&](std::size_t first, std::size_t last) {
                        for (std::size_t k = first; k < last; ++k)
                          numbers[k - first] = number_of(sides[k].left, band) - number_of(sides[k].right, band);
                        if (arcs.empty())
                          return adder.add_arcs(grid, lines.points, lines.begin.subspan(first, last - first + 1), std::span(numbers).first(last - first));
                        for (std::size_t k = first; k < last; ++k)
                          adder.add_arcs(grid, lines.points, lines.begin.subspan(arcs[k], 2), {&numbers[k - first], 1});
                      });
  }
  std::uint32_t number_of(std::uint32_t cell, const SampleRect& band) const {
    if (cell == geo::npos) return 0;
    if (left_ >= band.x0) return cell_number(cell, bits_);  // no cell ends left of the band
    return transform_.x(coverage_.boxes()[cell].max_x) < band.x0 ? 0 : cell_number(cell, bits_);
  }

  /// Few places are mended one by one, many by filling all of the band anew.
  void mend(SampleRect band, SampleRows rows, std::span<const BadRun> bad) const {
    constexpr std::ptrdiff_t samples_a_cell = 32, most_a_row = 2;
    std::ptrdiff_t effort = 0;
    for (const BadRun& run : bad) effort += 1 + (run.end - run.begin) / samples_a_cell;
    if (effort > most_a_row * (band.y1 - band.y0)) return fill_one_by_one(band, rows);
    for (const BadRun& run : bad)
      fill_one_by_one(
          {band.x0 + static_cast<int>(run.begin), run.row, band.x0 + static_cast<int>(run.end), run.row + 1},
          rows);
  }

  /// Where cells overlap the later one wins.
  void fill_one_by_one(SampleRect band, SampleRows rows) const {
    for (int y = band.y0; y < band.y1; ++y) std::fill(rows.row(y) + band.x0, rows.row(y) + band.x1, id_none);
    PolygonFiller filler(transform_, band);
    std::vector<geo::Point> scratch;
    each_polygon(band, [&](std::uint32_t i) {
      if (!filler.begin(coverage_.boxes()[i])) return;
      each_ring(i, scratch, [&](std::span<const geo::Point> ring) { filler.add_ring(ring); });
      filler.end([&](int y, int x0, int x1) { std::fill(rows.row(y) + x0, rows.row(y) + x1, i); });
    });
  }

  template <class Found>
  void each_polygon(const SampleRect& band, const Found& found) const {
    const auto wanted = [&](const geo::Box& box) { return !rows_of(box, transform_, band).empty(); };
    index_.polygons.visit(wanted, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i)
        if (wanted(coverage_.boxes()[i])) found(static_cast<std::uint32_t>(i));
    });
  }

  template <class Use>
  void each_ring(std::uint32_t i, std::vector<geo::Point>& scratch, const Use& use) const {
    const auto& set = coverage_.polygons;
    if (index_.lines == nullptr) {
      for (auto r = set.polygon_begin[i]; r < set.polygon_begin[i + 1]; ++r) use(set.ring(r));
      return;
    }
    const auto& rings = coverage_.arcs->levels[geo::index_of(coverage_.level)];
    for (auto r = rings.polygon_begin[i]; r < rings.polygon_begin[i + 1]; ++r) {
      scratch.clear();
      for (const std::uint32_t ref : rings.ring(r))
        index_.lines->each_point(ref, [&](geo::GridPoint p) { scratch.push_back(coverage_.arcs->grid.at(p)); });
      use(scratch);
    }
  }
  const geo::Coverage& coverage_;
  const FillIndex& index_;
  SampleTransform transform_;
  std::uint32_t cells_;
  int bits_;
  double left_;  ///< of the whole coverage, in samples
};

void add_lakes(const geo::PolygonSet& lakes, const SampleTransform& transform, SampleRect band,
               SampleRows rows) {
  PolygonFiller filler(transform, band);
  for (std::size_t i = 0; i < lakes.size(); ++i) {
    if (!filler.begin(lakes.boxes[i])) continue;
    for (auto r = lakes.polygon_begin[i]; r < lakes.polygon_begin[i + 1]; ++r) filler.add_ring(lakes.ring(r));
    filler.end([&](int y, int x0, int x1) {
      for (auto* p = rows.row(y) + x0; p != rows.row(y) + x1; ++p) *p |= id_water;
    });
  }
}

constexpr int most_band_rows = 256;  ///< sample rows: what a band needs then stays in a core's own cache

void check(const MapLayer& map, PixelRect tile, int margin) {
  if (tile.w < 0 || tile.h < 0 || margin < 0 || tile.w > 1 << 20 || tile.h > 1 << 20 || margin > 1 << 14 ||
      std::abs(tile.x) > 1 << 28 || std::abs(tile.y) > 1 << 28)
    geo::fail("cannot rasterise a tile of {} x {} pixels at {}, {} with a margin of {}", tile.w, tile.h,
              tile.x, tile.y, margin);
  if (!(map.view.metres_per_pixel > 0) || !std::isfinite(map.view.metres_per_pixel))
    geo::fail("the view's scale must be positive, not {} m per pixel", map.view.metres_per_pixel);
}

}  // namespace

std::uint32_t IdBuffer::cell_at(int x, int y) const {
  const int i = (x - tile.x + margin) * supersampling, j = (y - tile.y + margin) * supersampling;
  if (i < 0 || j < 0 || i >= width || j >= height) return id_none;
  return ids[static_cast<std::size_t>(j) * width + i] & ~id_water;
}

void rasterise_ids(const MapLayer& map, PixelRect tile, int margin, int threads, IdBuffer& out) {
  check(map, tile, margin);
  out.tile = tile;
  out.margin = margin;
  out.width = (tile.w + 2 * margin) * supersampling;
  out.height = (tile.h + 2 * margin) * supersampling;
  out.ids.resize(static_cast<std::size_t>(out.width) * out.height);
  const int x0 = (tile.x - margin) * supersampling, y0 = (tile.y - margin) * supersampling;
  const SampleTransform transform(map.view);
  const SampleRows rows{out.ids.data(), out.width, x0, y0};
  const auto index =
      map.coverage ? fill_index(map.coverage, map.tolerance_px * map.view.metres_per_pixel) : nullptr;
  const int least_bands = std::min(bands_wanted(threads), out.height / 16);
  const int bands = std::max({1, least_bands, out.height / most_band_rows});
  parallel_jobs(bands, threads, [&](int i) {
    const auto part = band_of(i, bands, out.height);
    const SampleRect band{x0, y0 + part.begin, x0 + out.width, y0 + part.end};
    if (map.coverage)
      CellFiller(*map.coverage, *index, transform).fill(band, rows);
    else
      std::fill(rows.row(band.y0) + x0, rows.row(band.y1) + x0, id_none);
    if (map.lakes) add_lakes(*map.lakes, transform, band, rows);
  });
}

IdBuffer rasterise_ids(const MapLayer& map, PixelRect tile, int margin, int threads) {
  IdBuffer out;
  rasterise_ids(map, tile, margin, threads, out);
  return out;
}

}  // namespace battlemap::render
