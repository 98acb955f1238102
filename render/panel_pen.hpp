#pragma once
#include <string>

#include "render/label_text.hpp"
#include "render/scene.hpp"
#include "render/symbols.hpp"

namespace battlemap::render {

/// Draws the contents of panels: sheet pixels, type and spaces grown or shrunk by one zoom so that the panels
/// of a sheet fill their third. Without a layer it only measures.
class Pen {
 public:
  Pen(const Scene& scene, const TextEngine& text, double zoom, Layer* layer = nullptr)
      : scene_(scene), text_(text), zoom_(zoom), layer_(layer) {}

  const Scene& scene() const { return scene_; }
  const Theme& theme() const { return scene_.theme; }
  float px(double units) const { return scene_.layout.px(units * zoom_); }
  /// Height of a line of this type, at least as high as its smallest type needs.
  float line(double units, double leading = 1.5) const;
  /// Numbers stand in columns: figures are tabular.
  TextStyle style(double units, Colour colour, Weight weight = Weight::regular) const;
  float width(const std::string& text, const TextStyle& style) const { return text_.width(text, style); }
  std::vector<std::string> wrap(const std::string& text, const TextStyle& style, float width) const;
  /// One language, or "中文 English".
  std::string say(const geo::Text& text) const;
  std::string say(std::string_view zh, std::string_view en) const { return scene_.say(zh, en); }

  /// The text's lines; in two languages the Chinese ones first.
  std::vector<std::string> lines(const geo::Text& text, const TextStyle& style, float width) const;

  // `middle`: the line's vertical middle. Text wider than `most` is shrunk, then cut with an ellipsis.
  void left(const std::string& text, const TextStyle& style, float x, float middle, float most) const;
  void right(const std::string& text, const TextStyle& style, float x, float middle, float most) const;
  void centre(const std::string& text, const TextStyle& style, float x, float middle, float most) const;
  void box(const Rect& rect, Colour fill, float radius = 0) const;
  void rule(float x, float y, float w) const;
  void item(Item item) const;
  void symbol(const SymbolLook& look, Vec2 centre, float radius) const;
  /// Lines from `box`'s top, each `high` px high.
  void paragraph(const std::vector<std::string>& lines, const TextStyle& style, const Rect& box,
                 float high) const;

 private:
  const Scene& scene_;
  const TextEngine& text_;
  double zoom_;
  Layer* layer_;
};

// The type scale of panels in design units.
inline constexpr double panel_title = 21;
inline constexpr double panel_body = 17;
inline constexpr double panel_small = 15;
inline constexpr double panel_figure = 36;

}  // namespace battlemap::render
