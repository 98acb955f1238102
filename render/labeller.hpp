#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "render/callouts.hpp"
#include "render/cell_grid.hpp"
#include "render/parts.hpp"
#include "render/pixel_outline.hpp"

namespace battlemap::render {

struct Candidate {
  geo::DivisionRef ref;
  std::uint32_t cell = 0;  ///< in the coverage of `ref.level` (or of the level drawn for leaves)
  const geo::Coverage* coverage = nullptr;
  bool coarse = false;     ///< written across finer cells
  bool neighbour = false;  ///< outside the place shown
  Vec2 anchor;
  float radius = 0;   ///< px from the anchor to the outline
  float circle = 0;   ///< px, 0: no circle here
  std::string value;  ///< under the name; may be empty
};

struct Placement {
  TextBlock block;
  Vec2 centre;
};

/// Names that found no place inside the land, and where they stand beside it.
struct Callouts {
  std::vector<std::size_t> members;  ///< indices of candidates
  std::vector<std::size_t> rows;     ///< one per member
  CalloutColumn column;
  float value_right = 0;  ///< x where the values end
};

/// Places the names of a sheet: coarse ones first, each inside its own cell where it can be; those of cells
/// too small beside the land.
class Labeller {
 public:
  Labeller(const Scene& scene, const TextEngine& text, const std::vector<Circle>& circles,
           FreeSpace& space);
  void run(Layer& layer, SheetReport& report);

 private:
  void gather();
  geo::Level finest_readable() const;
  void collect(geo::Level level, bool coarse);
  void collect_neighbours();
  void collect_parts_of_neighbours(const geo::Coverage& coverage);
  void add_candidate(const geo::Coverage& coverage, std::uint32_t cell, bool coarse, bool neighbour,
                     std::optional<Vec2> anchor = {});
  std::string value_text(const geo::Coverage& coverage, std::uint32_t cell) const;
  Colour behind(const Candidate& c) const;
  TextStyle name_style(const Candidate& c, float factor, bool at_home) const;
  /// `at_home`: the whole block stands on its own cell's fill.
  TextBlock block_for(const Candidate& c, const std::vector<std::string>& lines, float factor, bool value,
                      bool at_home) const;
  std::vector<Vec2> positions(const Candidate& c, const TextBlock& block, const PixelOutline& outline) const;
  /// What a coarse name hides at `box`: anchors of finer names, borders; and how far it strays.
  float cover_cost(const Candidate& c, const Rect& box) const;
  using Placements = std::vector<std::optional<Placement>>;  ///< one per candidate
  Placements place_all(const Callouts& callouts);
  Placements settle(Callouts& callouts);
  bool may_call_out(const Candidate& c) const;
  std::optional<Callouts> arrange_callouts(std::vector<std::size_t> members) const;
  std::vector<Vec2> leader_of(const Callouts& callouts, std::size_t member) const;
  TextStyle callout_style(Weight weight) const;
  void draw_callouts(const Callouts& callouts, Layer& layer) const;
  std::optional<Placement> place(const Candidate& c) const;
  std::optional<Placement> place_at_size(const Candidate& c, const PixelOutline& outline, float factor,
                                         bool value, float inside) const;

  const Scene& scene_;
  const TextEngine& text_;
  FreeSpace& space_;
  FreeSpace start_;                            ///< as it was before any name
  std::shared_ptr<const CellGrid> grid_;       ///< of the finest level that gets names
  std::map<std::uint32_t, Circle> circle_of_;  ///< by cell of the level drawn
  std::vector<Candidate> candidates_;
  std::set<geo::DivisionRef> known_;
  std::vector<Vec2> fine_anchors_;
  geo::Level finest_ = geo::Level::province;  ///< the finest level that gets names
  bool roomy_ = false;  ///< the level drawn has so much room that its names may be larger
};

}  // namespace battlemap::render
