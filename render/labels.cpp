#include <algorithm>
#include <cmath>

#include "geo/give_way.hpp"
#include "render/labeller.hpp"

namespace battlemap::render {
using geo::Level;

namespace {

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
constexpr std::array<float, geo::level_count> least_inside{0.4F, 0.55F, 0.5F, 0.62F, 0.85F};

}  // namespace

Labeller::Labeller(const Scene& scene, const TextEngine& text, const std::vector<Circle>& circles,
                   FreeSpace& space)
    : scene_(scene), text_(text), space_(space), start_(space) {
  for (const Circle& c : circles) circle_of_[c.cell] = c;
  roomy_ = typical_radius(scene, scene.level) > scene.layout.px(roomy_radius);
}

/// The level drawn, or a coarser one while its cells are too small to carry a name.
Level Labeller::finest_readable() const {
  Level level = scene_.level;
  const Level coarsest = scene_.place ? scene_.place->level : Level::province;
  while (level > coarsest && typical_radius(scene_, level) < scene_.layout.px(least_typical_radius))
    level = static_cast<Level>(geo::index_of(level) - 1);
  return level;
}

std::string Labeller::value_text(const geo::Coverage& coverage, std::uint32_t cell) const {
  if (coverage.level != scene_.level || scene_.scheme->kind == FillKind::categorical) return {};
  if (scene_.scheme->kind == FillKind::bivariate && !scene_.map.circles) return {};  // of which of the two?
  const bool circles = scene_.map.circles.has_value();
  if (!circles && scene_.indicator == nullptr) return {};
  if (circles && !scene_.map.circles->label) return {};
  const auto& indicator =
      circles ? scene_.atlas.dataset.statistics.indicator(scene_.map.circles->indicator) : *scene_.indicator;
  const geo::Value value =
      scene_.atlas.dataset.statistics.value(indicator.id, coverage.cells[cell], scene_.year);
  if (!value.has_value()) return {};
  const std::string sign =
      scene_.scheme->kind == FillKind::diverging && !circles && value.value > 0 ? "+" : "";
  return sign + geo::format_number(value.value, indicator.decimals) + (indicator.unit.zh == "%" ? "%" : "");
}

void Labeller::add_candidate(const geo::Coverage& coverage, std::uint32_t cell, bool coarse, bool neighbour,
                             std::optional<Vec2> anchor) {
  Candidate c;
  c.ref = coverage.cells[cell];
  if (scene_.tree()[c.ref].name_inferred || !known_.insert(c.ref).second) return;
  // Finding an anchor takes a while: not for what is out of sight.
  if (!anchor && !scene_.view.extent().intersects(coverage.boxes()[cell])) return;
  const geo::Anchor own = anchor ? geo::Anchor{} : coverage.anchor(cell);
  c.anchor = anchor.value_or(scene_.view.to_pixel(own.at));
  if (!scene_.view.frame.contains(c.anchor)) return;
  c.cell = cell, c.coverage = &coverage, c.coarse = coarse, c.neighbour = neighbour;
  c.radius = static_cast<float>(own.radius / scene_.view.metres_per_pixel);
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
    const bool named_in_title = scene_.place && ref == *scene_.place && (level != scene_.level || scene_.map.is_board());
    if (of_level && within && !named_in_title) add_candidate(coverage, cell, coarse, false);
  }
}

/// A village fills its sheet, and of its neighbours parts are seen: each is named where it has most room.
void Labeller::collect_parts_of_neighbours(const geo::Coverage& coverage) {
  const auto seen = cell_grid(scene_, coverage.level);
  for (const CellGrid::Spot& spot : seen->roomiest_spots()) {
    const geo::DivisionRef ref = coverage.cells[spot.cell];
    if (ref == *scene_.place || ref.level != coverage.level) continue;
    const std::size_t before = candidates_.size();
    add_candidate(coverage, spot.cell, true, true, spot.at);
    if (candidates_.size() > before) candidates_.back().radius = spot.radius;
  }
}

/// Names of the surroundings, so that a reader knows where the place lies.
void Labeller::collect_neighbours() {
  if (!scene_.place || scene_.place->level == Level::province) return;
  const geo::Coverage& coverage = scene_.atlas.dataset.coverage(scene_.place->level);
  if (scene_.map.is_board()) return collect_parts_of_neighbours(coverage);
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

float Labeller::cover_cost(const Candidate& c, const Rect& box) const {
  const float wide = scene_.layout.px(26),
              high = scene_.layout.px(18);  // half a finer name around its anchor
  const Rect around{box.x - wide, box.y - high, box.w + 2 * wide, box.h + 2 * high};
  const auto anchors =
      std::count_if(fine_anchors_.begin(), fine_anchors_.end(), [&](Vec2 p) { return around.contains(p); });
  const Vec2 middle{box.x + box.w / 2, box.y + box.h / 2};
  const float far = std::hypot(middle.x - c.anchor.x, middle.y - c.anchor.y);
  return static_cast<float>(anchors) * box.w + grid_->borders_under(box) + far * 0.35F;
}

namespace {

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

}  // namespace

std::vector<Vec2> Labeller::positions(const Candidate& c, const TextBlock& block,
                                      const PixelOutline& outline) const {
  if (c.circle > 0 && !c.coarse) return beside_circle(c, block);
  std::vector<Vec2> points = lattice(c, block, outline);
  if (!c.coarse || c.neighbour) return points;
  std::vector<std::pair<float, Vec2>> ranked;  // a big name first tries where it hides least
  for (const Vec2 p : points) ranked.emplace_back(cover_cost(c, block_box(block, p)), p);
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
      if (space_.is_free(box) && outline.holds(box, inside)) return Placement{std::move(block), at};
    }
  }
  return std::nullopt;
}

std::optional<Placement> Labeller::place(const Candidate& c) const {
  geo::GiveWay::pause();
  const PixelOutline outline(c.coverage->outline(c.cell), 0, scene_.view, 1.5F);
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

/// Places every name that is not called out, clear of the leaders.
Labeller::Placements Labeller::place_all(const Callouts& callouts) {
  space_ = start_;
  const float clear = scene_.layout.px(3);
  for (std::size_t m = 0; m < callouts.members.size(); ++m) {
    const std::vector<Vec2> line = leader_of(callouts, m);
    const float dx = line[1].x - line[0].x, dy = line[1].y - line[0].y;
    const int steps = std::max(1, static_cast<int>(std::hypot(dx, dy) / clear));
    for (int i = 0; i <= steps; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(steps);
      space_.take({line[0].x + dx * t - clear, line[0].y + dy * t - clear, 2 * clear, 2 * clear});
    }
  }
  Placements found(candidates_.size());
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (std::find(callouts.members.begin(), callouts.members.end(), i) != callouts.members.end()) continue;
    found[i] = place(candidates_[i]);
    if (found[i]) space_.take(block_box(found[i]->block, found[i]->centre));
  }
  return found;
}

void Labeller::gather() {
  const Level finest = finest_ = finest_readable();
  grid_ = cell_grid(scene_, finest);
  if (finest > Level::province && (!scene_.place || scene_.place->level < finest))
    collect(static_cast<Level>(geo::index_of(finest) - 1), true);
  collect(finest, finest != scene_.level);
  for (const Candidate& c : candidates_)
    if (c.ref.level == finest) fine_anchors_.push_back(c.anchor);
  collect_neighbours();
  std::stable_sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    if (a.neighbour != b.neighbour) return b.neighbour;
    return a.ref.level != b.ref.level ? a.ref.level < b.ref.level : a.radius > b.radius;
  });
}

void Labeller::run(Layer& layer, SheetReport& report) {
  gather();
  if (finest_ != scene_.level)
    report.labels_unplaced += static_cast<std::size_t>(
        std::count_if(scene_.looks.begin(), scene_.looks.end(),
                      [](const CellLook& l) { return l.state != CellState::outside; }));
  Callouts callouts;
  const Placements found = settle(callouts);
  draw_callouts(callouts, layer);
  report.labels_placed += callouts.members.size();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) {
      report.labels_unplaced += candidates_[i].neighbour ? 0 : 1;
      continue;
    }
    add_block(layer, found[i]->block, found[i]->centre);
    ++report.labels_placed;
    report.missing_glyphs += found[i]->block.missing;
  }
  report.labels_unplaced -= callouts.members.size();  // counted above, as they have no place inside
}

void add_labels(const Scene& scene, const TextEngine& text, const std::vector<Circle>& circles,
                FreeSpace& space, Layer& layer, SheetReport& report) {
  Labeller(scene, text, circles, space).run(layer, report);
}

}  // namespace battlemap::render
