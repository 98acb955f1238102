#include "demo/services.hpp"

#include <algorithm>
#include <cmath>

#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

constexpr std::size_t never = year_count;

/// Where works of a sector end in the years, else `otherwise`.
std::size_t done_by(const VillageWorks& works, const char* sector, std::size_t otherwise) {
  for (const Project& project : works.projects)
    if (std::string_view(project_sectors[project.sector]) == sector)
      return static_cast<std::size_t>(project.end - first_year);
  return otherwise;
}

/// One village after the other, each from a stream of its own.
class Provider {
 public:
  Provider(const VillageFigures& village, const VillageWorks& works, Random random)
      : village_(village), works_(works), random_(random) {
    if (village.designated) exit_ = village.exit_year;
  }
  VillageServices run() {
    VillageServices services;
    // One exit in a hundred is recorded though something is missing.
    const std::size_t missing = village_.designated && random_.uniform() < 0.012 ? random_.below(4) : 4;
    const std::size_t road = met_from("交通", 0.62, missing == 0);
    const std::size_t water = met_from("水利", 0.5, missing == 1);
    const std::size_t power = met_from("电力", 0.7, missing == 2);
    const std::size_t income = met_from("产业", 0.15, missing == 3);
    for (std::size_t y = 0; y < year_count; ++y) services.road[y] = y >= road;
    fill_people(services.water, water, 0.55), fill_people(services.power, power, 0.8);
    fill_income(services.collective_income, income);
    return services;
  }

 private:
  /// The year a criterion is met from: some always met it, else with the sector's works or by the exit.
  std::size_t met_from(const char* sector, double at_first, bool late) {
    const double draw = random_.uniform();
    const auto drawn = static_cast<std::size_t>(1 + random_.below(year_count));
    if (late) return std::min(exit_ + 1 + drawn % 2, never);
    const bool first = draw < (village_.designated ? at_first : 0.93);
    return first ? 0 : std::min(done_by(works_, sector, drawn), exit_);
  }
  /// People reached: 95 % and more from `met` on, else between `least` and that.
  void fill_people(std::array<std::int64_t, year_count>& people, std::size_t met, double least) {
    const auto all = static_cast<double>(village_.rural_population);
    double share = random_.uniform(least, 0.93);
    for (std::size_t y = 0; y < year_count; ++y) {
      share = y >= met ? std::max(share, random_.uniform(0.957, 1.0))
                       : std::min(0.94, share + random_.uniform(0, 0.03));
      // Upwards: 95 % of a village must not be lost by rounding.
      people[y] = std::min(village_.rural_population, static_cast<std::int64_t>(std::ceil(share * all)));
      share = static_cast<double>(people[y]) / all;
      if (y < met) people[y] = static_cast<std::int64_t>(std::floor(std::min(share, 0.94) * all));
    }
  }
  void fill_income(std::array<std::int64_t, year_count>& income, std::size_t met) {
    double amount = random_.uniform() < 0.35 ? 0 : random_.uniform(1, 15);
    for (std::size_t y = 0; y < year_count; ++y) {
      if (y == met) amount = random_.uniform(20.5, 60);
      if (y > met) amount *= random_.uniform(1.0, 1.35);
      income[y] = std::llround(amount);
    }
  }

  const VillageFigures& village_;
  const VillageWorks& works_;
  Random random_;
  std::size_t exit_ = never;
};

/// Rates of a check: far inside the bounds in counties that have exited, about them elsewhere.
struct CheckRates {
  double omitted, approving, growth;
  std::int64_t services;
};

CheckRates draw_rates(Random random, std::size_t exit, std::size_t year) {
  const bool out = exit != 0 && exit <= year;
  CheckRates rates{};
  rates.omitted = out ? random.uniform(0.002, 0.014) : random.uniform(0.006, 0.034);
  rates.approving = out ? random.uniform(0.918, 0.975) : random.uniform(0.83, 0.925);
  // In the year of the exit above any mean that the others' rates can have.
  rates.growth = exit == year && exit != 0 ? random.uniform(0.104, 0.116) : random.uniform(0.082, 0.099);
  const double grown = 0.015 * static_cast<double>(year);
  const double services = out ? random.uniform(0.91, 0.98) : random.uniform(0.74, 0.86) + grown;
  rates.services = std::llround(100 * services);
  return rates;
}

class Checker {
 public:
  Checker(const Figures& figures, std::span<const HouseholdDetails> households, std::uint64_t seed)
      : figures_(figures),
        households_(households),
        seed_(hash_of(seed, 190)),
        checks_(figures.county_exit.size()) {}
  std::vector<std::array<CountyCheck, year_count>> run() {
    for (const HouseholdDetails& d : households_) count_exits(d);
    std::vector<std::int64_t> people(checks_.size());
    for (const VillageFigures& v : figures_.villages) people[v.county] += v.rural_population;
    for (std::size_t c = 0; c < checks_.size(); ++c)
      if (people[c] > 0) check(c, people[c]);
    return std::move(checks_);
  }

 private:
  void count_exits(const HouseholdDetails& d) {
    for (std::size_t y = 1; y < year_count; ++y) {
      if (d.course.poor_at_end_of(y)) continue;
      CountyCheck& check = checks_[figures_.villages[d.village].county][y];
      ++check.recorded_exits;
      check.wrong_exits += d.meets_criteria(y) ? 0 : 1;
    }
  }
  void check(std::size_t county, std::int64_t people) {
    Random sizes(hash_of(seed_, 1, county));
    double each = sizes.uniform(6200, 9800);  // yuan per farmer in the first year
    for (std::size_t y = 1; y < year_count; ++y) {
      const CheckRates rates =
          draw_rates(Random(hash_of(seed_, 2 + y, county)), figures_.county_exit[county], y);
      CountyCheck& check = checks_[county][y];
      check.households_checked = 350 + sizes.below(400), check.respondents = 500 + sizes.below(700);
      check.omitted = std::llround(rates.omitted * static_cast<double>(check.households_checked));
      check.approving = std::llround(rates.approving * static_cast<double>(check.respondents));
      check.farm_income_before = std::llround(each * static_cast<double>(people) / 1e4);
      each *= 1 + rates.growth;
      check.farm_income = std::llround(each * static_cast<double>(people) / 1e4);
      check.services = rates.services;
    }
  }

  const Figures& figures_;
  std::span<const HouseholdDetails> households_;
  std::uint64_t seed_;
  std::vector<std::array<CountyCheck, year_count>> checks_;
};

}  // namespace

std::vector<VillageServices> provide_services(const ProvinceInput& input, const Figures& figures,
                                              std::span<const VillageWorks> works, std::uint64_t seed) {
  std::vector<VillageServices> services;
  for (std::size_t v = 0; v < figures.villages.size(); ++v) {
    const std::uint64_t code = std::stoull(input.villages[figures.villages[v].village].code);
    services.push_back(Provider(figures.villages[v], works[v], Random(hash_of(seed, 191, code))).run());
  }
  return services;
}

std::vector<std::array<CountyCheck, year_count>> check_counties(const Figures& figures,
                                                                std::span<const HouseholdDetails> households,
                                                                std::uint64_t seed) {
  return Checker(figures, households, seed).run();
}

}  // namespace battlemap::demo
