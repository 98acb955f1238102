#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/dataset.hpp"
#include "render/map_spec.hpp"
#include "render/palette.hpp"
#include "render/sheet.hpp"
#include "render/theme.hpp"

namespace battlemap::render {

/// Everything a sheet is composed from; loaded once, read-only, shared between threads.
struct Atlas {
  geo::Dataset dataset;
  std::vector<MapSpec> maps;
  Palettes palettes;
  /// Aliases into `dataset`, so that a sheet keeps its coverage alive.
  std::shared_ptr<const geo::Coverage> coverage(geo::Level level) const;
  std::shared_ptr<const geo::PolygonSet> lakes() const;
  std::weak_ptr<const Atlas> self;
  /// Class schemes already made (690,000 values take long to break) and grids of the last views (a village's six
  /// maps share theirs); null: made anew each time. Thread-safe.
  struct Cache;
  std::shared_ptr<Cache> cache;
  static std::shared_ptr<Cache> make_cache();
};
/// Checks that every map's indicators and palette exist (naming the map's file), drops lakes outside all
/// boundaries, gives the atlas its cache.
/// For an atlas put together by hand; load_atlas does it.
std::shared_ptr<const Atlas> finish_atlas(Atlas atlas);
/// Reads the project, its data, maps and palettes. Throws geo::Error.
std::shared_ptr<const Atlas> load_atlas(const std::filesystem::path& project,
                                        const std::function<void(const std::string&, double)>& progress = {});
/// With what `options` ask for beyond divisions and statistics: records, exits, for whom.
std::shared_ptr<const Atlas> load_atlas(const std::filesystem::path& project, const geo::LoadOptions& options,
                                        const std::function<void(const std::string&, double)>& progress = {});
std::shared_ptr<const Atlas> load_atlas(const geo::Project& project, const geo::LoadOptions& options,
                                        const std::function<void(const std::string&, double)>& progress = {});
/// What a picture of one map needs of the data: records (of `place` alone, code or name) where it draws them,
/// exits judged at the end of `year` (the project's where none is asked for) where it shows judgements, counts of
/// them by place and year where it shows such an indicator.
geo::LoadOptions data_needed(const geo::Project& project, std::string_view map,
                             const std::string& place, std::optional<int> year);
/// What pictures of any of these maps need.
geo::LoadOptions data_needed(const geo::Project& project, std::span<const MapSpec> maps, const std::string& place,
                             std::optional<int> year);
/// What pictures of any map, place and year need: all records, exits of every year the project can show.
geo::LoadOptions all_needed(const geo::Project& project);

/// Makes beforehand, on any thread, what the scale bar of a project's first sheet waits for. Throws geo::Error as that would.
void prepare_projection(const geo::Project& project);

/// Chosen class settings; overrides those of the map file.
struct ClassOverride {
  std::optional<geo::Method> method;
  std::optional<int> count;
  std::vector<double> breaks;  ///< manual
  std::optional<double> interval;  ///< defined
  std::optional<double> hinge;     ///< box
  std::vector<double> multiples;   ///< stddev
  std::optional<std::string> palette;
  friend bool operator==(const ClassOverride&, const ClassOverride&) = default;
};

struct SheetRequest {
  std::string map;                        ///< map id
  std::optional<geo::DivisionRef> place;  ///< default: the project's root; its surroundings are muted
  std::optional<geo::Level>
      level;  ///< default: the map's, or the level below the place; never coarser than the place
  std::optional<int> year;  ///< default: the project's
  ThemeId theme = ThemeId::paper;
  geo::Language language = geo::Language::zh;
  int width = 1920;
  int height = 1080;
  double dots_per_inch = 96;
  ClassOverride classes;
  geo::RecordFilter filter;  ///< maps of records: what is shown of them
  std::optional<geo::Point> view_centre;        ///< window: pan, projected metres
  std::optional<double> view_metres_per_pixel;  ///< window: zoom
  std::optional<geo::DivisionRef> hovered;
  std::optional<geo::DivisionRef> selected;
  std::string page;       ///< number of the page in a document, said at the foot; empty: none
  bool furniture = true;  ///< false: the map alone with its labels (the window has its own panels)
};

/// The map's classification as a picture shows it: breaks of the level's cells in that year or in all years
/// together, as the map file says, zero and midpoint apart where it says so; counts and goodness of fit of
/// the year's values alone.
geo::Classes map_classes(const Atlas& atlas, const MapSpec& map, geo::Level level, int year,
                         const ClassOverride& classes = {});

/// The level that the sheet of a request shows. Throws as compose() does.
geo::Level shown_level(const Atlas& atlas, const SheetRequest& request);

/// Pure: same atlas and request, same sheet. Sizes of type and lines follow the sheet's size (1080 px high is
/// 1). Throws geo::UsageError for unknown map, year or a level without boundaries.
Sheet compose(const Atlas& atlas, const TextEngine& text, const SheetRequest& request);

/// Only style (fills, flags) for a request whose view equals the sheet's: what a new year, indicator, class,
/// hover or selection costs. The id buffer stays.
MapStyle compose_style(const Atlas& atlas, const SheetRequest& request);
/// While nothing else is wanted: makes and keeps what compose_style() needs of the years before and after, which a hand that turns
/// the years asks for next. `enough`: asked between them, true ends it.
void prepare_years_beside(const Atlas& atlas, const SheetRequest& request, const std::function<bool()>& enough);

/// One sentence about a place on this map: name, value with unit, numerator and denominator, provenance.
std::string describe(const Atlas& atlas, const SheetRequest& request, geo::DivisionRef place);

}  // namespace battlemap::render
