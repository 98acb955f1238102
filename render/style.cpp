#include <algorithm>

#include "geo/error.hpp"
#include "render/parallel.hpp"
#include "render/scene.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t cells_at_once = 32768;

// Line weights by level in design units (1920 x 1080).
constexpr std::array<double, geo::level_count> outline_units{2.5, 1.6, 0.9, 0.5, 0.25};
constexpr double outside_units = 2.5;
constexpr double accent_units = 3;
constexpr double place_units = 2;  // outline of a board's place
constexpr float crowded_radius =
    14;  // design units: below it a level's outlines fade, or they would be all one sees

/// The line that its own cells can bear: full weight where they are roomy, next to nothing where they are
/// dots.
float bearable_width(const Scene& scene, geo::Level level) {
  const float wanted = scene.layout.px(outline_units[static_cast<std::size_t>(level)]);
  const float radius = typical_radius(scene, level);
  if (radius <= 0) return wanted;
  // The level drawn needs to be seen a little better than its rank alone would have it.
  const float drawn = level == scene.level ? std::max(wanted, scene.layout.px(0.7)) : wanted;
  return drawn * std::clamp(radius / scene.layout.px(crowded_radius), 0.12F, 1.0F);
}

void set_outlines(const Scene& scene, MapStyle& style) {
  for (const geo::Level level : geo::all_levels) {
    const auto l = static_cast<std::size_t>(level);
    style.outline_colour[l] = scene.theme.outline[l];
    if (level <= scene.level) style.outline_width[l] = bearable_width(scene, level);
  }
  style.outside_colour = scene.theme.outline[0];
  style.outside_width = scene.layout.px(outside_units);
}

std::uint8_t flags_of(const Scene& scene, std::uint32_t cell) {
  std::uint8_t flags = 0;
  const CellState state = scene.looks[cell].state;
  if (state == CellState::no_data) flags |= cell_hatched;
  if (state == CellState::outside) flags |= cell_muted;
  const bool outlined = scene.map.is_board() && !scene.request.selected;
  if (outlined && scene.place && state != CellState::outside) flags |= cell_selected;
  const auto within = [&](const std::optional<geo::DivisionRef>& ref) {
    return ref && ref->valid() &&
           scene.coverage().ancestry[cell][static_cast<std::size_t>(ref->level)] == ref->index;
  };
  if (within(scene.request.hovered)) flags |= cell_hovered;
  if (within(scene.request.selected)) flags |= cell_selected;
  return flags;
}

}  // namespace

Colour masked_fill(const Theme& theme) {
  constexpr double share = 0.3;
  return mix(theme.land, theme.text_muted, share);
}

Colour fill_of(const Scene& scene, std::uint32_t cell) {
  const CellLook look = scene.looks[cell];
  if (look.state == CellState::masked) return masked_fill(scene.theme);
  if (look.state == CellState::shown) return scene.colours[look.cls];
  return look.state == CellState::outside ? scene.theme.neighbour : scene.theme.land;
}

MapStyle make_style(const Scene& scene) {
  MapStyle style;
  const Theme& theme = scene.theme;
  style.ground = theme.ground, style.water = theme.water, style.hatch = theme.hatch;
  style.hatch_spacing = scene.layout.px(8), style.hatch_width = scene.layout.px(1.2);
  style.accent = theme.accent, style.accent_width = scene.layout.px(accent_units);
  if (scene.map.is_board() && !scene.request.selected)  // the place itself, quietly: its records speak
    style.accent = mix(theme.ground, theme.text_muted, 0.85), style.accent_width = scene.layout.px(place_units);
  style.hover = with_alpha(theme.text, 0.25);
  set_outlines(scene, style);
  style.fill.resize(scene.looks.size()), style.flags.resize(scene.looks.size());
  geo::parallel_ranges(scene.looks.size(), cells_at_once, [&](std::size_t first, std::size_t last) {
    for (auto cell = static_cast<std::uint32_t>(first); cell < last; ++cell)
      style.fill[cell] = fill_of(scene, cell), style.flags[cell] = flags_of(scene, cell);
  });
  return style;
}

MapStyle compose_style(const Atlas& atlas, const SheetRequest& request) {
  return make_style(make_scene(atlas, request));
}

void prepare_years_beside(const Atlas& atlas, const SheetRequest& request, const std::function<bool()>& enough) {
  const MapSpec& map = find_map(atlas.maps, request.map);
  if (!map.fill) return;
  const std::vector<int> years = map_years(atlas, map);
  const auto shown = std::find(years.begin(), years.end(), shown_year(atlas, request, map));
  if (shown == years.end()) return;
  for (const std::ptrdiff_t step : {1, -1}) {
    const std::ptrdiff_t i = shown - years.begin() + step;
    if (i < 0 || i >= std::ssize(years)) continue;
    if (enough()) return;
    SheetRequest beside = request;
    beside.year = years[static_cast<std::size_t>(i)];
    try {
      make_scene(atlas, beside);
    } catch (const geo::Error&) {
      return;  // said when somebody asks for it
    }
  }
}

}  // namespace battlemap::render
