#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "geo/toml_reader.hpp"

namespace battlemap::render {

/// What a symbol looks like. The first ones are plain shapes of equal visual weight, told apart at 2 mm; from
/// `seat` on they are pictures for places: a badge with a white glyph, or a sign users know from hand-drawn
/// maps.
enum class Shape : std::uint8_t {
  circle,
  square,
  triangle,
  triangle_down,
  diamond,
  pentagon,
  hexagon,
  star,
  plus,
  cross,
  bar,
  house,
  half_circle,
  ring,
  seat,
  group,
  clinic,
  school,
  book,
  bolt,
  drop,
  road,
  coin,
  cart,
  wheat,
  sun,
  signal,
  people,
  leaf,
  factory,
  toilet,
  flag
};
inline constexpr int shape_count = 32;
/// Plain shapes come first: those that stay apart when small, in the order in which they are handed out.
inline constexpr int plain_shape_count = 12;

std::string_view shape_id(Shape shape);
/// nullopt for a word that is no shape.
std::optional<Shape> find_shape(std::string_view word);
/// The key's value as a shape; fails offering the nearest.
Shape read_shape(const geo::TomlTable& table, std::string_view key);
Shape read_shape(const geo::TomlTable& table, std::string_view key, Shape fallback);

}  // namespace battlemap::render
