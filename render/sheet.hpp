#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "geo/code.hpp"
#include "geo/division.hpp"
#include "geo/records.hpp"
#include "render/map_layer.hpp"
#include "render/text_engine.hpp"

namespace battlemap::render {

// Items are what lies over the map: sheet pixels, painted in order.

struct TextItem {
  std::string text;
  Vec2 origin;   ///< left end of the baseline
  TextStyle style;
};
struct RectItem {
  Rect rect;
  float radius = 0;
  Colour fill;
  Colour stroke{0, 0, 0, 0};
  float stroke_width = 0;
  Colour hatch{0, 0, 0, 0};   ///< diagonal lines over the fill when alpha > 0, same pattern as the map's
  float hatch_spacing = 8;
  float hatch_width = 1;
};
struct CircleItem {
  Vec2 centre;
  float radius = 1;
  Colour fill;
  Colour stroke{0, 0, 0, 0};
  float stroke_width = 0;
};
/// A polyline with round joins and caps. Colours with alpha < 255 may show overlaps at joins: mix instead.
struct LineItem {
  std::vector<Vec2> points;
  float width = 1;
  Colour colour;
};
/// A filled convex polygon (arrow heads, wedges).
struct ConvexItem {
  std::vector<Vec2> points;
  Colour fill;
};
using Item = std::variant<TextItem, RectItem, CircleItem, LineItem, ConvexItem>;

/// A named group of items (named layers in print), clipped to a rectangle when it has one.
struct Layer {
  std::string name;
  std::optional<Rect> clip;
  std::vector<Item> items;
};

/// What could not be shown and what the picture says; printed by `render`, tested.
struct SheetReport {
  std::size_t labels_placed = 0;
  std::size_t labels_unplaced = 0;      ///< wanted, but no free place
  std::size_t missing_glyphs = 0;
  std::vector<std::string> notes;
};

/// One legend class as the picture has it, so that tests and the window can ask.
struct LegendEntry {
  std::string label;
  Colour colour;
  std::size_t count = 0;
};

/// One line of the legend of records, as the picture has it.
struct SymbolEntry {
  std::string layer;         ///< its heading; empty where the line is all the layer has
  std::string label;
  std::string count;         ///< as written: numbers too small for the audience are masked
  std::vector<Item> symbol;  ///< around the origin, about 8 px wide and high
};

/// One circle of the size legend, smallest last; `radius` in sheet pixels.
struct CircleEntry {
  std::string label;
  float radius = 0;
};

/// Where a record is on the picture: what a click finds.
struct RecordHit {
  geo::RecordKind kind = geo::RecordKind::household;
  std::vector<std::uint32_t> rows;  ///< several for a cluster
  Vec2 centre;
  float radius = 0;
};

/// A map composed for one place, year and size. The same value goes to the window and to every file.
struct Sheet {
  int width = 0;
  int height = 0;
  double dots_per_inch = 96;
  Colour background;
  MapLayer map;
  std::vector<Layer> layers;
  std::vector<LegendEntry> legend;
  std::vector<SymbolEntry> symbol_legend;
  std::string circle_title;              ///< what circles count; empty: the map has none
  std::vector<CircleEntry> circle_legend;
  Colour circle_colour;
  std::vector<RecordHit> hits;           ///< painted last first
  SheetReport report;
  std::vector<std::pair<std::string, std::string>> metadata;  ///< Title, Description, Source, ...
};

}  // namespace battlemap::render
