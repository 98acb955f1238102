#include "geo/ring_chains.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>

#include "geo/hash_partitions.hpp"
#include "geo/parallel.hpp"
#include "geo/point_hash.hpp"
#include "geo/point_numbers.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t chains_a_block = 1U << 14U;

std::uint64_t edge_key(Point from, Point to) {
  return mixed_bits(point_hash(from) + 3 * point_hash(to));
}

template <class Work>
void each_ring(const RingRuns& rings, int threads, const Work& work) {
  parallel_jobs(static_cast<int>(rings.block_count()), threads, [&](int job) {
    const auto block = static_cast<std::size_t>(job);
    for (std::size_t r = rings.block_begin(block); r < rings.block_begin(block + 1); ++r) work(r);
  });
}

std::uint32_t count_chains(std::span<const std::uint8_t> nodes) {
  return nodes.empty() ? 0
                       : std::max(1U, static_cast<std::uint32_t>(std::count(nodes.begin(), nodes.end(), 1)));
}

std::uint32_t smallest_point(std::span<const Point> ring) {
  const auto found = std::min_element(
      ring.begin(), ring.end(), [](Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); });
  return static_cast<std::uint32_t>(found - ring.begin());
}

void cut_ring(std::span<const Point> ring, std::span<const std::uint8_t> nodes, std::span<Chain> chains) {
  if (chains.empty()) return;
  std::size_t found = 0;
  for (std::uint32_t k = 0; k < ring.size(); ++k)
    if (nodes[k] != 0) chains[found++] = {ring, k, 0};
  if (found == 0) chains[0] = {ring, smallest_point(ring), 0};
  for (std::size_t i = 0; i + 1 < chains.size(); ++i) chains[i].edges = chains[i + 1].first - chains[i].first;
  chains.back().edges = static_cast<std::uint32_t>(ring.size()) + chains.front().first - chains.back().first;
}

struct KeyedChain {
  std::uint64_t key = 0;
  std::uint32_t chain = no_number;
};

/// For one part of the chains: the first of each that are the same.
void match_part(std::span<const KeyedChain> part, std::vector<KeyedChain>& table,
                std::vector<std::uint32_t>& first) {
  table.assign(std::bit_ceil(2 * part.size() + 1), KeyedChain());
  for (const KeyedChain& each : part) {
    std::size_t slot = each.key & (table.size() - 1);
    while (table[slot].chain != no_number && table[slot].key != each.key)
      slot = (slot + 1) & (table.size() - 1);
    if (table[slot].chain == no_number) table[slot] = each;
    first[each.chain] = table[slot].chain;
  }
}

/// For each chain the first one of its key.
std::vector<std::uint32_t> match_keys(const Chains& chains, int threads) {
  HashPartitions parts(chains.size(), (chains.size() + chains_a_block - 1) / chains_a_block);
  std::vector<std::uint64_t> keys(chains.size());
  parallel_ranges(chains.size(), chains_a_block, threads, [&](std::size_t begin, std::size_t end) {
    const auto counts = parts.counts(begin / chains_a_block);
    for (std::size_t c = begin; c < end; ++c) ++counts[parts.part_of(keys[c] = chains[c].key())];
  });
  parts.place();
  std::vector<KeyedChain> keyed(chains.size());
  parallel_ranges(chains.size(), chains_a_block, threads, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> next = parts.places(begin / chains_a_block);
    for (std::size_t c = begin; c < end; ++c)
      keyed[next[parts.part_of(keys[c])]++] = {keys[c], static_cast<std::uint32_t>(c)};
  });
  std::vector<std::uint32_t> first(chains.size());
  parallel_jobs(static_cast<int>(parts.size()), threads, [&](int i) {
    std::vector<KeyedChain> table;
    const auto part = static_cast<std::size_t>(i);
    match_part(std::span(keyed).subspan(parts.begin(part), parts.end(part) - parts.begin(part)), table,
               first);
  });
  return first;
}

}  // namespace

std::uint64_t Chain::key() const {
  return edge_key(at(0), at(1)) + edge_key(at(edges), at(edges - 1));
}

bool Chain::is_same(const Chain& other, bool reversed) const {
  if (edges != other.edges) return false;
  std::uint32_t k = 0;
  while (k <= edges && at(k) == other.at(reversed ? edges - k : k)) ++k;
  return k > edges;
}

Chains::Chains(const RingRuns& rings, const std::vector<std::uint8_t>& is_node, int threads)
    : ring_begin_(rings.size() + 1, 0) {
  const auto nodes_of = [&](std::size_t r) {
    return std::span(is_node).subspan(rings.first_corner(r), rings.ring(r).size());
  };
  each_ring(rings, threads, [&](std::size_t r) { ring_begin_[r + 1] = count_chains(nodes_of(r)); });
  std::partial_sum(ring_begin_.begin(), ring_begin_.end(), ring_begin_.begin());
  chains_.resize(ring_begin_.back());
  each_ring(rings, threads, [&](std::size_t r) {
    cut_ring(rings.ring(r), nodes_of(r),
             std::span(chains_).subspan(ring_begin_[r], ring_begin_[r + 1] - ring_begin_[r]));
  });
}

/// What its key alone makes the same as another stays on its own: keys are but hashes.
std::vector<std::uint32_t> match_chains(const Chains& chains, int threads) {
  std::vector<std::uint32_t> refs = match_keys(chains, threads);
  parallel_ranges(chains.size(), chains_a_block, threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      const Chain& first = chains[refs[c]];
      const bool reversed = !chains[c].begins_like(first);
      const bool same = refs[c] == c || chains[c].is_same(first, reversed);
      refs[c] = same ? refs[c] * 2 + (reversed ? 1 : 0) : static_cast<std::uint32_t>(c) * 2;
    }
  });
  return refs;
}

}  // namespace battlemap::geo
