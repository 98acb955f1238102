#include "render/symbols.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "render/shape_geometry.hpp"
#include "render/signs.hpp"

namespace battlemap::render {
namespace {

constexpr double pi = std::numbers::pi;
constexpr float halo_share = 0.24F;     // of the radius
constexpr float least_halo = 1.0F;      // px
constexpr float outline_share = 0.36F;  // of hollow shapes
constexpr float ring_gap = 0.3F, ring_share = 0.3F;
constexpr float progress_gap = 0.34F, progress_share = 0.34F;
constexpr float badge = 1.22F;  // half a sign's side, over the radius
constexpr double most_wedge = 0.9 * pi;
constexpr float dots_reach = 1.24F;  // a ring of dots reaches a little further: its middle is empty
constexpr float dots_touch = 0.96F;  // of the size at which neighbouring dots touch

float halo_of(float radius) {
  return std::max(least_halo, radius * halo_share);
}

bool is_sign(Shape shape) {
  return shape >= Shape::clinic;
}

bool is_round(Shape shape) {
  return shape == Shape::circle || shape == Shape::half_circle || shape == Shape::ring ||
         shape == Shape::group || shape == Shape::seat;
}

bool is_dots(const SymbolLook& look) {
  return look.dots && look.parts.size() > 1;
}

/// Reach of the body: without halo, ring and progress.
float body_reach(const SymbolLook& look) {
  if (is_dots(look)) return dots_reach;
  if (!look.parts.empty() || look.shape == Shape::circle) return 1;
  if (is_sign(look.shape)) return badge * 1.3F;
  if (look.shape == Shape::seat) return 1.25F;
  return is_round(look.shape) ? 1 : shape_reach(look.shape);
}

void add_pieces(Layer& layer, Shape shape, float grow, Vec2 centre, float radius, Colour fill) {
  for (ConvexPoints& piece : shape_pieces(shape, grow)) {
    for (Vec2& p : piece) p = {centre.x + p.x * radius, centre.y + p.y * radius};
    layer.items.emplace_back(ConvexItem{std::move(piece), fill});
  }
}

void add_circle(Layer& layer, Vec2 centre, float radius, Colour fill, Colour stroke, float width) {
  layer.items.emplace_back(CircleItem{centre, radius - width / 2, fill, stroke, width});
}

void add_badge(Layer& layer, Vec2 centre, float half, Colour fill) {
  RectItem rect;
  rect.rect = {centre.x - half, centre.y - half, 2 * half, 2 * half};
  rect.radius = half * 0.36F, rect.fill = fill;
  layer.items.emplace_back(rect);
}

void add_halo(Layer& layer, const SymbolLook& look, Vec2 centre, float radius) {
  const float halo = halo_of(radius);
  if (look.ring || look.progress) return add_disc(layer, centre, symbol_reach(look, radius), look.halo);
  if (is_sign(look.shape)) return add_badge(layer, centre, radius * badge + halo, look.halo);
  if (!look.parts.empty() || is_round(look.shape))
    return add_disc(layer, centre, body_reach(look) * radius + halo, look.halo);
  add_pieces(layer, look.shape, halo / radius, centre, radius, look.halo);
}

void add_round(Layer& layer, const SymbolLook& look, Vec2 centre, float radius) {
  const float line = std::max(1.2F, radius * outline_share);
  switch (look.shape) {
    case Shape::seat:
      add_circle(layer, centre, radius * 1.25F, look.inside, look.fill, std::max(1.2F, radius * 0.2F));
      return add_disc(layer, centre, radius * 0.68F, look.fill);
    case Shape::group:
    case Shape::ring:
      return add_circle(layer, centre, radius, look.inside, look.fill, line);
    case Shape::half_circle:
      add_circle(layer, centre, radius, look.inside, look.fill, line * 0.7F);
      return look.hollow ? void() : add_sector(layer, centre, radius, pi, 2 * pi, look.fill);
    default:
      break;
  }
  if (look.hollow) return add_circle(layer, centre, radius, look.inside, look.fill, line);
  add_disc(layer, centre, radius, look.fill);
}

void add_wedges(Layer& layer, const SymbolLook& look, Vec2 centre, float radius) {
  const double step = 2 * pi / static_cast<double>(look.parts.size());
  for (std::size_t i = 0; i < look.parts.size(); ++i)
    add_sector(layer, centre, radius, step * static_cast<double>(i), step * static_cast<double>(i + 1),
               look.parts[i]);
  if (look.parts.size() < 2) return;
  for (std::size_t i = 0; i < look.parts.size(); ++i) {  // the ground between them
    const auto angle = static_cast<float>(step * static_cast<double>(i));
    layer.items.emplace_back(
        LineItem{{centre, {centre.x + radius * std::sin(angle), centre.y - radius * std::cos(angle)}},
                 std::max(0.7F, radius * 0.1F),
                 look.halo});
  }
  if (look.hollow) add_disc(layer, centre, radius * 0.42F, look.inside);
}

/// One dot for each part around the centre, the first on top, clockwise; as large as leaves them apart.
void add_dots(Layer& layer, const SymbolLook& look, Vec2 centre, float radius) {
  const auto count = static_cast<double>(look.parts.size());
  const double half = std::sin(pi / count) * dots_touch;  // a dot's radius where the ring's is 1
  const auto ring = static_cast<float>(radius * dots_reach / (1 + half));
  const float dot = ring * static_cast<float>(half);
  for (std::size_t i = 0; i < look.parts.size(); ++i) {
    const auto angle = static_cast<float>(2 * pi * static_cast<double>(i) / count);
    const Vec2 at{centre.x + ring * std::sin(angle), centre.y - ring * std::cos(angle)};
    add_disc(layer, at, dot, look.parts[i]);
    if (look.hollow) add_disc(layer, at, dot * 0.45F, look.inside);
  }
}

void add_body(Layer& layer, const SymbolLook& look, Vec2 centre, float radius) {
  if (is_dots(look)) return add_dots(layer, look, centre, radius);
  if (!look.parts.empty()) return add_wedges(layer, look, centre, radius);
  if (is_round(look.shape)) return add_round(layer, look, centre, radius);
  if (is_sign(look.shape)) {
    add_badge(layer, centre, radius * badge, look.fill);
    if (look.hollow) {
      add_badge(layer, centre, radius * (badge - 0.2F), look.inside);
      return add_sign(layer, look.shape, centre, radius * badge * 0.68F, look.fill, look.inside);
    }
    return add_sign(layer, look.shape, centre, radius * badge * 0.72F, look.inside, look.fill);
  }
  add_pieces(layer, look.shape, 0, centre, radius, look.fill);
  if (look.hollow)
    add_pieces(layer, look.shape, -std::max(outline_share, 1.1F / radius), centre, radius, look.inside);
}

void add_progress(Layer& layer, const SymbolLook& look, Vec2 centre, float radius) {
  const float width = std::max(1.2F, radius * progress_share);
  const float at = body_reach(look) * radius + radius * progress_gap;
  layer.items.emplace_back(CircleItem{centre, at, {0, 0, 0, 0}, mix(look.inside, look.fill, 0.22), width});
  const double share = std::clamp(*look.progress, 0.0, 1.0);
  if (share <= 0) return;
  LineItem arc{{}, width, look.fill};
  const int steps = std::max(2, static_cast<int>(share * 48));
  for (int i = 0; i <= steps; ++i) {
    const auto angle = static_cast<float>(2 * pi * share * i / steps);
    arc.points.push_back({centre.x + at * std::sin(angle), centre.y - at * std::cos(angle)});
  }
  layer.items.emplace_back(std::move(arc));
}

}  // namespace

SymbolLook faded(SymbolLook look, Colour ground, double share) {
  look.fill = mix(look.fill, ground, share);
  for (Colour& part : look.parts) part = mix(part, ground, share);
  return look;
}

float symbol_reach(const SymbolLook& look, float radius) {
  float reach = body_reach(look) * radius;
  if (look.progress) reach += radius * (progress_gap + progress_share / 2);
  if (look.ring) reach += radius * (ring_gap + ring_share);
  return reach + halo_of(radius);
}

void add_disc(Layer& layer, Vec2 centre, float radius, Colour fill) {
  layer.items.emplace_back(CircleItem{centre, radius, fill});
}

void add_sector(Layer& layer, Vec2 centre, float radius, double from, double to, Colour fill) {
  if (to - from >= 2 * pi - 1e-6) return add_disc(layer, centre, radius, fill);
  const int pieces = std::max(1, static_cast<int>(std::ceil((to - from) / most_wedge)));
  for (int piece = 0; piece < pieces; ++piece) {
    const double first = from + (to - from) * piece / pieces,
                 last = from + (to - from) * (piece + 1) / pieces;
    const int steps = std::max(
        1, static_cast<int>(std::ceil((last - first) * std::sqrt(static_cast<double>(radius)) * 1.2)));
    ConvexItem item{{centre}, fill};
    for (int i = 0; i <= steps; ++i) {
      const double angle = first + (last - first) * i / steps;
      item.points.push_back({centre.x + radius * static_cast<float>(std::sin(angle)),
                             centre.y - radius * static_cast<float>(std::cos(angle))});
    }
    layer.items.emplace_back(std::move(item));
  }
}

void add_symbol(Layer& layer, const SymbolLook& look, Vec2 centre, float radius) {
  add_halo(layer, look, centre, radius);
  add_body(layer, look, centre, radius);
  if (look.progress) add_progress(layer, look, centre, radius);
  if (look.ring) {
    const float width = std::max(1.2F, radius * ring_share);
    const float at = symbol_reach(look, radius) - halo_of(radius) - width / 2;
    layer.items.emplace_back(CircleItem{centre, at, {0, 0, 0, 0}, *look.ring, width});
  }
}

}  // namespace battlemap::render
