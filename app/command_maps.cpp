#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/data_origin.hpp"
#include "geo/project.hpp"
#include "render/class_scheme.hpp"
#include "render/map_check.hpp"

namespace battlemap::app {
namespace {

/// "sequential, poverty_rate", "2 layers, 3 panels": what a map is made of, for lists.
std::string contents(const render::MapSpec& map) {
  std::vector<std::string> parts;
  if (map.fill) parts.push_back(fmt::format("{}, {}", render::fill_kind_id(map.fill->kind), map.fill->indicator));
  if (!map.layers.empty()) parts.push_back(fmt::format("{} layers", map.layers.size()));
  if (!map.panels.empty()) parts.push_back(fmt::format("{} panels", map.panels.size()));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// As `render` and `classes` know them. An indicator that is not there is their error to report, not a
/// list's.
std::vector<int> years_of(const render::MapSpec& map, const geo::Project& project,
                          const std::vector<geo::Indicator>& indicators) {
  const auto fill = std::find_if(indicators.begin(), indicators.end(), [&](const geo::Indicator& i) {
    return map.fill && i.id == map.fill->indicator;
  });
  return render::map_years(project, fill == indicators.end() ? nullptr : &*fill, map);
}

nlohmann::json to_json(const render::MapSpec& map, const std::vector<int>& years) {
  nlohmann::json json{{"id", map.id},
                      {"file", map.file.string()},
                      {"title", {{"zh", map.title.zh}, {"en", map.title.en}}},
                      {"subtitle", {{"zh", map.subtitle.zh}, {"en", map.subtitle.en}}},
                      {"default_level", geo::level_id(map.default_level)},
                      {"years", years}};
  if (map.fill)
    json["fill"] = {{"indicator", map.fill->indicator},
                    {"kind", render::fill_kind_id(map.fill->kind)},
                    {"palette", map.fill->palette},
                    {"method", geo::method_id(map.fill->method)},
                    {"count", map.fill->count}};
  if (map.circles) json["circles"] = {{"indicator", map.circles->indicator}};
  return json;
}

void list_maps(const std::filesystem::path& path, const std::filesystem::path& json_file) {
  const geo::Project project = geo::read_project(path);
  const std::vector<render::MapSpec> maps = render::checked_maps(project);
  const std::vector<geo::Indicator> indicators = geo::read_indicators(project.indicators_file);
  if (!json_file.empty()) {
    nlohmann::json list = nlohmann::json::array();
    for (const render::MapSpec& map : maps) list.push_back(to_json(map, years_of(map, project, indicators)));
    write_json(json_file,
               {{"project", project.id}, {"data", origin_json(project)}, {"maps", std::move(list)}});
    if (json_file == "-") return;
  }
  for (const render::MapSpec& map : maps)
    fmt::print("{:<20} {} | {}\n{:<20} {}, from {}; years {}\n", map.id, map.title.zh, map.title.en, "",
               contents(map), geo::level_id(map.default_level),
               fmt::join(years_of(map, project, indicators), " "));
  if (const std::string note = origin_note(project); !note.empty()) fmt::print("data: {}\n", note);
}

struct Options {
  std::filesystem::path project;
  std::filesystem::path json;
};

}  // namespace

void add_maps(Command program) {
  Command command = program.add_subcommand("maps", "List the maps of a project");
  const auto options = std::make_shared<Options>();
  add_project(command, options->project);
  command.add_option("--json", options->json, "Write the list as JSON to FILE ('-': standard output)")
      .type_name("FILE");
  command.footer("Example: battlemap maps data/qinghai");
  command.callback([options] { list_maps(options->project, options->json); });
}

}  // namespace battlemap::app
