#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "render/colour.hpp"

namespace battlemap::render {

enum class PaletteKind { sequential, diverging, qualitative };

/// A colour ramp (a row of palettes.toml).
struct Palette {
  std::string id;
  PaletteKind kind = PaletteKind::sequential;
  std::vector<Colour> light;  ///< for paper: low to high, sequential ramps get darker
  std::vector<Colour> dark;   ///< for the wall: low to high, sequential ramps get lighter
  bool colour_blind_safe = false;
  bool print_safe = false;         ///< told apart on a black-and-white copy (light variant)
  bool last_needs_action = false;  ///< qualitative: the last category always takes the last colour
  /// Colour at `t` (0..1) of a sequential or diverging ramp, interpolated in CIELAB.
  Colour at(double t, bool dark_theme) const;
  /// `count` colours (1..9): spread evenly over a sequential or diverging ramp; of a qualitative palette the
  /// first `count` (the last one kept for the last category where it needs action), repeating when there are
  /// more categories than colours.
  std::vector<Colour> pick(int count, bool dark_theme) const;
};

class Palettes {
 public:
  Palettes() = default;
  /// Throws geo::Error with file, line and the nearest known key.
  explicit Palettes(const std::filesystem::path& toml);
  explicit Palettes(std::vector<Palette> palettes) : palettes_(std::move(palettes)) {}
  /// Throws geo::UsageError offering the nearest ids.
  const Palette& get(std::string_view id) const;
  const std::vector<Palette>& all() const { return palettes_; }

 private:
  std::vector<Palette> palettes_;
};

}  // namespace battlemap::render
