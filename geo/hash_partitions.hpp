#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace battlemap::geo {

/// Sorts items into parts by their hashes, all cores at once: each part is then small enough for a table that
/// stays in a core's cache. The items come in blocks; count each block's, then place() them. Within a part
/// they keep their order, so a second walk over a block finds each item's place again.
class HashPartitions {
 public:
  HashPartitions(std::size_t items, std::size_t blocks)
      : bits_(static_cast<unsigned>(
            std::bit_width(std::min<std::size_t>(items / items_a_part, most_parts - 1)))),
        next_(blocks << bits_, 0),
        begin_((std::size_t{1} << bits_) + 1, 0) {}

  std::size_t size() const { return begin_.size() - 1; }
  std::size_t part_of(std::uint64_t hash) const { return bits_ == 0 ? 0 : hash >> (64 - bits_); }
  /// By part: how many items a block has; to be counted up before place().
  std::span<std::uint32_t> counts(std::size_t block) { return {next_.data() + block * size(), size()}; }
  /// Makes counts the places of each block's first items.
  void place() {
    std::uint32_t sum = 0;
    for (std::size_t part = 0; part < size(); ++part) {
      begin_[part] = sum;
      for (std::size_t at = part; at < next_.size(); at += size()) sum += std::exchange(next_[at], sum);
    }
    begin_.back() = sum;
  }
  /// By part: where the first item of a block goes.
  std::vector<std::uint32_t> places(std::size_t block) const {
    const auto from = next_.begin() + static_cast<std::ptrdiff_t>(block * size());
    return {from, from + static_cast<std::ptrdiff_t>(size())};
  }
  std::uint32_t begin(std::size_t part) const { return begin_[part]; }
  std::uint32_t end(std::size_t part) const { return begin_[part + 1]; }

 private:
  static constexpr std::size_t items_a_part = 8192, most_parts = 2048;
  unsigned bits_;
  std::vector<std::uint32_t> next_;   ///< block by block
  std::vector<std::uint32_t> begin_;  ///< of parts
};

}  // namespace battlemap::geo
