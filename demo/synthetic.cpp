#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "demo/demo.hpp"
#include "demo/geopackage.hpp"
#include "demo/palettes.hpp"
#include "demo/random.hpp"
#include "demo/synthetic_coverage.hpp"
#include "demo/text_file.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

constexpr std::size_t villages_per_town = 20;
constexpr std::size_t towns_per_county = 15;

struct Village {
  std::string code, name;
  double poor_rate = 0;  ///< per cent, three decimals: poor_population of rural_population
  long rural_population = 0, poor_population = 0;
  long poor_later = 0;  ///< poor_population a year later
};

std::size_t counties_per_prefecture(std::size_t villages) {
  const std::size_t counties = villages / (villages_per_town * towns_per_county) + 1;
  return std::max<std::size_t>(8, counties / 90 + 1);
}

/// The code of the k-th village along the space-filling order: 63, then groups filled one after the other.
std::string code_of(std::size_t k, std::size_t per_prefecture) {
  const std::size_t town = k / villages_per_town, county = town / towns_per_county;
  return fmt::format("63{:02}{:02}{:03}{:03}", county / per_prefecture + 1, county % per_prefecture + 1,
                     town % towns_per_county + 1, k % villages_per_town + 200);
}

/// A smooth surface, higher in the south-west, plus local noise.
Village make_village(std::size_t k, std::size_t per_prefecture, GridPoint site, std::uint64_t seed) {
  const geo::Point p = to_lon_lat(site);
  Random random(hash_of(seed, 7, k));
  const double surface = 13 + 14 * fractal_noise(hash_of(seed, 3), p.x / 1.6, p.y / 1.6, 4) +
                         1.1 * (35.4 - p.y) + 0.5 * (97 - p.x);
  const double rate = std::clamp(surface + 2.5 * random.normal(), 0.0, 60.0);
  Village village;
  village.code = code_of(k, per_prefecture), village.name = fmt::format("村{:06}", k + 1);
  village.rural_population = std::lround(random.uniform(300, 1600));
  village.poor_population = std::lround(rate / 100 * static_cast<double>(village.rural_population));
  village.poor_rate = std::round(1e5 * static_cast<double>(village.poor_population) /
                                 static_cast<double>(village.rural_population)) /
                      1e3;
  village.poor_later = std::lround(static_cast<double>(village.poor_population) * random.uniform(0.5, 1));
  return village;
}

std::vector<std::uint32_t> spatial_order(const SyntheticCoverage& coverage) {
  constexpr std::int64_t side = SyntheticCoverage::high.x - SyntheticCoverage::low.x;
  std::vector<std::uint32_t> order(coverage.size()), key(coverage.size());
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = 0; i < key.size(); ++i)
    key[i] = hilbert_index(coverage.site(i), SyntheticCoverage::low, side);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key[a] < key[b]; });
  return order;
}

/// Rows in the order of the layer.
struct Tables {
  std::string first = "code,poor_rate,rural_population,poor_population\n";
  std::string second = "code,rural_population,poor_population\n";  ///< a year later
};

/// Writes the layer and returns the tables.
Tables write_villages(const SyntheticCoverage& coverage, const SyntheticOptions& options, const Progress& progress) {
  GeoPackageWriter out(options.folder / "village.gpkg");
  out.begin_layer("village", GeoPackageWriter::Shape::polygon,
                  {{"code"}, {"name"}, {"poor_rate", FieldType::real}});
  Tables tables;
  const std::size_t per_prefecture = counties_per_prefecture(coverage.size());
  const auto order = spatial_order(coverage);
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Village village = make_village(k, per_prefecture, coverage.site(order[k]), options.seed);
    const std::array<std::string, 2> texts{village.code, village.name};
    out.add({{{coverage.ring(order[k])}}}, texts, std::span(&village.poor_rate, 1));
    fmt::format_to(std::back_inserter(tables.first), "{},{:.3f},{},{}\n", village.code, village.poor_rate,
                   village.rural_population, village.poor_population);
    fmt::format_to(std::back_inserter(tables.second), "{},{},{}\n", village.code, village.rural_population,
                   village.poor_later);
    if (progress && k % 4096 == 0)
      progress("writing villages", 0.1 + 0.9 * static_cast<double>(k) / static_cast<double>(order.size()));
  }
  out.finish();
  return tables;
}

constexpr std::string_view project_text =
    R"(# A synthetic coverage made by `battlemap demo DIR --synthetic`; no place in it is real.

[project]
id = "synthetic-{villages}"
title = {{ zh = "合成区域", en = "Synthetic region" }}
root = "63"
years = [{years}]
default_year = 2016
default_map = "poverty-rate"
projection = "+proj=aea +lat_1=33 +lat_2=38 +lat_0=35.4 +lon_0=96.25 +datum=WGS84 +units=m +no_defs"
approval_number = ""

[texts]
source_line = {{ zh = "数据来源:程序合成,{villages} 个村,种子 {seed}", en = "Source: synthetic, {villages} villages, seed {seed}" }}
data_date = {{ zh = "合成数据,无时点", en = "Synthetic data, no date" }}
generated_note = {{ zh = "合成数据", en = "Synthetic data" }}
schematic_note = {{ zh = "合成边界", en = "Synthetic boundaries" }}

[files]
indicators = "indicators.toml"
maps = "maps"
palettes = "palettes.toml"

[[boundary]]
level = "village"
dataset = "village.gpkg"
layer = "village"
schematic = true

[[statistics]]
level = "village"
dataset = "village.csv"
year = 2016
provenance = "generated"
)";

constexpr std::string_view second_year_text = R"(
[[statistics]]
level = "village"
dataset = "village_2017.csv"
year = 2017
provenance = "generated"
)";

constexpr std::string_view indicators_text =
    R"(# poor_rate of village.csv is poor_population of rural_population in per cent; above the village the
# program computes it anew from the sums of the two counts.

[[indicator]]
id = "rural_population"
kind = "count"
name = { zh = "乡村人口", en = "Rural population" }
unit = { zh = "人", en = "people" }
definition = { zh = "合成的乡村人口", en = "Synthetic rural population" }
provenance = "generated"

[[indicator]]
id = "poor_population"
kind = "count"
name = { zh = "贫困人口", en = "Poor population" }
unit = { zh = "人", en = "people" }
definition = { zh = "合成的贫困人口", en = "Synthetic poor people" }
direction = "lower_better"
provenance = "generated"

[[indicator]]
id = "poverty_rate"
kind = "ratio"
name = { zh = "贫困发生率", en = "Poverty headcount rate" }
unit = { zh = "%", en = "%" }
definition = { zh = "贫困人口占乡村人口的比重", en = "Poor people as a share of the rural population" }
numerator = "poor_population"
denominator = "rural_population"
factor = 100
decimals = 1
direction = "lower_better"
provenance = "generated"
)";

constexpr std::string_view rate_map = R"(id = "poverty-rate"
order = 1
title = { zh = "贫困发生率", en = "Poverty headcount rate" }
subtitle = { zh = "贫困人口占乡村人口的比重", en = "Poor people as a share of the rural population" }
default_level = "village"

[fill]
indicator = "poverty_rate"
kind = "sequential"
palette = "warm"
method = "quantile"
count = 5
)";

constexpr std::string_view population_map = R"(id = "rural-population"
order = 2
title = { zh = "乡村人口", en = "Rural population" }
subtitle = { zh = "合成的乡村人口", en = "Synthetic rural population" }
default_level = "village"

[fill]
indicator = "rural_population"
kind = "sequential"
palette = "warm"
method = "quantile"
count = 5
)";

}  // namespace

void build_synthetic(const SyntheticOptions& options, const Progress& progress) {
  const double vertices = options.vertices_per_village > 0 ? options.vertices_per_village
                          : options.villages > 200'000     ? 30
                                                           : 100;
  if (progress) progress("placing villages", 0);
  const SyntheticCoverage coverage(options.villages, vertices, options.seed);
  make_folder(options.folder / "maps");
  const Tables tables = write_villages(coverage, options, progress);
  write_text(options.folder / "village.csv", tables.first);
  if (options.two_years) write_text(options.folder / "village_2017.csv", tables.second);
  write_text(options.folder / "indicators.toml", indicators_text);
  write_text(options.folder / "maps" / "poverty-rate.toml", rate_map);
  if (options.two_years) write_text(options.folder / "maps" / "rural-population.toml", population_map);
  write_text(options.folder / "palettes.toml", read_text(installed_palettes()));
  write_text(options.folder / "project.toml",
             fmt::format(fmt::runtime(project_text), fmt::arg("villages", options.villages),
                         fmt::arg("seed", options.seed), fmt::arg("years", options.two_years ? "2016, 2017" : "2016")) +
                 std::string(options.two_years ? second_year_text : ""));
  if (progress) progress("synthetic coverage written", 1);
}

}  // namespace battlemap::demo
