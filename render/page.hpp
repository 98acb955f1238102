#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/text.hpp"
#include "render/sheet.hpp"
#include "render/theme.hpp"

namespace battlemap::render {

/// Paper, resolution and words of the pages of a document.
struct PageFormat {
  int width = 4961;
  int height = 3508;
  double dots_per_inch = 300;
  ThemeId theme = ThemeId::paper;
  geo::Language language = geo::Language::zh;
  double design_mm = 297;  ///< what the page's shorter side measures where it is designed
};

/// Type on a page: points of the design, never printed under 6.
struct PageType {
  double points = 10;
  Colour colour;
  Weight weight = Weight::regular;
};

/// A sheet without a map of its own that is written and drawn on: covers, contents, tables, handbooks. All
/// lengths are millimetres of the design from the page's top left corner; on other paper everything grows or
/// shrinks with the shorter side.
///
///   (0,0) ----> x, to width()
///     |
///     v  y, to height()
class Page {
 public:
  Page(const TextEngine& text, const PageFormat& format);

  double width() const { return width_; }
  double height() const { return height_; }
  const Theme& theme() const { return theme_; }
  geo::Language language() const { return language_; }
  PageType type(double points, Weight weight = Weight::regular) const { return {points, theme_.text, weight}; }
  PageType quiet(double points, Weight weight = Weight::regular) const {
    return {points, theme_.text_muted, weight};
  }
  /// Chinese, English, or both with a space between.
  std::string say(std::string_view zh, std::string_view en) const;
  std::string say(const geo::Text& text) const;

  /// Items from here on belong to the layer of this name.
  void layer(std::string name);

  // `y`: the baseline. Text wider than `most` is shrunk, to 60 %, then cut with an ellipsis. Returns the width
  // it took.
  double left(const std::string& text, const PageType& type, double x, double y, double most);
  double right(const std::string& text, const PageType& type, double x, double y, double most);
  double centre(const std::string& text, const PageType& type, double x, double y, double most);
  /// Wrapped to `most`, in at most `lines` lines, the last cut with an ellipsis; `y` is the first line's
  /// baseline. Returns the baseline after the last line.
  double paragraph(const std::string& text, const PageType& type, double x, double y, double most,
                   double leading = 1.5, std::size_t lines = std::string::npos);

  void rule(double x, double y, double w, double thickness, Colour colour);
  void box(double x, double y, double w, double h, Colour fill, double radius = 0);
  void frame(double x, double y, double w, double h, double thickness, Colour colour, double radius = 0);
  void line(const std::vector<std::pair<double, double>>& points, double thickness, Colour colour);
  /// A sign of `size`, centred.
  enum class Mark { tick, cross, question, dash };
  void mark(Mark mark, double x, double y, double size, Colour colour);

  double text_width(const std::string& text, const PageType& type) const;
  /// Height of a line of this type in mm: 1 em.
  double em(const PageType& type) const;
  /// The rectangle in sheet pixels, for links and maps.
  Rect pixels(double x, double y, double w, double h) const;

  /// Puts a sheet that was composed for just these pixels there: its map, if it has one, becomes the page's.
  void place(Sheet sheet, const Rect& where);

  void metadata(std::string key, std::string value);
  /// The page as a sheet; nothing may be drawn afterwards.
  Sheet finish();

 private:
  float px(double mm) const { return static_cast<float>(mm * pixels_per_mm_); }
  TextStyle style(const PageType& type) const;
  enum class Align { left, centre, right };
  double write(const std::string& text, const PageType& type, double x, double y, double most, Align align);

  const TextEngine& text_;
  const Theme& theme_;
  geo::Language language_;
  double width_, height_, pixels_per_mm_, pixels_per_point_, least_type_;
  Sheet sheet_;
};

}  // namespace battlemap::render
