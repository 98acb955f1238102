#include "geo/ring_runs.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "geo/error.hpp"
#include "geo/hash_partitions.hpp"
#include "geo/parallel.hpp"
#include "geo/point_hash.hpp"
#include "geo/point_numbers.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t corners_a_block = 1U << 16U;
constexpr std::size_t rings_a_job = 512;

bool has_repeats(std::span<const Point> ring) {
  return ring.size() < 3 || ring.front() == ring.back() ||
         std::adjacent_find(ring.begin(), ring.end()) != ring.end();
}

std::vector<Point> without_repeats(std::span<const Point> ring) {
  std::vector<Point> out(ring.begin(), ring.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  while (out.size() > 1 && out.back() == out.front()) out.pop_back();
  if (out.size() < 3) out.clear();
  return out;
}

/// What a ring says about one of its corners: which point it is (31 bits of its hash) and what lies beside it
/// there, the same for rings that run the other way. A spike, which comes back to where it came from, says
/// `differs`.
class Passage {
 public:
  Passage() = default;
  Passage(std::uint64_t before, std::uint64_t at, std::uint64_t after)
      : point_(static_cast<std::uint32_t>(at) | 1U),
        beside_(before == after ? differs : static_cast<std::uint32_t>(mixed_bits(before + after)) | 1U) {}

  bool empty() const { return point_ == 0; }
  bool same_point(const Passage& other) const { return point_ == other.point_; }
  std::size_t slot(std::size_t slots) const { return (point_ >> 1U) & (slots - 1); }
  void join(const Passage& other) {
    if (beside_ != other.beside_) beside_ = differs;
  }
  bool is_node() const { return beside_ == differs; }

 private:
  static constexpr std::uint32_t differs = 0;
  std::uint32_t point_ = 0, beside_ = differs;
};

/// Calls visit(hash before, hash, hash after) for each corner of a block of rings.
template <class Visit>
void each_corner(const RingRuns& rings, std::size_t block, const Visit& visit) {
  for (std::size_t r = rings.block_begin(block); r < rings.block_begin(block + 1); ++r) {
    const auto ring = rings.ring(r);
    if (ring.empty()) continue;
    const std::uint64_t first = point_hash(ring.front());
    std::uint64_t before = point_hash(ring.back()), at = first;
    for (std::size_t k = 1; k <= ring.size(); ++k) {
      const std::uint64_t after = k < ring.size() ? point_hash(ring[k]) : first;
      visit(before, at, after);
      before = at, at = after;
    }
  }
}

/// Joins the passages of one part by their points and says of each whether it is by a node.
void judge_part(std::span<const Passage> part, std::vector<Passage>& table, std::span<std::uint8_t> is_node) {
  table.assign(std::bit_ceil(2 * part.size() + 1), Passage());
  const auto find = [&](const Passage& passage) -> Passage& {
    std::size_t slot = passage.slot(table.size());
    while (!table[slot].empty() && !table[slot].same_point(passage)) slot = (slot + 1) & (table.size() - 1);
    return table[slot];
  };
  for (const Passage& passage : part) {
    Passage& found = find(passage);
    if (found.empty()) found = passage;
    found.join(passage);
  }
  for (std::size_t i = 0; i < part.size(); ++i) is_node[i] = find(part[i]).is_node() ? 1 : 0;
}

std::vector<std::uint8_t> judge_parts(const HashPartitions& parts, std::span<const Passage> passages,
                                      int threads) {
  std::vector<std::uint8_t> is_node(passages.size());
  parallel_jobs(static_cast<int>(parts.size()), threads, [&](int i) {
    thread_local std::vector<Passage> table;
    const std::size_t part = static_cast<std::size_t>(i), begin = parts.begin(part),
                      count = parts.end(part) - begin;
    judge_part(passages.subspan(begin, count), table, std::span(is_node).subspan(begin, count));
  });
  return is_node;
}

}  // namespace

RingRuns::RingRuns(std::span<const PolygonSet* const> sets, int threads) {
  std::size_t points = 0;
  for (const PolygonSet* set : sets) points += set->points.size();
  if (points >= no_number) fail("{} corners are more than a coverage can have", points);
  for (const PolygonSet* set : sets)
    for (std::size_t r = 0; r < set->ring_count(); ++r) rings_.push_back(set->ring(r));
  clean(threads);
  divide();
}

void RingRuns::clean(int threads) {
  std::vector<std::uint8_t> unclean(rings_.size());
  parallel_ranges(rings_.size(), rings_a_job, threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) unclean[r] = has_repeats(rings_[r]) ? 1 : 0;
  });
  for (std::size_t r = 0; r < rings_.size(); ++r)
    if (unclean[r] != 0) rings_[r] = cleaned_.emplace_back(without_repeats(rings_[r]));
}

void RingRuns::divide() {
  for (const auto& ring : rings_) first_.push_back(first_.back() + static_cast<std::uint32_t>(ring.size()));
  for (std::size_t r = 0; r < rings_.size(); ++r)
    if (first_[r + 1] - first_[block_begin_.back()] >= corners_a_block) block_begin_.push_back(r + 1);
  if (block_begin_.back() < rings_.size()) block_begin_.push_back(rings_.size());
}

std::vector<std::uint8_t> find_nodes(const RingRuns& rings, int threads) {
  HashPartitions parts(rings.corner_count(), rings.block_count());
  const auto each_block = [&](const auto& work) {
    parallel_jobs(static_cast<int>(rings.block_count()), threads,
                  [&](int b) { work(static_cast<std::size_t>(b)); });
  };
  each_block([&](std::size_t block) {
    const auto counts = parts.counts(block);
    each_corner(rings, block, [&](auto, std::uint64_t at, auto) { ++counts[parts.part_of(at)]; });
  });
  parts.place();
  std::vector<Passage> passages(rings.corner_count());
  each_block([&](std::size_t block) {
    std::vector<std::uint32_t> next = parts.places(block);
    each_corner(rings, block, [&](std::uint64_t before, std::uint64_t at, std::uint64_t after) {
      passages[next[parts.part_of(at)]++] = Passage(before, at, after);
    });
  });
  const std::vector<std::uint8_t> judged = judge_parts(parts, passages, threads);
  std::vector<std::uint8_t> is_node(rings.corner_count());
  each_block([&](std::size_t block) {
    std::vector<std::uint32_t> next = parts.places(block);
    std::size_t corner = rings.first_corner(rings.block_begin(block));
    each_corner(rings, block,
                [&](auto, std::uint64_t at, auto) { is_node[corner++] = judged[next[parts.part_of(at)]++]; });
  });
  return is_node;
}

}  // namespace battlemap::geo
