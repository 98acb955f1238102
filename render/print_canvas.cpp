#include "render/print_canvas.hpp"

#include <cairo.h>

#include <cmath>

namespace battlemap::render {

void PrintCanvas::set_colour(Colour c, float factor) const {
  cairo_set_source_rgba(cairo, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0 * static_cast<double>(factor));
}

void PrintCanvas::set_line(float width, Colour colour, float factor) const {
  const float least = least_line_mm * pixels_per_mm;
  set_colour(colour, factor * std::min(1.0F, width / least));
  cairo_set_line_width(cairo, std::max(width, least));
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
}

void PrintCanvas::add_line(std::span<const Vec2> points) const {
  bool first = true;
  for (const auto p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
    if (first)
      cairo_move_to(cairo, p.x, p.y);
    else
      cairo_line_to(cairo, p.x, p.y);
    first = false;
  }
}

void PrintCanvas::add_ring(std::span<const Vec2> points) const {
  add_line(points);
  cairo_close_path(cairo);
}

void PrintCanvas::fill_rect(const Rect& r, Colour colour) const {
  set_colour(colour);
  cairo_rectangle(cairo, r.x, r.y, r.w, r.h);
  cairo_fill(cairo);
}

void PrintCanvas::clip(const Rect& r) const {
  cairo_rectangle(cairo, r.x, r.y, r.w, r.h);
  cairo_clip(cairo);
}

void PrintCanvas::hatch(const Rect& bounds, float spacing, float width, Colour colour) const {
  const double step = std::max(spacing, 1.0F) * std::sqrt(2.0);  // of x + y from line to line
  const double left = bounds.x, right = bounds.right(), top = bounds.y, bottom = bounds.bottom();
  const auto first = static_cast<long>(std::floor((left + top) / step - 0.5)),
             last = static_cast<long>(std::ceil((right + bottom) / step - 0.5));
  for (long n = first; n <= last; ++n) {
    const double sum = (static_cast<double>(n) + 0.5) * step;
    const double x0 = std::max(left, sum - bottom), x1 = std::min(right, sum - top);
    if (x0 >= x1) continue;
    cairo_move_to(cairo, x0, sum - x0);
    cairo_line_to(cairo, x1, sum - x1);
  }
  set_line(width, colour);
  cairo_stroke(cairo);
}

KeepState::KeepState(const PrintCanvas& canvas) : cairo_(canvas.cairo) {
  cairo_save(cairo_);
}
KeepState::~KeepState() {
  cairo_restore(cairo_);
}

}  // namespace battlemap::render
