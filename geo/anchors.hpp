#pragma once
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

#include "geo/geometry.hpp"

namespace battlemap::geo {

/// Where a cell's name stands: its pole of inaccessibility, and how far that is from the outline.
struct Anchor {
  Point at;          ///< projected metres
  float radius = 0;  ///< metres
};

/// The anchors of a coverage that were asked for so far. Most never are: a picture of a country names a few hundred of
/// its villages. Thread-safe for reading and keeping; two threads that find the same anchor find the same numbers.
class Anchors {
 public:
  Anchors() = default;
  explicit Anchors(std::size_t count) : slots_(count > 0 ? std::make_unique<Slot[]>(count) : nullptr), count_(count) {}
  /// All of them are known, in memory that somebody else keeps.
  explicit Anchors(std::span<const Anchor> known) : known_(known) {}
  Anchors(const Anchors& other) : Anchors(other.count_) {
    known_ = other.known_;
    copy(other);
  }
  Anchors& operator=(const Anchors& other) {
    if (this != &other) *this = Anchors(other);
    return *this;
  }
  Anchors(Anchors&&) noexcept = default;
  Anchors& operator=(Anchors&&) noexcept = default;

  /// The anchor of cell `i`, which `find()` gives the first time.
  template <class Find>
  Anchor get(std::size_t i, const Find& find) const {
    if (i < known_.size()) return known_[i];
    if (i >= count_) return find();
    Slot& slot = slots_[i];
    if (const float radius = slot.radius.load(std::memory_order_acquire); radius >= 0)
      return {{slot.x.load(std::memory_order_relaxed), slot.y.load(std::memory_order_relaxed)}, radius};
    const Anchor found = find();
    slot.x.store(found.at.x, std::memory_order_relaxed), slot.y.store(found.at.y, std::memory_order_relaxed);
    slot.radius.store(found.radius, std::memory_order_release);
    return found;
  }

 private:
  struct Slot {
    std::atomic<double> x{0}, y{0};
    std::atomic<float> radius{-1};  ///< below 0: not asked for yet
  };
  void copy(const Anchors& other) {
    for (std::size_t i = 0; i < count_; ++i) {
      const float radius = other.slots_[i].radius.load(std::memory_order_acquire);
      slots_[i].x = other.slots_[i].x.load(), slots_[i].y = other.slots_[i].y.load(), slots_[i].radius = radius;
    }
  }
  std::unique_ptr<Slot[]> slots_;
  std::size_t count_ = 0;
  std::span<const Anchor> known_;
};

}  // namespace battlemap::geo
