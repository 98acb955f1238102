#include "demo/household_details.hpp"

#include <algorithm>
#include <cmath>

#include "demo/allocation.hpp"
#include "demo/exact_choice.hpp"
#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

enum Cause : std::size_t {
  illness,
  disability,
  schooling,
  disaster,
  land,
  water,
  skills,
  labour,
  funds,
  transport,
  motivation,
  other
};
enum Measure : std::uint32_t {
  industry,
  relocation,
  employment,
  assets,
  ecology,
  education,
  medical,
  floor_
};
enum Category : std::size_t { general, low_income, five_guarantee };
enum Guarantee : std::size_t { food, clothing, schooled, treated, housed };

constexpr std::size_t never = year_count;

bool is_herding(const std::string& code) {
  static constexpr std::array<const char*, 5> prefectures{"6322", "6325", "6326", "6327", "6328"};
  return std::any_of(prefectures.begin(), prefectures.end(),
                     [&](const char* prefix) { return code.starts_with(prefix); });
}

/// One household after the other, each from a stream of its own.
class Describer {
 public:
  Describer(const std::string& code, std::size_t village, std::uint64_t seed)
      : code_(std::stoull(code)), village_(village), seed_(seed), herding_(is_herding(code)) {
    for (std::size_t c = 0; c < poverty_causes.size(); ++c) {
      const double county = Random(hash_of(seed, 91 + c, code_ / 1'000'000)).normal();
      const double village_own = Random(hash_of(seed, 111 + c, code_)).normal();
      leaning_[c] = std::exp(0.35 * county + 0.45 * village_own);
    }
  }
  HouseholdDetails describe(const HouseholdCourse& course, std::size_t index) {
    Random random(hash_of(hash_of(seed_, 90), code_, index));
    HouseholdDetails d;
    d.village = village_, d.course = course, d.herding = herding_;
    d.category = draw_category(course.people, random), d.labour = draw_labour(d, random);
    d.cause = draw_cause(d, -1, random);
    d.cause2 =
        random.uniform() < 0.35 ? -1 : static_cast<int>(draw_cause(d, static_cast<int>(d.cause), random));
    d.land_mu = draw_land(d, random), d.planned_exit = draw_plan(course, random);
    fill_years(d, random);
    return d;
  }

 private:
  static std::size_t draw_category(int people, Random& random) {
    const double alone = people == 1 ? 0.42 : people == 2 ? 0.1 : 0;
    if (random.uniform() < alone) return five_guarantee;
    return random.uniform() < 0.36 ? low_income : general;
  }
  static int draw_labour(const HouseholdDetails& d, Random& random) {
    if (d.category == five_guarantee) return 0;
    int able = 0;
    for (int person = 0; person < d.course.people; ++person)
      able += random.uniform() < (d.category == low_income ? 0.42 : 0.58) ? 1 : 0;
    return able;
  }
  std::size_t draw_cause(const HouseholdDetails& d, int except, Random& random) const {
    static constexpr std::array<double, poverty_causes.size()> shares{20, 9, 8, 3, 5, 3, 14, 10, 15, 5, 6, 2};
    std::array<double, poverty_causes.size()> weights{};
    double sum = 0;
    for (std::size_t c = 0; c < weights.size(); ++c) {
      weights[c] = static_cast<int>(c) == except ? 0 : shares[c] * leaning_[c] * fit(d, c);
      sum += weights[c];
    }
    double left = random.uniform() * sum;
    for (std::size_t c = 0; c < weights.size(); ++c)
      if ((left -= weights[c]) < 0) return c;
    return other;
  }
  /// How much likelier a cause is in such a household than elsewhere.
  static double fit(const HouseholdDetails& d, std::size_t cause) {
    if (d.category == five_guarantee) return cause == labour ? 8 : cause <= disability ? 3 : 0.05;
    if (cause == labour) return d.labour == 0 ? 5 : d.labour == 1 ? 1.3 : 0.3;
    if (cause == schooling) return d.course.people >= 4 ? 1.7 : d.course.people == 3 ? 0.8 : 0;
    if (cause == skills || cause == funds || cause == motivation) return d.labour == 0 ? 0.15 : 1.2;
    return 1;
  }
  double draw_land(const HouseholdDetails& d, Random& random) const {
    const double each = herding_ ? random.uniform(0, 0.8) : random.uniform(0.6, 3);
    const double poor_in_land = d.cause == land ? 0.3 : 1;
    return std::round(10 * each * poor_in_land * d.course.people) / 10;
  }
  /// Most get out as planned; some late, some early. 0: nobody has made a plan.
  static int draw_plan(const HouseholdCourse& course, Random& random) {
    const double draw = random.uniform();
    if (draw < 0.005) return 0;
    if (course.exit_year == 0) return draw < 0.4 ? first_year + 4 : first_year + 5;
    const int exit = first_year + static_cast<int>(course.exit_year);
    const int planned = draw < 0.1 ? exit - 1 : draw < 0.18 ? exit + 1 : exit;
    return std::clamp(planned, first_year + 1, first_year + 5);
  }
  /// Out: above the line and all met. Poor: under the line, or (one in twelve) something else is not met.
  static void fill_years(HouseholdDetails& d, Random& random) {
    const std::size_t out = d.course.exit_year == 0 ? never : d.course.exit_year;
    const bool other_lack = random.uniform() < 1.0 / 12;
    double poor = random.uniform(1700, 2500);
    const double grown = 1.12 * 2952 * std::exp(0.28 * std::abs(random.normal()));
    for (std::size_t y = 0; y < year_count; ++y) {
      const double line = poverty_line[y];
      const double under = other_lack ? 1.05 * line : std::min(poor, 0.97 * line);
      const double above = std::max(grown * std::pow(1.09, static_cast<double>(y) - 1), 1.06 * line);
      d.income[y] = static_cast<int>((y >= out ? above : under) * random.uniform(0.99, 1.01));
      poor *= random.uniform(1.0, 1.11);
    }
    static constexpr std::array<double, household_guarantees.size()> at_first{0.95, 0.96, 0.97, 0.8, 0.62};
    for (std::size_t c = 0; c < household_guarantees.size(); ++c) {
      const bool lacks = (c == schooled && d.cause == schooling) || (c == treated && d.cause == illness);
      bool met = random.uniform() < at_first[c] - (lacks ? 0.3 : 0) && !(c == housed && other_lack);
      for (std::size_t y = 0; y < year_count; ++y) {
        if (y > 0 && !(c == housed && other_lack)) met = met || random.uniform() < 0.3;
        d.met[c][y] = met = met || y >= out;
      }
    }
  }

  std::uint64_t code_;
  std::size_t village_;
  std::uint64_t seed_;
  bool herding_;
  std::array<double, poverty_causes.size()> leaning_{};
};

using Score = double (*)(const HouseholdDetails&);

void give(std::vector<HouseholdDetails>& list, Measure measure, std::size_t count, std::uint64_t seed,
          Score score) {
  std::vector<double> scores;
  for (std::size_t i = 0; i < list.size(); ++i)
    scores.push_back(score(list[i]) * (0.05 + unit_interval(hash_of(seed, 130 + measure, i))));
  const std::vector<bool> chosen = choose_highest(count, scores);
  for (std::size_t i = 0; i < list.size(); ++i)
    if (chosen[i]) list[i].measures |= 1U << measure;
}

double wish_to_move(const HouseholdDetails& d) {
  const bool by_place = d.cause == transport || d.cause == water || d.cause == land || d.cause == disaster;
  return (by_place ? 3 : 1) * (d.met[housed][0] ? 0.6 : 1.5);
}
double need_of_assets(const HouseholdDetails& d) {
  return d.labour == 0 ? 2 : d.labour == 1 ? 1.2 : 0.5;
}
/// A ward of pastures and forests is someone able to work.
double fit_for_warden(const HouseholdDetails& d) {
  return d.labour == 0 ? 0 : d.herding ? 3 : 1;
}

/// The measures that no published number bounds.
void give_others(HouseholdDetails& d, Random random) {
  const auto add = [&](Measure measure, double chance) {
    if (random.uniform() < chance) d.measures |= 1U << measure;
  };
  add(industry, d.labour > 0 ? 0.72 : 0.2);
  add(employment, d.labour > 1 ? 0.3 : 0);
  add(education, d.cause == schooling || d.cause2 == static_cast<int>(schooling) ? 0.95 : 0.05);
  add(medical, d.cause <= disability ? 0.9 : 0.08);
  add(floor_, d.category == general ? 0.04 : 1);
  if (d.measures == 0) d.measures = 1U << (d.labour > 0 ? industry : floor_);
}

/// Which exits are recorded though a criterion fails: in each county a share, small in counties that have
/// exited; the year of the published accuracy is exact.
class WrongExits {
 public:
  WrongExits(const Figures& figures, std::vector<HouseholdDetails>& list, std::uint64_t seed)
      : figures_(figures), list_(list), seed_(seed) {}
  void run() {
    for (std::size_t year = 1; year < year_count; ++year) spoil_year(year);
  }

 private:
  std::size_t county(const HouseholdDetails& d) const { return figures_.villages[d.village].county; }
  bool county_out(std::size_t county, std::size_t year) const {
    return figures_.county_exit[county] != 0 && figures_.county_exit[county] <= year;
  }
  void spoil_year(std::size_t year) {
    std::vector<std::vector<std::size_t>> exits(figures_.county_exit.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < list_.size(); ++i)
      if (list_[i].course.exit_year == year) exits[county(list_[i])].push_back(i), ++count;
    const double accuracy = year == 1 ? exit_accuracy : 97.5 + 0.3 * static_cast<double>(year);
    const auto good = std::llround(accuracy / 100 * static_cast<double>(count));
    std::vector<double> weights;
    std::vector<std::int64_t> low(exits.size()), high;
    for (std::size_t c = 0; c < exits.size(); ++c) {
      const auto all = static_cast<double>(exits[c].size());
      weights.push_back(all * (0.6 + 0.8 * unit_interval(hash_of(seed_, 140 + year, c))));
      high.push_back(static_cast<std::int64_t>(all * (county_out(c, year) ? 0.012 : 0.2)));
    }
    const auto wrong = allocate(static_cast<std::int64_t>(count) - good, weights, low, high);
    for (std::size_t c = 0; c < exits.size(); ++c) spoil_some(exits[c], static_cast<std::size_t>(wrong[c]));
  }
  void spoil_some(const std::vector<std::size_t>& exits, std::size_t count) {
    std::vector<double> scores;
    for (const std::size_t i : exits) scores.push_back(1e-9 + unit_interval(hash_of(seed_, 150, i)));
    const std::vector<bool> chosen = choose_highest(count, scores);
    for (std::size_t k = 0; k < exits.size(); ++k)
      if (chosen[k]) spoil(list_[exits[k]], Random(hash_of(seed_, 151, exits[k])));
  }
  /// One criterion fails in the year of the exit; mostly that is put right in the next year, and before the
  /// county exits.
  void spoil(HouseholdDetails& d, Random random) const {
    const double draw = random.uniform();
    const std::size_t lacking = draw < 0.28 ? housed : draw < 0.42 ? treated : schooled;
    for (std::size_t y = d.course.exit_year; y < year_count; ++y) {
      if (draw < 0.5) {
        d.met[lacking][y] = false;
      } else {
        d.income[y] = static_cast<int>(poverty_line[y] * random.uniform(0.78, 0.985));
      }
      const bool checked = y + 1 < year_count && county_out(county(d), y + 1);
      if (random.uniform() < (checked ? 0.95 : 0.75)) break;
    }
  }

  const Figures& figures_;
  std::vector<HouseholdDetails>& list_;
  std::uint64_t seed_;
};

}  // namespace

bool HouseholdDetails::meets_criteria(std::size_t year) const {
  return income[year] >= poverty_line[year] &&
         std::all_of(met.begin(), met.end(), [&](const auto& years) { return years[year]; });
}

std::vector<HouseholdDetails> describe_households(const ProvinceInput& input, const Figures& figures,
                                                  std::uint64_t seed) {
  std::vector<HouseholdDetails> list;
  for (std::size_t v = 0; v < figures.villages.size(); ++v) {
    const VillageFigures& village = figures.villages[v];
    Describer describer(input.villages[village.village].code, v, seed);
    for (std::size_t k = 0; k < village.list.size(); ++k)
      list.push_back(describer.describe(village.list[k], k));
  }
  give(list, relocation, MeasureTotals::relocation, seed, wish_to_move);
  give(list, assets, MeasureTotals::asset_income, seed, need_of_assets);
  give(list, ecology, MeasureTotals::ecology_jobs, seed, fit_for_warden);
  for (std::size_t i = 0; i < list.size(); ++i) give_others(list[i], Random(hash_of(seed, 139, i)));
  WrongExits(figures, list, seed).run();
  return list;
}

}  // namespace battlemap::demo
