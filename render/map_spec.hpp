#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/classify.hpp"
#include "geo/code.hpp"
#include "geo/text.hpp"
#include "render/layer_spec.hpp"
#include "render/panel_spec.hpp"

namespace battlemap::render {

/// clusters: local Moran's I of the indicator; bivariate: two indicators, three classes each.
enum class FillKind { sequential, diverging, categorical, clusters, bivariate };
std::string_view fill_kind_id(FillKind kind);

/// [fill]: the choropleth.
struct FillSpec {
  geo::KeyLines lines;          ///< in the map file
  std::string indicator;
  FillKind kind = FillKind::sequential;
  std::string palette;
  geo::Method method = geo::Method::natural;
  int count = 5;
  std::vector<double> breaks;   ///< manual: inner breaks
  double interval = 0;          ///< defined: width of a class
  double hinge = 1.5;           ///< box: fences in interquartile ranges
  std::vector<double> multiples;  ///< stddev: inner breaks in deviations; empty: by count
  bool zero_class = false;      ///< zero is a class of its own
  bool pale = false;            ///< a quiet ground under circles
  double midpoint = 0;          ///< diverging: where the neutral colour lies
  int permutations = 999;        ///< clusters
  int seed = 1;                  ///< clusters
  double significance = 0.05;    ///< clusters: p at most this is coloured
  std::string second;            ///< bivariate: the other indicator, upwards in the legend
  std::vector<double> second_breaks;  ///< bivariate, manual: its two inner breaks
  /// One scale of ranges, which methods and counts can be chosen for.
  bool has_ranges() const { return kind == FillKind::sequential || kind == FillKind::diverging; }
  bool fixed_across_years = true;  ///< classes are made from all years together, so years compare
};

/// [circles]: proportional symbols, area proportional to the value.
struct CircleSpec {
  geo::KeyLines lines;          ///< in the map file
  std::string indicator;
  double max_radius_mm = 9;     ///< radius of the largest value at that level
  bool label = true;            ///< the value beside the circle when there is room
};

/// A map file: data, not code. Schema in docs/adding_a_map.md.
struct MapSpec {
  std::filesystem::path file;
  std::string id;
  geo::Text title;
  geo::Text subtitle;           ///< what is counted, of what (denominator)
  geo::Text note;
  geo::Text no_data_note;         ///< why cells have no data; shown where the sheet has such
  geo::Text not_applicable_note;  ///< likewise for cells that the indicator does not apply to
  int order = 0;                ///< position in lists
  geo::Level default_level = geo::Level::county;
  std::optional<FillSpec> fill;  ///< none: plain land under the records
  std::optional<CircleSpec> circles;
  std::vector<LayerSpec> layers;  ///< records drawn, the first lowest
  std::vector<PanelSpec> panels;  ///< beside the map, from top to bottom
  std::vector<int> years;       ///< empty: the project's
  bool series = true;           ///< a board: one of the set that hangs in every village
  /// Drawn from records: one frame with panels beside the map.
  bool is_board() const { return !layers.empty() || !panels.empty(); }
  /// Whether it shows judgements by the exit criteria, of records or in panels.
  bool shows_judgements() const;
};

/// Throws geo::Error with file, line, key, and the nearest known key.
MapSpec read_map(const std::filesystem::path& toml);
/// All maps of a folder and the folders in it by `order`, then id. Two with one id are an error naming both files.
std::vector<MapSpec> read_maps(const std::filesystem::path& folder);
/// Throws geo::UsageError offering the nearest ids.
const MapSpec& find_map(const std::vector<MapSpec>& maps, std::string_view id);

}  // namespace battlemap::render
