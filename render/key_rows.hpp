#pragma once
#include <array>
#include <vector>

#include "render/id_buffer.hpp"
#include "render/window_weights.hpp"

namespace battlemap::render {

/// The sample rows around a pixel row as keys, every second sample; decoded once as the pixel rows go down.
class KeyRows {
 public:
  /// For pixels [left, right) of a tile.
  void begin(const IdBuffer& ids, const std::vector<std::uint32_t>& keys, int left, int right) {
    ids_ = &ids, keys_ = &keys, left_ = left - 1;
    pixels_ = static_cast<std::size_t>(right - left_) + 1;
    padded_ = pixels_ + pixels_at_once;
    samples_.assign(2 * window_side * padded_, 0);
    row_.fill(nothing);
  }

  WindowRows around(int y) {
    WindowRows rows;
    for (int r = 0; r < window_side; ++r) {
      const std::uint32_t* const first = decoded(2 * y - 2 + r) - left_;
      rows.even[static_cast<std::size_t>(r)] = first, rows.odd[static_cast<std::size_t>(r)] = first + padded_;
    }
    return rows;
  }
  std::uint32_t reference(int x, int y) { return decoded(2 * y)[x - left_]; }

 private:
  static constexpr int nothing = -(1 << 30);

  std::uint32_t* decoded(int j) {
    const auto slot = static_cast<std::size_t>(((j % window_side) + window_side) % window_side);
    std::uint32_t* const even = samples_.data() + 2 * slot * padded_;
    if (row_[slot] != j) decode(j, even, even + padded_), row_[slot] = j;
    return even;
  }
  void decode(int j, std::uint32_t* even, std::uint32_t* odd) const {
    const auto* id = ids_->ids.data() + static_cast<std::ptrdiff_t>(j + 2 * ids_->margin) * ids_->width +
                     2 * (left_ + ids_->margin);
    const auto* const keys = keys_->data();
    const auto none = static_cast<std::uint32_t>(keys_->size() - 1);
    for (std::size_t x = 0; x < pixels_; ++x, id += 2) {
      even[x] = keys[std::min(id[0] & ~id_water, none)];
      odd[x] = keys[std::min(id[1] & ~id_water, none)];
    }
  }

  const IdBuffer* ids_ = nullptr;
  const std::vector<std::uint32_t>* keys_ = nullptr;
  int left_ = 0;
  std::size_t pixels_ = 0, padded_ = 0;
  std::vector<std::uint32_t> samples_;
  std::array<int, window_side> row_{};
};

}  // namespace battlemap::render
