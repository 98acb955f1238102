#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/data_origin.hpp"
#include "render/class_scheme.hpp"
#include "render/cluster_map.hpp"
#include "render/scene.hpp"

namespace battlemap::app {
namespace {

using geo::Cluster;

constexpr auto clusters_help =
    R"(Local Moran's I (LISA) of an indicator: which places lie among places like them, and which do not. Neighbours share
a stretch of border; weights are row-standardised; p-values come from conditional permutations with a seed, the same on
every machine. Places without a value, and places it does not apply to, are nobody's neighbours.

JSON: {project, data, indicator, level, year, permutations, seed, significance, values, global_i,
counts: {high-high, low-low, high-low, low-high, not-significant, no-neighbours, no-data},
places: [{code, name, cluster, value (null: none), z, lag, i, p, neighbours, provenance}]}

Examples:
  battlemap clusters data/qinghai --indicator poverty_rate --level county --year 2016
  battlemap clusters data/qinghai --map poverty-clusters --level township --json clusters.json)";

struct ClusterOptions {
  std::filesystem::path project, json;
  std::string map, indicator, level;
  std::optional<int> year, permutations, seed;
  std::optional<double> significance;
};

/// What is asked for, resolved against the project.
struct ClusterTask {
  std::string indicator;
  geo::Level level = geo::Level::county;
  int year = 0;
  geo::LisaOptions lisa;
};

const render::MapSpec* map_of(const render::Atlas& atlas, const ClusterOptions& options) {
  if (options.map.empty() == options.indicator.empty())
    throw geo::UsageError("give either --map ID or --indicator ID");
  if (options.map.empty()) return nullptr;
  const render::MapSpec& map = render::find_map(atlas.maps, options.map);
  if (!map.fill) throw geo::UsageError(fmt::format("map '{}' colours no areas; give --indicator ID", map.id));
  return &map;
}

ClusterTask task_of(const render::Atlas& atlas, const ClusterOptions& options) {
  const render::MapSpec* map = map_of(atlas, options);
  ClusterTask task;
  task.indicator = map != nullptr ? map->fill->indicator : options.indicator;
  const geo::Indicator& indicator = atlas.dataset.statistics.indicator(task.indicator);
  if (map != nullptr) task.level = map->default_level, task.lisa = render::lisa_options(*map->fill);
  if (!options.level.empty()) task.level = geo::parse_level(options.level);
  render::MapSpec plain;  // an indicator alone has the years of a map without any of its own
  plain.id = task.indicator, plain.fill.emplace().indicator = indicator.id;
  render::SheetRequest picture;
  picture.year = options.year;
  task.year = render::shown_year(atlas, picture, map != nullptr ? *map : plain);
  if (options.permutations) task.lisa.permutations = *options.permutations;
  if (options.seed) task.lisa.seed = static_cast<std::uint64_t>(std::max(0, *options.seed));
  if (options.significance) task.lisa.significance = *options.significance;
  return task;
}

std::array<std::size_t, geo::cluster_count + 1> count_clusters(const geo::Lisa& lisa) {
  std::array<std::size_t, geo::cluster_count + 1> counts{};
  for (const geo::LocalMoran& place : lisa.places) ++counts[static_cast<std::size_t>(place.cluster)];
  return counts;
}

void print_clusters(const render::Atlas& atlas, const ClusterTask& task, const render::ClusterMap& map) {
  const geo::Indicator& indicator = atlas.dataset.statistics.indicator(task.indicator);
  fmt::print("{} {} ({}), {} level, {}\n{} places with a value; Moran's I {:.4f}; {} permutations, seed {}, p <= {}\n",
             indicator.name.zh, indicator.name.en, indicator.id, geo::level_id(task.level), task.year, map.lisa.values,
             map.lisa.global_i, task.lisa.permutations, task.lisa.seed, task.lisa.significance);
  const auto counts = count_clusters(map.lisa);
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const auto cluster = static_cast<Cluster>(k);
    fmt::print("  {:<16} {:>6}  {}\n", geo::cluster_id(cluster), counts[k], geo::cluster_name(cluster).zh);
    if (cluster >= Cluster::not_significant) continue;
    for (std::size_t i = 0; i < map.cells.size(); ++i) {
      const geo::LocalMoran& place = map.lisa.places[i];
      if (place.cluster == cluster)
        fmt::print("      {:<12} {}: {}, I {:.3f}, p {:.3f}, {}\n", atlas.dataset.tree[map.cells[i]].code.text(),
                   atlas.dataset.tree[map.cells[i]].name, geo::format_value(map.values[i], indicator, geo::Language::zh),
                   place.i, place.p, geo::provenance_id(map.values[i].provenance));
    }
  }
}

nlohmann::json place_json(const geo::Division& division, const geo::Value& value, const geo::LocalMoran& place) {
  nlohmann::json json{{"code", division.code.text()},
                      {"name", division.name},
                      {"cluster", geo::cluster_id(place.cluster)},
                      {"value", nullptr},
                      {"z", place.z},
                      {"lag", place.lag},
                      {"i", place.i},
                      {"p", place.p},
                      {"neighbours", place.neighbours},
                      {"provenance", geo::provenance_id(value.provenance)}};
  if (value.has_value()) json["value"] = value.value;
  return json;
}

nlohmann::json clusters_json(const render::Atlas& atlas, const ClusterTask& task, const render::ClusterMap& map) {
  const geo::Project& project = atlas.dataset.project;
  nlohmann::json json{{"project", project.id},
                      {"data", origin_json(project)},
                      {"indicator", task.indicator},
                      {"level", geo::level_id(task.level)},
                      {"year", task.year},
                      {"permutations", task.lisa.permutations},
                      {"seed", task.lisa.seed},
                      {"significance", task.lisa.significance},
                      {"values", map.lisa.values},
                      {"global_i", map.lisa.global_i}};
  const auto counts = count_clusters(map.lisa);
  for (std::size_t k = 0; k < counts.size(); ++k)
    json["counts"][std::string(geo::cluster_id(static_cast<Cluster>(k)))] = counts[k];
  json["places"] = nlohmann::json::array();
  for (std::size_t i = 0; i < map.cells.size(); ++i)
    json["places"].push_back(place_json(atlas.dataset.tree[map.cells[i]], map.values[i], map.lisa.places[i]));
  return json;
}

void clusters(const ClusterOptions& options) {
  const auto atlas = render::load_atlas(options.project, progress_line());
  const ClusterTask task = task_of(*atlas, options);
  const auto map = render::cluster_map(*atlas, task.indicator, task.level, task.year, task.lisa);
  if (map->lisa.values == 0)
    geo::fail("{} has no values at level {} in {}", task.indicator, geo::level_id(task.level), task.year);
  if (options.json != "-") print_clusters(*atlas, task, *map);
  if (!options.json.empty()) write_json(options.json, clusters_json(*atlas, task, *map));
}

}  // namespace

void add_clusters(Command program) {
  Command command = program.add_subcommand("clusters", "Find local clusters and outliers of an indicator (LISA)");
  const auto options = std::make_shared<ClusterOptions>();
  add_project(command, options->project);
  command.add_option("--map", options->map, "The indicator that this map colours, with its settings").type_name("ID");
  command.add_option("--indicator", options->indicator, "Instead of --map: id of an indicator").type_name("ID");
  add_level(command, options->level);
  add_year(command, options->year);
  command.add_option("--permutations", options->permutations, "9 to 99999; default 999").type_name("N");
  command.add_option("--seed", options->seed, "Of the random numbers; default 1").type_name("N");
  command.add_option("--significance", options->significance, "Above 0, at most 0.5; default 0.05").type_name("P");
  command.add_option("--json", options->json, "Also write JSON to FILE; '-' writes only JSON, to standard output")
      .type_name("FILE");
  command.footer(clusters_help);
  command.callback([options] { clusters(*options); });
}

}  // namespace battlemap::app
