#include "render/colour_lookup.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "render/cell_keys.hpp"
#include "render/parallel.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t keys_a_job = 1U << 16;

/// Which of the flags that outlines depend on differ from cell to cell.
std::uint32_t flags_used(const std::vector<std::uint32_t>& table) {
  std::uint32_t used = 0;
  for (std::size_t i = 0; i + 1 < table.size(); ++i) used |= table[i];
  return used & (bit_muted | bit_hovered | bit_selected);
}

void put_blue_first(ColourLookup& lookup) {
  geo::parallel_ranges(lookup.table.size(), keys_a_job, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      std::uint32_t& e = lookup.table[i];
      e = (e & 0xFF00FF00U) | (e & 0xFFU) << 16 | (e >> 16 & 0xFFU);
    }
  });
  for (Colour& c : lookup.lines.colour) std::swap(c.r, c.b);
  for (Colour* c : {&lookup.water, &lookup.hatch}) std::swap(c->r, c->b);
}

/// A number of all that outlines depend on besides ids: their widths, and the cells that are muted, hovered or selected.
std::uint64_t outlines_number(const ColourLookup& lookup) {
  constexpr std::uint64_t prime = 0x100000001B3;  // FNV-1a
  std::uint64_t number = 0xCBF29CE484222325;
  const auto add = [&](std::uint64_t v) { number = (number ^ v) * prime; };
  for (const float width : lookup.lines.width) add(std::bit_cast<std::uint32_t>(width));
  const std::uint32_t flags = flags_used(lookup.table);
  for (std::size_t i = 0; flags != 0 && i < lookup.table.size(); ++i)
    if (const std::uint32_t bits = lookup.table[i] & flags; bits != 0) add(i << 32 | bits);
  return number;
}

/// Bits of the levels whose outline is wide, and of all that is beyond levels.
std::uint32_t special_bits(const ColourLookup& lookup, const CellKeys& keys, int flags) {
  const auto from = [](int bit) { return bit >= 32 ? 0U : ~0U << bit; };
  std::uint32_t special = ((1U << flags) - 1) | from(keys.bits + flags - 1);
  for (std::size_t l = 0; l < geo::level_count; ++l) {
    const int end = l == 0 ? keys.bits + flags - 1 : lookup.shift[l - 1];
    if (lookup.lines.width[l] > thin_outline) special |= from(lookup.shift[l]) & ~from(end);
  }
  return special;
}

void add_keys(const CellKeys& keys, ColourLookup& lookup) {
  const std::uint32_t used = flags_used(lookup.table);
  const int flags = std::popcount(used);
  if (!keys.fit(flags) || keys.of.size() != lookup.table.size()) return;
  lookup.keys.resize(keys.of.size());
  for (std::size_t l = 0; l < geo::level_count; ++l) lookup.shift[l] = keys.shift[l] + flags;
  lookup.muted = (used & bit_muted) ? 1U : 0U;
  const std::uint32_t hovered = used & bit_hovered, selected = used & bit_selected;
  geo::parallel_ranges(keys.of.size(), keys_a_job, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t e = lookup.table[i];
      std::uint32_t bits = 0;  // the highest first
      if (selected) bits = bits << 1 | ((e & selected) != 0);
      if (hovered) bits = bits << 1 | ((e & hovered) != 0);
      if (lookup.muted) bits = bits << 1 | ((e & bit_muted) != 0);
      lookup.keys[i] = keys.of[i] << flags | bits;
    }
  });
  lookup.special = special_bits(lookup, keys, flags);
}

}  // namespace

ColourLookup colour_lookup(const MapLayer& map, ByteOrder order) {
  ColourLookup lookup;
  lookup.table = cell_table(map.style, map.coverage ? map.coverage->size() : 0);
  lookup.lines = outline_style(map.style, lookup.table);
  lookup.water = map.style.water, lookup.hatch = map.style.hatch;
  if (order == ByteOrder::bgra) put_blue_first(lookup);
  if (map.coverage) add_keys(*cell_keys(map.coverage), lookup);
  lookup.outlines = outlines_number(lookup);
  return lookup;
}

}  // namespace battlemap::render
