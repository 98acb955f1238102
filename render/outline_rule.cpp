#include "render/outline_rule.hpp"

#include <algorithm>

#include "render/colour_pass.hpp"
#include "render/parallel.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t cells_a_job = 1U << 16;

std::uint8_t blend(std::uint8_t under, std::uint8_t over, std::uint8_t alpha) {
  return static_cast<std::uint8_t>((under * (255 - alpha) + over * alpha + 127) / 255);
}
Colour over(Colour under, Colour c) {
  return {blend(under.r, c.r, c.a), blend(under.g, c.g, c.a), blend(under.b, c.b, c.a), 255};
}
std::uint32_t packed(Colour c) {
  return c.r | c.g << 8 | c.b << 16;
}

std::uint32_t bits_of(std::uint8_t flags) {
  return ((flags & cell_hatched) ? bit_hatched : 0U) | ((flags & cell_muted) ? bit_muted : 0U) |
         ((flags & cell_hovered) ? bit_hovered : 0U) | ((flags & cell_selected) ? bit_selected : 0U);
}

}  // namespace

std::vector<std::uint32_t> cell_table(const MapStyle& style, std::size_t cells) {
  const Colour ground = over({0, 0, 0}, style.ground);
  std::vector<std::uint32_t> table(cells + 1, packed(ground) | bit_muted | bit_no_cell);
  geo::parallel_ranges(cells, cells_a_job, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const auto flags = i < style.flags.size() ? style.flags[i] : std::uint8_t{0};
      Colour c = i < style.fill.size() ? over(ground, style.fill[i]) : ground;
      if (flags & cell_hovered) c = over(c, style.hover);
      table[i] = packed(c) | bits_of(flags);
    }
  });
  return table;
}

OutlineStyle outline_style(const MapStyle& style, std::span<const std::uint32_t> table) {
  OutlineStyle out;
  std::copy(style.outline_width.begin(), style.outline_width.end(), out.width.begin());
  std::copy(style.outline_colour.begin(), style.outline_colour.end(), out.colour.begin());
  out.width[kind_outside] = style.outside_width;
  out.colour[kind_outside] = style.outside_colour;
  out.width[kind_accent] = style.accent_width;
  out.colour[kind_accent] = style.accent;
  out.width[kind_hover] = style.accent_width * hover_outline_share;
  out.colour[kind_hover] = {style.hover.r, style.hover.g, style.hover.b, 255};
  for (auto& w : out.width) w = std::isfinite(w) ? std::clamp(w, 0.0F, 200.0F) : 0.0F;
  out.states = std::any_of(table.begin(), table.end(),
                           [](std::uint32_t t) { return (t & (bit_hovered | bit_selected)) != 0; });
  return out;
}

int outline_reach(const OutlineStyle& style) {
  float widest = 1;
  for (int k = 0; k < kind_count; ++k)
    if (k < kind_hover || style.states) widest = std::max(widest, style.width[k]);
  return static_cast<int>(std::ceil(widest / 2 + 0.5F + element_half_length + element_reach));
}

int outline_margin(const MapStyle& style) {
  // As wide as with a selection, so that selecting does not need another id buffer.
  auto lines = outline_style(style, {});
  lines.states = true;
  return outline_reach(lines) + 2;
}

}  // namespace battlemap::render
