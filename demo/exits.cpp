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

/// As many counties a year as the totals say, the lowest rate first. Together their villages fill no more
/// than a part of what may exit by then, and none of them much more than its share of that: larger ones wait.
/// The last year takes the rest.
void schedule_counties(Figures& figures) {
  constexpr double part = 0.5, most_shares = 1.8;
  std::vector<std::size_t> waiting = counties_by_rate(figures);
  double room = part * static_cast<double>(ControlTotals::exited_villages[1]);
  for (std::size_t c = 0; c < figures.county_exit.size(); ++c)
    if (figures.county_exit[c] == 1) room -= static_cast<double>(count_designated(figures, c));
  for (std::size_t year = 2; year + 1 < year_count; ++year) {
    room += part * static_cast<double>(ControlTotals::exited_villages[year]);
    auto quota = static_cast<double>(ControlTotals::exited_counties[year]);
    for (const std::size_t county : std::vector<std::size_t>(waiting)) {
      const auto villages = static_cast<double>(count_designated(figures, county));
      if (quota < 1 || villages * quota > most_shares * room || villages > room) continue;
      figures.county_exit[county] = year, room -= villages, --quota;
      std::erase(waiting, county);
    }
  }
  for (const std::size_t county : waiting) figures.county_exit[county] = year_count - 1;
}

}  // namespace

void schedule_exits(Figures& figures, std::uint64_t seed) {
  schedule_counties(figures);
  std::vector<double> score(figures.villages.size());
  std::vector<std::size_t> waiting;
  for (std::size_t i = 0; i < score.size(); ++i) {
    const VillageFigures& v = figures.villages[i];
    // Low rates and few people first: so many villages get out in a year that few of them can be large.
    score[i] = rate(v, 0) * static_cast<double>(v.people[0]) *
               std::exp(0.5 * Random(hash_of(seed, 51, v.village)).normal());
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
    for (const Limits& limits : {Limits{0.04, 0.025}, Limits{0, 0.025}, Limits{0, 0.0295}}) {
      weights_.clear(), low_.clear(), high_.clear();
      for (const VillageFigures& v : figures.villages) add(v, limits);
      const auto room = std::accumulate(high_.begin(), high_.end(), std::int64_t{0});
      if (room > ControlTotals::poor_population[year] * 101 / 100) break;
    }
  }
  /// People still poor in each village at the year's end: numbers that households of it make up.
  Numbers run(const std::vector<SubsetSums>& sums) const {
    const std::int64_t total = ControlTotals::poor_population[year_];
    Numbers people = allocate(total, weights_, low_, high_);
    for (std::size_t i = 0; i < people.size(); ++i) people[i] = *sums[i].nearest(people[i], low_[i], most(i));
    settle_in_households(people, total - std::accumulate(people.begin(), people.end(), std::int64_t{0}),
                         sums);
    return people;
  }

 private:
  bool out_by(const VillageFigures& v, std::size_t year) const {
    const std::size_t county = figures_.county_exit[v.county];
    return (v.designated && v.exit_year <= year) || (county != 0 && county <= year);
  }
  /// The bound that may not be passed: what is out stays under its rate. Elsewhere high_ is only a wish. Some
  /// households always fit: none of them where the lower bound is 0, and else all.
  std::int64_t most(std::size_t i) const {
    const VillageFigures& v = figures_.villages[i];
    return out_by(v, year_) ? high_[i] : v.people[year_ - 1];
  }
  /// Looser where the total leaves no room for more.
  struct Limits {
    double least_drop;  ///< up to so much of the poor get out of every place in a year
    double most_out;    ///< rate of what is out
  };
  void add(const VillageFigures& v, const Limits& limits) {
    const std::int64_t before = v.people[year_ - 1];
    const auto people = static_cast<double>(v.rural_population);
    Random random(hash_of(seed_, 60 + year_, v.village));
    double weight = static_cast<double>(before) * std::exp(0.3 * random.normal());
    std::int64_t low = 0, high = before;
    if (out_by(v, year_)) {
      weight *= 0.2, high = std::min(high, static_cast<std::int64_t>(limits.most_out * people));
      if (year_ + 1 == year_count && random.uniform() > 0.1) weight = 0;  // the last cases, in few places
    } else {
      if (v.designated) low = std::min(before, static_cast<std::int64_t>(std::ceil(0.031 * people)));
      const double share = 1 - limits.least_drop * random.uniform();
      high = std::max(low, static_cast<std::int64_t>(share * static_cast<double>(before)));
    }
    if (out_by(v, year_ + 1)) weight *= 0.8;  // who is about to get out is on the way
    weights_.push_back(high == 0 ? 0 : weight), low_.push_back(low), high_.push_back(high);
  }
  /// Hands out what whole households left over (`rest`, or takes it back), the largest villages first: a few
  /// people each, more from round to round.
  void settle_in_households(Numbers& people, std::int64_t rest, const std::vector<SubsetSums>& sums) const {
    std::vector<std::size_t> order(people.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return sums[a].total() > sums[b].total(); });
    for (std::int64_t step = 1; rest != 0 && step <= largest_household; ++step)
      for (const std::size_t i : order) {
        if (rest == 0) return;
        if (weights_[i] == 0) continue;
        const std::int64_t wanted = people[i] + std::clamp(rest, -step, step);
        const auto fitting = sums[i].nearest(wanted, std::max(low_[i], std::min(people[i], wanted)),
                                             std::min(most(i), std::max(people[i], wanted)));
        if (fitting) rest -= *fitting - people[i], people[i] = *fitting;
      }
    if (rest != 0)
      geo::fail(
          "the poor of {} cannot be shared out in whole households ({} people too many or too few); "
          "use another --seed",
          first_year + static_cast<int>(year_), rest);
  }

  const Figures& figures_;
  std::size_t year_;
  std::uint64_t seed_;
  std::vector<double> weights_;
  Numbers low_, high_;
};

/// The households of a village still poor before a year, the slowest to get out first.
std::vector<std::size_t> slowest_first(const VillageFigures& v, std::size_t year, std::uint64_t seed) {
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < v.list.size(); ++k)
    if (v.list[k].poor_at_end_of(year - 1)) order.push_back(k);
  // One order for all years.
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return hash_of(seed, v.village, a) < hash_of(seed, v.village, b); });
  return order;
}

SubsetSums sums_of(const VillageFigures& v, const std::vector<std::size_t>& order) {
  std::vector<std::int32_t> sizes;
  for (const std::size_t k : order) sizes.push_back(v.list[k].people);
  return SubsetSums(std::move(sizes));
}

}  // namespace

void run_years(Figures& figures, std::uint64_t seed) {
  for (VillageFigures& v : figures.villages)
    v.list = draw_households(v.people[0], v.households[0], Random(hash_of(seed, 71, v.village)));
  for (std::size_t year = 1; year < year_count; ++year) {
    std::vector<std::vector<std::size_t>> order;
    std::vector<SubsetSums> sums;
    for (const VillageFigures& v : figures.villages) {
      order.push_back(slowest_first(v, year, hash_of(seed, 72)));
      sums.push_back(sums_of(v, order.back()));
    }
    const Numbers people = Year(figures, year, seed).run(sums);
    for (std::size_t i = 0; i < people.size(); ++i) {
      VillageFigures& v = figures.villages[i];
      const std::vector<bool> poor = sums[i].pick(people[i]);
      for (std::size_t k = 0; k < poor.size(); ++k)
        if (!poor[k]) v.list[order[i][k]].exit_year = year;
      v.people[year] = people[i];
      v.households[year] = std::count(poor.begin(), poor.end(), true);
    }
  }
}

}  // namespace battlemap::demo
