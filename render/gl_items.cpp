#include "render/gl_items.hpp"

#include <glad/gl.h>

#include <bit>
#include <cmath>
#include <cstddef>

namespace battlemap::render {
namespace {

enum Kind : std::uint32_t { rect_kind, segment_kind, wedge_kind, glyph_kind };
constexpr std::size_t most_instances = 1U << 15;
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

}  // namespace

void scissor(const GlTarget& target, const std::optional<Rect>& rect) {
  const auto& tile = target.tile;
  int x0 = tile.x, y0 = tile.y, x1 = tile.x + tile.w, y1 = tile.y + tile.h;
  const auto edge = [](float v, int low, int high) {
    return static_cast<int>(
        std::ceil(std::clamp(v - 0.5F, static_cast<float>(low), static_cast<float>(high))));
  };
  if (rect) {
    const int right = x1, bottom = y1;
    x0 = edge(rect->x, tile.x, right), x1 = edge(rect->right(), x0, right);
    y0 = edge(rect->y, tile.y, bottom), y1 = edge(rect->bottom(), y0, bottom);
  }
  glEnable(GL_SCISSOR_TEST);
  glScissor(target.left + x0 - tile.x, target.low + tile.y + tile.h - y1, x1 - x0, y1 - y0);
}

ItemPainter::ItemPainter(std::shared_ptr<const TextEngine> text) : text_(text), atlas_(std::move(text)) {
  glBindVertexArray(array_.id());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  const auto offset = [](std::size_t n) { return reinterpret_cast<const void*>(n); };
  glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(Instance), offset(offsetof(Instance, box)));
  glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(Instance), offset(offsetof(Instance, shape)));
  glVertexAttribPointer(2, 4, GL_FLOAT, GL_FALSE, sizeof(Instance), offset(offsetof(Instance, extra)));
  glVertexAttribIPointer(3, 4, GL_UNSIGNED_INT, sizeof(Instance), offset(offsetof(Instance, paint)));
  for (unsigned i = 0; i < 4; ++i) glEnableVertexAttribArray(i), glVertexAttribDivisor(i, 1);
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  instances_.reserve(most_instances);
}

void ItemPainter::draw(const std::vector<Layer>& layers, const GlTarget& target) {
  target_ = target;
  for (const auto& layer : layers) {
    scissor(target, layer.clip);
    for (const auto& item : layer.items) std::visit([this](const auto& i) { add(i); }, item);
    flush();
  }
  glDisable(GL_SCISSOR_TEST);
}

void ItemPainter::draw_rect(const Rect& rect, Colour colour, const GlTarget& target) {
  target_ = target;
  scissor(target, std::nullopt);
  RectItem item;
  item.rect = rect, item.fill = colour;
  add(item);
  flush();
  glDisable(GL_SCISSOR_TEST);
}

void ItemPainter::push(const Instance& instance) {
  const auto& [x0, y0, x1, y1] = instance.box;
  const auto& tile = target_.tile;
  const bool seen = x1 > static_cast<float>(tile.x) && x0 < static_cast<float>(tile.x + tile.w) &&
                    y1 > static_cast<float>(tile.y) && y0 < static_cast<float>(tile.y + tile.h);
  if (!seen) return;  // also when it holds a NaN
  if (instances_.size() == most_instances) flush();
  instances_.push_back(instance);
}

void ItemPainter::flush() {
  if (instances_.empty()) return;
  program_.use();
  const auto& t = target_.tile;
  glUniform4f(program_["tile"], static_cast<float>(t.x), static_cast<float>(t.y), static_cast<float>(t.w),
              static_cast<float>(t.h));
  glUniform2f(program_["origin"], static_cast<float>(target_.left), static_cast<float>(target_.low));
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D_ARRAY, atlas_.texture());
  glUniform1i(program_["atlas"], 0);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glBindVertexArray(array_.id());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.id());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(instances_.size() * sizeof(Instance)),
               instances_.data(), GL_STREAM_DRAW);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(instances_.size()));
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  glBindVertexArray(0);
  glBindTexture(GL_TEXTURE_2D_ARRAY, 0);
  glDisable(GL_BLEND);
  glUseProgram(0);
  instances_.clear();
}

void ItemPainter::add(const RectItem& item) {
  const auto& r = item.rect;
  const float grow = item.stroke_width / 2 + 1;
  push({{r.x - grow, r.y - grow, r.right() + grow, r.bottom() + grow},
        {r.x, r.y, r.w, r.h},
        {item.radius, item.stroke.a ? item.stroke_width : 0, std::max(item.hatch_spacing, 1.0F),
         item.hatch_width},
        {packed(item.fill), packed(item.stroke), packed(item.hatch), rect_kind}});
}

void ItemPainter::add(const CircleItem& item) {
  RectItem rect;
  rect.rect = {item.centre.x - item.radius, item.centre.y - item.radius, 2 * item.radius, 2 * item.radius};
  rect.radius = item.radius;
  rect.fill = item.fill, rect.stroke = item.stroke, rect.stroke_width = item.stroke_width;
  add(rect);
}

void ItemPainter::add(const LineItem& item) {
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

void ItemPainter::add(const ConvexItem& item) {
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
void ItemPainter::add(const TextItem& item) {
  if (!is_finite(item.origin) || !(item.style.size > 0)) return;
  const auto shaped = text_->shape(item.text, item.style);
  const auto& style = item.style;
  if (style.halo.a > 0 && style.halo_width > 0) add_glyphs(*shaped, item, style.halo_width, style.halo);
  add_glyphs(*shaped, item, 0, style.colour);
}

void ItemPainter::add_glyphs(const ShapedText& shaped, const TextItem& item, float halo, Colour colour) {
  const auto& t = target_.tile;
  const float reach = 2 * item.style.size + halo;
  for (const auto& g : shaped.glyphs) {
    const float x = item.origin.x + g.x, y = item.origin.y + g.y;
    if (x > static_cast<float>(t.x) - reach && x < static_cast<float>(t.x + t.w) + reach &&
        y > static_cast<float>(t.y) - reach && y < static_cast<float>(t.y + t.h) + reach)
      add_glyph(g, item, halo, colour);
  }
}

/// Placed by the sheet's pixels, whatever the tile, so that a glyph cut by two tiles fits together.
void ItemPainter::add_glyph(const ShapedGlyph& glyph, const TextItem& item, float halo, Colour colour) {
  const float size = item.style.size, steps = size < shifted_up_to ? 4 : 1;
  const float pen = std::round((item.origin.x + glyph.x) * steps) / steps, left = std::floor(pen);
  auto place = atlas_.find(glyph, size, halo, pen - left);
  if (!place) {
    flush();
    atlas_.clear();
    place = atlas_.find(glyph, size, halo, pen - left);
  }
  if (!place || place->width == 0) return;
  const float x = left + place->left, y = std::round(item.origin.y + glyph.y) + place->top;
  const auto w = static_cast<float>(place->width), h = static_cast<float>(place->height);
  push({{x, y, x + w * place->scale, y + h * place->scale},
        {x, y, static_cast<float>(place->layer), place->scale},
        {static_cast<float>(place->x), static_cast<float>(place->y), w, h},
        {packed(colour), 0, 0, glyph_kind}});
}

}  // namespace battlemap::render
