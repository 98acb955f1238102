#include "render/cell_keys.hpp"

#include <algorithm>
#include <bit>

namespace battlemap::render {
namespace {

constexpr std::uint32_t unnumbered = 0xFFFFFFFFU;

/// Numbers the groups of one level within their parents, as they are met.
class Numbering {
 public:
  /// `group`: geo::npos for none, which is a group as well. Returns the number within `parent`.
  std::uint32_t number(std::uint32_t group, std::uint32_t parent) {
    auto& known = at(numbers_, group, unnumbered);
    if (known == unnumbered) known = at(counts_, parent, 0)++;
    most_ = std::max(most_, known);
    return known;
  }
  /// For things that are all different.
  std::uint32_t next(std::uint32_t parent) {
    const std::uint32_t number = at(counts_, parent, 0)++;
    most_ = std::max(most_, number);
    return number;
  }
  int bits() const { return std::bit_width(most_); }

 private:
  /// Place 0 is that of npos.
  static std::uint32_t& at(std::vector<std::uint32_t>& list, std::uint32_t index, std::uint32_t fill) {
    const std::size_t place = index == geo::npos ? 0 : std::size_t{index} + 1;
    if (place >= list.size()) list.resize(std::max(place + 1, list.size() * 2), fill);
    return list[place];
  }
  std::vector<std::uint32_t> numbers_, counts_;
  std::uint32_t most_ = 0;
};

}  // namespace

CellKeys cell_keys(const geo::Coverage& coverage) {
  constexpr std::size_t finest = geo::level_count - 1;
  std::array<Numbering, geo::level_count> numbering;
  std::vector<std::array<std::uint32_t, geo::level_count>> fields(coverage.ancestry.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto& ancestry = coverage.ancestry[i];
    for (std::size_t l = 0; l < finest; ++l)
      fields[i][l] = numbering[l].number(ancestry[l], l == 0 ? 0 : ancestry[l - 1]);
    fields[i][finest] = numbering[finest].next(ancestry[finest - 1]);
  }
  CellKeys keys;
  for (std::size_t l = geo::level_count; l-- > 0;)
    keys.shift[l] = keys.bits, keys.bits += numbering[l].bits();
  ++keys.bits;
  if (!keys.fit()) return keys;
  keys.of.assign(fields.size() + 1, 0);
  for (std::size_t i = 0; i < fields.size(); ++i)
    for (std::size_t l = 0; l < geo::level_count; ++l) keys.of[i] |= fields[i][l] << keys.shift[l];
  keys.of.back() = 1U << (keys.bits - 1);
  return keys;
}

}  // namespace battlemap::render
