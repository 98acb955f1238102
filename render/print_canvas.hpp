#pragma once
#include <span>
#include <vector>

#include "render/colour.hpp"
#include "render/geometry2d.hpp"

typedef struct _cairo cairo_t;  // as cairo.h has it

namespace battlemap::render {

// What the print painter's parts share. All lengths in sheet pixels; the canvas is scaled to the page.

inline constexpr float least_line_mm = 0.1F;       ///< thinner lines are drawn so wide, but paler
inline constexpr float print_tolerance_mm = 0.02F;  ///< paths keep their course to this

/// A canvas and the sheet's resolution on paper.
struct PrintCanvas {
  cairo_t* cairo = nullptr;
  float pixels_per_mm = 1;

  void set_colour(Colour colour, float factor = 1) const;  ///< `factor` on alpha
  /// Line with round joins and caps. Viewers disagree about lines thinner than their pixels, and presses
  /// lose them: those become paler instead.
  void set_line(float width, Colour colour, float factor = 1) const;
  void add_line(std::span<const Vec2> points) const;
  void add_ring(std::span<const Vec2> points) const;  ///< closed
  void fill_rect(const Rect& rect, Colour colour) const;
  void clip(const Rect& rect) const;
  /// Diagonal lines over `bounds`, the same pattern as the OpenGL painter's.
  void hatch(const Rect& bounds, float spacing, float width, Colour colour) const;
};

/// Keeps the canvas's state for a scope.
class KeepState {
 public:
  explicit KeepState(const PrintCanvas& canvas);
  ~KeepState();
  KeepState(const KeepState&) = delete;
  KeepState& operator=(const KeepState&) = delete;

 private:
  cairo_t* cairo_;
};

}  // namespace battlemap::render
