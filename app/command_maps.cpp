#include <fmt/core.h>
#include <fmt/ranges.h>

#include "app/command.hpp"
#include "geo/project.hpp"
#include "render/map_spec.hpp"

namespace battlemap::app {
namespace {

std::string_view kind_id(render::FillKind kind) {
  if (kind == render::FillKind::diverging) return "diverging";
  return kind == render::FillKind::categorical ? "categorical" : "sequential";
}

nlohmann::json to_json(const render::MapSpec& map, const geo::Project& project) {
  nlohmann::json json{{"id", map.id},
                      {"file", map.file.string()},
                      {"title", {{"zh", map.title.zh}, {"en", map.title.en}}},
                      {"subtitle", {{"zh", map.subtitle.zh}, {"en", map.subtitle.en}}},
                      {"default_level", geo::level_id(map.default_level)},
                      {"years", map.years.empty() ? project.years : map.years},
                      {"fill",
                       {{"indicator", map.fill.indicator},
                        {"kind", kind_id(map.fill.kind)},
                        {"palette", map.fill.palette},
                        {"method", geo::method_id(map.fill.method)},
                        {"count", map.fill.count}}}};
  if (map.circles) json["circles"] = {{"indicator", map.circles->indicator}};
  return json;
}

void list_maps(const std::filesystem::path& path, const std::filesystem::path& json_file) {
  const geo::Project project = geo::read_project(path);
  const std::vector<render::MapSpec> maps = render::read_maps(project.maps_folder);
  if (!json_file.empty()) {
    nlohmann::json list = nlohmann::json::array();
    for (const render::MapSpec& map : maps) list.push_back(to_json(map, project));
    write_json(json_file, {{"project", project.id}, {"maps", std::move(list)}});
    if (json_file == "-") return;
  }
  for (const render::MapSpec& map : maps)
    fmt::print("{:<20} {} | {}\n{:<20} {}, {}, from {}; years {}\n", map.id, map.title.zh, map.title.en, "",
               kind_id(map.fill.kind), map.fill.indicator, geo::level_id(map.default_level),
               fmt::join(map.years.empty() ? project.years : map.years, " "));
}

struct Options {
  std::filesystem::path project;
  std::filesystem::path json;
};

}  // namespace

void add_maps(CLI::App& program) {
  CLI::App* command = program.add_subcommand("maps", "List the maps of a project");
  const auto options = std::make_shared<Options>();
  command->add_option("PROJECT", options->project, "Project folder or project.toml")->required();
  command->add_option("--json", options->json, "Write the list as JSON to FILE ('-': standard output)")
      ->type_name("FILE");
  command->footer("Example: battlemap maps data/qinghai");
  command->callback([options] { list_maps(options->project, options->json); });
}

}  // namespace battlemap::app
