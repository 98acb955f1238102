#pragma once
#include <span>
#include <vector>

#include "render/free_space.hpp"
#include "render/label_text.hpp"
#include "render/scene.hpp"

// The parts that compose() puts a sheet together from. Each appends to its layer what the scene asks for.

namespace battlemap::render {

struct Circle {
  std::uint32_t cell = 0;
  Vec2 centre;
  float radius = 0;
  double value = 0;
};

/// A style in design units: type never under 9 px.
TextStyle type_style(const Scene& scene, double units, Colour colour, Weight weight = Weight::regular);

/// Shrinks to fit, to 60 % or `least` px at most; then the text is cut with an ellipsis.
TextBlock::Line fit_line(const TextEngine& text, std::string line, TextStyle style, float width,
                         float least = Layout::smallest_type);

/// Area proportional to the value, the largest first. Empty when the map has no circles.
std::vector<Circle> make_circles(const Scene& scene);
void add_circles(const Scene& scene, const std::vector<Circle>& circles, Layer& layer);
/// Radius of a value's circle in sheet pixels.
float circle_radius(const Scene& scene, double value);
/// Largest absolute value of the circles' indicator among the cells inside the place, all years of the map.
double largest_circle_value(const Scene& scene);
Colour circle_colour(const Scene& scene);

/// The parts of a line (projected metres) that the map's frame shows, simplified to the pixel.
std::vector<std::vector<Vec2>> visible_lines(const Scene& scene, std::span<const geo::Point> line);
/// Rivers clipped to the map's frame and simplified to the pixel.
void add_rivers(const Scene& scene, Layer& layer);
void add_lake_names(const Scene& scene, const TextEngine& text, FreeSpace& space, Layer& layer);

void add_labels(const Scene& scene, const TextEngine& text, const std::vector<Circle>& circles,
                FreeSpace& space, Layer& layer, SheetReport& report);

/// Entries in order: classes, no data, not applicable; appended to `layer` and to `entries`.
/// True when the map's notes found room beneath; else they belong to the foot.
bool add_legend(const Scene& scene, const TextEngine& text, Layer& layer, std::vector<LegendEntry>& entries);
/// An unclassed fill: the continuous ramp with round numbers beside it and a histogram of the places, at the top of
/// `box`. Returns the count of the longest bar.
std::size_t add_ramp(const Scene& scene, const TextEngine& text, Rect box, Layer& layer);
/// Its height in design units; 0 where the map has classes.
double ramp_units(const Scene& scene);
/// The same as values: a range of round numbers, the colour at its middle and how many places it holds.
std::vector<LegendEntry> ramp_entries(const Scene& scene);
/// Two indicators: the grid of three by three colours with counts, numbers and the names of both, in `box`.
void add_bivariate(const Scene& scene, const TextEngine& text, Rect box, Layer& layer);
double bivariate_units(const Scene& scene);  ///< its height in design units; 0 where the map has no two indicators
std::vector<LegendEntry> bivariate_entries(const Scene& scene);
/// What the circles' sizes mean, at the top of `box`; returns the height it took, 0 when there are no circles.
float add_circle_legend(const Scene& scene, const TextEngine& text, Rect box, Layer& layer);
/// The size legend as values, for those who draw their own.
void add_circle_entries(const Scene& scene, Sheet& sheet);
void add_title(const Scene& scene, const TextEngine& text, Layer& layer);
/// `with_notes`: the map's notes stand here, not under the legend.
void add_foot(const Scene& scene, const TextEngine& text, bool with_notes, Layer& layer);
/// The page's number in a document, at the upper right corner; nothing when it has none.
void add_page_number(const Scene& scene, const TextEngine& text, Layer& layer);
void add_scale_and_north(const Scene& scene, const TextEngine& text, Layer& layer);

/// "贫困发生率 · 青海省 · 2016 年"
std::string title_text(const Scene& scene);
/// What the map counts: its own words, else its indicator's definition.
const geo::Text& said_subtitle(const Scene& scene);
/// One language, or Chinese and English.
std::vector<geo::Language> said_languages(const Scene& scene);
/// The map's note, and its words on cells without data and not applicable where the sheet has such.
std::vector<std::string> note_texts(const Scene& scene, geo::Language language);
/// What the foot says, in reading order, but for the notes.
std::vector<std::string> foot_texts(const Scene& scene, geo::Language language);

}  // namespace battlemap::render
