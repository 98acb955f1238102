// One frame for all boards: title bar, map with its records, panels, foot.
#include "render/board.hpp"

#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double title_base = 54, path_base = 88;  // design units from the sheet's top

Board make_board(const Scene& scene) {
  const geo::Dataset& data = scene.atlas.dataset;
  const geo::DivisionRef place = scene.place.value_or(geo::DivisionRef{});
  Board board{scene, data.records, scene.request.filter, place, scene.year, {}};
  if (data.records[geo::RecordKind::household].loaded)
    board.households = geo::select_households(data.tree, data.records, place, board.filter);
  return board;
}

/// "青海省 › 海东市 › 互助土族自治县 · 630223108203 · what the map shows"
std::string path_text(const Scene& scene) {
  std::string text;
  if (scene.place) {
    const geo::Division& division = scene.tree()[*scene.place];
    text = scene.tree().path(*scene.place) + "  ·  " + division.code.text();
  }
  const std::string& said = scene.text(said_subtitle(scene));
  if (said.empty()) return text;
  return text.empty() ? said : text + "  ·  " + said;
}

void add_board_title(const Scene& scene, const TextEngine& text, Sheet& sheet) {
  const Layout& l = scene.layout;
  Layer layer{"title", {}, {}};
  const auto put = [&](const std::string& line, const TextStyle& style, double base, float x, float most) {
    const auto fitted = fit_line(text, line, style, most, l.least_type);
    layer.items.emplace_back(TextItem{fitted.text, {x, l.px(base)}, fitted.style});
    return fitted.width;
  };
  const float gap = l.px(24);
  const float wide = put(title_text(scene), type_style(scene, type_title, scene.theme.text, Weight::bold),
                         title_base, l.title.x, l.title.w);
  const float room = l.title.w - wide - gap;
  if (scene.both() && room > l.px(140) && !scene.map.title.en.empty())
    put(scene.map.title.en, type_style(scene, type_head, scene.theme.text_muted), title_base,
        l.title.x + wide + gap, room);
  put(path_text(scene), type_style(scene, type_body, scene.theme.text_muted), path_base, l.title.x, l.title.w);
  sheet.layers.push_back(std::move(layer));
}

/// What may be used by symbols and names: the map less its scale bar.
FreeSpace space_of(const Scene& scene) {
  const float edge = scene.layout.px(4);
  const Rect& f = scene.view.frame;
  FreeSpace space({f.x + edge, f.y + edge, f.w - 2 * edge, f.h - 2 * edge}, scene.layout.px(32));
  if (scene.layout.furniture) space.take(scene.layout.scale_bar);
  return space;
}

void add_map_part(const Board& board, const TextEngine& text, Sheet& sheet) {
  const Scene& scene = board.scene;
  FreeSpace space = space_of(scene);
  Layer rivers{"rivers", scene.view.frame, {}}, labels{"labels", scene.view.frame, {}},
      waters{"lake names", scene.view.frame, {}};
  add_rivers(scene, rivers);
  sheet.layers.push_back(std::move(rivers));
  add_record_layers(board, text, space, sheet);
  add_labels(scene, text, {}, space, labels, sheet.report);
  add_lake_names(scene, text, space, waters);
  for (Layer* layer : {&waters, &labels}) sheet.layers.push_back(std::move(*layer));
}

}  // namespace

void add_board(const Scene& scene, const TextEngine& text, Sheet& sheet) {
  const Board board = make_board(scene);
  add_map_part(board, text, sheet);
  if (!scene.layout.furniture) return;
  add_board_title(scene, text, sheet);
  Layer scale{"scale and north", {}, {}}, foot{"foot", {}, {}};
  add_scale_and_north(scene, text, scale);
  sheet.layers.push_back(std::move(scale));
  add_panels(board, text, scene.layout.panels, sheet);
  add_foot(scene, text, true, foot);
  sheet.layers.push_back(std::move(foot));
}

}  // namespace battlemap::render
