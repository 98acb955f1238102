#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "render/cell_looks.hpp"
#include "render/class_scheme.hpp"
#include "render/compose.hpp"
#include "render/layout.hpp"

namespace battlemap::render {

/// A request resolved against the atlas: what `compose` draws from. Lives as long as both.
struct Scene {
  const Atlas& atlas;
  const SheetRequest& request;
  const MapSpec& map;
  const Theme& theme;
  const geo::Indicator* indicator;  ///< of the fill; null on a map without one
  geo::Level level;
  int year;
  std::optional<geo::DivisionRef> place;  ///< nullopt: everything
  std::shared_ptr<const ClassScheme> scheme;
  std::vector<Colour> colours;  ///< one per class
  std::shared_ptr<const CellLooks> cells;
  std::span<const CellLook> looks;  ///< of `cells`, one per cell of the coverage
  Layout layout;
  View view;
  std::vector<std::string> notes;

  const geo::Coverage& coverage() const { return atlas.dataset.coverage(level); }
  const geo::DivisionTree& tree() const { return atlas.dataset.tree; }
  bool inside(std::uint32_t cell) const { return looks[cell].state != CellState::outside; }
  /// Chinese first where both languages are shown.
  const std::string& text(const geo::Text& t) const {
    return t.in(request.language == geo::Language::en ? geo::Language::en : geo::Language::zh);
  }
  bool english_only() const { return request.language == geo::Language::en; }
  geo::Language main_language() const { return english_only() ? geo::Language::en : geo::Language::zh; }
  bool both() const { return request.language == geo::Language::both; }
  /// The interface's own words.
  std::string say(std::string_view zh, std::string_view en) const;
  std::string place_name() const;
};

/// Throws geo::UsageError for an unknown map or year, and for a level without boundaries.
Scene make_scene(const Atlas& atlas, const SheetRequest& request);
/// The year a request shows on a map: as asked, else the project's or the map's nearest to it. Throws
/// geo::UsageError for a year the map does not have.
int shown_year(const Atlas& atlas, const SheetRequest& request, const MapSpec& map);
MapStyle make_style(const Scene& scene);

/// What is hidden from the audience: a quiet tone of its own, neither land nor hatched.
Colour masked_fill(const Theme& theme);
/// Colour of a cell's fill as drawn.
Colour fill_of(const Scene& scene, std::uint32_t cell);

/// Median distance from anchor to outline, in sheet pixels, of the divisions of `level` inside the place:
/// what there is room for in a typical one; of very many, of some hundred spread evenly. 0 when there are none.
float typical_radius(const Scene& scene, geo::Level level);

}  // namespace battlemap::render
