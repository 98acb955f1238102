#include "render/cell_keys.hpp"

#include <algorithm>
#include <bit>

#include "render/coverage_memo.hpp"
#include "render/parallel.hpp"

namespace battlemap::render {
namespace {

constexpr std::uint32_t unnumbered = 0xFFFFFFFFU;
constexpr std::size_t cells_at_a_time = 32768;

/// Numbers the groups of one level within their parents, as they are met.
class Numbering {
 public:
  /// Gives a group its number within `parent`, if it has none yet. `group`: geo::npos for none, which is a group as well.
  void number(std::uint32_t group, std::uint32_t parent) {
    if (group == last_ && !numbers_.empty()) return;  // neighbours are mostly of one
    last_ = group;
    auto& known = at(numbers_, group, unnumbered);
    if (known == unnumbered) known = at(counts_, parent, 0)++;
    most_ = std::max(most_, known);
  }
  /// For things that are all different.
  std::uint32_t next(std::uint32_t parent) {
    const std::uint32_t number = at(counts_, parent, 0)++;
    most_ = std::max(most_, number);
    return number;
  }
  /// The number that group was given.
  std::uint32_t known(std::uint32_t group) const { return numbers_[group == geo::npos ? 0 : std::size_t{group} + 1]; }
  int bits() const { return std::bit_width(most_); }

 private:
  /// Place 0 is that of npos.
  static std::uint32_t& at(std::vector<std::uint32_t>& list, std::uint32_t index, std::uint32_t fill) {
    const std::size_t place = index == geo::npos ? 0 : std::size_t{index} + 1;
    if (place >= list.size()) list.resize(std::max(place + 1, list.size() * 2), fill);
    return list[place];
  }
  std::vector<std::uint32_t> numbers_, counts_;
  std::uint32_t most_ = 0, last_ = 0;
};

}  // namespace

CellKeys cell_keys(const geo::Coverage& coverage) {
  constexpr std::size_t finest = geo::level_count - 1;
  const auto ancestry = coverage.ancestry.view();
  std::array<Numbering, geo::level_count> numbering;
  CellKeys keys;
  keys.of.resize(ancestry.size() + 1);
  for (std::size_t i = 0; i < ancestry.size(); ++i) {
    for (std::size_t l = 0; l < finest; ++l) numbering[l].number(ancestry[i][l], l == 0 ? 0 : ancestry[i][l - 1]);
    keys.of[i] = numbering[finest].next(ancestry[i][finest - 1]);
  }
  for (std::size_t l = geo::level_count; l-- > 0;)
    keys.shift[l] = keys.bits, keys.bits += numbering[l].bits();
  ++keys.bits;
  if (!keys.fit()) {
    keys.of.clear();
    return keys;
  }
  geo::parallel_ranges(ancestry.size(), cells_at_a_time, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      std::uint32_t key = keys.of[i] << keys.shift[finest];
      for (std::size_t l = 0; l < finest; ++l) key |= numbering[l].known(ancestry[i][l]) << keys.shift[l];
      keys.of[i] = key;
    }
  });
  keys.of.back() = 1U << (keys.bits - 1);
  return keys;
}

std::shared_ptr<const CellKeys> cell_keys(const std::shared_ptr<const geo::Coverage>& coverage) {
  static CoverageMemo<CellKeys> memo;
  return memo.get(coverage, nullptr, [&] { return std::make_shared<const CellKeys>(cell_keys(*coverage)); });
}

}  // namespace battlemap::render
