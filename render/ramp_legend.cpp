#include <algorithm>

#include "render/parts.hpp"

namespace battlemap::render {
namespace {

constexpr double ramp_rows = 7;      // rows of an ordinary legend that a ramp is as high as
constexpr double ramp_width = 36;    // design units: as wide as a swatch
constexpr double ramp_margin = 10;   // above, and twice below, for half a number
constexpr double least_band = 0.55;  // rows: a lower band has no room for its number

/// A stretch of the ramp between two of the numbers written beside it.
struct Band {
  double low = 0, high = 0;
  std::size_t count = 0;
};

/// Round numbers inside the ramp, and its ends where they stand clear of them.
std::vector<double> ramp_ticks(const ClassScheme& scheme) {
  const double low = scheme.classes.breaks.front(), high = scheme.classes.breaks.back();
  if (!(low < high)) return {low};
  const geo::Classes round = geo::classify(std::vector<double>{low, high}, geo::Method::pretty, 5);
  const double clear = (high - low) * least_band / ramp_rows;
  std::vector<double> ticks{low};
  for (const double tick : round.breaks)
    if (tick - ticks.back() >= clear && high - tick >= clear) ticks.push_back(tick);
  ticks.push_back(high);
  return ticks;
}

std::vector<Band> ramp_bands(const Scene& scene) {
  const ClassScheme& scheme = *scene.scheme;
  if (scheme.size() == 0) return {};
  const std::vector<double> ticks = ramp_ticks(scheme);
  std::vector<Band> bands;
  for (std::size_t i = 0; i + 1 < ticks.size(); ++i) bands.push_back({ticks[i], ticks[i + 1]});
  if (bands.empty()) bands.push_back({ticks.front(), ticks.front()});
  const CellValues values(scene.atlas, scene.indicator->id, scene.year);
  for (std::uint32_t cell = 0; cell < scene.looks.size(); ++cell) {
    if (scene.looks[cell].state != CellState::shown) continue;
    const double value = values[scene.coverage().cells[cell]].value;
    const auto above = std::find_if(bands.begin(), bands.end() - 1, [&](const Band& b) { return value <= b.high; });
    ++above->count;
  }
  return bands;
}

Colour ramp_colour(const Scene& scene, double value) {
  return scene.colours[scene.scheme->classes.class_of(value)];
}

/// Where the ramp stands and how values lie on it.
struct Ramp {
  Rect strip;
  double low = 0, high = 0;
  float y(double value) const {
    const double t = high > low ? (value - low) / (high - low) : 0.5;
    return strip.y + strip.h * static_cast<float>(1 - t);
  }
};

/// From the top down, each colour laid to the strip's end under those that follow: no seams between them.
void draw_strip(const Scene& scene, const Ramp& ramp, Layer& layer) {
  const std::size_t steps = scene.colours.size();
  for (std::size_t k = steps; k-- > 0;) {
    const float top = ramp.strip.y + ramp.strip.h * (1 - static_cast<float>(k + 1) / static_cast<float>(steps));
    layer.items.emplace_back(
        RectItem{{ramp.strip.x, top, ramp.strip.w, ramp.strip.bottom() - top}, 0, scene.colours[k]});
  }
}

class RampPen {
 public:
  RampPen(const Scene& scene, const TextEngine& text, const Ramp& ramp, Rect box, Layer& layer)
      : scene_(scene), text_(text), ramp_(ramp), box_(box), layer_(layer) {
    label_ = type_style(scene, 18, scene.theme.text);
    label_.tabular = true;
  }
  void draw(const std::vector<Band>& bands);
  std::size_t longest() const { return most_; }

 private:
  void draw_tick(double value);
  void draw_band(const Band& band);
  std::string said(double value) const { return geo::format_number(value, scene_.indicator->decimals); }

  const Scene& scene_;
  const TextEngine& text_;
  const Ramp& ramp_;
  Rect box_;
  Layer& layer_;
  TextStyle label_;
  float bars_x_ = 0, count_width_ = 0;
  std::size_t most_ = 0;
};

void RampPen::draw_tick(double value) {
  const Layout& l = scene_.layout;
  const float y = ramp_.y(value), x = ramp_.strip.right();
  layer_.items.emplace_back(
      LineItem{{{x, y}, {x + l.px(6), y}}, std::max(1.0F, l.px(1.2)), scene_.theme.text_muted});
  layer_.items.emplace_back(TextItem{said(value), {x + l.px(10), y + label_.size * 0.37F}, label_});
}

void RampPen::draw_band(const Band& band) {
  const Layout& l = scene_.layout;
  const float middle = (ramp_.y(band.low) + ramp_.y(band.high)) / 2;
  const float room = box_.right() - count_width_ - l.px(8) - bars_x_;
  const float bar = most_ == 0 ? 0 : room * static_cast<float>(band.count) / static_cast<float>(most_);
  if (bar > 0 && room > 0)
    layer_.items.emplace_back(RectItem{{bars_x_, middle - l.px(5), std::max(bar, 1.0F), l.px(10)},
                                       0,
                                       mix(scene_.theme.ground, scene_.theme.text_muted, 0.5)});
  TextStyle number = label_;
  if (band.count == 0) number.colour = scene_.theme.text_muted;
  const std::string count = geo::format_number(static_cast<double>(band.count), 0);
  layer_.items.emplace_back(
      TextItem{count, {box_.right() - text_.width(count, number), middle + number.size * 0.37F}, number});
}

void RampPen::draw(const std::vector<Band>& bands) {
  const Layout& l = scene_.layout;
  float widest = 0;
  for (const Band& band : bands) {
    widest = std::max({widest, text_.width(said(band.low), label_), text_.width(said(band.high), label_)});
    count_width_ =
        std::max(count_width_, text_.width(geo::format_number(static_cast<double>(band.count), 0), label_));
    most_ = std::max(most_, band.count);
  }
  bars_x_ = ramp_.strip.right() + l.px(10) + widest + l.px(12);
  for (const Band& band : bands) {
    draw_tick(band.low);
    draw_band(band);
  }
  if (bands.back().high > bands.back().low) draw_tick(bands.back().high);
}

}  // namespace

double ramp_units(const Scene& scene) {
  return scene.scheme->ramp ? ramp_rows * legend_row + 3 * ramp_margin : 0;
}

std::size_t add_ramp(const Scene& scene, const TextEngine& text, Rect box, Layer& layer) {
  const std::vector<Band> bands = ramp_bands(scene);
  if (bands.empty()) return 0;
  const Layout& l = scene.layout;
  const float margin = std::min(l.px(ramp_margin), box.h / 8);
  const Ramp ramp{{box.x, box.y + margin, l.px(ramp_width), box.h - 3 * margin}, bands.front().low, bands.back().high};
  draw_strip(scene, ramp, layer);
  RampPen pen(scene, text, ramp, box, layer);
  pen.draw(bands);
  return pen.longest();
}

std::vector<LegendEntry> ramp_entries(const Scene& scene) {
  std::vector<Band> bands = ramp_bands(scene);
  std::reverse(bands.begin(), bands.end());
  std::vector<LegendEntry> entries;
  const int decimals = scene.indicator->decimals;
  for (const Band& band : bands)
    entries.push_back({fmt::format("{} ~ {}", geo::format_number(band.low, decimals),
                                   geo::format_number(band.high, decimals)),
                       ramp_colour(scene, (band.low + band.high) / 2), band.count});
  return entries;
}

}  // namespace battlemap::render
