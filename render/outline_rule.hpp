#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <span>

#include "render/map_layer.hpp"

namespace battlemap::render {

// Where an outline runs, found from ids alone. The C++ and the shader twin follow the same rule:
//
// A pixel whose inner 4 x 4 samples are not all of one cell looks at the 6 x 6 around its centre, weighted
// w(x) w(y) with w = 1 4 8 8 4 1. Its upper left sample is the reference. Of the boundaries in the window,
// one kind after the other from the coarsest (outside, province, ... village), samples on the reference's
// side ("in") and beyond ("out", parting from the reference at exactly that kind) give the distance of the
// boundary to the pixel's centre from the share of "in", and its normal from the two sides' centroids. Two
// samples across give steps of half a pixel; the weighted share moves between them, so a line does not show
// the steps.
//
// - Thin kinds (width <= thin_outline): the coarsest with |d| < 1 gives this pixel's alpha at once.
// - Wide kinds: the coarsest with |d| <= element_reach leaves an element, a short segment along the boundary;
//   pixels take their distance to the nearest element.
// - Selection and hover: the same with "in" = same state as the reference; always by elements.

/// Outline kinds: 0..4 the levels, province first.
enum OutlineKind : int { kind_outside = geo::level_count, kind_hover, kind_accent, kind_count };
/// Painting order.
inline constexpr std::array<int, kind_count> outline_paint_order{
    4, 3, 2, 1, 0, kind_outside, kind_hover, kind_accent};
/// Order in which boundaries are looked for: the coarsest first.
inline constexpr std::array<int, geo::level_count + 1> outline_search_order{kind_outside, 0, 1, 2, 3, 4};

inline constexpr int window_side = 6;  ///< samples
inline constexpr std::array<int, window_side> window_weight{1, 4, 8, 8, 4, 1};
inline constexpr int window_total = 26 * 26;
inline constexpr float thin_outline = 1.0F;          ///< px
inline constexpr float element_reach = 0.78F;        ///< px from the pixel's centre to its element
inline constexpr float element_half_length = 0.55F;  ///< px
inline constexpr float muted_outline = 0.4F;         ///< factor on alpha
inline constexpr float hover_outline_share = 0.6F;  ///< width of the hover outline as a share of the accent's

/// Distance in px from the window's centre to a straight boundary when the share `in` of the weights lies on
/// the centre's side; negative when it lies beyond. Fits the window's profile at 0, 0.5 and 1 px.
inline float boundary_distance(float in) {
  if (in <= 0.005F) return -2;
  if (in >= 0.995F) return 2;
  const float t = std::log(in / (1 - in));
  return t * (0.3574F - 0.00453F * t * t);
}

/// What the passes look up per cell, ready: r | g << 8 | b << 16 | bits << 24. One more entry than cells, at
/// the end: the ground.
enum CellBits : std::uint32_t {
  bit_hatched = 1U << 24,
  bit_muted = 2U << 24,
  bit_hovered = 4U << 24,
  bit_selected = 8U << 24,
  bit_no_cell = 16U << 24,
};
std::vector<std::uint32_t> cell_table(const MapStyle& style, std::size_t cells);

struct OutlineStyle {
  std::array<float, kind_count> width{};  ///< px, 0: not drawn
  std::array<Colour, kind_count> colour{};
  bool states = false;  ///< any cell hovered or selected
};
OutlineStyle outline_style(const MapStyle& style, std::span<const std::uint32_t> table);

/// Pixels from an element's pixel to the farthest pixel it can touch.
int outline_reach(const OutlineStyle& style);

}  // namespace battlemap::render
