#include "geo/arc_neighbours.hpp"

#include <algorithm>
#include <bit>

#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t groups_at_once = 4096;

/// The numbers of some arcs among those.
class SomeArcs {
 public:
  SomeArcs(std::span<const std::uint32_t> refs, std::size_t all) : bits_((all + 63) / 64), before_(bits_.size()) {
    for (const std::uint32_t ref : refs) bits_[ref / 128] |= std::uint64_t{1} << (ref / 2 % 64);
    for (std::size_t w = 0; w < bits_.size(); ++w)
      before_[w] = count_, count_ += static_cast<std::uint32_t>(std::popcount(bits_[w]));
  }
  std::size_t place_of(std::uint32_t arc) const {
    const std::uint64_t below = (std::uint64_t{1} << (arc % 64)) - 1;
    return before_[arc / 64] + static_cast<std::size_t>(std::popcount(bits_[arc / 64] & below));
  }
  std::vector<std::uint32_t> all() const {
    std::vector<std::uint32_t> arcs;
    arcs.reserve(count_);
    for (std::size_t w = 0; w < bits_.size(); ++w)
      for (std::uint64_t bits = bits_[w]; bits != 0; bits &= bits - 1)
        arcs.push_back(static_cast<std::uint32_t>(w * 64) + static_cast<std::uint32_t>(std::countr_zero(bits)));
    return arcs;
  }

 private:
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> before_;  ///< how many bits are set in the words before
  std::uint32_t count_ = 0;
};

/// Exteriors run counter-clockwise and holes clockwise: a cell lies on the left of its rings. `place_of(arc)`: in `sides`. False when
/// two claim one side.
template <class PlaceOf>
bool find_sides(const ArcRings& rings, const PlaceOf& place_of, std::vector<ArcSides>& sides) {
  bool partition = true;
  for (std::uint32_t i = 0; i < rings.size(); ++i)
    for (std::uint32_t r = rings.polygon_begin[i]; r < rings.polygon_begin[i + 1]; ++r)
      for (const std::uint32_t ref : rings.ring(r)) {
        ArcSides& beside = sides[place_of(ref / 2)];
        std::uint32_t& side = ref % 2 == 0 ? beside.left : beside.right;
        partition = partition && side == npos;
        side = i;
      }
  return partition;
}

}  // namespace

FoundArcNeighbours arc_neighbours(const ArcRings& rings, const ArcLines& lines, const Grid& grid, std::span<const Box> cells) {
  FoundArcNeighbours found;
  if (rings.refs.size() < lines.size() / 2) {  // a level of few, large cells
    const SomeArcs some(rings.refs, lines.size());
    found.arcs = some.all();
    found.sides.resize(found.arcs.size());
    found.partition = find_sides(rings, [&](std::uint32_t arc) { return some.place_of(arc); }, found.sides);
  } else {
    found.sides.resize(lines.size());
    found.partition = find_sides(rings, [](std::uint32_t arc) { return arc; }, found.sides);
  }
  const std::size_t count = found.sides.size();
  found.reach.resize((count + ArcNeighbours::group - 1) / ArcNeighbours::group);
  const auto add = [&](std::size_t k, Box& box) {
    const auto [left, right] = found.sides[k];
    if (left == npos && right == npos) return;
    for (const GridPoint p : lines.line(found.arcs.empty() ? k : found.arcs[k])) box.add(grid.at(p));
    for (const std::uint32_t side : {left, right})
      if (side != npos) box.max_x = std::max(box.max_x, cells[side].max_x);
  };
  parallel_ranges(found.reach.size(), groups_at_once, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      for (std::size_t k = i * ArcNeighbours::group; k < std::min((i + 1) * ArcNeighbours::group, count); ++k)
        add(k, found.reach[i]);
  });
  return found;
}

}  // namespace battlemap::geo
