#pragma once
#include <optional>
#include <vector>

#include "render/shapes.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// A symbol as it is painted. All colours opaque.
struct SymbolLook {
  Shape shape = Shape::circle;
  Colour fill;
  std::vector<Colour> parts;  ///< several: wedges of the symbol in these colours instead of `fill`
  bool dots = false;          ///< several: a ring of dots in these colours, not wedges
  Colour halo;                ///< keeps it apart from its ground and its neighbours
  Colour inside;              ///< of hollow shapes, glyphs of signs, the empty part of a progress ring
  bool hollow = false;
  std::optional<Colour> ring;      ///< a ring around it
  std::optional<double> progress;  ///< 0..1: an arc around it in `fill`
};

/// The look after stepping back by `share` (0..1) towards the ground.
SymbolLook faded(SymbolLook look, Colour ground, double share);

/// How far the symbol reaches from its centre, halo and rings included; `radius`: of a circle of its weight.
float symbol_reach(const SymbolLook& look, float radius);
/// Appends the symbol's items.
void add_symbol(Layer& layer, const SymbolLook& look, Vec2 centre, float radius);
/// A sector from angle `from` to `to` (radians, 0 is up, clockwise) in pieces that are convex.
void add_sector(Layer& layer, Vec2 centre, float radius, double from, double to, Colour fill);
/// A round dot or circle with an even outline.
void add_disc(Layer& layer, Vec2 centre, float radius, Colour fill);

}  // namespace battlemap::render
