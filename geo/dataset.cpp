#include "geo/dataset.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "geo/arc_details.hpp"
#include "geo/boundaries.hpp"
#include "geo/boundary_fields.hpp"
#include "geo/containment.hpp"
#include "geo/coverage.hpp"
#include "geo/dissolve.hpp"
#include "geo/exit_mask.hpp"
#include "geo/exit_statistics.hpp"
#include "geo/join.hpp"
#include "geo/pack.hpp"
#include "geo/pack_identity.hpp"
#include "geo/parallel.hpp"
#include "geo/problem_log.hpp"
#include "geo/record_loader.hpp"
#include "geo/table_divisions.hpp"
#include "geo/timeline.hpp"
#include "geo/water.hpp"

namespace battlemap::geo {
namespace {

/// All boundary layers, read side by side; problems in the order of the project file.
std::vector<BoundaryLayer> read_layers(const Project& project, Problems& problems) {
  std::vector<BoundaryLayer> layers(project.boundaries.size());
  std::vector<Problems> found(layers.size());
  parallel_ranges(layers.size(), 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      layers[i] = read_boundaries(project.boundaries[i], project.projection, found[i]);
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

DivisionTree build_tree(std::vector<BoundaryLayer>& layers) {
  std::vector<DivisionTree::Entry> entries;
  std::size_t count = 0;
  for (const BoundaryLayer& layer : layers) count += layer.entries.size();
  entries.reserve(count);
  for (BoundaryLayer& layer : layers)
    for (DivisionTree::Entry& entry : layer.entries)
      entries.push_back({entry.code, std::move(entry.name), std::move(entry.type)});
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
PolygonSet align(std::span<const Division> divisions, std::span<BoundaryLayer*> layers, Problems& problems) {
  if (layers.size() == 1 && layers[0]->entries.size() == divisions.size())
    return std::move(layers[0]->polygons);
  PolygonSet set;
  std::vector<std::size_t> next(layers.size(), 0);
  for (const Division& division : divisions) {
    const BoundaryLayer* taken = nullptr;
    for (std::size_t k = 0; k < layers.size(); ++k) {
      BoundaryLayer& layer = *layers[k];
      if (next[k] == layer.entries.size() || layer.entries[next[k]].code != division.code) continue;
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

Gaps find_gaps(std::span<const Division> divisions, const PolygonSet& own, const PolygonSet& finer) {
  Gaps gaps;
  for (std::uint32_t i = 0; i < divisions.size(); ++i) {
    const Division& division = divisions[i];
    if (has_rings(own, i) || !any_child_has_rings(division, finer)) continue;
    gaps.divisions.push_back(i);
    gaps.children.emplace_back(division.first_child, division.first_child + division.child_count);
  }
  return gaps;
}

PolygonSet fill_gaps(std::size_t count, const PolygonSet& own, const Gaps& gaps,
                     const PolygonSet& dissolved) {
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

void report_dissolved(Dataset& dataset, Level level, const Gaps& gaps, const PolygonSet& dissolved) {
  const Level finer = level_below(level);
  const auto of_level = [&](const BoundaryReport& report) { return report.level == level; };
  auto& reports = dataset.boundary_reports;
  if (std::none_of(reports.begin(), reports.end(), of_level)) {
    BoundaryReport report;
    report.source = fmt::format("dissolved from {} boundaries", level_id(finer));
    report.level = level;
    report.loaded = gaps.divisions.size();
    report.points = dissolved.points.size();
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
    const PolygonSet dissolved = dissolve(finer, gaps.children);
    polygons[l] = fill_gaps(divisions.size(), polygons[l], gaps, dissolved);
    report_dissolved(dataset, level, gaps, dissolved);
  }
}

/// A parent's land must be its children's: where they leave gaps the finer maps have holes.
void report_uncovered_parents(const DivisionTree& tree, const LevelPolygons& polygons, Problems& problems) {
  constexpr double tolerance = 0.01;
  for (std::size_t l = 0; l + 1 < level_count; ++l) {
    const auto divisions = tree.at(static_cast<Level>(l));
    if (polygons[l].ring_count() == 0 || polygons[l + 1].ring_count() == 0) continue;
    for (std::uint32_t i = 0; i < divisions.size(); ++i) {
      const Division& division = divisions[i];
      if (!has_rings(polygons[l], i) || !any_child_has_rings(division, polygons[l + 1])) continue;
      double children = 0;
      for (std::uint32_t k = 0; k < division.child_count; ++k)
        children += polygon_area(polygons[l + 1], division.first_child + k);
      const double own = polygon_area(polygons[l], i);
      if (std::abs(children - own) > tolerance * own)
        problems.push_back({"area_mismatch", "", 0, division.code.text(),
                            fmt::format("{} has {:.1f} km2, its {} {} divisions together {:.1f} km2",
                                        division.name, own / 1e6, division.child_count,
                                        level_id(static_cast<Level>(l + 1)), children / 1e6)});
    }
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

void load_divisions(Dataset& dataset) {
  std::vector<BoundaryLayer> layers = read_layers(dataset.project, dataset.problems);
  for (const BoundaryLayer& layer : layers) dataset.boundary_reports.push_back(layer.report);
  report_missing_parents(layers, dataset.problems);
  DivisionTree tree = timed("tree", [&] { return build_tree(layers); });
  dataset.tree = timed("tables' divisions", [&] { return add_table_divisions(dataset.project, std::move(tree), dataset.problems); });
  report_inferred_names(dataset.tree, dataset.problems);
  LevelPolygons polygons = align_levels(dataset.tree, layers, dataset.problems);
  layers.clear();
  timed("grid", [&] { move_to_grid(dataset, polygons); });
  timed("parents", [&] { report_outside_parents(dataset.tree, polygons, dataset.problems); });
  timed("dissolve", [&] { dissolve_missing(dataset, polygons); });
  timed("parents", [&] { report_uncovered_parents(dataset.tree, polygons, dataset.problems); });
  dataset.coverages = timed("coverages", [&] { return build_coverages(dataset.tree, std::move(polygons)); });
}

/// What is published elsewhere is not so of a place that does not exist.
void mark_invented(std::vector<Indicator>& indicators) {
  for (Indicator& indicator : indicators) {
    indicator.provenance = Provenance::generated;
    indicator.source = {};
  }
}

std::vector<Indicator> load_indicators(const Project& project) {
  std::error_code ignored;
  const bool none = project.statistics.empty() && !std::filesystem::exists(project.indicators_file, ignored);
  std::vector<Indicator> indicators;
  if (!none) indicators = read_indicators(project.indicators_file);
  if (project.origin && project.origin->invented) mark_invented(indicators);
  return indicators;
}

void load_statistics(Dataset& dataset) {
  const Project& project = dataset.project;
  std::vector<Indicator> indicators = load_indicators(project);
  auto columns = join_statistics(project, dataset.tree, indicators, dataset.join_reports, dataset.problems);
  dataset.statistics = Statistics(dataset.tree, std::move(indicators), project.years, std::move(columns));
}

void load_sources(Dataset& dataset, const std::function<void(const char*, double)>& step) {
  require_generated_files(dataset.project);
  dataset.source_identity = pack_identity(dataset.project).value_or("");
  step("reading boundaries", 0);
  dataset.project.boundaries = expand_levels(dataset.project.boundaries);
  load_divisions(dataset);
  step("reading lakes and rivers", 0.7);
  for (const WaterSource& source : dataset.project.water) read_water(source, dataset);
  drop_lakes_elsewhere(dataset);
  step("joining statistics", 0.75);
  timed("join", [&] { load_statistics(dataset); });
  dataset.source_problems = dataset.problems;
}

/// From the pack that is the project, or that was made from its sources; false when there is none that can be used.
bool load_pack(Dataset& dataset) {
  const Project& project = dataset.project;
  std::string why_not;
  auto pack = project.pack;
  if (!pack && project.use_packs) pack = find_pack(project, why_not);
  if (!pack) {
    dataset.pack_refused = why_not;
    return false;
  }
  Dataset restored;
  restored.project = project;
  try {
    restore_pack(restored, pack, load_indicators(project));
  } catch (const PackError& e) {
    if (project.pack) throw;  // there is nothing else
    dataset.pack_refused = e.what();
    return false;
  }
  dataset = std::move(restored);
  return true;
}

using YearlyExits = std::vector<std::shared_ptr<ExitResults>>;

void check_exits_wanted(const LoadOptions& options) {
  if ((!options.exit_years.empty() || options.exit_statistics) && !options.records)
    fail("exits cannot be judged without the records of households and facilities");
  if (options.exit_statistics && !options.records_within.empty())
    fail("exits of every place cannot be counted from the records of {} alone", options.records_within);
}

YearlyExits judge_years(const Dataset& dataset, const LoadOptions& options, const std::vector<int>& years) {
  const DivisionRef place =
      options.records_within.empty() ? DivisionRef{} : resolve_place(dataset.tree, options.records_within);
  YearlyExits exits(years.size());
  parallel_jobs(static_cast<int>(exits.size()), 0, [&](int job) {
    const auto i = static_cast<std::size_t>(job);
    exits[i] = std::make_shared<ExitResults>(judge_exits(dataset, place, years[i]));
  });
  return exits;
}

/// Before anything is hidden from an audience: judgements are of the whole truth, and cannot be made later from
/// what is left. Empty unless asked for, and for a project without criteria.
template <class Step>
YearlyExits judge(Dataset& dataset, const LoadOptions& options, const Step& step) {
  check_exits_wanted(options);
  const bool some = has_criteria(dataset.project.criteria_folder);
  const std::vector<int> years = some ? options.exit_years : std::vector<int>{};
  if (!options.exit_statistics && years.empty()) return {};
  step("judging exits", 0.95);
  if (!options.exit_statistics) return judge_years(dataset, options, years);
  YearlyExits all = judge_years(dataset, options, dataset.project.years);
  add_exit_statistics(dataset, all);
  std::erase_if(all, [&](const auto& of_year) {
    return std::find(years.begin(), years.end(), of_year->year) == years.end();
  });
  return all;
}

}  // namespace

const ExitResults* Dataset::exits_of(int year) const {
  const auto found = std::find_if(exits.begin(), exits.end(), [&](const auto& each) { return each->year == year; });
  return found == exits.end() ? nullptr : found->get();
}

Box Dataset::extent_of(DivisionRef place) const {
  while (place.valid()) {
    const Coverage& own = coverage(place.level);
    if (const auto cell = cell_of(tree, own, place)) return own.boxes()[*cell];
    if (place.level == Level::province) break;
    place = tree.ancestor(place, static_cast<Level>(index_of(place.level) - 1));
  }
  Box whole;
  for (const Coverage& each : coverages) whole.add(each.extent());
  return whole;
}

Dataset load_dataset(const Project& project,
                     const std::function<void(const std::string&, double)>& progress) {
  return load_dataset(project, LoadOptions{}, progress);
}

Dataset load_dataset(const Project& project, const LoadOptions& options,
                     const std::function<void(const std::string&, double)>& progress) {
  const auto step = [&](const char* what, double fraction) {
    if (progress) progress(what, fraction);
  };
  Dataset dataset;
  dataset.project = project;
  const AudienceRules rules =
      read_audience(project.audience_file, options.audience.value_or(project.audience));
  if (!timed("open pack", [&] { return load_pack(dataset); })) load_sources(dataset, step);
  if (!project.figures_file.empty()) dataset.figures = read_figures(project.figures_file);
  if (options.records) {
    step("reading records", 0.85);
    dataset.records = load_records(dataset, options, rules, dataset.problems);
  }
  const auto exits = judge(dataset, options, step);
  mask_dataset(dataset, rules);
  for (const std::shared_ptr<ExitResults>& of_year : exits) mask_exits(*of_year, dataset, rules.suppress_below);
  dataset.exits.assign(exits.begin(), exits.end());
  step("loaded", 1);
  return dataset;
}

}  // namespace battlemap::geo
