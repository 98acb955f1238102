#pragma once
#include <cstdint>
#include <list>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// The rings of several polygon sets one after the other: their corners have numbers that run through all.
class RingRuns {
 public:
  /// Repeated points of rings are left out; rings of less than three points then are empty. The sets must
  /// outlive this.
  RingRuns(std::span<const PolygonSet* const> sets, int threads);

  std::size_t size() const { return rings_.size(); }
  std::size_t corner_count() const { return first_.back(); }
  std::span<const Point> ring(std::size_t r) const { return rings_[r]; }
  std::uint32_t first_corner(std::size_t r) const { return first_[r]; }

  /// Rings come in blocks for work that is shared among cores: block b is rings [block_begin(b),
  /// block_begin(b+1)).
  std::size_t block_count() const { return block_begin_.size() - 1; }
  std::size_t block_begin(std::size_t b) const { return block_begin_[b]; }

 private:
  void clean(int threads);
  void divide();

  std::vector<std::span<const Point>> rings_;
  std::vector<std::uint32_t> first_{0};
  std::vector<std::size_t> block_begin_{0};
  std::list<std::vector<Point>> cleaned_;
};

/// For each corner whether it is a node: whether the rings that come by its point have different points
/// before and after it. (Where rings merely run along each other they have the same two.) The same for any
/// number of threads. By hashes: two points in 2^42 may be taken for one, and are nodes then, too.
std::vector<std::uint8_t> find_nodes(const RingRuns& rings, int threads);

}  // namespace battlemap::geo
