#include "render/shape_raster.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace battlemap::render {
namespace {

/// Premultiplied, 0..1.
struct Tint {
  float r = 0, g = 0, b = 0, a = 0;
};

struct PackedColour {
  float r, g, b, a;  ///< r, g, b 0..1 times a
  explicit PackedColour(std::uint32_t c) : a(static_cast<float>(c >> 24U) / 255) {
    r = static_cast<float>(c & 255U) / 255 * a, g = static_cast<float>(c >> 8U & 255U) / 255 * a;
    b = static_cast<float>(c >> 16U & 255U) / 255 * a;
  }
  Tint covering(float share) const { return {r * share, g * share, b * share, a * share}; }
};

Tint over(Tint under, Tint top) {
  const float left = 1 - top.a;
  return {top.r + under.r * left, top.g + under.g * left, top.b + under.b * left, top.a + under.a * left};
}

/// Over an opaque pixel, rounded as OpenGL rounds into eight bits.
void blend(std::uint8_t* pixel, Tint top) {
  const float left = 1 - top.a;
  const auto mixed = [left](std::uint8_t under, float c) {
    return static_cast<std::uint8_t>(std::clamp(static_cast<float>(under) * left + c * 255 + 0.5F, 0.0F, 255.0F));
  };
  pixel[0] = mixed(pixel[0], top.r), pixel[1] = mixed(pixel[1], top.g), pixel[2] = mixed(pixel[2], top.b);
}

void fill_run(std::uint8_t* pixel, int count, Tint top) {
  if (top.a <= 0) return;
  if (top.a < 1) {
    for (int i = 0; i < count; ++i) blend(pixel + i * 4, top);
    return;
  }
  std::uint8_t one[4] = {0, 0, 0, 255};
  blend(one, top);
  for (int i = 0; i < count; ++i) std::copy_n(one, 4, pixel + i * 4);
}

float unit(float v) {
  return std::clamp(v, 0.0F, 1.0F);
}

/// Lines thinner than a pixel fade instead of vanishing.
float line_alpha(float d, float width) {
  return std::min(width, 1.0F) * unit(std::max(width, 1.0F) * 0.5F + 0.5F - d);
}

float hatch_alpha(Vec2 p, float spacing, float width) {
  const float diagonal = (p.x + p.y) * 0.70710678F;
  return line_alpha(std::abs(diagonal - spacing * std::floor(diagonal / spacing) - spacing * 0.5F), width);
}

/// Pixels whose centres lie in [low, high), within [first, last).
std::pair<int, int> pixels(float low, float high, int first, int last) {
  const auto edge = [&](float v) {
    return static_cast<int>(std::ceil(std::clamp(v - 0.5F, static_cast<float>(first), static_cast<float>(last))));
  };
  return {edge(low), edge(high)};
}

Vec2 centre_of(int x, int y) {
  return {static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
}

class RectPaint {
 public:
  explicit RectPaint(const ItemShape& s)
      : low_{s.shape[0], s.shape[1]}, size_{s.shape[2], s.shape[3]}, radius_(std::min(s.extra[0], 0.5F * std::min(size_.x, size_.y))),
        stroke_width_(s.extra[1]), spacing_(s.extra[2]), hatch_width_(s.extra[3]), fill_(s.paint[0]),
        stroke_(s.paint[1]), hatch_(s.paint[2]) {}

  Tint at(Vec2 p) const {
    const float qx = std::abs(p.x - low_.x - 0.5F * size_.x) - 0.5F * size_.x + radius_;
    const float qy = std::abs(p.y - low_.y - 0.5F * size_.y) - 0.5F * size_.y + radius_;
    const float out_x = std::max(qx, 0.0F), out_y = std::max(qy, 0.0F);
    const float d = std::sqrt(out_x * out_x + out_y * out_y) + std::min(std::max(qx, qy), 0.0F) - radius_;
    // The pixel's exact share, so that hairlines keep their weight; corners by distance.
    float inside = share(p.x, low_.x, size_.x) * share(p.y, low_.y, size_.y);
    if (radius_ > 0) inside = std::min(inside, unit(0.5F - d));
    Tint result = fill_.covering(inside);
    if (hatch_.a > 0) result = over(result, hatch_.covering(inside * hatch_alpha(p, spacing_, hatch_width_)));
    if (stroke_width_ > 0) result = over(result, stroke_.covering(line_alpha(std::abs(d), stroke_width_)));
    return result;
  }
  /// Pixels of row y deep enough inside to be all fill.
  std::pair<int, int> plain_run(int y, int first, int last) const {
    const float margin = std::max(radius_, stroke_width_ / 2) + 1.5F, middle = static_cast<float>(y) + 0.5F;
    if (hatch_.a > 0 || middle < low_.y + margin || middle > low_.y + size_.y - margin) return {first, first};
    return pixels(low_.x + margin, std::max(low_.x + margin, low_.x + size_.x - margin), first, last);
  }
  Tint plain() const { return fill_.covering(1); }

 private:
  static float share(float p, float low, float size) {
    return unit(std::min(p + 0.5F, low + size) - std::max(p - 0.5F, low));
  }
  Vec2 low_, size_;
  float radius_, stroke_width_, spacing_, hatch_width_;
  PackedColour fill_, stroke_, hatch_;
};

void paint_rect(const Raster& raster, PixelRect part, const ItemShape& shape) {
  const RectPaint rect(shape);
  const int right = part.x + part.w;
  for (int y = part.y; y < part.y + part.h; ++y) {
    const auto [first, last] = rect.plain_run(y, part.x, right);
    for (int x = part.x; x < right; ++x) {
      if (x == first && last > first) {
        fill_run(raster.at(x, y), last - first, rect.plain());
        x = last - 1;
        continue;
      }
      const Tint tint = rect.at(centre_of(x, y));
      if (tint.a > 0) blend(raster.at(x, y), tint);
    }
  }
}

void paint_segment(const Raster& raster, PixelRect part, const ItemShape& shape) {
  const Vec2 a{shape.shape[0], shape.shape[1]}, b{shape.shape[2], shape.shape[3]};
  const Vec2 start{shape.extra[0], shape.extra[1]}, end{shape.extra[2], shape.extra[3]};
  const float width = std::bit_cast<float>(shape.paint[2]);
  const PackedColour colour(shape.paint[0]);
  const Vec2 ab{b.x - a.x, b.y - a.y};
  const float squared = std::max(ab.x * ab.x + ab.y * ab.y, 1e-12F);
  const float reach = std::max(width, 1.0F) * 0.5F + 1;
  const float slope = std::abs(ab.y) > 1e-3F ? ab.x / ab.y : 0;
  const float across = std::abs(ab.y) > 1e-3F ? reach * std::sqrt(squared) / std::abs(ab.y) : 0;
  const bool ends = end.x != 0 || end.y != 0;
  for (int y = part.y; y < part.y + part.h; ++y) {
    int first = part.x, last = part.x + part.w;
    const float middle = static_cast<float>(y) + 0.5F;
    // A long slanting line touches little of its box.
    if (across > 0) {
      const float line = a.x + (middle - a.y) * slope;
      std::tie(first, last) = pixels(line - across, line + across, part.x, part.x + part.w);
    }
    for (int x = first; x < last; ++x) {
      const Vec2 p{static_cast<float>(x) + 0.5F, middle}, from_a{p.x - a.x, p.y - a.y};
      // Neighbouring segments share the plane through their joint: no pixel is painted twice.
      if (from_a.x * start.x + from_a.y * start.y < 0) continue;
      if (ends && (p.x - b.x) * end.x + (p.y - b.y) * end.y >= 0) continue;
      const float t = unit((from_a.x * ab.x + from_a.y * ab.y) / squared);
      const float dx = from_a.x - ab.x * t, dy = from_a.y - ab.y * t;
      const float alpha = line_alpha(std::sqrt(dx * dx + dy * dy), width);
      if (alpha > 0) blend(raster.at(x, y), colour.covering(alpha));
    }
  }
}

void paint_wedge(const Raster& raster, PixelRect part, const ItemShape& shape) {
  const Vec2 a{shape.shape[0], shape.shape[1]}, b{shape.shape[2], shape.shape[3]}, centre{shape.extra[0], shape.extra[1]};
  const PackedColour colour(shape.paint[0]);
  const auto cross = [](float ax, float ay, float bx, float by) { return ax * by - ay * bx; };
  const float length = std::max(std::sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)), 1e-6F);
  for (int y = part.y; y < part.y + part.h; ++y)
    for (int x = part.x; x < part.x + part.w; ++x) {
      const Vec2 p = centre_of(x, y);
      const float px = p.x - centre.x, py = p.y - centre.y;
      if (cross(a.x - centre.x, a.y - centre.y, px, py) < 0 || cross(b.x - centre.x, b.y - centre.y, px, py) >= 0)
        continue;
      const float outside = -cross(b.x - a.x, b.y - a.y, p.x - a.x, p.y - a.y) / length;
      const float share = unit(0.5F - outside);
      if (share > 0) blend(raster.at(x, y), colour.covering(share));
    }
}

/// Bitmaps lie on whole pixels at their own size.
void paint_glyph(const Raster& raster, PixelRect part, const ItemShape& shape, const GlyphBitmap& bitmap) {
  const PackedColour colour(shape.paint[0]);
  const int left = static_cast<int>(shape.shape[0]), top = static_cast<int>(shape.shape[1]);
  const auto kept = intersection(part, {left, top, bitmap.width, bitmap.height});
  for (int y = kept.y; y < kept.y + kept.h; ++y) {
    const std::uint8_t* coverage = bitmap.coverage.data() + static_cast<std::size_t>(y - top) * static_cast<std::size_t>(bitmap.width);
    for (int x = kept.x; x < kept.x + kept.w; ++x)
      if (const std::uint8_t c = coverage[x - left]; c > 0)
        blend(raster.at(x, y), colour.covering(static_cast<float>(c) / 255));
  }
}

}  // namespace

void paint_shape(const Raster& raster, PixelRect clip, const ItemShape& shape, std::span<const GlyphBitmap> bitmaps) {
  const auto [x0, x1] = pixels(shape.box[0], shape.box[2], clip.x, clip.x + clip.w);
  const auto [y0, y1] = pixels(shape.box[1], shape.box[3], clip.y, clip.y + clip.h);
  if (x0 >= x1 || y0 >= y1) return;
  const PixelRect part{x0, y0, x1 - x0, y1 - y0};
  switch (shape.paint[3]) {
    case rect_kind: return paint_rect(raster, part, shape);
    case segment_kind: return paint_segment(raster, part, shape);
    case wedge_kind: return paint_wedge(raster, part, shape);
    default: return paint_glyph(raster, part, shape, bitmaps[static_cast<std::size_t>(shape.shape[2])]);
  }
}

}  // namespace battlemap::render
