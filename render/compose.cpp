#include "render/compose.hpp"

#include <utility>

#include "render/board.hpp"
#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double edge_units = 4;  // labels keep this far from the map's edge
constexpr double grid_units = 32;
constexpr float least_obstacle = 3;  // px; smaller circles may be written over

Layer map_layer(const Scene& scene, std::string name) {
  Layer layer;
  layer.name = std::move(name);
  layer.clip = scene.view.frame;
  return layer;
}

FreeSpace free_space(const Scene& scene, const std::vector<Circle>& circles) {
  const float edge = scene.layout.px(edge_units);
  const Rect& f = scene.view.frame;
  FreeSpace space({f.x + edge, f.y + edge, f.w - 2 * edge, f.h - 2 * edge}, scene.layout.px(grid_units));
  for (const Circle& c : circles) {
    const float r = c.radius * 0.9F;  // a label's corner may stand in the box's corner, not on the circle
    if (c.radius > least_obstacle) space.take({c.centre.x - r, c.centre.y - r, 2 * r, 2 * r});
  }
  return space;
}

void add_map_layers(const Scene& scene, const TextEngine& text, Sheet& sheet) {
  const std::vector<Circle> circles = make_circles(scene);
  FreeSpace space = free_space(scene, circles);
  Layer rivers = map_layer(scene, "rivers"), symbols = map_layer(scene, "circles");
  Layer labels = map_layer(scene, "labels"), waters = map_layer(scene, "lake names");
  add_rivers(scene, rivers);
  add_circles(scene, circles, symbols);
  add_labels(scene, text, circles, space, labels, sheet.report);
  add_lake_names(scene, text, space, waters);
  for (Layer* layer : {&rivers, &symbols, &waters, &labels}) sheet.layers.push_back(std::move(*layer));
}

void add_furniture(const Scene& scene, const TextEngine& text, Sheet& sheet) {
  Layer title{"title", {}, {}}, legend{"legend", {}, {}}, foot{"foot", {}, {}},
      scale{"scale and north", {}, {}};
  const bool notes_stand = add_legend(scene, text, legend, sheet.legend);
  add_circle_entries(scene, sheet);
  if (!scene.layout.furniture) return;
  add_title(scene, text, title);
  add_foot(scene, text, !notes_stand, foot);
  add_scale_and_north(scene, text, scale);
  for (Layer* layer : {&title, &legend, &scale, &foot}) sheet.layers.push_back(std::move(*layer));
}

void add_notes(const Scene& scene, Sheet& sheet) {
  sheet.report.notes.insert(sheet.report.notes.begin(), scene.notes.begin(), scene.notes.end());
  const CellCounts& counts = scene.cells->counts;
  std::size_t shown = 0;
  for (const std::size_t n : counts.classes) shown += n;
  if (shown == 0 && scene.indicator != nullptr)
    sheet.report.notes.push_back(
        fmt::format("no cell has a value of '{}' in {}", scene.indicator->id, scene.year));
  if (scene.scheme->outside > 0)
    sheet.report.notes.push_back(
        fmt::format("{} values of '{}' are no category of it and are shown as no data", scene.scheme->outside,
                    scene.indicator->id));
  if (scene.request.furniture && !scene.layout.furniture)
    sheet.report.notes.emplace_back("the sheet is too small for title and legend: the map alone is drawn");
}

void add_metadata(const Scene& scene, Sheet& sheet) {
  const geo::Language language = scene.main_language();
  sheet.metadata = {{"Title", title_text(scene)},
                    {"Description", scene.text(said_subtitle(scene))},
                    {"Source", fmt::format("{}", fmt::join(foot_texts(scene, language), "; "))},
                    {"Comment", fmt::format("{}", fmt::join(note_texts(scene, language), " "))},
                    {"Author", scene.text(scene.atlas.dataset.project.title)},
                    {"Software", "battlemap"}};
  std::erase_if(sheet.metadata, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace

Sheet compose(const Atlas& atlas, const TextEngine& text, const SheetRequest& request) {
  const Scene scene = make_scene(atlas, request);
  Sheet sheet;
  sheet.width = request.width, sheet.height = request.height;
  sheet.dots_per_inch = request.dots_per_inch;
  sheet.background = scene.theme.ground;
  sheet.map = {scene.view, atlas.coverage(scene.level), atlas.lakes(), make_style(scene)};
  if (scene.map.is_board()) {
    add_board(scene, text, sheet);
  } else {
    add_map_layers(scene, text, sheet);
    add_furniture(scene, text, sheet);
  }
  Layer page{"page number", {}, {}};
  add_page_number(scene, text, page);
  if (!page.items.empty()) sheet.layers.push_back(std::move(page));
  add_notes(scene, sheet);
  add_metadata(scene, sheet);
  return sheet;
}

}  // namespace battlemap::render
