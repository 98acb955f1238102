#include "demo/stand_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "demo/partition.hpp"
#include "demo/random.hpp"
#include "demo/seeds.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

/// How many towns, committees and villages a county has in the list of 2016; the stand-in has as many.
struct CountyCounts {
  const char* code;
  std::size_t towns, committees, villages;
};
constexpr std::array<CountyCounts, 44> county_counts{{
    // clang-format off
    {"630102", 14, 32, 20}, {"630103", 9, 29, 32}, {"630104", 8, 27, 12},
    {"630105", 7, 28, 38}, {"630121", 20, 22, 289}, {"630122", 17, 14, 393},
    {"630123", 9, 8, 146}, {"630202", 19, 14, 354}, {"630203", 9, 8, 111},
    {"630222", 22, 17, 312}, {"630223", 20, 16, 294}, {"630224", 19, 9, 362},
    {"630225", 9, 6, 154}, {"632221", 14, 21, 109}, {"632222", 7, 4, 45},
    {"632223", 6, 7, 29}, {"632224", 7, 17, 31}, {"632321", 11, 10, 72},
    {"632322", 9, 8, 86}, {"632323", 7, 10, 64}, {"632324", 5, 4, 39},
    {"632521", 15, 19, 100}, {"632522", 6, 18, 73}, {"632523", 7, 10, 122},
    {"632524", 8, 9, 57}, {"632525", 7, 16, 75}, {"632621", 8, 7, 35},
    {"632622", 9, 1, 32}, {"632623", 7, 2, 36}, {"632624", 10, 2, 33},
    {"632625", 6, 4, 22}, {"632626", 4, 2, 31}, {"632701", 12, 18, 62},
    {"632722", 8, 10, 31}, {"632723", 7, 8, 57}, {"632724", 6, 6, 20},
    {"632725", 10, 8, 69}, {"632726", 6, 4, 19}, {"632801", 11, 30, 43},
    {"632802", 7, 18, 51}, {"632821", 5, 7, 38}, {"632822", 8, 8, 107},
    {"632823", 10, 2, 62}, {"632825", 0, 0, 0},
    // clang-format on
}};

/// A ragged ellipse about the middle of Qinghai's box.
CountyCoverage outline(std::uint64_t seed) {
  constexpr int count = 1500;
  std::vector<GridPoint> ring;
  for (int i = 0; i < count; ++i) {
    const double angle = 2 * M_PI * i / count, c = std::cos(angle), s = std::sin(angle);
    const double radius = 1 + 0.22 * fractal_noise(hash_of(seed, 81), 1.5 * c + 40, 1.5 * s + 40, 7);
    ring.push_back(to_grid({96.25 + 5.9 * radius * c, 35.4 + 2.9 * radius * s}));
  }
  CountyCoverage coverage;
  for (std::size_t i = 0; i < ring.size(); ++i)
    coverage.segments.push_back({ring[i], ring[(i + 1) % ring.size()], 0, -1});
  return coverage;
}

/// Random points of the province, thicker in the east.
std::vector<geo::Point> sample(const CountyCoverage& coverage, std::uint64_t seed) {
  const CountyMesh mesh = mesh_counties(coverage, {});
  const CountySampler area(mesh, 0);
  Random random(hash_of(seed, 82));
  std::vector<geo::Point> points;
  while (points.size() < 6000) {
    const GridPoint p = area.at(random.uniform(), random.uniform(), random.uniform());
    const double east = std::clamp((to_lon_lat(p).x - 89) / 14, 0.05, 1.0);
    if (random.uniform() < east * east * east) points.push_back(to_km(p));
  }
  return points;
}

std::vector<std::size_t> counties_of_prefectures(std::vector<Place>& prefectures) {
  std::vector<std::size_t> sizes;
  for (const CountyCounts& county : county_counts) {
    const std::string code = std::string(county.code).substr(0, 4);
    if (prefectures.empty() || prefectures.back().code != code)
      prefectures.push_back({code, fmt::format("示例州{}", prefectures.size() + 1)}), sizes.push_back(0);
    ++sizes.back();
  }
  return sizes;
}

/// Neighbouring centres for the counties of a prefecture; the capital's in the east.
std::vector<GridPoint> place_counties(ProvinceInput& input, const CountyCoverage& coverage,
                                      std::uint64_t seed) {
  const std::vector<geo::Point> points = sample(coverage, seed);
  const Clusters clusters = cluster(points, county_counts.size(), 20);
  const std::vector<std::size_t> sizes = counties_of_prefectures(input.prefectures);
  const geo::Point east = to_km(to_grid({102, 36.5}));
  const auto group = compact_groups(clusters.centres, sizes, 0, east, hash_of(seed, 83));
  std::vector<GridPoint> places;
  for (std::size_t g = 0; g < sizes.size(); ++g)
    for (std::size_t c = 0; c < group.size(); ++c)
      if (group[c] == g) {
        // A point of the sample lies inside; the mean of a cluster need not.
        const auto nearest = std::min_element(points.begin(), points.end(), [&](geo::Point a, geo::Point b) {
          const geo::Point m = clusters.centres[c];
          return std::hypot(a.x - m.x, a.y - m.y) < std::hypot(b.x - m.x, b.y - m.y);
        });
        places.push_back(from_km(*nearest));
      }
  return places;
}

/// County outlines by the same growth as villages: the province is one county, the counties are its villages.
CountyCoverage grow_counties(const CountyCoverage& province, std::span<const GridPoint> places,
                             std::uint64_t seed) {
  ProvinceInput whole;
  whole.coverage = province;
  for (const CountyCounts& county : county_counts) whole.villages.push_back({county.code, ""});
  const Partition partition = partition_counties(whole, places, hash_of(seed, 84));
  const Triangulation& mesh = partition.counties.mesh;
  CountyCoverage coverage;
  for (std::size_t t = 0; t < partition.village.size(); ++t)
    for (std::size_t i = 0; i < 3; ++i) {
      const auto& triangle = mesh.triangles()[t];
      const std::int32_t o = triangle.n[i];
      if (o < static_cast<std::int32_t>(t) ||
          partition.village[static_cast<std::size_t>(o)] == partition.village[t])
        continue;
      const auto at = [&](std::size_t k) {
        return mesh.points()[static_cast<std::size_t>(triangle.v[k % 3])];
      };
      coverage.segments.push_back(
          {at(i + 1), at(i + 2), partition.village[t], partition.village[static_cast<std::size_t>(o)]});
    }
  return coverage;
}

/// Towns and villages numbered through; half of a county's committees in its first town.
void list_villages(const CountyCounts& county, ProvinceInput& input) {
  for (std::size_t t = 0; t < county.towns; ++t) {
    const std::string town = fmt::format("{}{:03}", county.code, 100 + t);
    input.towns.push_back({town, fmt::format("示例乡{:03}", input.towns.size() + 1)});
    const auto share = [&](std::size_t total) {
      return total * (t + 1) / county.towns - total * t / county.towns;
    };
    const std::size_t half = (county.committees + 1) / 2;
    const std::size_t committees = share(county.committees - half) + (t == 0 ? half : 0);
    for (std::size_t i = 0; i < committees; ++i)
      input.villages.push_back(
          {fmt::format("{}{:03}", town, i + 1), fmt::format("示例居委会{:04}", input.villages.size() + 1)});
    for (std::size_t i = 0; i < share(county.villages); ++i)
      input.villages.push_back(
          {fmt::format("{}{:03}", town, i + 200), fmt::format("示例村{:04}", input.villages.size() + 1)});
  }
}

}  // namespace

ProvinceInput stand_in_province(std::uint64_t seed) {
  ProvinceInput input;
  input.province = {"63", "示例省(虚构)"};
  const CountyCoverage province = outline(seed);
  const std::vector<GridPoint> places = place_counties(input, province, seed);
  input.coverage = grow_counties(province, places, seed);
  for (std::size_t c = 0; c < county_counts.size(); ++c) {
    input.counties.push_back({{county_counts[c].code, fmt::format("示例县{:02}", c + 1)}, places[c]});
    list_villages(county_counts[c], input);
  }
  return input;
}

}  // namespace battlemap::demo
