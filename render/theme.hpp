#pragma once
#include <string_view>

#include "render/colour.hpp"

namespace battlemap::render {

enum class ThemeId { wall, paper };
std::string_view theme_id(ThemeId id);  ///< "wall", "paper"
/// Throws geo::UsageError naming the nearest.
ThemeId parse_theme(std::string_view text);

/// Colours of everything that is not data. Wall is dark, paper light.
struct Theme {
  ThemeId id;
  bool dark;
  Colour ground, land, neighbour, water, river, text, text_muted, accent, action, good, hatch, halo;
  Colour outline[5];
};
const Theme& theme(ThemeId id);

}  // namespace battlemap::render
