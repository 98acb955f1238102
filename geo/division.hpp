#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/anchors.hpp"
#include "geo/arc_shapes.hpp"
#include "geo/code.hpp"
#include "geo/geometry.hpp"
#include "geo/name_index.hpp"

namespace battlemap::geo {

struct ArcShapes;

/// A place of the tree by level and index within that level.
struct DivisionRef {
  Level level = Level::province;
  std::uint32_t index = npos;
  bool valid() const { return index != npos; }
  friend auto operator<=>(const DivisionRef&, const DivisionRef&) = default;
};

/// Its texts are kept by the tree that it belongs to: a nation's names as strings of their own take 40 MB.
struct Division {
  Code code;
  std::string_view name;
  std::string_view type;            ///< what the source says it is ("村委会", "居委会", ...); may be empty
  std::uint32_t parent = npos;      ///< index in the next coarser level
  std::uint32_t first_child = npos; ///< index in the next finer level; children are contiguous
  std::uint32_t child_count = 0;
  bool name_inferred = false;       ///< no source names it; the name is its code
};

/// The divisions of all levels, each level sorted by code. Built once, then read-only.
class DivisionTree {
 public:
  struct Entry {
    Code code;
    std::string name;
    std::string type;
  };
  /// Entries of any levels in any order. Missing parents are created (name = code, name_inferred); of two
  /// entries with one code the first wins, the caller reports the others.
  explicit DivisionTree(std::vector<Entry> entries = {});
  /// As another tree's levels were: sorted, with all parents and children linked. `memory` keeps the texts.
  DivisionTree(std::array<std::vector<Division>, level_count> levels, std::shared_ptr<const void> memory)
      : memory_(std::move(memory)), levels_(std::move(levels)) {}

  std::span<const Division> at(Level level) const { return levels_[static_cast<std::size_t>(level)]; }
  const Division& operator[](DivisionRef ref) const {
    return levels_[static_cast<std::size_t>(ref.level)][ref.index];
  }
  std::optional<DivisionRef> find(Code code) const;
  /// The ancestor of `ref` at `level`; `ref` itself when `level` is its own or finer.
  DivisionRef ancestor(DivisionRef ref, Level level) const;
  /// The descendants of `ref` at `level` as an index range [first, last) (contiguous by construction).
  std::pair<std::uint32_t, std::uint32_t> descendants(DivisionRef ref, Level level) const;
  /// "青海省 › 海东市 › 互助土族自治县" down to and including `ref`.
  std::string path(DivisionRef ref, std::string_view separator = " › ") const;
  Level finest() const;  ///< the finest level that has any division

  /// To search in; made when first asked for. Thread-safe.
  const NameIndex& names() const;
  /// One that was made of this tree before. Before anybody else reads.
  void set_names(NameIndex index);

 private:
  struct Names {
    std::once_flag once;
    NameIndex index;
  };
  std::shared_ptr<Names> names_ = std::make_shared<Names>();
  std::shared_ptr<const void> memory_;
  std::array<std::vector<Division>, level_count> levels_;
};

/// A place found by text: exact code, code prefix, exact name, name prefix, name containing: in that order,
/// coarser levels first. `text` is matched on the name's code points.
struct FoundPlace {
  DivisionRef ref;
  int rank = 0;  ///< 0 exact code .. 4 name containing
};
std::vector<FoundPlace> find_places(const DivisionTree& tree, std::string_view text, std::size_t limit = 50);
/// The names of the tree most like `text`, for messages; each name once.
std::vector<std::string> nearest_place_names(const DivisionTree& tree, std::string_view text,
                                             std::size_t limit = 3);
/// The one place a command line means by CODE|NAME: an exact code, the only place of that name, or a short form
/// of at least two characters ("互助") that begins the name of exactly one place at the coarsest level where it
/// begins any. Throws UsageError: none (nearest names offered), or several (each listed with code and path).
DivisionRef resolve_place(const DivisionTree& tree, std::string_view code_or_name);

/// What is rasterised at one level: cells that share edges. A cell is a division of that level or, where a
/// coarser division has no children with boundaries, that coarser division itself: the land has no holes.
struct Coverage {
  Level level = Level::county;
  std::vector<DivisionRef> cells;  ///< one per polygon, ordered by code
  PolygonSet polygons;             ///< projected metres; empty where `arcs` has them: see outline() and outlines()
  std::shared_ptr<const ArcShapes> arcs;  ///< its polygons as shared arcs; null: only `polygons` has them
  std::span<const Box> arc_boxes;         ///< of the cells, where `arcs` has them
  Anchors anchors;                        ///< those found so far: see anchor()
  /// Index of each cell's ancestor-or-self at each level (npos below its own level).
  std::vector<std::array<std::uint32_t, level_count>> ancestry;

  std::size_t size() const { return cells.size(); }
  /// Projected metres, one per cell.
  std::span<const Box> boxes() const { return arcs ? arc_boxes : std::span<const Box>(polygons.boxes); }
  Box extent() const;
  bool contains(std::size_t cell, Point p) const;  ///< even-odd
  /// The one polygon of a cell, at full detail.
  PolygonSet outline(std::size_t cell) const;
  /// All polygons at full detail; where `arcs` has them made when first asked for. Thread-safe.
  const PolygonSet& outlines() const;
  /// The label anchor of a cell; found when first asked for. Thread-safe.
  Anchor anchor(std::size_t cell) const;
  /// The coarsest level at which cells a and b part (see Code::parting_level).
  Level parting_level(std::uint32_t a, std::uint32_t b) const {
    for (std::size_t l = 0; l < level_count; ++l)
      if (ancestry[a][l] != ancestry[b][l]) return static_cast<Level>(l);
    return Level::village;
  }

 private:
  struct Outlines {
    std::once_flag once;
    PolygonSet all;
  };
  std::shared_ptr<Outlines> made_ = std::make_shared<Outlines>();
};

}  // namespace battlemap::geo
