#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "geo/arc_shapes.hpp"
#include "render/cell_sums.hpp"
#include "render/sample_transform.hpp"

namespace battlemap::render {

/// Adds the edges of shared arcs to cleared rows as EdgeAdder does, with the same arithmetic, bit for bit, but for several points
/// at once: a nation's villages are millions of arcs of a few points, most of which lie between two rows.
class ArcAdder {
 public:
  ArcAdder(const SampleTransform& transform, SampleRect band, SampleRows rows, const geo::Grid& grid)
      : transform_(transform), band_(band), rows_(rows), grid_(grid) {}

  /// Arcs that lie one after the other: arc i is points [begin[i], begin[i + 1]), and `numbers[i]` that of the cell on its left
  /// less that on its right; of 0 it is left out.
  void add(std::span<const geo::GridPoint> points, std::span<const std::uint32_t> begin, std::span<const std::uint32_t> numbers);

 private:
  static constexpr std::size_t most_points = 1024;  ///< at once
  static constexpr std::size_t lanes = 4;

  /// Of edges `of[i]` = k between points k - 1 and k that cross a row.
  struct Crossings {
    std::size_t count = 0;
    std::array<std::uint32_t, most_points + lanes> of, numbers;
  };
  void add_some(const geo::GridPoint* points, std::size_t count, std::span<const std::uint32_t> begin,
                std::span<const std::uint32_t> numbers);
  void add_long(const geo::GridPoint* points, std::size_t count, std::uint32_t number);
  void find_rows(const geo::GridPoint* points, std::size_t count);
  void add_edges(const geo::GridPoint* points, Crossings& crossings);
  friend struct ArcAdderLanes;

  SampleTransform transform_;
  SampleRect band_;
  SampleRows rows_;
  geo::Grid grid_;
  std::array<std::int32_t, most_points + lanes> row_of_;  ///< the first row below each point
};

}  // namespace battlemap::render
