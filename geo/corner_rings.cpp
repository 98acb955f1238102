#include "geo/corner_rings.hpp"

#include <numeric>

#include "geo/error.hpp"
#include "geo/point_hash.hpp"
#include "geo/point_numbers.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t look_ahead = 16;  ///< points whose slots are fetched before they are needed

void number_ring(std::span<const Point> ring, PointNumbers& numbers, CornerRings& out) {
  for (std::size_t k = 0; k < ring.size(); ++k) {
    if (k + look_ahead < ring.size()) numbers.prefetch(ring[k + look_ahead]);
    const std::uint32_t corner = numbers.number(ring[k]);
    if (out.corners.size() == out.ring_begin.back() || out.corners.back() != corner) out.corners.push_back(corner);
  }
  while (out.corners.size() > out.ring_begin.back() + 1U && out.corners.back() == out.corners[out.ring_begin.back()])
    out.corners.pop_back();
  if (out.corners.size() < out.ring_begin.back() + 3U) out.corners.resize(out.ring_begin.back());
}

/// Where the edges of each lower corner are; a bucket has as many places as rings leave or reach the corner.
std::vector<std::uint32_t> edge_buckets(const CornerRings& rings) {
  std::vector<std::uint32_t> begin(rings.points.size() + 1, 0);
  for (std::size_t r = 0; r < rings.size(); ++r)
    for (std::uint32_t i = rings.ring_begin[r]; i < rings.ring_begin[r + 1]; ++i)
      ++begin[std::min(rings.corners[i], rings.corner_after(r, i)) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  return begin;
}

void use(EdgeTable::Entry& edge, bool ahead, std::uint32_t owner) {
  const std::uint8_t way = ahead ? 1 : 2;
  edge.twice |= (edge.ways & way) != 0;
  edge.ways |= way;
  const std::uint64_t key = static_cast<std::uint64_t>(owner) * 2;
  edge.ahead += mixed_bits(key + (ahead ? 1 : 2));
  edge.back += mixed_bits(key + (ahead ? 2 : 1));
}

}  // namespace

CornerRings number_corners(std::span<const PolygonSet* const> sets) {
  std::size_t points = 0;
  for (const PolygonSet* set : sets) points += set->points.size();
  if (points >= no_number) fail("{} corners are more than a coverage can have", points);
  PointNumbers numbers(points);
  CornerRings out;
  out.corners.reserve(points);
  std::uint32_t polygon = 0;
  for (const PolygonSet* set : sets)
    for (std::size_t i = 0; i < set->size(); ++i, ++polygon)
      for (std::uint32_t r = set->polygon_begin[i]; r < set->polygon_begin[i + 1]; ++r) {
        number_ring(set->ring(r), numbers, out);
        out.ring_begin.push_back(static_cast<std::uint32_t>(out.corners.size()));
        out.owner.push_back(polygon);
      }
  out.points = numbers.take_points();
  return out;
}

EdgeTable find_edges(const CornerRings& rings) {
  const std::vector<std::uint32_t> begin = edge_buckets(rings);
  std::vector<std::uint32_t> bucket(rings.corners.size());  // edges by lower corner
  std::fill(bucket.begin(), bucket.end(), no_number);
  EdgeTable table;
  table.at.resize(rings.corners.size());
  table.edges.reserve(rings.corners.size() / 2 + rings.size());
  for (std::size_t r = 0; r < rings.size(); ++r)
    for (std::uint32_t i = rings.ring_begin[r]; i < rings.ring_begin[r + 1]; ++i) {
      const std::uint32_t from = rings.corners[i], to = rings.corner_after(r, i);
      const std::uint32_t low = std::min(from, to), high = std::max(from, to);
      std::uint32_t slot = begin[low];
      while (bucket[slot] != no_number && table.edges[bucket[slot]].high != high) ++slot;
      if (bucket[slot] == no_number) {
        bucket[slot] = static_cast<std::uint32_t>(table.edges.size());
        table.edges.push_back({low, high});
      }
      table.at[i] = bucket[slot];
      use(table.edges[bucket[slot]], from == low, rings.owner[r]);
    }
  return table;
}

}  // namespace battlemap::geo
