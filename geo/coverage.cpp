#include "geo/coverage.hpp"

#include <cmath>
#include <numbers>

#include "geo/parallel.hpp"

namespace battlemap::geo {
namespace {

constexpr std::size_t cells_per_range = 256;
constexpr std::size_t ancestries_at_once = 16384;
/// An anchor may be nearer to the outline than the best place by this share of the cell's size (the root of
/// its area): one hundredth, but a seventh where there are very many cells, whose labels are never seen large
/// and whose search would otherwise take longer than everything else of loading.
constexpr double anchor_precision = 0.01;
constexpr double coarse_anchor_precision = 0.15;
constexpr std::size_t many_cells = 20000;
/// Where there are many cells, a place with this share of the room of the circle of the cell's area, which no
/// point can beat, is taken at once: mostly the centroid.
constexpr double enough_of_circle = 0.6;

/// Appends the cells of `ref` and below, down to `level`; false when there is none.
bool append_cells(const DivisionTree& tree, const LevelPolygons& polygons, DivisionRef ref, Level level,
                  std::vector<DivisionRef>& cells) {
  bool any = false;
  if (ref.level < level) {
    const Division& division = tree[ref];
    const Level finer = level_below(ref.level);
    for (std::uint32_t k = 0; k < division.child_count; ++k)
      any |= append_cells(tree, polygons, {finer, division.first_child + k}, level, cells);
  }
  if (!any && has_rings(polygons[static_cast<std::size_t>(ref.level)], ref.index)) {
    cells.push_back(ref);
    any = true;
  }
  return any;
}

std::vector<DivisionRef> cells_of(const DivisionTree& tree, const LevelPolygons& polygons, Level level) {
  std::vector<DivisionRef> cells;
  const auto provinces = static_cast<std::uint32_t>(tree.at(Level::province).size());
  for (std::uint32_t i = 0; i < provinces; ++i)
    append_cells(tree, polygons, {Level::province, i}, level, cells);
  return cells;
}

/// Moves the level's polygons when they are the cells; finer coverages, which may need copies, come first.
PolygonSet take_polygons(std::span<const DivisionRef> cells, LevelPolygons& polygons, Level level) {
  PolygonSet& own = polygons[static_cast<std::size_t>(level)];
  const bool all_own =
      cells.size() == own.size() &&
      std::all_of(cells.begin(), cells.end(), [&](DivisionRef ref) { return ref.level == level; });
  if (all_own) return std::move(own);
  PolygonSet set;
  set.points.reserve(own.points.size());
  for (const DivisionRef ref : cells) set.append(polygons[static_cast<std::size_t>(ref.level)], ref.index);
  return set;
}

/// Of each cell itself and what it lies in, npos below it.
std::vector<std::array<std::uint32_t, level_count>> ancestry_of(const DivisionTree& tree, std::span<const DivisionRef> cells) {
  std::vector<std::array<std::uint32_t, level_count>> lines(cells.size());
  parallel_ranges(cells.size(), ancestries_at_once, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      lines[i].fill(npos);
      DivisionRef at = cells[i];
      lines[i][static_cast<std::size_t>(at.level)] = at.index;
      while (at.level != Level::province) {
        at = tree.ancestor(at, static_cast<Level>(index_of(at.level) - 1));
        lines[i][static_cast<std::size_t>(at.level)] = at.index;
      }
    }
  });
  return lines;
}

bool any_rings(const PolygonSet& set) {
  return set.ring_count() > 0;
}

Anchor find_anchor(const PolygonSet& polygons, std::size_t cell, bool many) {
  const double side = std::sqrt(std::abs(polygon_area(polygons, cell)));
  const double precision = side * (many ? coarse_anchor_precision : anchor_precision);
  const double enough = many ? side * enough_of_circle / std::sqrt(std::numbers::pi) : HUGE_VAL;
  double radius = 0;
  const Point at = pole_of_inaccessibility(polygons, cell, precision, &radius, enough);
  return {at, static_cast<float>(radius)};
}

void append_polygon(const ArcShapes& shapes, const ArcRings& rings, std::size_t i, PolygonSet& out) {
  for (std::uint32_t r = rings.polygon_begin[i]; r < rings.polygon_begin[i + 1]; ++r) {
    const auto begin = static_cast<std::ptrdiff_t>(out.points.size());
    for (const std::uint32_t ref : rings.ring(r))
      shapes.details.front().each_point(ref, [&](GridPoint p) { out.add_point(shapes.grid.at(p)); });
    const auto first = rings.first.empty() ? 0U : std::min<std::size_t>(rings.first[r], out.points.size() - static_cast<std::size_t>(begin));
    std::rotate(out.points.begin() + begin, out.points.begin() + begin + static_cast<std::ptrdiff_t>(first), out.points.end());
    out.end_ring();
  }
  out.end_polygon();
}

}  // namespace

Box Coverage::extent() const {
  Box all;
  for (const Box& box : boxes()) all.add(box);
  return all;
}

bool Coverage::contains(std::size_t cell, Point p) const {
  if (!boxes()[cell].contains(p)) return false;
  return arcs ? polygon_contains(outline(cell), 0, p) : polygon_contains(polygons, cell, p);
}

PolygonSet Coverage::outline(std::size_t cell) const {
  PolygonSet one;
  if (arcs)
    append_polygon(*arcs, arcs->levels[static_cast<std::size_t>(level)], cell, one);
  else
    one.append(polygons, cell);
  return one;
}

const PolygonSet& Coverage::outlines() const {
  if (!arcs) return polygons;
  std::call_once(made_->once, [&] {
    const ArcRings& rings = arcs->levels[static_cast<std::size_t>(level)];
    for (std::size_t i = 0; i < rings.size(); ++i) append_polygon(*arcs, rings, i, made_->all);
  });
  return made_->all;
}

Anchor Coverage::anchor(std::size_t cell) const {
  return anchors.get(cell, [&]() -> Anchor {
    const bool many = size() >= many_cells;
    return arcs ? find_anchor(outline(cell), 0, many) : find_anchor(polygons, cell, many);
  });
}

void find_anchors(const Coverage& coverage) {
  parallel_ranges(coverage.size(), cells_per_range, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) coverage.anchor(i);
  });
}

std::array<Coverage, level_count> build_coverages(const DivisionTree& tree, LevelPolygons polygons) {
  std::array<Coverage, level_count> coverages;
  for (std::size_t l = level_count; l-- > 0;) {
    Coverage& coverage = coverages[l];
    coverage.level = static_cast<Level>(l);
    if (!any_rings(polygons[l])) continue;
    coverage.cells = cells_of(tree, polygons, coverage.level);
    coverage.polygons = take_polygons(coverage.cells, polygons, coverage.level);
    coverage.anchors = Anchors(coverage.size());
    coverage.ancestry = ancestry_of(tree, coverage.cells);
  }
  return coverages;
}

std::optional<std::size_t> cell_of(const DivisionTree& tree, const Coverage& coverage, DivisionRef place) {
  const Code code = tree[place].code;
  const auto at = std::partition_point(coverage.cells.begin(), coverage.cells.end(),
                                       [&](DivisionRef cell) { return tree[cell].code < code; });
  if (at == coverage.cells.end() || *at != place) return std::nullopt;
  return static_cast<std::size_t>(at - coverage.cells.begin());
}

}  // namespace battlemap::geo
