#include "render/print_items.hpp"

#include <cairo.h>

#include <cmath>
#include <numbers>

#include "render/simplify.hpp"

namespace battlemap::render {
namespace {

struct ItemPrinter {
  const PrintCanvas& canvas;
  const PrintText& text;
  const Layer& layer;

  void operator()(const TextItem& item) const { text.paint(canvas, item); }

  void operator()(const RectItem& item) const {
    if (item.fill.a > 0) {
      add_rounded(item.rect, item.radius);
      canvas.set_colour(item.fill);
      cairo_fill(canvas.cairo);
    }
    if (item.hatch.a > 0) {
      const KeepState keep(canvas);
      add_rounded(item.rect, item.radius);
      cairo_clip(canvas.cairo);
      canvas.hatch(item.rect, item.hatch_spacing, item.hatch_width, item.hatch);
    }
    if (item.stroke.a > 0 && item.stroke_width > 0) {
      add_rounded(item.rect, item.radius);
      canvas.set_line(item.stroke_width, item.stroke);
      cairo_stroke(canvas.cairo);
    }
  }

  void operator()(const CircleItem& item) const {
    const auto add = [&] {
      cairo_new_sub_path(canvas.cairo);
      cairo_arc(canvas.cairo, item.centre.x, item.centre.y, item.radius, 0, 2 * std::numbers::pi);
      cairo_close_path(canvas.cairo);
    };
    if (!std::isfinite(item.centre.x) || !std::isfinite(item.centre.y) || !(item.radius > 0)) return;
    if (item.fill.a > 0) add(), canvas.set_colour(item.fill), cairo_fill(canvas.cairo);
    if (item.stroke.a > 0 && item.stroke_width > 0)
      add(), canvas.set_line(item.stroke_width, item.stroke), cairo_stroke(canvas.cairo);
  }

  void operator()(const LineItem& item) const {
    if (!(item.width > 0) || item.colour.a == 0) return;
    const auto kept = simplified(item.points, print_tolerance_mm * canvas.pixels_per_mm);
    if (layer.clip) {
      const auto& c = *layer.clip;
      const Rect reach{c.x - item.width, c.y - item.width, c.w + 2 * item.width, c.h + 2 * item.width};
      for_stretches(kept, reach, [this](std::span<const Vec2> piece) { canvas.add_line(piece); });
    } else {
      canvas.add_line(kept);
    }
    canvas.set_line(item.width, item.colour);
    cairo_stroke(canvas.cairo);
  }

  void operator()(const ConvexItem& item) const {
    if (item.points.size() < 3) return;
    canvas.add_ring(item.points);
    canvas.set_colour(item.fill);
    cairo_fill(canvas.cairo);
  }

  void add_rounded(const Rect& r, float radius) const {
    radius = std::min(radius, std::min(r.w, r.h) / 2);
    if (!(radius > 0)) return cairo_rectangle(canvas.cairo, r.x, r.y, r.w, r.h);
    constexpr double quarter = std::numbers::pi / 2;
    cairo_new_sub_path(canvas.cairo);
    cairo_arc(canvas.cairo, r.right() - radius, r.y + radius, radius, -quarter, 0);
    cairo_arc(canvas.cairo, r.right() - radius, r.bottom() - radius, radius, 0, quarter);
    cairo_arc(canvas.cairo, r.x + radius, r.bottom() - radius, radius, quarter, 2 * quarter);
    cairo_arc(canvas.cairo, r.x + radius, r.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(canvas.cairo);
  }
};

}  // namespace

void paint_items(const PrintCanvas& canvas, const Layer& layer, const PrintText& text) {
  const KeepState keep(canvas);
  if (layer.clip) canvas.clip(*layer.clip);
  for (const auto& item : layer.items) std::visit(ItemPrinter{canvas, text, layer}, item);
}

}  // namespace battlemap::render
