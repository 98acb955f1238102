#include "render/item_shapes.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace battlemap::render {
namespace {

constexpr float shifted_up_to = 40;       ///< px: smaller type is placed by quarters of a pixel
constexpr float shortest_segment = 0.5F;  ///< px: finer detail of a line cannot be seen

std::uint32_t packed(Colour c) {
  return c.r | static_cast<std::uint32_t>(c.g) << 8 | static_cast<std::uint32_t>(c.b) << 16 |
         static_cast<std::uint32_t>(c.a) << 24;
}

bool is_finite(Vec2 p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

Vec2 direction(Vec2 a, Vec2 b) {
  const float x = b.x - a.x, y = b.y - a.y, length = std::sqrt(x * x + y * y);
  return length > 0 ? Vec2{x / length, y / length} : Vec2{0, 0};
}

/// Points at least `shortest_segment` apart; the last one always stays.
std::vector<Vec2> thinned(const std::vector<Vec2>& points) {
  std::vector<Vec2> kept;
  for (const auto& p : points) {
    if (!is_finite(p)) continue;
    if (kept.empty() || std::hypot(p.x - kept.back().x, p.y - kept.back().y) >= shortest_segment)
      kept.push_back(p);
  }
  if (!points.empty() && is_finite(points.back())) {
    if (kept.size() > 1)
      kept.back() = points.back();
    else
      kept.push_back(points.back());
  }
  return kept;
}

/// Normal of the plane through the joint of two segments, along the line; 0 where it turns straight back.
Vec2 joint(Vec2 before, Vec2 after) {
  return direction({0, 0}, {before.x + after.x, before.y + after.y});
}

/// Visits an item.
class ShapeMaker {
 public:
  ShapeMaker(const TextEngine& text, PixelRect tile, ShapeSink& sink) : text_(text), tile_(tile), sink_(sink) {}

  void operator()(const RectItem& item) {
    const auto& r = item.rect;
    const float grow = item.stroke_width / 2 + 1;
    push({{r.x - grow, r.y - grow, r.right() + grow, r.bottom() + grow},
          {r.x, r.y, r.w, r.h},
          {item.radius, item.stroke.a ? item.stroke_width : 0, std::max(item.hatch_spacing, 1.0F),
           item.hatch_width},
          {packed(item.fill), packed(item.stroke), packed(item.hatch), rect_kind}});
  }

  void operator()(const CircleItem& item) {
    RectItem rect;
    rect.rect = {item.centre.x - item.radius, item.centre.y - item.radius, 2 * item.radius, 2 * item.radius};
    rect.radius = item.radius;
    rect.fill = item.fill, rect.stroke = item.stroke, rect.stroke_width = item.stroke_width;
    (*this)(rect);
  }

  void operator()(const LineItem& item) {
    const auto points = thinned(item.points);
    const float grow = item.width / 2 + 1.5F;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const auto a = points[i], b = points[i + 1];
      const auto along = direction(a, b);
      const auto start = i == 0 ? Vec2{} : joint(direction(points[i - 1], a), along);
      const auto end = i + 2 == points.size() ? Vec2{} : joint(along, direction(b, points[i + 2]));
      push({{std::min(a.x, b.x) - grow, std::min(a.y, b.y) - grow, std::max(a.x, b.x) + grow,
             std::max(a.y, b.y) + grow},
            {a.x, a.y, b.x, b.y},
            {start.x, start.y, end.x, end.y},
            {packed(item.colour), 0, std::bit_cast<std::uint32_t>(item.width), segment_kind}});
    }
  }

  void operator()(const ConvexItem& item) {
    if (item.points.size() < 3) return;
    Vec2 centre;
    float area = 0;
    for (std::size_t i = 0; i < item.points.size(); ++i) {
      const auto a = item.points[i], b = item.points[(i + 1) % item.points.size()];
      centre.x += a.x / static_cast<float>(item.points.size());
      centre.y += a.y / static_cast<float>(item.points.size());
      area += a.x * b.y - b.x * a.y;
    }
    for (std::size_t i = 0; i < item.points.size(); ++i) {
      auto a = item.points[i], b = item.points[(i + 1) % item.points.size()];
      if (area < 0) std::swap(a, b);  // the shader wants every wedge turning the same way
      push({{std::min({a.x, b.x, centre.x}) - 1, std::min({a.y, b.y, centre.y}) - 1,
             std::max({a.x, b.x, centre.x}) + 1, std::max({a.y, b.y, centre.y}) + 1},
            {a.x, a.y, b.x, b.y},
            {centre.x, centre.y, 0, 0},
            {packed(item.fill), 0, 0, wedge_kind}});
    }
  }

  /// The halos of all glyphs lie beneath the letters of all.
  void operator()(const TextItem& item) {
    if (!is_finite(item.origin) || !(item.style.size > 0)) return;
    const auto shaped = text_.shape(item.text, item.style);
    const auto& style = item.style;
    if (style.halo.a > 0 && style.halo_width > 0) add_glyphs(*shaped, item, style.halo_width, style.halo);
    add_glyphs(*shaped, item, 0, style.colour);
  }

  void add_glyphs(const ShapedText& shaped, const TextItem& item, float halo, Colour colour) {
    const auto& t = tile_;
    const float reach = 2 * item.style.size + halo;
    for (const auto& g : shaped.glyphs) {
      const float x = item.origin.x + g.x, y = item.origin.y + g.y;
      if (x > static_cast<float>(t.x) - reach && x < static_cast<float>(t.x + t.w) + reach &&
          y > static_cast<float>(t.y) - reach && y < static_cast<float>(t.y + t.h) + reach)
        add_glyph(g, item, halo, colour);
    }
  }

  /// Placed by the sheet's pixels, whatever the tile, so that a glyph cut by two tiles fits together.
  void add_glyph(const ShapedGlyph& glyph, const TextItem& item, float halo, Colour colour) {
    const float size = item.style.size, steps = size < shifted_up_to ? 4 : 1;
    const float pen = std::round((item.origin.x + glyph.x) * steps) / steps, left = std::floor(pen);
    const auto place = sink_.find(glyph, size, halo, pen - left);
    if (!place || place->width == 0) return;
    const float x = left + place->left, y = std::round(item.origin.y + glyph.y) + place->top;
    const auto w = static_cast<float>(place->width), h = static_cast<float>(place->height);
    push({{x, y, x + w * place->scale, y + h * place->scale},
          {x, y, static_cast<float>(place->layer), place->scale},
          {static_cast<float>(place->x), static_cast<float>(place->y), w, h},
          {packed(colour), 0, 0, glyph_kind}});
  }

 private:
  void push(const ItemShape& shape) {
    const auto& [x0, y0, x1, y1] = shape.box;
    const bool seen = x1 > static_cast<float>(tile_.x) && x0 < static_cast<float>(tile_.x + tile_.w) &&
                      y1 > static_cast<float>(tile_.y) && y0 < static_cast<float>(tile_.y + tile_.h);
    if (seen) sink_.add(shape);  // not when it holds a NaN
  }

  const TextEngine& text_;
  PixelRect tile_;
  ShapeSink& sink_;
};

}  // namespace

void make_shapes(const Item& item, const TextEngine& text, PixelRect tile, ShapeSink& sink) {
  ShapeMaker maker(text, tile, sink);
  std::visit([&](const auto& any) { maker(any); }, item);
}

PixelRect clipped_pixels(PixelRect tile, const std::optional<Rect>& rect) {
  if (!rect) return tile;
  const auto edge = [](float v, int low, int high) {
    return static_cast<int>(
        std::ceil(std::clamp(v - 0.5F, static_cast<float>(low), static_cast<float>(high))));
  };
  const int right = tile.x + tile.w, bottom = tile.y + tile.h;
  const int x = edge(rect->x, tile.x, right), y = edge(rect->y, tile.y, bottom);
  return {x, y, edge(rect->right(), x, right) - x, edge(rect->bottom(), y, bottom) - y};
}

PixelRect intersection(PixelRect a, PixelRect b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(0, std::min(a.x + a.w, b.x + b.w) - x),
          std::max(0, std::min(a.y + a.h, b.y + b.h) - y)};
}

}  // namespace battlemap::render
