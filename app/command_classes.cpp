#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "app/class_choice.hpp"
#include "app/class_table.hpp"
#include "app/command.hpp"
#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "render/class_scheme.hpp"
#include "render/scene.hpp"

namespace battlemap::app {
namespace {

constexpr auto examples =
    R"(Class k holds breaks[k] < value <= breaks[k+1]; the first also holds the lowest value.
Methods:
  equal      intervals of one width
  quantile   as many values in each; equal values stay together
  natural    least squared deviation within classes, exact
  stddev     mean and standard deviations from it: --multiples, else whole ones by --count
  box        quartiles and fences --hinge interquartile ranges beyond them
  headtail   means of the values, of those above the mean, and so on
  pretty     round ends, about --count classes
  geometric  ends that grow by one factor; numbers above 0 only
  defined    ends at the multiples of --interval
  manual     the inner breaks given by --breaks
  unclassed  one class, drawn as a continuous ramp
Of a map: the values of its indicator at --level in --year, classed by the map's method and count unless others
are given. Breaks, counts and goodness of fit are all of these values. --as-drawn prints the classes of the
picture instead: made from all years of the map together where its file does not say otherwise, zero or the
midpoint apart where it says so; counts and goodness of fit are still those of --year.

Examples:
  battlemap classes data/qinghai --map poverty-rate --level county --year 2016
  battlemap classes data/qinghai --map poverty-rate --level village --year 2016 --method quantile --count 7
  battlemap classes --values rates.txt --method natural --count 5 --json classes.json
  battlemap classes --values rates.txt --breaks 3,10,20
  battlemap classes --values rates.txt --method stddev --multiples=-2,-1,1,2)";

struct Options {
  std::string project, map, level;
  bool as_drawn = false;
  std::filesystem::path values_file, json;
  std::optional<int> year;
  ClassChoice classes;
};

/// A column's name: words, not a mistyped number ("12a", "NaN").
bool is_header(std::string_view text) {
  static const std::set<std::string> not_names{"nan", "inf", "infinity"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::string_view("0123456789+-.,").find(lower.front()) == std::string_view::npos &&
         !not_names.contains(lower);
}

/// One number a line; the first line may be a header, empty lines do not matter.
std::vector<double> read_values(std::istream& in, const std::string& name) {
  std::vector<double> values;
  std::string line;
  bool first = true;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::string_view text = geo::trimmed(line);
    if (text.empty()) continue;
    const auto value = geo::parse_number(text);
    const bool header = std::exchange(first, false) && !value && is_header(text);
    if (!value && !header)
      geo::fail("{}: line {}: '{}' is not a number; give one number a line", name, number, text);
    if (value) values.push_back(*value);
  }
  if (in.bad()) geo::fail("{}: reading stopped after {} values", name, values.size());
  if (values.empty()) geo::fail("{}: no values; give one number a line", name);
  return values;
}

std::vector<double> read_values(const std::filesystem::path& file) {
  if (file == "-") return read_values(std::cin, "standard input");
  if (std::filesystem::is_directory(file)) geo::fail("{}: a folder, not a file of numbers", file.string());
  std::ifstream in(file, std::ios::binary);
  if (!in) geo::fail("{}: no such file, or it cannot be read", file.string());
  return read_values(in, file.string());
}

void write_classes(const geo::Classes& classes, const Options& options, nlohmann::json extra) {
  if (options.json != "-") fmt::print("{}", class_table(classes));
  if (options.json.empty()) return;
  nlohmann::json json = classes_json(classes);
  json.update(extra);
  write_json(options.json, json);
}

geo::Level chosen_level(const Options& options, const render::MapSpec& map) {
  return options.level.empty() ? map.default_level : geo::parse_level(options.level);
}

const render::MapSpec& require_classed(const render::MapSpec& map) {
  if (!map.fill)
    throw geo::UsageError(
        fmt::format("map {} colours no areas, so it has no classes; see battlemap maps PROJECT", map.id));
  if (map.fill->kind == render::FillKind::clusters)
    throw geo::UsageError(fmt::format("map {} shows local clusters, which have no breaks; see battlemap clusters", map.id));
  if (map.fill->kind == render::FillKind::bivariate)
    throw geo::UsageError(fmt::format("map {} shows two indicators ({}, {}) in three classes each; classify a map of one "
                                      "of them", map.id, map.fill->indicator, map.fill->second));
  if (map.fill->kind == render::FillKind::categorical)
    throw geo::UsageError(fmt::format("map {} shows categories ({}), one colour each; it has no class breaks",
                                      map.id, map.fill->indicator));
  return map;
}

int year_of_picture(const render::Atlas& atlas, const Options& options) {
  render::SheetRequest picture;
  picture.map = options.map, picture.year = options.year;
  return render::shown_year(atlas, picture, render::find_map(atlas.maps, options.map));
}

std::vector<double> values_of(const render::Atlas& atlas, const render::MapSpec& map, geo::Level level,
                              int year) {
  std::vector<double> values;
  for (const geo::Value& v : atlas.dataset.statistics.values(map.fill->indicator, level, year))
    if (v.has_value() && std::isfinite(v.value)) values.push_back(v.value);
  return values;
}

geo::Classes classes_of_year(const render::Atlas& atlas, const render::MapSpec& map, geo::Level level,
                             int year, const render::ClassOverride& chosen) {
  return geo::classify(values_of(atlas, map, level, year), render::class_options(*map.fill, chosen));
}

/// Generated if any value is, else the user's own if any is.
geo::Provenance provenance_of(const render::Atlas& atlas, const render::MapSpec& map, geo::Level level, int year) {
  std::array<bool, 3> found{};
  for (const geo::Value& v : atlas.dataset.statistics.values(map.fill->indicator, level, year))
    if (v.has_value()) found[static_cast<std::size_t>(v.provenance)] = true;
  for (const auto p : {geo::Provenance::generated, geo::Provenance::user})
    if (found[static_cast<std::size_t>(p)]) return p;
  return geo::Provenance::published;
}

void classes_of_map(const Options& options) {
  if (options.map.empty())
    throw geo::UsageError("--map is missing: the id of a map, see battlemap maps PROJECT");
  const render::ClassOverride chosen = class_override(options.classes);
  const auto atlas = render::load_atlas(options.project, progress_line());
  const render::MapSpec& map = require_classed(render::find_map(atlas->maps, options.map));
  const geo::Level level = chosen_level(options, map);
  const int year = year_of_picture(*atlas, options);
  const geo::Classes classes = options.as_drawn ? render::map_classes(*atlas, map, level, year, chosen)
                                                : classes_of_year(*atlas, map, level, year, chosen);
  if (classes.size() == 0)
    geo::fail("map {}: {} has no values at level {} in {}", map.id, map.fill->indicator, geo::level_id(level),
              year);
  const std::string_view provenance = geo::provenance_id(provenance_of(*atlas, map, level, year));
  if (options.json != "-")
    fmt::print("{} ({}), {} level, {}, {} values{}\n", map.title.zh, map.fill->indicator, geo::level_id(level), year,
               provenance, options.as_drawn ? ", as drawn" : "");
  write_classes(classes, options,
                {{"map", map.id},
                 {"level", geo::level_id(level)},
                 {"year", year},
                 {"indicator", map.fill->indicator},
                 {"as_drawn", options.as_drawn},
                 {"provenance", provenance}});
}

void classes_of_values(const Options& options) {
  const ClassChoice& choice = options.classes;
  geo::ClassOptions how;
  how.method = chosen_method(choice).value_or(geo::Method::natural);
  if (how.method == geo::Method::manual && choice.breaks.empty())
    throw geo::UsageError("method manual needs its inner breaks, e.g. --breaks 3,10,20");
  how.count = choice.count.value_or(geo::usual_count(how.method));
  how.breaks = choice.breaks, how.multiples = choice.multiples;
  how.interval = choice.interval.value_or(how.interval), how.hinge = choice.hinge.value_or(how.hinge);
  write_classes(geo::classify(read_values(options.values_file), how), options, nlohmann::json::object());
}

/// PROJECT and --values exclude each other, and one of them is needed.
void classes(const Options& options) {
  if (options.project.empty() == options.values_file.empty())
    throw geo::UsageError("give either PROJECT with --map, or --values FILE");
  if (!options.project.empty()) return classes_of_map(options);
  if (!options.map.empty() || !options.level.empty() || options.year || options.as_drawn)
    throw geo::UsageError("--map, --level, --year and --as-drawn are for a project, not for --values");
  classes_of_values(options);
}

}  // namespace

void add_classes(Command program) {
  Command command = program.add_subcommand("classes", "Classify a map's values, or a column of numbers");
  const auto options = std::make_shared<Options>();
  command.add_option("PROJECT", options->project, "Project folder or project.toml");
  command.add_option("--map", options->map, "id of the map whose values are classified").type_name("ID");
  command.add_option("--level", options->level,
                      "province, prefecture, county, township or village; default: the map's");
  command.add_option("--year", options->year, "default: the project's");
  command.add_flag("--as-drawn", options->as_drawn, "the classes that the map's picture shows");
  command.add_option("--values", options->values_file,
                      "a text file of one number a line; - reads standard input");
  add_class_choice(command, options->classes);
  command.add_option("--json", options->json,
                      "also write JSON to this file; - writes only JSON, to standard output");
  command.footer(examples);
  command.callback([options] { classes(*options); });
}

}  // namespace battlemap::app
