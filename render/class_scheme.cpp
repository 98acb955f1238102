#include "render/class_scheme.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/parallel.hpp"
#include "geo/sort_values.hpp"
#include "render/atlas_cache.hpp"

namespace battlemap::render {

std::shared_ptr<Atlas::Cache> Atlas::make_cache() {
  return std::make_shared<Cache>();
}

namespace {

using geo::Classes;

constexpr std::size_t most_per_side =
    4;  // a diverging ramp with more steps than this a side is not told apart
constexpr double midpoint_gap =
    1e-9;  // below the midpoint's own class: far less than any statistic's decimals

template <class T>
void prepend(std::vector<T>& list, T first) {
  list.push_back(first);
  std::rotate(list.begin(), list.end() - 1, list.end());
}

std::vector<double> finite_values(const Atlas& atlas, const std::string& indicator, geo::Level level,
                                  const std::vector<int>& years) {
  constexpr std::size_t read_at_once = 16384;
  const geo::SharedArray<geo::DivisionRef> refs = cells_of(atlas, level);
  const std::span<const geo::DivisionRef> cells = refs.view();
  std::vector<double> out(cells.size() * years.size());
  std::size_t kept = 0;
  for (const int year : years) {
    const CellValues values(atlas, indicator, year);
    std::vector<std::size_t> counts((cells.size() + read_at_once - 1) / read_at_once);
    const std::size_t begin = kept;
    geo::parallel_ranges(cells.size(), read_at_once, [&](std::size_t first, std::size_t last) {
      double* const part = &out[begin + first];
      std::size_t& count = counts[first / read_at_once];
      for (std::size_t i = first; i < last; ++i)
        if (const geo::Value& v = values[cells[i]]; v.has_value() && std::isfinite(v.value)) part[count++] = v.value;
    });
    // Mostly all have a value, and nothing moves.
    for (std::size_t range = 0; range < counts.size(); ++range) {
      const std::size_t from = begin + range * read_at_once;
      if (from != kept) std::copy_n(&out[from], counts[range], &out[kept]);
      kept += counts[range];
    }
  }
  out.resize(kept);
  geo::sort_values(out);
  return out;
}

using Settings = geo::ClassOptions;

/// Which of the methods can class distances from a midpoint.
void require_distances(const FillSpec& fill, const Settings& settings) {
  using geo::Method;
  if (fill.kind != FillKind::diverging) return;
  if (settings.method == Method::stddev || settings.method == Method::box || settings.method == Method::headtail)
    throw geo::UsageError(fmt::format("method '{}' says where most values lie, not how far they are from a midpoint; use "
                                      "another one for maps of kind \"diverging\"",
                                      geo::method_id(settings.method)));
}

Classes recount(Classes classes, const std::vector<double>& values) {
  std::fill(classes.counts.begin(), classes.counts.end(), std::size_t{0});
  if (classes.size() > 0)
    for (const double v : values) ++classes.counts[classes.class_of(v)];
  return classes;
}

void label_ranges(ClassScheme& scheme, const std::vector<double>& sorted, int decimals) {
  scheme.labels.clear();
  for (std::string& label : range_labels(scheme.classes, sorted, decimals))
    scheme.labels.push_back({label, label});
  if (scheme.zero_class) scheme.labels.front() = {"0", "0"};  // "0.0" would hold what rounds to it, too
}

/// Of a distribution (stddev, box) the classes that no place has are left out: a legend of five rows of which two
/// lie below every value says less. Manual classes stay, the same on every map.
Classes drawn_classes(const std::vector<double>& sorted, const Settings& settings) {
  Classes classes = geo::classify(sorted, settings);
  return settings.method == geo::Method::manual ? classes : geo::without_empty_ends(std::move(classes), sorted);
}

/// Zero leaves the ranges and becomes class 0: breaks 0, 0, b1, ...
ClassScheme sequential_scheme(const std::vector<double>& sorted, const Settings& settings, bool zero_class) {
  ClassScheme scheme;
  const auto after_zero = std::upper_bound(sorted.begin(), sorted.end(), 0.0);
  const bool has_zero = after_zero != sorted.begin() && sorted.front() == 0;
  if (!zero_class || !has_zero) {
    scheme.classes = drawn_classes(sorted, settings);
    return scheme;
  }
  const std::vector<double> positive(after_zero, sorted.end());
  scheme.zero_class = true;
  scheme.classes = drawn_classes(positive, settings);
  auto& breaks = scheme.classes.breaks;
  if (breaks.empty()) breaks = {0};
  if (breaks.size() > 1) breaks.front() = 0;
  prepend(breaks, 0.0);
  prepend(scheme.classes.counts, sorted.size() - positive.size());
  return scheme;
}

/// Inner breaks by distance from the midpoint, the same on both sides, so that equal colours mean equal
/// amounts.
std::vector<double> symmetric_distances(const std::vector<double>& sorted, const Settings& settings,
                                        double midpoint) {
  std::vector<double> distances;
  for (const double v : sorted)
    if (v != midpoint) distances.push_back(std::abs(v - midpoint));
  if (distances.empty()) return {};
  const bool both_sides = sorted.front() < midpoint && sorted.back() > midpoint;
  const auto most = static_cast<int>(most_per_side);
  const int per_side = std::clamp(both_sides ? settings.count / 2 : settings.count, 1, most);
  Settings side = settings;
  side.count = per_side;
  Classes classes = geo::without_empty_ends(geo::classify(distances, side), distances);
  while (classes.size() > most_per_side && side.method == geo::Method::pretty && side.count > 1) {
    --side.count;
    classes = geo::without_empty_ends(geo::classify(distances, side), distances);
  }
  if (classes.size() > most_per_side)
    throw geo::UsageError(fmt::format("an interval of {} makes {} classes on one side of the midpoint {}; a diverging map "
                                      "has at most {} a side: give a larger interval",
                                      side.interval, classes.size(), midpoint, most_per_side));
  return {classes.breaks.begin() + 1, classes.breaks.end() - 1};
}

std::vector<double> diverging_inner_breaks(const std::vector<double>& sorted, const Settings& settings,
                                           double midpoint) {
  std::vector<double> inner = settings.breaks;
  if (settings.method != geo::Method::manual)
    for (const double d : symmetric_distances(sorted, settings, midpoint))
      inner.push_back(midpoint - d), inner.push_back(midpoint + d);
  inner.push_back(midpoint);
  if (std::binary_search(sorted.begin(), sorted.end(), midpoint)) inner.push_back(midpoint - midpoint_gap);
  std::sort(inner.begin(), inner.end());
  inner.erase(std::unique(inner.begin(), inner.end()), inner.end());
  std::erase_if(inner, [&](double b) { return b < sorted.front() || b >= sorted.back(); });
  return inner;
}

ClassScheme diverging_scheme(const std::vector<double>& sorted, const Settings& settings, double midpoint) {
  ClassScheme scheme;
  if (sorted.empty()) return scheme;
  const std::vector<double> inner = diverging_inner_breaks(sorted, settings, midpoint);
  scheme.classes.method = settings.method;
  scheme.classes.breaks = {sorted.front()};
  scheme.classes.breaks.insert(scheme.classes.breaks.end(), inner.begin(), inner.end());
  scheme.classes.breaks.push_back(sorted.back());
  scheme.classes.counts.assign(inner.size() + 1, 0);
  scheme.classes = recount(std::move(scheme.classes), sorted);
  const auto& breaks = scheme.classes.breaks;
  const bool exact = std::binary_search(sorted.begin(), sorted.end(), midpoint);
  for (std::size_t k = 0; k < scheme.size(); ++k) {
    const bool is_neutral =
        exact && breaks[k + 1] == midpoint && (k == 0 ? sorted.front() == midpoint : true);
    if (is_neutral) scheme.neutral = k;
    if (!is_neutral && breaks[k + 1] <= midpoint) ++scheme.below;
  }
  const std::size_t above = scheme.size() - scheme.below - (scheme.neutral ? 1 : 0);
  scheme.steps = std::max<std::size_t>({1, scheme.below, above});
  return scheme;
}

ClassScheme categorical_scheme(const std::vector<double>& sorted, const geo::Indicator& indicator) {
  ClassScheme scheme;
  std::vector<double> categories;
  for (const auto& [value, label] : indicator.categories)
    categories.push_back(value), scheme.labels.push_back(label);
  if (categories
          .empty()) {  // no names given: the values themselves, as many as there are colours to tell apart
    categories = sorted;
    categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
    if (categories.size() > 9) categories.resize(9);
    for (const double c : categories)
      scheme.labels.push_back({geo::format_number(c, indicator.decimals), {}});
  }
  scheme.classes.method = geo::Method::manual;
  scheme.classes.counts.assign(categories.size(), 0);
  if (categories.empty()) return scheme;
  scheme.classes.breaks = categories;
  prepend(scheme.classes.breaks, categories.front());
  scheme.kind = FillKind::categorical;
  for (const double v : sorted)
    if (const auto k = scheme.class_of(v))
      ++scheme.classes.counts[*k];
    else
      ++scheme.outside;
  return scheme;
}

/// A ramp is so many even steps that nobody sees them. Of a diverging one both sides reach equally far.
ClassScheme ramp_scheme(const std::vector<double>& sorted, const FillSpec& fill) {
  constexpr int steps = 240;
  ClassScheme scheme;
  scheme.ramp = true;
  scheme.classes.method = geo::Method::unclassed;
  if (sorted.empty()) return scheme;
  double low = sorted.front(), high = sorted.back();
  if (fill.kind == FillKind::diverging) {
    const double reach = std::max(std::abs(low - fill.midpoint), std::abs(high - fill.midpoint));
    low = fill.midpoint - reach, high = fill.midpoint + reach;
  }
  const int count = low < high ? steps : 1;
  for (int i = 0; i <= count; ++i) {
    const double t = static_cast<double>(i) / count;
    scheme.classes.breaks.push_back(low * (1 - t) + high * t);
  }
  scheme.classes.counts.assign(static_cast<std::size_t>(count), 0);
  scheme.classes = recount(std::move(scheme.classes), sorted);
  scheme.labels.resize(scheme.size());
  return scheme;
}

/// As categories: the kinds of clusters in their order.
ClassScheme cluster_scheme() {
  ClassScheme scheme;
  for (std::size_t k = 0; k < geo::cluster_count; ++k)
    scheme.labels.push_back(geo::cluster_name(static_cast<geo::Cluster>(k)));
  scheme.classes.counts.assign(geo::cluster_count, 0);
  return scheme;
}

std::string axis_range(const geo::Classes& axis, std::size_t k, int decimals) {
  return fmt::format("{} ~ {}", geo::format_number(axis.breaks[k], decimals),
                     geo::format_number(axis.breaks[k + 1], decimals));
}

/// Three classes of each of two indicators.
ClassScheme bivariate_scheme(const Atlas& atlas, const FillSpec& fill, geo::Level level, const std::vector<int>& years) {
  ClassScheme scheme;
  const std::array ids{fill.indicator, fill.second};
  const std::array breaks{fill.breaks, fill.second_breaks};
  for (std::size_t a = 0; a < 2; ++a)
    scheme.axes[a] = geo::classify(finite_values(atlas, ids[a], level, years), fill.method, 3, breaks[a]);
  if (scheme.axes[0].size() == 0 || scheme.axes[1].size() == 0) return scheme;
  const auto decimals = [&](std::size_t a) { return atlas.dataset.statistics.indicator(ids[a]).decimals; };
  for (std::size_t k = 0; k < 9; ++k) {
    const std::size_t x = std::min(k % 3, scheme.axes[0].size() - 1), y = std::min(k / 3, scheme.axes[1].size() - 1);
    const std::string ranges =
        axis_range(scheme.axes[0], x, decimals(0)) + " × " + axis_range(scheme.axes[1], y, decimals(1));
    scheme.labels.push_back({ranges, ranges});
  }
  scheme.classes.counts.assign(9, 0);
  return scheme;
}

ClassScheme make_scheme(const Atlas& atlas, const MapSpec& map, geo::Level level, int year,
                        const ClassOverride& chosen) {
  const FillSpec& fill = *map.fill;
  const geo::Indicator& indicator = atlas.dataset.statistics.indicator(fill.indicator);
  const std::vector<int> years = fill.fixed_across_years ? map_years(atlas, map) : std::vector<int>{year};
  const std::vector<double> sorted = finite_values(atlas, indicator.id, level, years);
  const Settings settings = fill.has_ranges() ? class_options(fill, chosen) : Settings{};
  ClassScheme scheme;
  if (fill.kind == FillKind::clusters)
    scheme = cluster_scheme();
  else if (fill.kind == FillKind::bivariate)
    scheme = bivariate_scheme(atlas, fill, level, years);
  else if (fill.kind == FillKind::categorical)
    scheme = categorical_scheme(sorted, indicator);
  else if (settings.method == geo::Method::unclassed)
    scheme = ramp_scheme(sorted, fill);
  else if (fill.kind == FillKind::sequential)
    scheme = sequential_scheme(sorted, settings, fill.zero_class);
  else
    scheme = diverging_scheme(sorted, settings, fill.midpoint);
  if (fill.has_ranges() && !scheme.ramp) label_ranges(scheme, sorted, indicator.decimals);
  if (scheme.neutral) scheme.labels[*scheme.neutral] = {"持平", "no change"};
  scheme.kind = fill.kind;
  scheme.palette = chosen.palette.value_or(fill.palette);
  return scheme;
}

std::string cache_key(const MapSpec& map, geo::Level level, int year, const ClassOverride& chosen) {
  std::string key = fmt::format("{}|{}|{}|{}|{}|{}", map.id, static_cast<int>(level),
                                map.fill->fixed_across_years ? 0 : year,
                                chosen.method ? static_cast<int>(*chosen.method) : -1,
                                chosen.count.value_or(-1), chosen.palette.value_or(""));
  key += fmt::format("|{}|{}|", chosen.interval.value_or(-1), chosen.hinge.value_or(-1));
  for (const double m : chosen.multiples) key += fmt::format("{},", m);
  for (const double b : chosen.breaks) key += fmt::format("|{}", b);
  return key;
}

}  // namespace

geo::ClassOptions class_options(const FillSpec& fill, const ClassOverride& chosen) {
  geo::ClassOptions options{fill.method, fill.count, fill.breaks, fill.interval, fill.hinge, fill.multiples};
  if (chosen.method) options.method = *chosen.method;
  if (!chosen.breaks.empty()) options.breaks = chosen.breaks, options.method = geo::Method::manual;
  if (chosen.method == geo::Method::headtail && fill.method != geo::Method::headtail)
    options.count = geo::usual_count(options.method);
  if (chosen.count) options.count = *chosen.count;
  if (chosen.interval) options.interval = *chosen.interval;
  if (chosen.hinge) options.hinge = *chosen.hinge;
  if (!chosen.multiples.empty()) options.multiples = chosen.multiples;
  if (chosen.count && chosen.multiples.empty()) options.multiples.clear();
  if (options.method == geo::Method::manual && options.breaks.empty())
    throw geo::UsageError("the method 'manual' needs breaks, e.g. --breaks 3 10 20");
  require_distances(fill, options);
  return options;
}

std::optional<std::size_t> ClassScheme::class_of(double value) const {
  if (size() == 0 || kind == FillKind::clusters || kind == FillKind::bivariate) return std::nullopt;
  if (kind != FillKind::categorical) return classes.class_of(value);
  const auto first = classes.breaks.begin() + 1;
  const auto found = std::lower_bound(first, classes.breaks.end(), value);
  if (found == classes.breaks.end() || *found != value) return std::nullopt;
  return static_cast<std::size_t>(found - first);
}

geo::SharedArray<geo::DivisionRef> cells_of(const Atlas& atlas, geo::Level level) {
  if (const auto coverage = atlas.coverage(level); coverage->size() > 0) return {coverage->cells.view(), coverage};
  std::vector<geo::DivisionRef> refs;
  for (std::uint32_t i = 0; i < atlas.dataset.tree.at(level).size(); ++i) refs.push_back({level, i});
  return refs;
}

CellValues::CellValues(const Atlas& atlas, std::string_view indicator, int year)
    : atlas_(atlas), indicator_(indicator), year_(year) {}

const geo::Value& CellValues::operator[](geo::DivisionRef cell) const {
  static const geo::Value none;
  auto& level = by_level_[static_cast<std::size_t>(cell.level)];
  std::call_once(level.asked, [&] { level.values = atlas_.dataset.statistics.values(indicator_, cell.level, year_); });
  return cell.index < level.values.size() ? level.values[cell.index] : none;
}

std::vector<int> map_years(const Atlas& atlas, const MapSpec& map) {
  const geo::Indicator* fill =
      map.fill ? &atlas.dataset.statistics.indicator(map.fill->indicator) : nullptr;
  return map_years(atlas.dataset.project, fill, map);
}

std::vector<int> map_years(const geo::Project& project, const geo::Indicator* fill, const MapSpec& map) {
  if (!map.years.empty()) return map.years;
  return fill == nullptr || fill->years.empty() ? project.years : fill->years;
}

std::shared_ptr<const ClassScheme> class_scheme(const Atlas& atlas, const MapSpec& map, geo::Level level,
                                                int year, const ClassOverride& chosen) {
  const auto make = [&] {
    return std::make_shared<const ClassScheme>(make_scheme(atlas, map, level, year, chosen));
  };
  if (!map.fill) return std::make_shared<const ClassScheme>();
  if (!atlas.cache) return make();
  const std::string key = cache_key(map, level, year, chosen);
  const std::lock_guard lock(atlas.cache->mutex);
  auto& slot = atlas.cache->schemes[key];
  if (!slot) slot = make();
  return slot;
}

std::vector<Colour> class_colours(const ClassScheme& scheme, const Palette& palette, const Theme& theme,
                                  bool pale) {
  std::vector<Colour> colours;
  const std::size_t zero = scheme.zero_class ? 1 : 0;
  if (scheme.ramp) {
    for (std::size_t k = 0; k < scheme.size(); ++k)
      colours.push_back(
          palette.at((static_cast<double>(k) + 0.5) / static_cast<double>(scheme.size()), theme.dark));
  } else if (scheme.kind == FillKind::diverging) {
    const double half = static_cast<double>(scheme.steps) + (scheme.steps == 1 ? 0.6 : 0.0);
    for (std::size_t k = 0; k < scheme.size(); ++k) {
      double offset = 0;  // in steps from the neutral colour
      if (k < scheme.below) offset = static_cast<double>(k) - static_cast<double>(scheme.below);
      if (k >= scheme.below && scheme.neutral != k)
        offset = static_cast<double>(k - scheme.below + (scheme.neutral ? 0 : 1));
      colours.push_back(palette.at(0.5 + offset / half / 2, theme.dark));
    }
  } else if (scheme.size() > zero) {
    colours = palette.pick(static_cast<int>(scheme.size() - zero), theme.dark);
  }
  if (scheme.zero_class) prepend(colours, mix(theme.land, theme.good, theme.dark ? 0.3 : 0.25));
  if (pale)
    for (Colour& c : colours) c = mix(c, theme.land, theme.dark ? 0.5 : 0.55);
  return colours;
}

geo::Classes map_classes(const Atlas& atlas, const MapSpec& map, geo::Level level, int year,
                         const ClassOverride& classes) {
  if (!map.fill)
    throw geo::UsageError(
        fmt::format("map '{}' colours no areas ([fill] in {}), so it has no classes", map.id, map.file.string()));
  if (map.fill->kind == FillKind::clusters || map.fill->kind == FillKind::bivariate)
    throw geo::UsageError(fmt::format("map '{}' has no one scale of classes (kind \"{}\")", map.id,
                                      fill_kind_id(map.fill->kind)));
  const auto scheme = class_scheme(atlas, map, level, year, classes);
  if (scheme->ramp) {
    geo::ClassOptions unclassed;
    unclassed.method = geo::Method::unclassed;
    return geo::classify(finite_values(atlas, map.fill->indicator, level, {year}), unclassed);
  }
  if (scheme->kind != FillKind::categorical)
    return geo::measure_classes(scheme->classes, finite_values(atlas, map.fill->indicator, level, {year}));
  geo::Classes out = scheme->classes;
  std::fill(out.counts.begin(), out.counts.end(), std::size_t{0});
  for (const double v : finite_values(atlas, map.fill->indicator, level, {year}))
    if (const auto k = scheme->class_of(v)) ++out.counts[*k];
  return out;
}

}  // namespace battlemap::render
