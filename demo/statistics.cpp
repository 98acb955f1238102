#include "demo/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "demo/allocation.hpp"
#include "demo/exits.hpp"
#include "demo/random.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

/// What the generator supposes of a prefecture: mean people of a village, share of them poor in 2015.
struct Supposed {
  double people, share;
};

Supposed supposed(const std::string& county) {
  if (county < "630121") return {1600, 0.02};  // the provincial capital's districts
  static const std::map<std::string, Supposed> prefectures{
      {"6301", {1320, 0.075}}, {"6302", {1060, 0.13}}, {"6322", {760, 0.10}}, {"6323", {700, 0.19}},
      {"6325", {680, 0.14}},   {"6326", {560, 0.27}},  {"6327", {800, 0.32}}, {"6328", {520, 0.07}}};
  const auto found = prefectures.find(county.substr(0, 4));
  if (found == prefectures.end()) geo::fail("no supposition for the prefecture of county {}", county);
  return found->second;
}

bool in_haidong(const ProvinceInput& input, const VillageFigures& v) {
  return input.counties[v.county].place.code.starts_with("6302");
}

class Generator {
 public:
  Generator(const ProvinceInput& input, std::span<const GridPoint> places, std::uint64_t seed)
      : input_(input), places_(places), seed_(hash_of(seed, 41)) {}
  Figures run() {
    list_villages(), suppose_shares(), share_rural_population(), designate();
    for (const bool haidong : {true, false})
      for (const bool designated : {true, false}) share_poor_people(haidong, designated);
    for (const bool haidong : {true, false}) share_households(haidong);
    classify_counties(), schedule_exits(figures_, seed_), run_years(figures_, seed_);
    return std::move(figures_);
  }

 private:
  using Numbers = std::vector<std::int64_t>;
  double noise(std::size_t village, std::uint64_t stream) const {
    return Random(hash_of(seed_, stream, std::stoull(input_.villages[village].code))).normal();
  }
  std::vector<std::size_t> members(bool haidong) const {
    std::vector<std::size_t> list;
    for (std::size_t i = 0; i < figures_.villages.size(); ++i)
      if (in_haidong(input_, figures_.villages[i]) == haidong) list.push_back(i);
    return list;
  }

  void list_villages() {
    for (std::size_t v = 0; v < input_.villages.size(); ++v) {
      if (is_committee(input_.villages[v])) continue;
      const std::string county = input_.villages[v].code.substr(0, 6);
      const auto found = std::find_if(input_.counties.begin(), input_.counties.end(),
                                      [&](const County& c) { return c.place.code == county; });
      if (found == input_.counties.end())
        geo::fail("village {} lies in no known county", input_.villages[v].code);
      VillageFigures figures;
      figures.village = v, figures.county = static_cast<std::size_t>(found - input_.counties.begin());
      figures_.villages.push_back(figures);
    }
  }
  /// The prefectures' suppositions blended over the counties' seats, so that no step shows at a border, times
  /// a smooth surface and a little of each village's own.
  void suppose_shares() {
    for (const VillageFigures& v : figures_.villages) {
      const geo::Point p = to_km(places_[v.village]);
      double sum = 0, total = 0;
      for (const County& county : input_.counties) {
        const geo::Point q = to_km(county.seat);
        const double d = std::hypot(p.x - q.x, p.y - q.y) / 55;
        const double weight = std::exp(-d * d) + 1e-9 / (1 + d);
        sum += weight * supposed(county.place.code).share, total += weight;
      }
      const double own = supposed(input_.counties[v.county].place.code).share;
      const double surface = 0.75 * fractal_noise(seed_, p.x / 70, p.y / 70, 3) + 0.22 * noise(v.village, 1);
      share_.push_back((0.5 * own + 0.5 * sum / total) * std::exp(surface));
    }
  }
  void share_rural_population() {
    std::vector<double> weights;
    for (const VillageFigures& v : figures_.villages) {
      const geo::Point p = to_km(places_[v.village]);
      const double surface =
          0.3 * fractal_noise(seed_ + 9, p.x / 30, p.y / 30, 2) + 0.3 * noise(v.village, 2);
      weights.push_back(supposed(input_.counties[v.county].place.code).people * std::exp(surface));
    }
    const Numbers low(weights.size(), 120), high(weights.size(), 6000);
    const Numbers people = allocate(ControlTotals::rural_population, weights, low, high);
    for (std::size_t i = 0; i < people.size(); ++i) figures_.villages[i].rural_population = people[i];
  }
  /// The poorest of each county are designated; how many, by the county's villages and their mean share.
  void designate() {
    for (const bool haidong : {true, false}) {
      std::map<std::size_t, std::vector<std::size_t>> by_county;
      for (const std::size_t i : members(haidong)) by_county[figures_.villages[i].county].push_back(i);
      std::vector<double> weights;
      Numbers low, high;
      for (const auto& [county, list] : by_county) {
        double sum = 0;
        for (const std::size_t i : list) sum += std::sqrt(share_[i]);
        weights.push_back(sum), low.push_back(0);
        const double most = is_district(county) ? 0.1 : 0.72;
        high.push_back(static_cast<std::int64_t>(most * static_cast<double>(list.size())));
      }
      const std::int64_t total = haidong ? ControlTotals::haidong_villages
                                         : ControlTotals::poor_villages - ControlTotals::haidong_villages;
      const Numbers quota = allocate(total, weights, low, high);
      std::size_t k = 0;
      for (auto& [county, list] : by_county) designate_poorest(list, quota[k++]);
    }
  }
  void designate_poorest(std::vector<std::size_t>& list, std::int64_t count) {
    std::vector<double> score(figures_.villages.size());
    for (const std::size_t i : list)
      score[i] = share_[i] * std::exp(0.25 * noise(figures_.villages[i].village, 3));
    std::stable_sort(list.begin(), list.end(), [&](auto a, auto b) { return score[a] > score[b]; });
    for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k)
      figures_.villages[list[k]].designated = true;
  }
  /// 62 % of the poor live in poor villages, the others in the rest.
  void share_poor_people(bool haidong, bool designated) {
    const std::int64_t region = haidong
                                    ? ControlTotals::haidong_population
                                    : ControlTotals::poor_population[0] - ControlTotals::haidong_population;
    const auto inside = static_cast<std::int64_t>(std::llround(0.62 * static_cast<double>(region)));
    std::vector<std::size_t> list;
    std::vector<double> weights;
    Numbers low, high;
    for (const std::size_t i : members(haidong)) {
      const VillageFigures& v = figures_.villages[i];
      if (v.designated != designated) continue;
      // A village in poverty is registered as such for its rate: not under 5 %.
      const double people = static_cast<double>(v.rural_population);
      list.push_back(i), weights.push_back(people * std::pow(share_[i], 0.9));
      low.push_back(designated ? static_cast<std::int64_t>(std::ceil(0.05 * people)) : 3);
      high.push_back(static_cast<std::int64_t>((designated ? 0.68 : 0.4) * people));
    }
    const Numbers people = allocate(designated ? inside : region - inside, weights, low, high);
    for (std::size_t k = 0; k < list.size(); ++k) figures_.villages[list[k]].people[0] = people[k];
  }
  void share_households(bool haidong) {
    const auto list = members(haidong);
    std::vector<double> weights;
    Numbers low, high;
    for (const std::size_t i : list) {
      const VillageFigures& v = figures_.villages[i];
      weights.push_back(static_cast<double>(v.people[0]) * std::exp(0.09 * noise(v.village, 4)));
      low.push_back(least_households(v.people[0])), high.push_back(most_households(v.people[0]));
    }
    const std::int64_t total = haidong ? ControlTotals::haidong_households
                                       : ControlTotals::poor_households - ControlTotals::haidong_households;
    const Numbers households = allocate(total, weights, low, high);
    for (std::size_t k = 0; k < list.size(); ++k) figures_.villages[list[k]].households[0] = households[k];
  }
  bool is_district(std::size_t county) const { return input_.counties[county].place.code < "630121"; }

  /// The six of 2016 are those of the published total (three of them one area); the others exit by their
  /// rate.
  void classify_counties() {
    const std::size_t count = input_.counties.size();
    figures_.county_weight.assign(count, 1), figures_.county_exit.assign(count, 0);
    for (std::size_t c = 0; c < count; ++c) {
      const std::string& code = input_.counties[c].place.code;
      if (is_district(c)) figures_.county_weight[c] = 0;
      if (code == "632825") figures_.county_weight[c] = 3;
      if (code == "632822" || code == "632522" || code == "632324" || code == "632825")
        figures_.county_exit[c] = 1;
    }
  }

  const ProvinceInput& input_;
  std::span<const GridPoint> places_;
  std::uint64_t seed_;
  Figures figures_;
  std::vector<double> share_;
};

}  // namespace

Figures generate_figures(const ProvinceInput& input, std::span<const GridPoint> places, std::uint64_t seed) {
  return Generator(input, places, seed).run();
}

}  // namespace battlemap::demo
