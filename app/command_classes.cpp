#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "app/class_table.hpp"
#include "app/command.hpp"
#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "render/compose.hpp"
#include "render/scene.hpp"

namespace battlemap::app {
namespace {

constexpr auto examples =
    R"(Class k holds breaks[k] < value <= breaks[k+1]; the first also holds the lowest value.
Methods: equal (intervals of one width), quantile (as many values in each; equal values stay together),
natural (least squared deviation within classes, exact), manual (the inner breaks given by --breaks).
Of a map: the values of its indicator at --level in --year, classed by the map's method and count unless others
are given. Breaks, counts and goodness of fit are all of these values. --as-drawn prints the classes of the
picture instead: made from all years of the map together where its file does not say otherwise, zero or the
midpoint apart where it says so; counts and goodness of fit are still those of --year.

Examples:
  battlemap classes data/qinghai --map poverty-rate --level county --year 2016
  battlemap classes data/qinghai --map poverty-rate --level village --year 2016 --method quantile --count 7
  battlemap classes --values rates.txt --method natural --count 5 --json classes.json
  battlemap classes --values rates.txt --breaks 3,10,20)";

struct Options {
  std::string project, map, level, method;
  bool as_drawn = false;
  std::filesystem::path values_file, json;
  std::optional<int> year;
  int count = 0;
  std::vector<double> breaks;
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

/// --breaks alone means manual classes.
geo::Method chosen_method(const Options& options) {
  if (!options.method.empty()) return geo::parse_method(options.method);
  return options.breaks.empty() ? geo::Method::natural : geo::Method::manual;
}

void require_breaks(const Options& options, geo::Method method) {
  if (method == geo::Method::manual && options.breaks.empty())
    throw geo::UsageError("method manual needs its inner breaks, e.g. --breaks 3,10,20");
  if (method != geo::Method::manual && !options.breaks.empty())
    throw geo::UsageError(fmt::format("--breaks are for method manual, not {}", geo::method_id(method)));
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
  if (map.fill->kind == render::FillKind::categorical)
    throw geo::UsageError(fmt::format("map {} shows categories ({}), one colour each; it has no class breaks",
                                      map.id, map.fill->indicator));
  return map;
}

render::ClassOverride override_of(const Options& options) {
  render::ClassOverride chosen;
  if (!options.method.empty() || !options.breaks.empty()) {
    chosen.method = chosen_method(options);
    require_breaks(options, *chosen.method);
  }
  if (options.count != 0) chosen.count = options.count;
  chosen.breaks = options.breaks;
  return chosen;
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
  const bool own_breaks = !chosen.breaks.empty();
  const geo::Method method = chosen.method.value_or(own_breaks ? geo::Method::manual : map.fill->method);
  return geo::classify(values_of(atlas, map, level, year), method, chosen.count.value_or(map.fill->count),
                       own_breaks ? chosen.breaks : map.fill->breaks);
}

void classes_of_map(const Options& options) {
  if (options.map.empty())
    throw geo::UsageError("--map is missing: the id of a map, see battlemap maps PROJECT");
  const render::ClassOverride chosen = override_of(options);
  const auto atlas = render::load_atlas(options.project, progress_line());
  const render::MapSpec& map = require_classed(render::find_map(atlas->maps, options.map));
  const geo::Level level = chosen_level(options, map);
  const int year = year_of_picture(*atlas, options);
  const geo::Classes classes = options.as_drawn ? render::map_classes(*atlas, map, level, year, chosen)
                                                : classes_of_year(*atlas, map, level, year, chosen);
  if (classes.size() == 0)
    geo::fail("map {}: {} has no values at level {} in {}", map.id, map.fill->indicator, geo::level_id(level),
              year);
  if (options.json != "-")
    fmt::print("{} ({}), {} level, {}{}\n", map.title.zh, map.fill->indicator, geo::level_id(level), year,
               options.as_drawn ? ", as drawn" : "");
  write_classes(classes, options,
                {{"map", map.id},
                 {"level", geo::level_id(level)},
                 {"year", year},
                 {"indicator", map.fill->indicator},
                 {"as_drawn", options.as_drawn}});
}

void classes_of_values(const Options& options) {
  const geo::Method method = chosen_method(options);
  require_breaks(options, method);
  const int count = options.count == 0 ? 5 : options.count;
  write_classes(geo::classify(read_values(options.values_file), method, count, options.breaks), options,
                nlohmann::json::object());
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
  command.add_option("--method", options->method, "equal, quantile, natural or manual");
  command.add_option("--count", options->count, "number of classes, 1 to 9").in_range(1, 9);
  command.add_option("--breaks", options->breaks, "inner breaks of manual classes, ascending: 3,10,20")
      .delimiter(',');
  command.add_option("--json", options->json,
                      "also write JSON to this file; - writes only JSON, to standard output");
  command.footer(examples);
  command.callback([options] { classes(*options); });
}

}  // namespace battlemap::app
