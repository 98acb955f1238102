#include "demo/exits.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "demo/allocation.hpp"
#include "demo/random.hpp"
#include "geo/error.hpp"

namespace battlemap::demo {
namespace {

using Numbers = std::vector<std::int64_t>;

double rate(const VillageFigures& v, std::size_t year) {
  return static_cast<double>(v.people[year]) / static_cast<double>(v.rural_population);
}

/// Poverty counties without an exit year, by rate in the first year, lowest first.
std::vector<std::size_t> counties_by_rate(const Figures& figures) {
  std::map<std::size_t, std::pair<double, double>> sums;
  for (const VillageFigures& v : figures.villages) {
    sums[v.county].first += static_cast<double>(v.people[0]);
    sums[v.county].second += static_cast<double>(v.rural_population);
  }
  std::vector<std::size_t> list;
  for (const auto& [county, sum] : sums)
    if (figures.county_weight[county] > 0 && figures.county_exit[county] == 0) list.push_back(county);
  std::stable_sort(list.begin(), list.end(), [&](auto a, auto b) {
    return sums[a].first / sums[a].second < sums[b].first / sums[b].second;
  });
  return list;
}

std::size_t count_designated(const Figures& figures, std::size_t county) {
  return static_cast<std::size_t>(
      std::count_if(figures.villages.begin(), figures.villages.end(),
                    [&](const VillageFigures& v) { return v.designated && v.county == county; }));
}

/// Counties exit while their villages fill no more than this part of a year's (and earlier years' spare)
/// quota.
void schedule_counties(Figures& figures) {
  std::int64_t room = 0;
  const auto order = counties_by_rate(figures);
  std::size_t next = 0;
  for (std::size_t year = 2; year + 1 < year_count; ++year) {
    room += ControlTotals::exited_villages[year] * 6 / 10;
    for (; next < order.size(); ++next) {
      const auto villages = static_cast<std::int64_t>(count_designated(figures, order[next]));
      if (villages > room) break;
      figures.county_exit[order[next]] = year, room -= villages;
    }
  }
  for (; next < order.size(); ++next) figures.county_exit[order[next]] = year_count - 1;
}

}  // namespace

void schedule_exits(Figures& figures, std::uint64_t seed) {
  schedule_counties(figures);
  std::vector<double> score(figures.villages.size());
  std::vector<std::size_t> waiting;
  for (std::size_t i = 0; i < score.size(); ++i) {
    const VillageFigures& v = figures.villages[i];
    score[i] = rate(v, 0) * std::exp(0.3 * Random(hash_of(seed, 51, v.village)).normal());
    if (v.designated) waiting.push_back(i);
  }
  for (std::size_t year = 1; year < year_count; ++year) {
    // Villages of counties that exit come first, then the rest by score.
    const auto due = [&](std::size_t i) {
      const std::size_t exit = figures.county_exit[figures.villages[i].county];
      return exit != 0 && exit <= year;
    };
    std::stable_sort(waiting.begin(), waiting.end(),
                     [&](auto a, auto b) { return due(a) != due(b) ? due(a) : score[a] < score[b]; });
    const auto quota = static_cast<std::size_t>(ControlTotals::exited_villages[year]);
    if (waiting.size() < quota || (waiting.size() > quota && due(waiting[quota])))
      geo::fail("the counties that exit by {} hold more poor villages than may exit by then",
                first_year + static_cast<int>(year));
    for (std::size_t k = 0; k < quota; ++k) figures.villages[waiting[k]].exit_year = year;
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(quota));
  }
}

namespace {

/// One year's sharing out: bounds and weights of what is left in each village.
class Year {
 public:
  Year(const Figures& figures, std::size_t year, std::uint64_t seed)
      : figures_(figures), year_(year), seed_(seed) {
    for (const VillageFigures& v : figures.villages) add(v);
  }
  Numbers run() {
    const std::int64_t total = ControlTotals::poor_population[year_];
    Numbers people = allocate(total, weights_, low_, high_);
    // One or two people are no household: half of such villages are emptied, the others grow, until none is
    // left.
    for (std::uint64_t round = 0; round < 40 && drop_some(people, round); ++round)
      people = allocate(total, weights_, low_, high_);
    require_households(people);
    return people;
  }

 private:
  bool out(const VillageFigures& v) const {
    const std::size_t county = figures_.county_exit[v.county];
    return (v.designated && v.exit_year <= year_) || (county != 0 && county <= year_);
  }
  void add(const VillageFigures& v) {
    const std::int64_t before = v.people[year_ - 1];
    const auto people = static_cast<double>(v.rural_population);
    Random random(hash_of(seed_, 60 + year_, v.village));
    double weight = static_cast<double>(before) * std::exp(0.3 * random.normal());
    std::int64_t low = 0, high = before;
    if (out(v)) {
      weight *= 0.12, high = std::min(high, static_cast<std::int64_t>(0.025 * people));
      if (year_ + 1 == year_count && random.uniform() > 0.1) weight = 0;  // the last cases, in few places
    } else if (v.designated) {
      low = std::min(before, static_cast<std::int64_t>(std::ceil(0.031 * people)));
    }
    if (high < 3) high = 0;
    weights_.push_back(high == 0 ? 0 : weight), low_.push_back(low), high_.push_back(high);
  }
  bool drop_some(const Numbers& people, std::uint64_t round) {
    bool found = false;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (people[i] != 1 && people[i] != 2) continue;
      found = true;
      if (hash_of(seed_ + round, 70 + year_, i) % 2 == 0) weights_[i] = 0, high_[i] = 0;
    }
    return found;
  }
  void require_households(const Numbers& people) const {
    if (std::any_of(people.begin(), people.end(), [](std::int64_t n) { return n == 1 || n == 2; }))
      geo::fail("the poor of {} cannot be shared out in whole households; use another --seed",
                first_year + static_cast<int>(year_));
  }

  const Figures& figures_;
  std::size_t year_;
  std::uint64_t seed_;
  std::vector<double> weights_;
  Numbers low_, high_;
};

std::int64_t households_left(const VillageFigures& v, std::size_t year) {
  const std::int64_t people = v.people[year];
  const double size = static_cast<double>(v.people[year - 1]) /
                      static_cast<double>(std::max<std::int64_t>(v.households[year - 1], 1));
  const auto wanted = static_cast<std::int64_t>(std::llround(static_cast<double>(people) / size));
  const std::int64_t low = least_households(people);
  return std::clamp(wanted, low, std::max(low, std::min(v.households[year - 1], most_households(people))));
}

}  // namespace

void run_years(Figures& figures, std::uint64_t seed) {
  for (std::size_t year = 1; year < year_count; ++year) {
    const Numbers people = Year(figures, year, seed).run();
    for (std::size_t i = 0; i < people.size(); ++i) {
      VillageFigures& v = figures.villages[i];
      v.people[year] = people[i];
      v.households[year] = v.people[year - 1] == 0 ? 0 : households_left(v, year);
    }
  }
}

}  // namespace battlemap::demo
