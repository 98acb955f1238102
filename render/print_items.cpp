#include "render/print_items.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

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

  void operator()(const ConvexItem& item) const { paint_pieces({&item, 1}); }

  /// Pieces of one colour as one shape: painted one by one, what lies beneath would show between them.
  void paint_pieces(std::span<const ConvexItem> pieces) const {
    for (const auto& piece : pieces) {
      auto points = piece.points;
      if (points.size() < 3) continue;
      if (turns_left(points)) std::reverse(points.begin(), points.end());  // overlaps must not cancel out
      canvas.add_ring(points);
    }
    canvas.set_colour(pieces.front().fill);
    cairo_fill(canvas.cairo);
  }

  static bool turns_left(const std::vector<Vec2>& points) {
    float area = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Vec2 p = points[i], q = points[(i + 1) % points.size()];
      area += p.x * q.y - q.x * p.y;
    }
    return area < 0;
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
  const ItemPrinter printer{canvas, text, layer};
  std::vector<ConvexItem> pieces;
  for (std::size_t i = 0; i < layer.items.size(); ++i) {
    const auto* piece = std::get_if<ConvexItem>(&layer.items[i]);
    if (piece == nullptr) {
      std::visit(printer, layer.items[i]);
      continue;
    }
    pieces.push_back(*piece);
    const auto* next = i + 1 < layer.items.size() ? std::get_if<ConvexItem>(&layer.items[i + 1]) : nullptr;
    if (next != nullptr && next->fill == piece->fill && piece->fill.a == 255) continue;
    printer.paint_pieces(pieces);
    pieces.clear();
  }
}

}  // namespace battlemap::render
