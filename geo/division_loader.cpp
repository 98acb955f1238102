#include "geo/division_loader.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "geo/arc_details.hpp"
#include "geo/containment.hpp"
#include "geo/coverage.hpp"
#include "geo/dissolve.hpp"
#include "geo/join.hpp"
#include "geo/parallel.hpp"
#include "geo/problem_log.hpp"
#include "geo/table_divisions.hpp"
#include "geo/timeline.hpp"

namespace battlemap::geo {
namespace {

/// All boundary layers, read side by side; problems in the order of the project file.
std::vector<BoundaryLayer> read_layers(const Project& project, Problems& problems) {
  std::vector<BoundaryLayer> layers(project.boundaries.size());
  std::vector<Problems> found(layers.size());
  parallel_ranges(layers.size(), 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      layers[i] = read_boundaries(project.boundaries[i], project.projection, found[i], layers.size() == 1);
  });
  for (Problems& some : found)
    problems.insert(problems.end(), std::make_move_iterator(some.begin()),
                    std::make_move_iterator(some.end()));
  return layers;
}

/// Codes whose parent is in no layer of the level above, although there is one: by parent, with how many.
void report_missing_parents(const std::vector<BoundaryLayer>& layers, Problems& problems) {
  std::array<std::set<Code>, level_count> known;
  for (const BoundaryLayer& layer : layers)
    if (layer.report.level != Level::village)  // nobody's parents
      for (const auto& entry : layer.entries) known[static_cast<std::size_t>(layer.report.level)].insert(entry.code);
  for (const BoundaryLayer& layer : layers) {
    if (layer.report.level == Level::province) continue;
    const auto& parents = known[static_cast<std::size_t>(layer.report.level) - 1];
    if (parents.empty()) continue;
    std::map<Code, std::size_t> missing;
    for (const auto& entry : layer.entries)
      if (!parents.contains(*entry.code.parent())) ++missing[*entry.code.parent()];
    ProblemLog log(problems, layer.report.source, problems_per_kind);
    for (const auto& [parent, count] : missing)
      log.add("missing_parent", 0, parent.text(),
              fmt::format("no {} boundary has this code, but {} of this layer's codes begin with it; they were kept "
                          "under a {} made from them",
                          level_id(parent.level()), count, level_id(parent.level())));
  }
}

/// Moves the entries into a tree; their codes stay with the layers.
DivisionTree build_tree(std::vector<BoundaryLayer>& layers) {
  std::vector<DivisionTree::Entry> entries;
  std::size_t count = 0;
  for (const BoundaryLayer& layer : layers) count += layer.entries.size();
  if (layers.size() > 1) entries.reserve(count);
  for (BoundaryLayer& layer : layers) {
    layer.codes.reserve(layer.entries.size());
    for (const DivisionTree::Entry& entry : layer.entries) layer.codes.push_back(entry.code);
    if (layers.size() == 1)
      entries = std::move(layer.entries);
    else
      std::move(layer.entries.begin(), layer.entries.end(), std::back_inserter(entries));
    layer.entries = {};
  }
  return DivisionTree(std::move(entries));
}

void report_inferred_names(const DivisionTree& tree, Problems& problems) {
  for (const Level level : all_levels) {
    const auto divisions = tree.at(level);
    const auto count =
        std::count_if(divisions.begin(), divisions.end(), [](const Division& d) { return d.name_inferred; });
    if (count > 0)
      problems.push_back(
          {"no_name", "", 0, "",
           fmt::format("{} of {} {} divisions have no name in any source; their codes are shown", count,
                       divisions.size(), level_id(level))});
  }
}

/// The polygons of one level in the tree's order; of a code in several layers the first counts.
PolygonSet align(const Divisions& divisions, std::span<BoundaryLayer*> layers, Problems& problems) {
  if (layers.size() == 1 && layers[0]->codes.size() == divisions.size())
    return std::move(layers[0]->polygons);
  PolygonSet set;
  std::vector<std::size_t> next(layers.size(), 0);
  for (const Division& division : divisions) {
    const BoundaryLayer* taken = nullptr;
    for (std::size_t k = 0; k < layers.size(); ++k) {
      BoundaryLayer& layer = *layers[k];
      if (next[k] == layer.codes.size() || layer.codes[next[k]] != division.code) continue;
      if (taken == nullptr)
        set.append(layer.polygons, next[k]), taken = &layer;
      else
        problems.push_back(
            {"duplicate_code", layer.report.source, 0, division.code.text(),
             fmt::format("the code stands in {} already; this one is left out", taken->report.source)});
      ++next[k];
    }
    if (taken == nullptr) set.end_polygon();
  }
  for (BoundaryLayer* layer : layers) layer->polygons = {};
  return set;
}

LevelPolygons align_levels(const DivisionTree& tree, std::vector<BoundaryLayer>& layers, Problems& problems) {
  LevelPolygons polygons;
  for (const Level level : all_levels) {
    std::vector<BoundaryLayer*> of_level;
    for (BoundaryLayer& layer : layers)
      if (layer.report.level == level) of_level.push_back(&layer);
    if (!of_level.empty())
      polygons[static_cast<std::size_t>(level)] = align(tree.at(level), of_level, problems);
  }
  return polygons;
}

/// The divisions of `level` that lack a boundary, and the ranges of their children that make one.
struct Gaps {
  std::vector<std::uint32_t> divisions;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> children;
};

bool any_child_has_rings(const Division& division, const PolygonSet& finer) {
  for (std::uint32_t k = 0; k < division.child_count; ++k)
    if (has_rings(finer, division.first_child + k)) return true;
  return false;
}

Gaps find_gaps(const Divisions& divisions, const PolygonSet& own, const PolygonSet& finer) {
  Gaps gaps;
  for (std::uint32_t i = 0; i < divisions.size(); ++i) {
    const Division& division = divisions[i];
    if (has_rings(own, i) || !any_child_has_rings(division, finer)) continue;
    gaps.divisions.push_back(i);
    gaps.children.emplace_back(division.first_child, division.first_child + division.child_count);
  }
  return gaps;
}

PolygonSet fill_gaps(std::size_t count, const PolygonSet& own, const Gaps& gaps, PolygonSet dissolved) {
  if (gaps.divisions.size() == count) return dissolved;
  PolygonSet filled;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (next < gaps.divisions.size() && gaps.divisions[next] == i)
      filled.append(dissolved, next++);
    else if (has_rings(own, i))
      filled.append(own, i);
    else
      filled.end_polygon();
  }
  return filled;
}

void report_dissolved(Dataset& dataset, Level level, const Gaps& gaps, std::size_t points) {
  const Level finer = level_below(level);
  const auto of_level = [&](const BoundaryReport& report) { return report.level == level; };
  auto& reports = dataset.boundary_reports;
  if (std::none_of(reports.begin(), reports.end(), of_level)) {
    BoundaryReport report;
    report.source = fmt::format("dissolved from {} boundaries", level_id(finer));
    report.level = level;
    report.loaded = gaps.divisions.size();
    report.points = points;
    report.dissolved = true;
    reports.push_back(report);
    return;
  }
  ProblemLog log(dataset.problems, std::find_if(reports.begin(), reports.end(), of_level)->source,
                 problems_per_kind);
  for (const std::uint32_t i : gaps.divisions)
    log.add("missing_boundary", 0, dataset.tree.at(level)[i].code.text(),
            fmt::format("no boundary in the source; dissolved from its {} boundaries", level_id(finer)));
}

/// From fine to coarse: a level that no source gives is dissolved from the next finer one.
void dissolve_missing(Dataset& dataset, LevelPolygons& polygons) {
  for (std::size_t l = level_count - 1; l-- > 0;) {
    const auto level = static_cast<Level>(l);
    const PolygonSet& finer = polygons[l + 1];
    if (finer.ring_count() == 0) continue;
    const auto divisions = dataset.tree.at(level);
    const Gaps gaps = find_gaps(divisions, polygons[l], finer);
    if (gaps.divisions.empty()) continue;
    PolygonSet dissolved = dissolve(finer, gaps.children, dataset.grid.step);
    report_dissolved(dataset, level, gaps, dissolved.points.size());
    polygons[l] = fill_gaps(divisions.size(), polygons[l], gaps, std::move(dissolved));
  }
}

/// Square metres of a division's own boundary and of its children's together; 0 and 0 where either has none.
struct Areas {
  double own = 0, children = 0;
};

std::vector<Areas> areas_of(const Divisions& divisions, const PolygonSet& own, const PolygonSet& finer) {
  constexpr std::size_t divisions_per_range = 64;
  std::vector<Areas> areas(divisions.size());
  parallel_ranges(divisions.size(), divisions_per_range, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const Division& division = divisions[i];
      if (!has_rings(own, i) || !any_child_has_rings(division, finer)) continue;
      for (std::uint32_t k = 0; k < division.child_count; ++k)
        areas[i].children += polygon_area(finer, division.first_child + k);
      areas[i].own = polygon_area(own, i);
    }
  });
  return areas;
}

/// A parent's land must be its children's: where they leave gaps the finer maps have holes.
void report_uncovered_parents(const DivisionTree& tree, const LevelPolygons& polygons, Problems& problems) {
  constexpr double tolerance = 0.01;
  for (std::size_t l = 0; l + 1 < level_count; ++l) {
    const auto divisions = tree.at(static_cast<Level>(l));
    if (polygons[l].ring_count() == 0 || polygons[l + 1].ring_count() == 0) continue;
    const std::vector<Areas> areas = areas_of(divisions, polygons[l], polygons[l + 1]);
    for (std::uint32_t i = 0; i < divisions.size(); ++i)
      if (const auto [own, children] = areas[i]; std::abs(children - own) > tolerance * own)
        problems.push_back({"area_mismatch", "", 0, divisions[i].code.text(),
                            fmt::format("{} has {:.1f} km2, its {} {} divisions together {:.1f} km2",
                                        divisions[i].name, own / 1e6, divisions[i].child_count,
                                        level_id(static_cast<Level>(l + 1)), children / 1e6)});
  }
}

/// Corners a millimetre or less from where the projection puts them: see Grid. Packs hold whole numbers, and a picture
/// must be the same from both.
void move_to_grid(Dataset& dataset, LevelPolygons& polygons) {
  Box extent;
  for (const PolygonSet& set : polygons) extent.add(set.extent());
  dataset.grid = grid_for(extent);
  for (PolygonSet& set : polygons) {
    snap_to_grid(set.points, dataset.grid);
    set.update_boxes();
  }
}

}  // namespace

std::vector<BoundaryLayer> load_tree(Dataset& dataset) {
  std::vector<BoundaryLayer> layers = read_layers(dataset.project, dataset.problems);
  for (const BoundaryLayer& layer : layers) dataset.boundary_reports.push_back(layer.report);
  report_missing_parents(layers, dataset.problems);
  DivisionTree tree = timed("tree", [&] { return build_tree(layers); });
  dataset.tree = timed("tables' divisions", [&] { return add_table_divisions(dataset.project, std::move(tree), dataset.problems); });
  report_inferred_names(dataset.tree, dataset.problems);
  return layers;
}

void load_coverages(Dataset& dataset, std::vector<BoundaryLayer> layers) {
  LevelPolygons polygons = align_levels(dataset.tree, layers, dataset.problems);
  layers.clear();
  timed("grid", [&] { move_to_grid(dataset, polygons); });
  timed("parents", [&] { report_outside_parents(dataset.tree, polygons, dataset.problems); });
  timed("dissolve", [&] { dissolve_missing(dataset, polygons); });
  timed("parents", [&] { report_uncovered_parents(dataset.tree, polygons, dataset.problems); });
  dataset.coverages = timed("coverages", [&] { return build_coverages(dataset.tree, std::move(polygons)); });
}

}  // namespace battlemap::geo
