#include "render/map_spec.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <system_error>

#include "geo/error.hpp"
#include "geo/nearest.hpp"
#include "geo/toml_reader.hpp"

namespace battlemap::render {
namespace {

constexpr std::array<std::pair<std::string_view, FillKind>, 5> fill_words{{{"sequential", FillKind::sequential},
                                                                            {"diverging", FillKind::diverging},
                                                                            {"categorical", FillKind::categorical},
                                                                            {"clusters", FillKind::clusters},
                                                                            {"bivariate", FillKind::bivariate}}};

FillKind read_kind(const geo::TomlTable& table) {
  return table.word<FillKind>("kind", fill_words, FillKind::sequential);
}

geo::Method read_method(const geo::TomlTable& table) {
  std::vector<std::pair<std::string_view, geo::Method>> words;
  for (const std::string_view id : geo::method_ids()) words.emplace_back(id, geo::parse_method(id));
  return table.word<geo::Method>("method", words, geo::Method::natural);
}

bool ascend(const std::vector<double>& numbers) {
  return std::adjacent_find(numbers.begin(), numbers.end(), std::greater_equal<>()) == numbers.end();
}

/// Keys that only one method reads would say nothing beside another.
void check_method_keys(const geo::TomlTable& table, const FillSpec& fill) {
  using geo::Method;
  const auto only_for = [&](const char* key, Method method) {
    if (table.has(key) && fill.method != method)
      geo::fail("{}:{}: key '{}' is for method \"{}\", not for \"{}\"", table.file().string(), table.line(key), key,
                geo::method_id(method), geo::method_id(fill.method));
  };
  only_for("interval", Method::defined), only_for("hinge", Method::box), only_for("multiples", Method::stddev);
  if (fill.method == Method::defined && !(fill.interval > 0))
    geo::fail("{}:{}: method 'defined' needs the width of a class, a number above 0, e.g. interval = 5",
              table.file().string(), table.line(table.has("interval") ? "interval" : "method"));
  if (!(fill.hinge > 0)) table.fail("hinge", "a number above 0; 1.5 is usual");
  if (!ascend(fill.multiples) || fill.multiples.size() + 1 > geo::most_classes)
    table.fail("multiples", "at most 8 ascending numbers, none twice, e.g. [-2, -1, 1, 2]");
  const bool of_a_distribution =
      fill.method == Method::stddev || fill.method == Method::box || fill.method == Method::headtail;
  if (fill.kind == FillKind::diverging && of_a_distribution)
    table.fail("method", "for kind \"diverging\" one of: equal, quantile, natural, pretty, geometric, defined, manual, "
                         "unclassed; the others say where most values lie, not how far from the midpoint");
  if (fill.zero_class && fill.method == Method::unclassed)
    table.fail("zero_class", "false with method \"unclassed\": a ramp has no classes");
}

void check_fill(const geo::TomlTable& table, const FillSpec& fill) {
  if (fill.count < 1 || fill.count > geo::most_classes) table.fail("count", "a number of classes from 1 to 9");
  if (!ascend(fill.breaks)) table.fail("breaks", "ascending numbers, none twice");
  if (fill.breaks.size() + 1 > geo::most_classes) table.fail("breaks", "at most 8 inner breaks");
  if (fill.method == geo::Method::manual && fill.breaks.empty() && fill.kind != FillKind::categorical)
    geo::fail("{}:{}: method 'manual' needs inner breaks, e.g. breaks = [3, 10, 20]", table.file().string(),
              table.line("method"));
  check_method_keys(table, fill);
}

/// A map of clusters has its own keys; those of classes would say nothing.
void read_cluster_keys(const geo::TomlTable& table, FillSpec& fill) {
  fill.permutations = table.integer("permutations", fill.permutations);
  fill.seed = table.integer("seed", fill.seed);
  fill.significance = table.number("significance", fill.significance);
  if (fill.permutations < 9 || fill.permutations > 99999) table.fail("permutations", "a number from 9 to 99999");
  if (fill.seed < 0) table.fail("seed", "0 or more");
  if (!(fill.significance > 0 && fill.significance <= 0.5))
    table.fail("significance", "a number above 0, at most 0.5; 0.05 is usual");
}

/// Two indicators in three classes each.
void read_bivariate_keys(const geo::TomlTable& table, FillSpec& fill) {
  fill.second = table.string("second");
  fill.breaks = table.numbers("breaks"), fill.second_breaks = table.numbers("second_breaks");
  fill.count = 3;
  const bool manual = !fill.breaks.empty() || !fill.second_breaks.empty();
  fill.method = manual ? geo::Method::manual : geo::Method::quantile;
  if (table.has("method")) fill.method = read_method(table);
  using geo::Method;
  if (fill.method != Method::equal && fill.method != Method::quantile && fill.method != Method::natural &&
      fill.method != Method::manual)
    table.fail("method", "for kind \"bivariate\" one of: equal, quantile, natural, manual");
  if (manual != (fill.method == Method::manual))
    geo::fail("{}:{}: kind \"bivariate\" with method \"manual\" needs breaks and second_breaks, two numbers each; other "
              "methods need neither", table.file().string(), table.line("method"));
  for (const auto& [key, breaks] : {std::pair{"breaks", &fill.breaks}, std::pair{"second_breaks", &fill.second_breaks}})
    if (manual && (breaks->size() != 2 || !ascend(*breaks))) table.fail(key, "two ascending numbers: three classes");
  fill.fixed_across_years = table.boolean("fixed_across_years", true);
}

void read_class_keys(const geo::TomlTable& table, FillSpec& fill) {
  fill.breaks = table.numbers("breaks");
  fill.method = table.has("method") || fill.breaks.empty() ? read_method(table) : geo::Method::manual;
  fill.count = table.integer("count", geo::usual_count(fill.method));
  fill.interval = table.number("interval", 0);
  fill.hinge = table.number("hinge", fill.hinge);
  fill.multiples = table.numbers("multiples");
  fill.zero_class = table.boolean("zero_class", false);
  fill.pale = table.boolean("pale", false);
  fill.midpoint = table.number("midpoint", 0);
  fill.fixed_across_years = table.boolean("fixed_across_years", true);
  check_fill(table, fill);
}

FillSpec read_fill(const geo::TomlTable& table) {
  FillSpec fill;
  fill.lines = table.lines();
  fill.indicator = table.string("indicator");
  fill.kind = read_kind(table);
  fill.palette = table.string("palette");
  if (fill.kind == FillKind::clusters)
    read_cluster_keys(table, fill);
  else if (fill.kind == FillKind::bivariate)
    read_bivariate_keys(table, fill);
  else
    read_class_keys(table, fill);
  table.finish();
  return fill;
}

CircleSpec read_circles(const geo::TomlTable& table) {
  CircleSpec circles;
  circles.lines = table.lines();
  circles.indicator = table.string("indicator");
  circles.max_radius_mm = table.number("max_radius_mm", circles.max_radius_mm);
  circles.label = table.boolean("label", circles.label);
  if (circles.max_radius_mm < 1 || circles.max_radius_mm > 50)
    table.fail("max_radius_mm", "a radius from 1 to 50 mm on the reference sheet of 1920 x 1080");
  table.finish();
  return circles;
}

void check_unique(const std::vector<MapSpec>& maps, const MapSpec& added) {
  for (const MapSpec& map : maps)
    if (map.id == added.id)
      geo::fail("{} and {} both have id = \"{}\"; give one of them another id", map.file.string(),
                added.file.string(), map.id);
}

std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entries(folder, error);
  if (error)
    geo::fail("cannot read the maps folder {}: {}; set files.maps in project.toml", folder.string(),
              error.message());
  for (const auto& entry : entries)
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string_view fill_kind_id(FillKind kind) {
  return fill_words[static_cast<std::size_t>(kind)].first;
}

MapSpec read_map(const std::filesystem::path& toml) {
  const geo::TomlTable table = geo::read_toml(toml);
  MapSpec map;
  map.file = toml;
  map.id = table.string("id");
  map.title = table.text("title");
  map.subtitle = table.text("subtitle", {});
  map.note = table.text("note", {});
  map.no_data_note = table.text("no_data_note", {});
  map.not_applicable_note = table.text("not_applicable_note", {});
  map.order = table.integer("order", 1000);
  map.default_level = table.word<geo::Level>("default_level", geo::level_words, geo::Level::county);
  map.years = table.integers("years");
  map.series = table.boolean("series", true);
  map.layers = read_layers(table);
  for (const geo::TomlTable& panel : table.tables("panel")) map.panels.push_back(read_panel(panel));
  if (!map.is_board() || table.has("fill")) map.fill = read_fill(table.table("fill"));
  if (const auto circles = table.find_table("circles")) map.circles = read_circles(*circles);
  table.finish();
  return map;
}

bool MapSpec::shows_judgements() const {
  constexpr std::string_view field = "judgement";
  const auto in_layer = [&](const LayerSpec& layer) {
    const auto contradicted = [](RecordState state) { return state == RecordState::contradicted; };
    return layer.colour_by == field || layer.shape_by == field || contradicted(layer.hollow) ||
           contradicted(layer.faded) || contradicted(layer.ring) || contradicted(layer.alarm) ||
           std::any_of(layer.where.begin(), layer.where.end(),
                       [&](const RecordCondition& condition) { return contradicted(condition.state); });
  };
  const auto in_panel = [&](const PanelSpec& panel) {
    return panel.kind == PanelKind::criteria || panel.field == field || panel.by == field ||
           std::any_of(panel.figures.begin(), panel.figures.end(),
                       [&](const FigureSpec& figure) { return figure.field == field; });
  };
  return std::any_of(layers.begin(), layers.end(), in_layer) || std::any_of(panels.begin(), panels.end(), in_panel);
}

std::vector<MapSpec> read_maps(const std::filesystem::path& folder) {
  std::vector<MapSpec> maps;
  for (const std::filesystem::path& file : toml_files(folder)) {
    MapSpec map = read_map(file);
    check_unique(maps, map);
    maps.push_back(std::move(map));
  }
  if (maps.empty()) geo::fail("{} has no map files (*.toml)", folder.string());
  std::stable_sort(maps.begin(), maps.end(), [](const MapSpec& a, const MapSpec& b) {
    return a.order != b.order ? a.order < b.order : a.id < b.id;
  });
  return maps;
}

const MapSpec& find_map(const std::vector<MapSpec>& maps, std::string_view id) {
  std::vector<std::string> known;
  for (const MapSpec& map : maps) {
    if (map.id == id) return map;
    known.push_back(map.id);
  }
  geo::fail_unknown("map", id, known);
}

}  // namespace battlemap::render
