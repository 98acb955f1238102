#include "render/theme.hpp"

#include <array>
#include <string>

#include "geo/nearest.hpp"

namespace battlemap::render {
namespace {

constexpr Colour rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U),
          static_cast<std::uint8_t>(hex), 255};
}

// Dark ground for a wall: data glow, everything else steps back.
constexpr Theme wall{
    .id = ThemeId::wall,
    .dark = true,
    .ground = rgb(0x0B1420),
    .land = rgb(0x17232F),
    .neighbour = rgb(0x101A26),
    .water = rgb(0x1B3A52),
    .river = rgb(0x35607F),
    .text = rgb(0xE8EEF4),
    .text_muted = rgb(0x9DB0C3),
    .accent = rgb(0xFFB454),
    .action = rgb(0xFF5A5F),
    .good = rgb(0x3FC1A0),
    .hatch = rgb(0x4A5D70),
    .halo = rgb(0x0B1420),
    .outline = {rgb(0xC4D0DB), rgb(0x9AA9B8), rgb(0x0B1420), rgb(0x0B1420), rgb(0x0B1420)},
};

// White paper: ink carries data; survives a black-and-white copier.
constexpr Theme paper{
    .id = ThemeId::paper,
    .dark = false,
    .ground = rgb(0xFFFFFF),
    .land = rgb(0xF6F4EF),
    .neighbour = rgb(0xECEAE4),
    .water = rgb(0xCFE3EE),
    .river = rgb(0x7FB0CC),
    .text = rgb(0x1E2328),
    .text_muted = rgb(0x5B646D),
    .accent = rgb(0xB4381F),
    .action = rgb(0xC8102E),
    .good = rgb(0x1B7F65),
    .hatch = rgb(0xA9A59B),
    .halo = rgb(0xFFFFFF),
    .outline = {rgb(0x3A4047), rgb(0x4F565E), rgb(0x7C8288), rgb(0x9A9EA3), rgb(0xAEB1B5)},
};

}  // namespace

std::string_view theme_id(ThemeId id) {
  return id == ThemeId::wall ? "wall" : "paper";
}

ThemeId parse_theme(std::string_view text) {
  if (text == "wall") return ThemeId::wall;
  if (text == "paper") return ThemeId::paper;
  const std::array<std::string, 2> known{"wall", "paper"};
  geo::fail_unknown("theme", text, known);
}

const Theme& theme(ThemeId id) {
  return id == ThemeId::wall ? wall : paper;
}

}  // namespace battlemap::render
