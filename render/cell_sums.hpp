#pragma once
#include <bit>
#include <span>
#include <vector>

#include "render/fill_index.hpp"
#include "render/sample_transform.hpp"

namespace battlemap::render {

// Fills a partition without sorting or filling spans: where an edge crosses a row, the number of the cell
// that begins there is added and that of the cell that ends there taken away; running sums along the row are
// then the numbers of the cells. Where cells overlap or fold over themselves a sum is no cell's number, and
// the caller fills the row cell by cell: a number ends in the cell's index + 1 and begins with bits mixed
// from it, so that sums and differences of other numbers are taken for one in one case of thousands.

inline constexpr std::size_t most_summed_cells = (1U << 24) - 2;  ///< leaves 8 bits to tell by

/// How many bits the index takes.
constexpr int number_bits(std::size_t cells) {
  return std::bit_width(cells + 1);
}
/// Squares: of four different numbers, two and two with one sum, the squares have not. Those of large numbers fold.
constexpr std::uint32_t mixed(std::uint32_t v) {
  const std::uint32_t folded = (v ^ v >> 11) & 0x7FFFU, square = folded * folded;
  return square ^ square >> 9;
}
constexpr std::uint32_t cell_number(std::uint32_t cell, int bits) {
  return mixed(cell + 1) << bits | (cell + 1);
}

/// Samples of a band, row by row; row(y)[x] is the sample (x, y) of the sheet.
struct SampleRows {
  std::uint32_t* first = nullptr;  ///< of the sample (x0, y0)
  std::ptrdiff_t stride = 0;
  int x0 = 0, y0 = 0;
  std::uint32_t* row(int y) const { return first + (y - y0) * stride - x0; }
};

/// Samples [begin, end) of a row whose sums are no cell's number.
struct BadRun {
  int row = 0;
  std::ptrdiff_t begin = 0, end = 0;
};

/// Turns a row of differences of the numbers of so many cells into cells, id_none where there is none.
/// Appends what is worthless to `bad`, as of row `y`.
void sum_row(std::span<std::uint32_t> row, std::uint32_t cells, int y, std::vector<BadRun>& bad);

}  // namespace battlemap::render
