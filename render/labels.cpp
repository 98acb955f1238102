#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>

#include "render/parts.hpp"
#include "render/pixel_outline.hpp"

namespace battlemap::render {
namespace {

using geo::Level;

// Sizes in design units by level: of the level drawn, and of the coarser one written across it.
constexpr std::array<double, geo::level_count> own_units{31, 24, 19, 16, 14};
constexpr std::array<double, geo::level_count> coarse_units{30, 24, 20, 17, 15};
constexpr std::array<float, 3> shrink{1.0F, 0.86F, 0.72F};
constexpr double least_units = 12;
constexpr float least_typical_radius =
    9;  // design units: a level whose cells are smaller is not labelled at all
constexpr float roomy_radius = 60;
constexpr float inside_enough = 0.95F;
// How much of a name may stand outside its own cell where there is no better place; finer levels are
// stricter, or a name would be read as the neighbour's.
constexpr std::array<float, geo::level_count> least_inside{0.4F, 0.4F, 0.5F, 0.62F, 0.75F};

struct Candidate {
  geo::DivisionRef ref;
  std::uint32_t cell = 0;  ///< in the coverage of `ref.level` (or of the level drawn for leaves)
  const geo::Coverage* coverage = nullptr;
  bool coarse = false;     ///< written across finer cells
  bool neighbour = false;  ///< outside the place shown
  Vec2 anchor;
  float radius = 0;   ///< px from the anchor to the outline
  float circle = 0;   ///< px, 0: no circle here
  std::string value;  ///< under the name; may be empty
};

struct Placement {
  TextBlock block;
  Vec2 centre;
};

class Labeller {
 public:
  Labeller(const Scene& scene, const TextEngine& text, const std::vector<Circle>& circles, FreeSpace& space)
      : scene_(scene), text_(text), space_(space) {
    for (const Circle& c : circles) circle_of_[c.cell] = c;
    roomy_ = typical_radius(scene, scene.level) > scene.layout.px(roomy_radius);
  }
  void run(Layer& layer, SheetReport& report);

 private:
  Level finest_readable() const;
  void collect(Level level, bool coarse);
  void collect_neighbours();
  void add_candidate(const geo::Coverage& coverage, std::uint32_t cell, bool coarse, bool neighbour);
  std::string value_text(const geo::Coverage& coverage, std::uint32_t cell) const;
  Colour behind(const Candidate& c) const;
  TextStyle name_style(const Candidate& c, float factor, bool at_home) const;
  /// `at_home`: the whole block stands on its own cell's fill.
  TextBlock block_for(const Candidate& c, const std::vector<std::string>& lines, float factor, bool value,
                      bool at_home) const;
  std::vector<Vec2> positions(const Candidate& c, const TextBlock& block, const PixelOutline& outline) const;
  std::size_t anchors_under(const Rect& box) const;
  std::optional<Placement> place(const Candidate& c) const;
  std::optional<Placement> place_at_size(const Candidate& c, const PixelOutline& outline, float factor,
                                         bool value, float inside) const;

  const Scene& scene_;
  const TextEngine& text_;
  FreeSpace& space_;
  std::map<std::uint32_t, Circle> circle_of_;  ///< by cell of the level drawn
  std::vector<Candidate> candidates_;
  std::set<geo::DivisionRef> known_;
  std::vector<Vec2> fine_anchors_;
  Level finest_ = Level::province;  ///< the finest level that gets names
  bool roomy_ = false;              ///< the level drawn has so much room that its names may be larger
};

/// The level drawn, or a coarser one while its cells are too small to carry a name.
Level Labeller::finest_readable() const {
  Level level = scene_.level;
  const Level coarsest = scene_.place ? scene_.place->level : Level::province;
  while (level > coarsest && typical_radius(scene_, level) < scene_.layout.px(least_typical_radius))
    level = static_cast<Level>(geo::index_of(level) - 1);
  return level;
}

std::string Labeller::value_text(const geo::Coverage& coverage, std::uint32_t cell) const {
  if (coverage.level != scene_.level || scene_.map.fill.kind == FillKind::categorical) return {};
  const bool circles = scene_.map.circles.has_value();
  if (circles && !scene_.map.circles->label) return {};
  const auto& indicator =
      circles ? scene_.atlas.dataset.statistics.indicator(scene_.map.circles->indicator) : scene_.indicator;
  const geo::Value value =
      scene_.atlas.dataset.statistics.value(indicator.id, coverage.cells[cell], scene_.year);
  if (!value.has_value()) return {};
  const std::string sign =
      scene_.map.fill.kind == FillKind::diverging && !circles && value.value > 0 ? "+" : "";
  return sign + geo::format_number(value.value, indicator.decimals) + (indicator.unit.zh == "%" ? "%" : "");
}

void Labeller::add_candidate(const geo::Coverage& coverage, std::uint32_t cell, bool coarse, bool neighbour) {
  Candidate c;
  c.ref = coverage.cells[cell];
  if (scene_.tree()[c.ref].name_inferred || !known_.insert(c.ref).second) return;
  c.anchor = scene_.view.to_pixel(coverage.anchors[cell]);
  if (!scene_.view.frame.contains(c.anchor)) return;
  c.cell = cell, c.coverage = &coverage, c.coarse = coarse, c.neighbour = neighbour;
  c.radius = static_cast<float>(coverage.anchor_radii[cell] / scene_.view.metres_per_pixel);
  if (coverage.level == scene_.level && !neighbour) {
    if (const auto found = circle_of_.find(cell); found != circle_of_.end()) c.circle = found->second.radius;
    if (!coarse) c.value = value_text(coverage, cell);
  }
  candidates_.push_back(std::move(c));
}

void Labeller::collect(Level level, bool coarse) {
  const geo::Coverage& coverage = scene_.atlas.dataset.coverage(level);
  for (std::uint32_t cell = 0; cell < coverage.size(); ++cell) {
    const geo::DivisionRef ref = coverage.cells[cell];
    const bool of_level = ref.level == level || level == scene_.level;
    const auto& up = coverage.ancestry[cell];
    const bool within =
        !scene_.place || up[static_cast<std::size_t>(scene_.place->level)] == scene_.place->index;
    const bool named_in_title = scene_.place && ref == *scene_.place && level != scene_.level;
    if (of_level && within && !named_in_title) add_candidate(coverage, cell, coarse, false);
  }
}

/// Names of the surroundings, so that a reader knows where the place lies.
void Labeller::collect_neighbours() {
  if (!scene_.place || scene_.place->level == Level::province) return;
  const geo::Coverage& coverage = scene_.atlas.dataset.coverage(scene_.place->level);
  for (std::uint32_t cell = 0; cell < coverage.size(); ++cell)
    if (coverage.cells[cell] != *scene_.place && coverage.cells[cell].level == scene_.place->level)
      add_candidate(coverage, cell, true, true);
}

Colour Labeller::behind(const Candidate& c) const {
  if (c.neighbour) return scene_.theme.neighbour;
  if (c.coarse || c.coverage->level != scene_.level) return scene_.theme.halo;
  return fill_of(scene_, c.cell);
}

TextStyle Labeller::name_style(const Candidate& c, float factor, bool at_home) const {
  const auto level = static_cast<std::size_t>(c.ref.level);
  double units = c.coarse ? coarse_units[level] : own_units[level];
  if (!c.coarse && c.coverage->level == scene_.level && roomy_) units *= 1.2;
  units = std::max(units * factor, least_units);
  TextStyle style =
      type_style(scene_, c.neighbour ? std::min(units, 18.0) : units, {},
                 c.coarse && !c.neighbour && c.ref.level < finest_ ? Weight::bold : Weight::regular);
  const LabelColours colours = label_colours(at_home ? behind(c) : scene_.theme.halo);
  style.colour = colours.text, style.halo = colours.halo;
  if (c.coarse || c.neighbour) style.colour = c.neighbour ? scene_.theme.text_muted : scene_.theme.text;
  if (!at_home || c.coarse) style.halo = with_alpha(style.halo, 0.8);
  style.halo_width = std::max(1.2F, scene_.layout.px(1.8));
  style.letter_spacing = c.coarse ? style.size * 0.14F : 0;
  return style;
}

TextBlock Labeller::block_for(const Candidate& c, const std::vector<std::string>& lines, float factor,
                              bool value, bool at_home) const {
  const TextStyle style = name_style(c, factor, at_home);
  std::vector<TextBlock::Line> block;
  for (const std::string& line : lines) block.push_back({line, style});
  if (value && !c.value.empty()) {
    TextStyle number = style;
    number.weight = Weight::bold, number.tabular = true;
    block.push_back({c.value, number});
  }
  return make_block(text_, std::move(block));
}

std::size_t Labeller::anchors_under(const Rect& box) const {
  return static_cast<std::size_t>(
      std::count_if(fine_anchors_.begin(), fine_anchors_.end(), [&](Vec2 p) { return box.contains(p); }));
}

std::vector<Vec2> beside_circle(const Candidate& c, const TextBlock& block) {
  const float gap = 3, dx = c.circle + block.width / 2 + gap, dy = c.circle + block.height / 2 + gap;
  return {{c.anchor.x, c.anchor.y + dy},
          {c.anchor.x, c.anchor.y - dy},
          {c.anchor.x + dx, c.anchor.y},
          {c.anchor.x - dx, c.anchor.y}};
}

/// A lattice over the cell, nearest to the anchor first.
std::vector<Vec2> lattice(const Candidate& c, const TextBlock& block, const PixelOutline& outline) {
  const Rect& box = outline.box();
  const float reach_x = c.coarse ? box.w / 2 : std::min(box.w / 2, c.radius * 1.6F + block.width / 3);
  const float reach_y = c.coarse ? box.h / 2 : std::min(box.h / 2, c.radius * 1.6F + block.height / 2);
  const int half = c.coarse ? 8 : 3;
  std::vector<Vec2> points;
  for (int y = -half; y <= half; ++y)
    for (int x = -half; x <= half; ++x)
      points.push_back({c.anchor.x + reach_x * static_cast<float>(x) / static_cast<float>(half),
                        c.anchor.y + reach_y * static_cast<float>(y) / static_cast<float>(half)});
  const auto far = [&](Vec2 p) { return std::hypot(p.x - c.anchor.x, (p.y - c.anchor.y) * 1.5F); };
  std::stable_sort(points.begin(), points.end(), [&](Vec2 a, Vec2 b) { return far(a) < far(b); });
  return points;
}

std::vector<Vec2> Labeller::positions(const Candidate& c, const TextBlock& block,
                                      const PixelOutline& outline) const {
  if (c.circle > 0 && !c.coarse) return beside_circle(c, block);
  std::vector<Vec2> points = lattice(c, block, outline);
  if (!c.coarse || c.neighbour) return points;
  std::vector<std::pair<std::size_t, Vec2>>
      ranked;  // a big name first tries where it covers fewest small ones
  for (const Vec2 p : points) ranked.emplace_back(anchors_under(block_box(block, p)), p);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::transform(ranked.begin(), ranked.end(), points.begin(), [](const auto& r) { return r.second; });
  return points;
}

std::optional<Placement> Labeller::place_at_size(const Candidate& c, const PixelOutline& outline,
                                                 float factor, bool value, float inside) const {
  for (const auto& lines : name_lines(label_name(scene_.tree()[c.ref].name, c.ref.level))) {
    const bool at_home = c.circle == 0 && inside >= inside_enough;
    TextBlock block = block_for(c, lines, factor, value, at_home);
    // The inscribed circle settles most names without a look at the outline.
    if (c.circle == 0 && !c.coarse && std::hypot(block.width, block.height) / 2 <= c.radius &&
        space_.is_free(block_box(block, c.anchor)))
      return Placement{std::move(block), c.anchor};
    for (const Vec2 at : positions(c, block, outline)) {
      const Rect box = block_box(block, at);
      if (space_.is_free(box) && outline.share_inside(box) >= inside) return Placement{std::move(block), at};
    }
  }
  return std::nullopt;
}

std::optional<Placement> Labeller::place(const Candidate& c) const {
  const PixelOutline outline(c.coverage->polygons, c.cell, scene_.view, 1.5F);
  const float least = c.circle > 0 ? 0.0F : least_inside[static_cast<std::size_t>(c.ref.level)];
  const float full = c.circle > 0 ? 0.5F : inside_enough;
  for (const float factor : shrink) {
    if (!c.value.empty() && factor > 0.8F)
      if (auto found = place_at_size(c, outline, factor, true, full)) return found;
    if (auto found = place_at_size(c, outline, factor, false, full)) return found;
  }
  for (const float inside : {0.8F, least})
    if (inside >= least)
      if (auto found = place_at_size(c, outline, shrink.back(), false, inside)) return found;
  return std::nullopt;
}

void Labeller::run(Layer& layer, SheetReport& report) {
  const Level finest = finest_ = finest_readable();
  if (finest > Level::province && (!scene_.place || scene_.place->level < finest))
    collect(static_cast<Level>(geo::index_of(finest) - 1), true);
  collect(finest, finest != scene_.level);
  for (const Candidate& c : candidates_)
    if (c.ref.level == finest) fine_anchors_.push_back(c.anchor);
  if (finest != scene_.level)
    report.labels_unplaced += static_cast<std::size_t>(
        std::count_if(scene_.looks.begin(), scene_.looks.end(),
                      [](const CellLook& l) { return l.state != CellState::outside; }));
  collect_neighbours();
  std::stable_sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    if (a.neighbour != b.neighbour) return b.neighbour;
    return a.ref.level != b.ref.level ? a.ref.level < b.ref.level : a.radius > b.radius;
  });
  for (const Candidate& c : candidates_) {
    const auto found = place(c);
    if (!found) {
      report.labels_unplaced += c.neighbour ? 0 : 1;
      continue;
    }
    space_.take(block_box(found->block, found->centre));
    add_block(layer, found->block, found->centre);
    ++report.labels_placed;
    report.missing_glyphs += found->block.missing;
  }
}

}  // namespace

void add_labels(const Scene& scene, const TextEngine& text, const std::vector<Circle>& circles,
                FreeSpace& space, Layer& layer, SheetReport& report) {
  Labeller(scene, text, circles, space).run(layer, report);
}

}  // namespace battlemap::render
