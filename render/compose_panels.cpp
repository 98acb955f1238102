#include "render/compose_panels.hpp"

#include "render/board.hpp"

namespace battlemap::render {

Sheet compose_panels(const Atlas& atlas, const TextEngine& text, const SheetRequest& request, int width,
                     int height) {
  const Scene scene = make_scene(atlas, request);
  const geo::Dataset& data = atlas.dataset;
  Sheet sheet;
  sheet.width = width, sheet.height = height;
  sheet.dots_per_inch = request.dots_per_inch;
  sheet.background = sheet.map.style.ground = scene.theme.ground;
  if (!scene.map.is_board()) return sheet;
  const geo::DivisionRef place = scene.place.value_or(geo::DivisionRef{});
  Board board{scene, data.records, request.filter, place, scene.year, {}};
  if (data.records[geo::RecordKind::household].loaded)
    board.households = geo::select_households(data.tree, data.records, place, request.filter);
  add_panels(board, text, {0, 0, static_cast<float>(width), static_cast<float>(height)}, sheet);
  return sheet;
}

}  // namespace battlemap::render
