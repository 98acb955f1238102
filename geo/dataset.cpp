#include "geo/dataset.hpp"

#include <algorithm>
#include <future>
#include <iterator>

#include "geo/boundaries.hpp"
#include "geo/boundary_fields.hpp"
#include "geo/coverage.hpp"
#include "geo/division_loader.hpp"
#include "geo/exit_mask.hpp"
#include "geo/exit_statistics.hpp"
#include "geo/join.hpp"
#include "geo/pack.hpp"
#include "geo/pack_identity.hpp"
#include "geo/parallel.hpp"
#include "geo/record_loader.hpp"
#include "geo/timeline.hpp"
#include "geo/water.hpp"

namespace battlemap::geo {
namespace {

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

struct Joined {
  Statistics statistics;
  std::vector<JoinReport> reports;
  Problems problems;
};

Joined join_tables(const Project& project, const DivisionTree& tree) {
  const Measure measure("join");
  Joined joined;
  std::vector<Indicator> indicators = load_indicators(project);
  auto columns = join_statistics(project, tree, indicators, joined.reports, joined.problems);
  joined.statistics = Statistics(tree, std::move(indicators), project.years, std::move(columns));
  return joined;
}

void keep(Joined joined, Dataset& dataset) {
  dataset.statistics = std::move(joined.statistics);
  dataset.join_reports = std::move(joined.reports);
  std::move(joined.problems.begin(), joined.problems.end(), std::back_inserter(dataset.problems));
}

void load_sources(Dataset& dataset, const std::function<void(const char*, double)>& step) {
  require_generated_files(dataset.project);
  dataset.source_identity = pack_identity(dataset.project).value_or("");
  step("reading boundaries", 0);
  dataset.project.boundaries = expand_levels(dataset.project.boundaries);
  std::vector<BoundaryLayer> layers = load_tree(dataset);
  // Tables need the tree only: they are joined on the core that shaping the polygons leaves idle at times.
  auto joined = std::async(std::launch::async, [&] { return join_tables(dataset.project, dataset.tree); });
  load_coverages(dataset, std::move(layers));
  step("reading lakes and rivers", 0.7);
  for (const WaterSource& source : dataset.project.water) read_water(source, dataset);
  drop_lakes_elsewhere(dataset);
  step("joining statistics", 0.75);
  keep(joined.get(), dataset);
  dataset.source_problems = dataset.problems;
}

/// From the pack that is the project, or that was made from its sources; false when there is none that can be used.
bool load_pack(Dataset& dataset, const LoadOptions& options) {
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
    restore_pack(restored, pack, load_indicators(project), options.coarse_outlines ? CoarseOutlines::read : CoarseOutlines::unread);
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
  if (!timed("open pack", [&] { return load_pack(dataset, options); })) load_sources(dataset, step);
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
