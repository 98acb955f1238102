#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/anchors.hpp"
#include "geo/arc_shapes.hpp"
#include "geo/code.hpp"
#include "geo/geometry.hpp"
#include "geo/name_index.hpp"
#include "geo/shared_array.hpp"

namespace battlemap::geo {

struct ArcShapes;

/// A place of the tree by level and index within that level.
struct DivisionRef {
  Level level = Level::province;
  std::uint32_t index = npos;
  bool valid() const { return index != npos; }
  friend auto operator<=>(const DivisionRef&, const DivisionRef&) = default;
};

/// What a tree says of a division. Its texts are kept by the tree.
struct Division {
  Code code;
  std::string_view name;
  std::string_view type;            ///< what the source says it is ("村委会", "居委会", ...); may be empty
  std::uint32_t parent = npos;      ///< index in the next coarser level
  std::uint32_t first_child = npos; ///< index in the next finer level; children are contiguous
  std::uint32_t child_count = 0;
  bool name_inferred = false;       ///< no source names it; the name is its code
};

/// A division as trees and packs keep it; see Division.
struct DivisionRecord {
  Code code;
  std::uint32_t parent = npos, first_child = npos, child_count = 0;
  std::uint32_t name_begin = 0, name_size = 0;  ///< bytes of the level's names
  std::uint32_t type : 31 = 0;                  ///< of the tree's types
  std::uint32_t name_inferred : 1 = 0;
};

/// The divisions of one level of a tree, which keeps what they are made of.
class Divisions {
 public:
  class Iterator {
   public:
    using value_type = Division;
    using reference = Division;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::random_access_iterator_tag;
    struct pointer {
      Division division;
      const Division* operator->() const { return &division; }
    };
    Iterator() = default;
    Iterator(const Divisions* of, std::ptrdiff_t at) : of_(of), at_(at) {}
    Division operator*() const { return (*of_)[static_cast<std::size_t>(at_)]; }
    pointer operator->() const { return {**this}; }
    Division operator[](difference_type n) const { return *(*this + n); }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator operator++(int) { return std::exchange(*this, *this + 1); }
    Iterator operator--(int) { return std::exchange(*this, *this - 1); }
    Iterator& operator+=(difference_type n) { return at_ += n, *this; }
    Iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend Iterator operator+(difference_type n, Iterator i) { return i += n; }
    friend Iterator operator-(Iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(Iterator a, Iterator b) { return a.at_ - b.at_; }
    friend bool operator==(Iterator a, Iterator b) { return a.at_ == b.at_; }
    friend auto operator<=>(Iterator a, Iterator b) { return a.at_ <=> b.at_; }

   private:
    const Divisions* of_ = nullptr;
    std::ptrdiff_t at_ = 0;
  };

  Divisions() = default;
  Divisions(std::span<const DivisionRecord> records, std::string_view names, std::span<const std::string> types)
      : records_(records), names_(names), types_(types) {}
  std::size_t size() const { return records_.size(); }
  bool empty() const { return records_.empty(); }
  Division operator[](std::size_t i) const {
    const DivisionRecord& r = records_[i];
    return {r.code, names_.substr(r.name_begin, r.name_size), types_[r.type], r.parent, r.first_child, r.child_count, r.name_inferred != 0};
  }
  Division front() const { return (*this)[0]; }
  Division back() const { return (*this)[size() - 1]; }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, static_cast<std::ptrdiff_t>(size())}; }
  /// For who looks at one thing of very many divisions.
  std::span<const DivisionRecord> records() const { return records_; }
  /// The texts that the records speak of; the types are those of the whole tree.
  std::string_view names() const { return names_; }
  std::span<const std::string> types() const { return types_; }

 private:
  std::span<const DivisionRecord> records_;
  std::string_view names_;
  std::span<const std::string> types_;
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
  /// As another tree's levels were: sorted, with all parents and children linked. `memory` keeps them and their texts.
  DivisionTree(const std::array<Divisions, level_count>& levels, std::shared_ptr<const void> memory)
      : memory_(std::move(memory)), levels_(levels) {}

  const Divisions& at(Level level) const { return levels_[static_cast<std::size_t>(level)]; }
  Division operator[](DivisionRef ref) const { return at(ref.level)[ref.index]; }
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
  /// How to get one that was made of this tree before, which is done when it is first asked for; nullopt: it is made anew. Before
  /// anybody else reads.
  void set_names(std::function<std::optional<NameIndex>()> saved);

 private:
  struct Names {
    std::once_flag once;
    std::function<std::optional<NameIndex>()> saved;
    NameIndex index;
  };
  std::shared_ptr<Names> names_ = std::make_shared<Names>();
  std::shared_ptr<const void> memory_;
  std::array<Divisions, level_count> levels_;
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
  SharedArray<DivisionRef> cells;  ///< one per polygon, ordered by code
  PolygonSet polygons;             ///< projected metres; empty where `arcs` has them: see outline() and outlines()
  std::shared_ptr<const ArcShapes> arcs;  ///< its polygons as shared arcs; null: only `polygons` has them
  std::span<const Box> arc_boxes;         ///< of the cells, where `arcs` has them
  Anchors anchors;                        ///< those found so far: see anchor()
  /// Index of each cell's ancestor-or-self at each level (npos below its own level).
  SharedArray<std::array<std::uint32_t, level_count>> ancestry;

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
