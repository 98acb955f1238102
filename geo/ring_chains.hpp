#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/ring_runs.hpp"

namespace battlemap::geo {

/// A stretch of a ring from node to node; of a ring without nodes all of it, from its smallest point on.
struct Chain {
  std::span<const Point> ring;
  std::uint32_t first = 0, edges = 0;

  Point at(std::uint32_t k) const {
    const std::size_t i = std::size_t{first} + k;
    return ring[i < ring.size() ? i : i - ring.size()];
  }
  /// The same for both directions, and for no others: an arc is told by its end edges.
  std::uint64_t key() const;
  bool begins_like(const Chain& other) const { return at(0) == other.at(0) && at(1) == other.at(1); }
  bool is_same(const Chain& other, bool reversed) const;
};

/// The chains of all rings, ring by ring.
class Chains {
 public:
  /// `is_node`: by corner, see find_nodes.
  Chains(const RingRuns& rings, const std::vector<std::uint8_t>& is_node, int threads);

  std::uint32_t size() const { return static_cast<std::uint32_t>(chains_.size()); }
  const Chain& operator[](std::size_t c) const { return chains_[c]; }
  /// Ring r has the chains [ring_begin()[r], ring_begin()[r+1]).
  const std::vector<std::uint32_t>& ring_begin() const { return ring_begin_; }

 private:
  std::vector<std::uint32_t> ring_begin_;
  std::vector<Chain> chains_;
};

/// For each chain twice the number of the first one that is the same, plus one if it runs the other way.
std::vector<std::uint32_t> match_chains(const Chains& chains, int threads);

}  // namespace battlemap::geo
