#include "app/board_options.hpp"

#include <fmt/core.h>

#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/language.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

constexpr double least_dpi = 72, most_dpi = 1200;
constexpr int most_side = 65500;

Orientation orientation_of(const BoardOptions& o) {
  if (o.landscape && o.portrait) throw geo::UsageError("choose --landscape or --portrait, not both");
  return o.portrait ? Orientation::portrait : Orientation::landscape;
}

void set_size(const BoardOptions& o, const Paper& paper, render::SheetRequest& request) {
  if (!(o.dpi >= least_dpi && o.dpi <= most_dpi))
    throw geo::UsageError(fmt::format("--dpi {}: choose {} to {}", o.dpi, least_dpi, most_dpi));
  request.dots_per_inch = o.dpi;
  std::tie(request.width, request.height) = paper_pixels(paper, o.dpi);
  if (std::max(request.width, request.height) > most_side)
    throw geo::UsageError(fmt::format("--paper {} at {} dpi is {} x {} pixels; at most {} along a side: choose a "
                                      "lower --dpi",
                                      o.paper, o.dpi, request.width, request.height, most_side));
}

/// One of the sheets that every village gets.
bool is_in_series(const render::MapSpec& map) {
  return map.series && !map.panels.empty();
}

}  // namespace

void add_board_options(Command command, BoardOptions& o) {
  add_project(command, o.project);
  command.add_option("--paper", o.paper, "A5 to A0; default A3").type_name("SIZE");
  command.add_flag("--landscape", o.landscape, "The paper lies; the default");
  command.add_flag("--portrait", o.portrait, "The paper stands");
  command.add_option("--dpi", o.dpi, "Dots per inch: pixels of PNG, finest detail of vectors; default 300")
      .type_name("N");
  add_year(command, o.year);
  add_theme(command, o.theme, "; default paper");
  add_language(command, o.language);
  add_audience(command, o.audience);
}

BoardSetting check_board_options(const BoardOptions& o) {
  BoardSetting setting;
  setting.paper = parse_paper(o.paper, orientation_of(o));
  set_size(o, setting.paper, setting.request);
  setting.request.theme = render::parse_theme(o.theme);
  setting.request.language = parse_language(o.language);
  setting.request.year = setting.year = o.year;
  setting.audience = given_audience(o.audience);
  setting.text = fmt::format("{}x{} mm, {} dpi, {}, {}, year {}, audience {}", setting.paper.width_mm,
                             setting.paper.height_mm, o.dpi, o.theme, o.language, o.year.value_or(0), o.audience);
  return setting;
}

std::shared_ptr<const render::Atlas> load_boards(const geo::Project& project, const BoardSetting& setting,
                                                 const std::string& within) {
  std::vector<render::MapSpec> maps = render::read_maps(project.maps_folder);
  std::erase_if(maps, [](const render::MapSpec& map) { return !is_in_series(map); });
  geo::LoadOptions load = render::data_needed(project, maps, within, setting.year);
  load.audience = setting.audience;
  return render::load_atlas(project, load, progress_line());
}

std::vector<const render::MapSpec*> board_maps(const render::Atlas& atlas) {
  std::vector<const render::MapSpec*> boards;
  for (const render::MapSpec& map : atlas.maps)
    if (is_in_series(map)) boards.push_back(&map);
  if (boards.empty())
    geo::fail("{}: no map has panels, so there are no sheets of villages to draw; see docs/adding_a_map.md",
              atlas.dataset.project.maps_folder.string());
  return boards;
}

}  // namespace battlemap::app
