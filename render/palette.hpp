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
  std::vector<Colour> light;    ///< for paper: low to high, sequential ramps get darker
  std::vector<Colour> dark;     ///< for the wall: low to high, sequential ramps get lighter
  bool colour_blind_safe = false;
  bool print_safe = false;
  /// `count` colours (1..9) from the ramp: interpolated in CIELAB for sequential and diverging, the first
  /// `count` for qualitative.
  std::vector<Colour> pick(int count, bool dark_theme) const;
};

class Palettes {
 public:
  /// Throws geo::Error with file, line and the nearest known key.
  explicit Palettes(const std::filesystem::path& toml);
  /// Throws geo::UsageError offering the nearest ids.
  const Palette& get(std::string_view id) const;
  const std::vector<Palette>& all() const { return palettes_; }

 private:
  std::vector<Palette> palettes_;
};

}  // namespace battlemap::render
