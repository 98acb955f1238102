#include <memory>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/language.hpp"
#include "app/window/script.hpp"
#include "app/window/window.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

struct ViewArguments {
  std::filesystem::path project;
  std::string map, place, level, theme = "wall", language = "zh", size = "1440x900", audience, screenshot, script, engine = "auto";
  std::optional<int> year;
  bool timings = false;
};

/// The window switches between two languages; it never shows both.
geo::Language window_language(const std::string& text) {
  const geo::Language language = parse_language(text);
  if (language == geo::Language::both) throw geo::UsageError("--lang both: the window shows zh or en; L switches");
  return language;
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
                   given.year,
                   render::parse_theme(given.theme),
                   window_language(given.language)};
  parse_size(given.size, options);
  options.audience = given_audience(given.audience);
  if (!given.screenshot.empty()) options.screenshot = given.screenshot;
  if (!given.script.empty()) options.script = given.script;
  options.engine = render::parse_engine(given.engine);
  options.timings = given.timings;
  return options;
}

}  // namespace

void add_view(Command program) {
  auto given = std::make_shared<ViewArguments>();
  Command view = program.add_subcommand(
      "view", "Open a project in a window: zoom, drag, drill down, compare years, export.");
  add_project(view, given->project);
  view.add_option("--map", given->map, "Map to show first (see: battlemap maps PROJECT)").type_name("ID");
  add_place(view, given->place, "Place to show first");
  add_level(view, given->level);
  add_year(view, given->year, "Year to show first");
  add_theme(view, given->theme, "").show_default();
  view.add_option("--lang", given->language, "zh or en").show_default().type_name("L");
  view.add_option("--size", given->size, "Window size").show_default().type_name("WxH");
  add_audience(view, given->audience);
  view.add_option("--engine", given->engine,
                  "What draws the map: cpu, gpu (OpenGL) or auto: the faster one where there is a graphics card")
      .show_default()
      .type_name("E");
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
