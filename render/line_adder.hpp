#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "geo/arc_shapes.hpp"
#include "render/cell_sums.hpp"
#include "render/sample_transform.hpp"

namespace battlemap::render {

/// Adds the edges of cells to cleared rows (see cell_sums.hpp), several at once: a nation's villages are millions of arcs of a few
/// points, most of which lie between two rows. To the last bit what cross_rows() says of one edge after the other.
class LineAdder {
 public:
  LineAdder(const SampleTransform& transform, SampleRect band, SampleRows rows) : transform_(transform), band_(band), rows_(rows) {}

  /// Arcs that lie one after the other: arc i is points [begin[i], begin[i + 1]), and `numbers[i]` that of the cell on its left
  /// less that on its right; of 0 it is left out.
  void add_arcs(const geo::Grid& grid, std::span<const geo::GridPoint> points, std::span<const std::uint32_t> begin,
                std::span<const std::uint32_t> numbers);
  /// Closed rings, projected metres, that lie one after the other, all of the cell with this number.
  void add_rings(std::span<const geo::Point> points, std::span<const std::uint32_t> begin, std::uint32_t number);

 private:
  static constexpr std::size_t most_points = 1024;  ///< at once
  static constexpr std::size_t lanes = 4;
  friend struct LineLanes;

  /// Of edges `of[i]` = k between points k - 1 and k that cross a row.
  struct Crossings {
    std::size_t count = 0;
    std::array<std::uint32_t, most_points + lanes> of, numbers;
  };
  template <class Points, class NumberOf>
  void add_some(const Points& points, std::span<const std::uint32_t> begin, const NumberOf& number_of);
  template <class Points>
  void add_long(const Points& points, std::size_t count, std::uint32_t number);
  void close(std::span<const geo::Point> ring, std::uint32_t number);

  SampleTransform transform_;
  SampleRect band_;
  SampleRows rows_;
  std::array<std::int32_t, most_points + lanes> row_of_;  ///< the first row below each point
};

}  // namespace battlemap::render
