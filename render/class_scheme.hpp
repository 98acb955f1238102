#pragma once
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "render/compose.hpp"

namespace battlemap::render {

/// How a map's values become classes: made once per map, level and class settings, kept by the atlas.
struct ClassScheme {
  FillKind kind = FillKind::sequential;
  geo::Classes classes;           ///< ranges; categories too, as [c0,c0], (c0,c1], ...
  std::vector<geo::Text> labels;  ///< one per class
  std::string palette;
  /// Bivariate: the classes of both indicators; class x + 3 y of the whole. `classes` has counts only.
  std::array<geo::Classes, 2> axes;
  bool ramp = false;                   ///< unclassed: many even steps of a continuous ramp, labels empty
  bool zero_class = false;             ///< class 0 holds exactly zero
  std::size_t below = 0;               ///< diverging: classes below the midpoint come first
  std::optional<std::size_t> neutral;  ///< diverging: the class that holds exactly the midpoint
  std::size_t steps = 1;    ///< diverging: classes on the fuller side, so that equal steps look equal
  std::size_t outside = 0;  ///< categorical: values that are no category of the indicator

  std::size_t size() const { return classes.counts.size(); }
  /// Class of `value`; nullopt when there are no classes or it is no category.
  std::optional<std::size_t> class_of(double value) const;
};

/// Cells of a level with boundaries: those of the coverage; else the divisions of that level.
geo::SharedArray<geo::DivisionRef> cells_of(const Atlas& atlas, geo::Level level);

/// Values of the indicator by level, for reading cells of several levels (a coverage has leaves of coarser
/// ones). Thread-safe.
class CellValues {
 public:
  CellValues(const Atlas& atlas, std::string_view indicator, int year);
  const geo::Value& operator[](geo::DivisionRef cell) const;

 private:
  const Atlas& atlas_;
  std::string indicator_;
  int year_;
  struct OfLevel {
    std::once_flag asked;
    std::span<const geo::Value> values;
  };
  mutable std::array<OfLevel, geo::level_count> by_level_;
};

/// The map's classing with what was chosen instead. Throws UsageError where they do not fit together.
geo::ClassOptions class_options(const FillSpec& fill, const ClassOverride& chosen);

/// Years that a map can show: its own, else the indicator's, else the project's.
std::vector<int> map_years(const Atlas& atlas, const MapSpec& map);
/// The same before the data are loaded; `fill`: the indicator of the map's fill, null when it has none.
std::vector<int> map_years(const geo::Project& project, const geo::Indicator* fill, const MapSpec& map);
/// From the atlas' cache where it has one. Without classes for a map without a fill.
std::shared_ptr<const ClassScheme> class_scheme(const Atlas& atlas, const MapSpec& map, geo::Level level,
                                                int year, const ClassOverride& chosen);

/// One opaque colour per class.
std::vector<Colour> class_colours(const ClassScheme& scheme, const Palette& palette, const Theme& theme,
                                  bool pale);

/// Range labels of classes from the values they hold (ascending), with the indicator's decimals. Where
/// rounding leaves every value in one range only, ranges stand apart ("15.3–25.5", "25.6–37.9"); else they
/// share their ends ("11.8–24.0", "24.0–42.8"): a value shown as 24.0 may lie on either side. One decimal is
/// added only where a range would become a single number though it holds several values.
std::vector<std::string> range_labels(const geo::Classes& classes, const std::vector<double>& sorted,
                                      int decimals);

}  // namespace battlemap::render
