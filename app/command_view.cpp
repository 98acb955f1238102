#include <memory>

#include "app/command.hpp"
#include "app/window/script.hpp"
#include "app/window/window.hpp"
#include "geo/audience.hpp"
#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::app {
namespace {

struct ViewArguments {
  std::string project, map, place, level, theme = "wall", language = "zh", size = "1440x900", audience, screenshot,
                                          script;
  int year = 0;
  bool timings = false;
};

geo::Language parse_language(const std::string& text) {
  if (text == "zh") return geo::Language::zh;
  if (text == "en") return geo::Language::en;
  const std::vector<std::string> known{"zh", "en"};
  geo::fail_unknown("language", text, known);
}

void parse_size(const std::string& text, WindowOptions& options) {
  int width = 0, height = 0, used = 0;
  const bool parsed = std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &used) == 2 &&
                      static_cast<std::size_t>(used) == text.size();
  if (!parsed || width < 640 || height < 400 || width > 16384 || height > 16384)
    throw geo::UsageError(
        fmt::format("--size '{}': give WIDTHxHEIGHT in pixels from 640x400, e.g. 1920x1080", text));
  options.width = width, options.height = height;
}

WindowOptions to_options(const ViewArguments& given) {
  WindowOptions options;
  options.project = given.project;
  options.start = {given.map,
                   given.place,
                   given.level,
                   std::nullopt,
                   render::parse_theme(given.theme),
                   parse_language(given.language)};
  if (given.year != 0) options.start.year = given.year;
  parse_size(given.size, options);
  if (!given.audience.empty()) options.audience = geo::parse_audience(given.audience);
  if (!given.screenshot.empty()) options.screenshot = given.screenshot;
  if (!given.script.empty()) options.script = given.script;
  options.timings = given.timings;
  return options;
}

}  // namespace

void add_view(Command program) {
  auto given = std::make_shared<ViewArguments>();
  Command view = program.add_subcommand(
      "view", "Open a project in a window: zoom, drag, drill down, compare years, export.");
  view.add_option("project", given->project, "project.toml or its folder").required();
  view.add_option("--map", given->map, "Map to show first (see: battlemap maps PROJECT)").type_name("ID");
  view.add_option("--place", given->place, "Place to show first").type_name("CODE|NAME");
  view.add_option("--level", given->level, "province, prefecture, county, township or village")
      .type_name("L");
  view.add_option("--year", given->year, "Year to show first").type_name("Y");
  view.add_option("--theme", given->theme, "wall (dark) or paper (light)")
      .show_default()
      .type_name("T");
  view.add_option("--lang", given->language, "zh or en").show_default().type_name("L");
  view.add_option("--size", given->size, "Window size").show_default().type_name("WxH");
  view.add_option("--audience", given->audience,
                   "Who will see it: field, leadership or public; what they must not see is never loaded. Default: "
                   "the project's")
      .type_name("A");
  const std::string testing = "For testing";
  view.add_option("--screenshot", given->screenshot, "Save the window's first exact picture and end")
      .type_name("FILE.png")
      .group(testing);
  view.add_option("--script", given->script,
                   "Play scripted input and end; exit code 1 names the line that failed")
      .type_name("FILE")
      .group(testing);
  view.add_flag("--timings", given->timings, "At the end print what frames and changes took")
      .group(testing);
  view.footer(
      "Examples:\n  battlemap view data/qinghai\n  battlemap view data/qinghai --place 海东市 --level "
      "township --theme paper\n\n"
      "Keys: wheel or +/- zoom, drag or arrows move, double-click goes down a level, Esc up, Home shows "
      "all,\n"
      "PageUp/PageDown change the year, F searches, E exports, T theme, L language, Tab panel, F11 full "
      "screen, ? help.\n1 to 6 show the six maps of the selected village or the present place, 0 goes back to the "
      "choropleth, G filters\nhouseholds, V lists villages with what they lack, P prints.\n\n"
      "Lines of a --script (# begins a comment):\n" +
      script_help());
  view.callback([given] { run_window(to_options(*given)); });
}

}  // namespace battlemap::app
