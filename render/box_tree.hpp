#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "geo/geometry.hpp"

namespace battlemap::render {

/// Boxes of consecutive things, and of consecutive groups of those, and so on: finds the groups near a place.
/// Things that follow each other had better be neighbours.
class BoxTree {
 public:
  static constexpr std::size_t group = 16;

  BoxTree() = default;
  /// `boxes`: one for each group of `group` things, the last of which may be short.
  BoxTree(std::vector<geo::Box> boxes, std::size_t things) : things_(things) {
    levels_.push_back(std::move(boxes));
    while (levels_.back().size() > group) levels_.push_back(parents(levels_.back()));
  }

  /// Around all of them.
  geo::Box all() const {
    geo::Box box;
    if (things_ > 0)
      for (const geo::Box& part : levels_.back()) box.add(part);
    return box;
  }

  /// Calls `found(first, last)` for groups of things, in order, whose boxes and those above are
  /// `wanted(box)`.
  template <class Wanted, class Found>
  void visit(const Wanted& wanted, const Found& found) const {
    if (things_ > 0) visit(levels_.size() - 1, 0, levels_.back().size(), wanted, found);
  }

 private:
  static std::vector<geo::Box> parents(const std::vector<geo::Box>& boxes) {
    std::vector<geo::Box> out((boxes.size() + group - 1) / group);
    for (std::size_t i = 0; i < boxes.size(); ++i) out[i / group].add(boxes[i]);
    return out;
  }

  template <class Wanted, class Found>
  void visit(std::size_t level, std::size_t first, std::size_t last, const Wanted& wanted,
             const Found& found) const {
    for (std::size_t i = first; i < last; ++i) {
      if (!wanted(levels_[level][i])) continue;
      const std::size_t below = level == 0 ? things_ : levels_[level - 1].size();
      const std::size_t begin = i * group, end = std::min(begin + group, below);
      if (level == 0)
        found(begin, end);
      else
        visit(level - 1, begin, end, wanted, found);
    }
  }

  std::size_t things_ = 0;
  std::vector<std::vector<geo::Box>> levels_;  ///< finest first
};

}  // namespace battlemap::render
