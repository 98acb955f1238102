#include "render/scene.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/nearest.hpp"
#include "geo/parallel.hpp"
#include "render/atlas_cache.hpp"
#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double view_padding = 14;  // design units between the place and the map's frame

constexpr std::size_t most_cells_called_out = 80;
constexpr std::size_t most_sampled = 500;  ///< cells that tell how large a level's are
constexpr double small_radius = 14;         // design units: a cell that a name does not fit
constexpr double most_callout_share = 0.2;  // of the frame's width

std::optional<geo::DivisionRef> resolve_shown_place(const Atlas& atlas, const SheetRequest& request) {
  const auto& tree = atlas.dataset.tree;
  if (request.place && request.place->valid()) {
    if (request.place->index >= tree.at(request.place->level).size())
      throw geo::UsageError("the place asked for is not in this project");
    return request.place;
  }
  if (atlas.dataset.project.root) return tree.find(*atlas.dataset.project.root);
  return std::nullopt;
}

/// With a place chosen, one level below it unless the map's own is finer still.
geo::Level default_level(const Atlas& atlas, const SheetRequest& request, const MapSpec& map,
                         const std::optional<geo::DivisionRef>& place) {
  geo::Level level = map.default_level;
  if (request.place && place) level = std::max(level, level_below(place->level));
  while (level != geo::Level::province && atlas.dataset.coverage(level).size() == 0)
    level = static_cast<geo::Level>(index_of(level) - 1);
  return level;
}

geo::Level choose_level(const Atlas& atlas, const SheetRequest& request, const MapSpec& map,
                        const std::optional<geo::DivisionRef>& place, std::vector<std::string>& notes) {
  geo::Level level = request.level.value_or(default_level(atlas, request, map, place));
  if (place && level < place->level) {
    notes.push_back(fmt::format("the place is a {}, so level {} was raised to it",
                                geo::level_id(place->level), geo::level_id(level)));
    level = place->level;
  }
  if (atlas.dataset.coverage(level).size() == 0)
    throw geo::UsageError(
        fmt::format("the project has no boundaries at level {}; add a [[boundary]] with level = "
                    "\"{}\" to {} or choose another level",
                    geo::level_id(level), geo::level_id(level), atlas.dataset.project.file.string()));
  return level;
}

/// Kinds whose classes are not steps of one ramp need a colour for each.
void require_colours(const MapSpec& map, const Palette& palette) {
  const FillKind kind = map.fill->kind;
  if (kind != FillKind::clusters && kind != FillKind::bivariate) return;
  const std::size_t needed = kind == FillKind::clusters ? geo::cluster_count : 9;
  if (palette.kind != PaletteKind::qualitative || palette.light.size() < needed || palette.dark.size() < needed)
    geo::fail("{}:{}: kind \"{}\" needs a palette of kind \"qualitative\" with {} colours; '{}' is none",
              map.file.string(), map.fill->lines.of("palette"), fill_kind_id(kind), needed, palette.id);
}

geo::Box shown_extent(const Scene& scene) {
  const geo::Box box = scene.place ? scene.atlas.dataset.extent_of(*scene.place) : geo::Box{};
  return box.empty() ? scene.coverage().extent() : box;
}

/// Width (px) that names of cells too small to carry them need beside the land; 0 when there are hardly any.
/// Decided by the land alone, so that the view is the same in every year and on every map.
float callout_room(const Scene& scene, const geo::Box& extent, double metres_per_pixel) {
  const geo::Coverage& coverage = scene.coverage();
  if (scene.level > geo::Level::county || coverage.size() > most_cells_called_out) return 0;
  if (scene.request.view_centre || scene.request.view_metres_per_pixel || extent.empty()) return 0;
  std::size_t small = 0;
  double longest = 0;
  for (std::uint32_t cell = 0; cell < coverage.size(); ++cell) {
    if (!scene.inside(cell)) return 0;  // the surroundings leave no free space
    const double radius = coverage.anchor(cell).radius / metres_per_pixel;
    if (radius > scene.layout.px(2.5 * small_radius)) continue;  // it may have to make way for leaders
    small += radius <= scene.layout.px(small_radius);
    longest = std::max(longest, estimated_ems(scene.tree()[coverage.cells[cell]].name));
  }
  const double value_ems = 3.5;
  return small < 3
             ? 0
             : scene.layout.type(type_small) * static_cast<float>(longest + value_ems) + scene.layout.px(62);
}

/// Moves the land left, and makes it a little smaller where it must be, so that names fit beside it.
void make_callout_room(const Scene& scene, const geo::Box& extent, double padding, View& view) {
  const double wanted = callout_room(scene, extent, view.metres_per_pixel);
  if (wanted <= 0 || wanted > view.frame.w * most_callout_share) return;
  const double room = view.frame.w - 2 * padding - wanted;
  view.metres_per_pixel = std::max(view.metres_per_pixel, extent.width() / std::max(1.0, room));
  const double spare = view.frame.w - 2 * padding - extent.width() / view.metres_per_pixel;
  view.centre.x += std::clamp(wanted - spare / 2, 0.0, spare / 2) * view.metres_per_pixel;
}

View make_view(const Scene& scene) {
  const geo::Box extent = shown_extent(scene);
  const Rect& frame = scene.layout.map;
  const double padding = std::min<double>(scene.layout.px(view_padding), std::min(frame.w, frame.h) / 8.0);
  View view;
  view.frame = frame;
  view.centre = scene.request.view_centre.value_or(extent.empty() ? geo::Point{} : extent.centre());
  const double fit = std::max(extent.width() / std::max(1.0, frame.w - 2 * padding),
                              extent.height() / std::max(1.0, frame.h - 2 * padding));
  view.metres_per_pixel = scene.request.view_metres_per_pixel.value_or(fit > 0 ? fit : 1.0);
  if (!(view.metres_per_pixel > 0)) throw geo::UsageError("metres per pixel must be more than 0");
  make_callout_room(scene, extent, padding, view);
  return view;
}

Layout layout_for(const Scene& scene) {
  const SheetRequest& request = scene.request;
  LayoutRequest wanted;
  wanted.width = request.width, wanted.height = request.height;
  wanted.dots_per_inch = request.dots_per_inch;
  wanted.language = request.language, wanted.furniture = request.furniture;
  const double drawn = ramp_units(scene) + bivariate_units(scene);  // instead of lines
  wanted.legend_rows = (drawn > 0 ? static_cast<std::size_t>(drawn / legend_row) : scene.scheme->size()) + 2;
  wanted.circles = scene.map.circles.has_value();
  wanted.foot_ems.clear();
  for (const geo::Language language : said_languages(scene)) {
    std::vector<std::string> parts = foot_texts(scene, language);
    if (scene.map.circles && request.height > request.width)  // circles leave the notes no room beside them
      for (std::string& note : note_texts(scene, language)) parts.push_back(std::move(note));
    wanted.foot_ems.push_back(estimated_ems(fmt::format("{}", fmt::join(parts, "  ·  "))));
  }
  return scene.map.is_board() ? make_board_layout(wanted) : make_layout(wanted);
}

/// The cells of `level` inside the place, or some hundred of them spread evenly.
std::vector<std::uint32_t> sampled_cells(const Scene& scene, geo::Level level) {
  constexpr std::size_t counted_at_once = 32768;
  const geo::Coverage& coverage = scene.atlas.dataset.coverage(level);
  const auto is_one = [&](std::uint32_t i) { return is_inside(scene, coverage, i) && coverage.cells[i].level == level; };
  std::vector<std::size_t> counts((coverage.size() + counted_at_once - 1) / counted_at_once);
  geo::parallel_ranges(coverage.size(), counted_at_once, [&](std::size_t first, std::size_t last) {
    for (auto i = static_cast<std::uint32_t>(first); i < last; ++i) counts[first / counted_at_once] += is_one(i);
  });
  const std::size_t count = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
  const std::size_t step = std::max<std::size_t>(1, (count + most_sampled - 1) / most_sampled);
  std::vector<std::uint32_t> cells;
  std::size_t number = 0, next = step / 2;  // of those found so far, and of the one to take
  for (std::size_t range = 0; range < counts.size(); ++range) {
    auto i = static_cast<std::uint32_t>(range * counted_at_once);
    for (const std::size_t end = number + counts[range]; number < end; ++i)
      if (is_one(i) && number++ == next) cells.push_back(i), next += step;
  }
  return cells;
}

/// Metres from anchor to outline, the median over the sampled cells.
double median_radius(const Scene& scene, geo::Level level) {
  const geo::Coverage& coverage = scene.atlas.dataset.coverage(level);
  const std::vector<std::uint32_t> cells = sampled_cells(scene, level);
  if (cells.empty()) return 0;
  std::vector<float> radii(cells.size());
  constexpr std::size_t cells_per_range = 8;
  geo::parallel_ranges(radii.size(), cells_per_range, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) radii[k] = coverage.anchor(cells[k]).radius;
  });
  const auto middle = radii.begin() + static_cast<std::ptrdiff_t>(radii.size() / 2);
  std::nth_element(radii.begin(), middle, radii.end());
  return *middle;
}

}  // namespace

geo::Level shown_level(const Atlas& atlas, const SheetRequest& request) {
  std::vector<std::string> notes;
  return choose_level(atlas, request, find_map(atlas.maps, request.map), resolve_shown_place(atlas, request), notes);
}

std::string Scene::say(std::string_view zh, std::string_view en) const {
  if (english_only()) return std::string(en);
  return both() ? fmt::format("{} {}", zh, en) : std::string(zh);
}

std::string Scene::place_name() const {
  if (!place) return text(atlas.dataset.project.title);
  if (!request.place && english_only() && !atlas.dataset.project.title.en.empty())
    return atlas.dataset.project.title.en;
  return std::string(tree()[*place].name);
}

int shown_year(const Atlas& atlas, const SheetRequest& request, const MapSpec& map) {
  const std::vector<int> years = map_years(atlas, map);
  const auto knows = [&](int year) { return std::find(years.begin(), years.end(), year) != years.end(); };
  if (!request.year) {
    const int usual = atlas.dataset.project.default_year;
    if (knows(usual) || years.empty()) return usual;
    return *std::min_element(years.begin(), years.end(),
                             [&](int a, int b) { return std::abs(a - usual) < std::abs(b - usual); });
  }
  if (knows(*request.year) || years.empty()) return *request.year;
  throw geo::UsageError(
      fmt::format("map '{}' has no year {}; it has {}", map.id, *request.year, fmt::join(years, ", ")));
}

Scene make_scene(const Atlas& atlas, const SheetRequest& request) {
  if (request.width < 1 || request.height < 1) throw geo::UsageError("a sheet needs a width and a height");
  const MapSpec& map = find_map(atlas.maps, request.map);
  std::vector<std::string> notes;
  const auto place = resolve_shown_place(atlas, request);
  const geo::Level level = choose_level(atlas, request, map, place, notes);
  const int year = shown_year(atlas, request, map);
  Scene scene{atlas,
              request,
              map,
              theme(request.theme),
              map.fill ? &atlas.dataset.statistics.indicator(map.fill->indicator) : nullptr,
              level,
              year,
              place,
              class_scheme(atlas, map, level, year, request.classes),
              {},
              {},
              {},
              {},
              {},
              std::move(notes)};
  if (map.fill) {
    const Palette& palette = atlas.palettes.get(scene.scheme->palette);
    require_colours(map, palette);
    scene.colours = class_colours(*scene.scheme, palette, scene.theme, map.fill->pale);
  }
  scene.cells = cell_looks(scene);
  scene.looks = scene.cells->cells;
  scene.layout = layout_for(scene);
  scene.view = make_view(scene);
  return scene;
}

float typical_radius(const Scene& scene, geo::Level level) {
  Atlas::Cache* cache = scene.atlas.cache.get();
  const std::pair key{level, scene.place.value_or(geo::DivisionRef{})};
  if (cache != nullptr) {
    const std::lock_guard lock(cache->mutex);
    if (const auto found = cache->radii.find(key); found != cache->radii.end())
      return static_cast<float>(found->second / scene.view.metres_per_pixel);
  }
  const double metres = median_radius(scene, level);
  if (cache != nullptr) {
    const std::lock_guard lock(cache->mutex);
    cache->radii[key] = metres;
  }
  return static_cast<float>(metres / scene.view.metres_per_pixel);
}

}  // namespace battlemap::render
