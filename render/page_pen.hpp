#pragma once
#include <string>
#include <vector>

#include "geo/text.hpp"
#include "render/sheet.hpp"
#include "render/theme.hpp"

namespace battlemap::render {

/// Draws pages of documents (handbooks, lists): positions in mm from the page's top left corner, type in
/// points. Appends to a layer of a sheet made with `px_per_mm`.
class PagePen {
 public:
  static constexpr double px_per_mm = 10;
  static constexpr double dots_per_inch = px_per_mm * 25.4;
  enum class Side { left, centre, right };

  struct Type {
    double points = 9;
    Colour colour;
    Weight weight = Weight::regular;
  };

  PagePen(const TextEngine& text, geo::Language language, Layer& layer)
      : text_(text), language_(language), layer_(layer) {}

  const Theme& colours() const { return theme(ThemeId::paper); }
  geo::Language language() const { return language_; }
  /// One language; Chinese and English beside it where both are asked for.
  std::string say(const geo::Text& text) const;
  std::string say(std::string_view zh, std::string_view en) const {
    return say(geo::Text{std::string(zh), std::string(en)});
  }
  double width(const std::string& text, const Type& type) const;  ///< mm

  /// Text on a baseline; wider than `most` mm it is shrunk a little, then cut with an ellipsis. Returns its
  /// width in mm.
  double text(const std::string& text, const Type& type, double x, double baseline, double most,
              Side side = Side::left) const;
  /// Lines no wider than `width`, at most `lines` of them; returns the baseline after the last.
  double paragraph(const std::string& text, const Type& type, double x, double baseline, double width,
                   std::size_t lines, double leading = 1.45) const;
  void box(double x, double y, double w, double h, Colour fill, double radius = 0) const;
  void frame(double x, double y, double w, double h, Colour stroke, double stroke_mm = 0.2,
             double radius = 0) const;
  void rule(double x, double y, double w, Colour colour, double thickness_mm = 0.15) const;
  void line(std::vector<Vec2> points_mm, double thickness_mm, Colour colour) const;
  /// A tick, a cross or a question mark of `size` mm, centred.
  enum class Mark { tick, cross, question, dash };
  void mark(Mark mark, double x, double y, double size, Colour colour) const;

 private:
  TextStyle style(const Type& type) const;

  const TextEngine& text_;
  geo::Language language_;
  Layer& layer_;
};

/// An empty page of that size with one layer for a pen.
Sheet make_page(double width_mm, double height_mm);

}  // namespace battlemap::render
