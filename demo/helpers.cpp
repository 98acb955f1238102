#include "demo/helpers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "demo/allocation.hpp"
#include "demo/exact_choice.hpp"
#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

using Numbers = std::vector<std::int64_t>;

class Pairer {
 public:
  Pairer(const ProvinceInput& input, const Figures& figures, std::uint64_t seed)
      : input_(input),
        figures_(figures),
        seed_(hash_of(seed, 160)),
        units_of_(figures.villages.size()),
        cadres_in_(figures.villages.size()) {}
  Helpers run() {
    pair_units(), pair_firms(), appoint_village_cadres(), choose_households(), pair_cadres();
    return std::move(out_);
  }

 private:
  const std::string& code(std::size_t v) const { return input_.villages[figures_.villages[v].village].code; }
  double draw(std::uint64_t what, std::size_t i) const { return unit_interval(hash_of(seed_, what, i)); }
  int draw_since(std::size_t i) const { return draw(9, i) < 0.7 ? 2015 : 2016; }

  std::vector<std::size_t> villages_of(const std::vector<bool>& chosen) const {
    std::vector<std::size_t> list;
    for (std::size_t v = 0; v < chosen.size(); ++v)
      if (chosen[v]) list.push_back(v);
    return list;
  }

  /// All poor villages, and of the others those with most poor people. Each unit helps one village; a village
  /// has one to four.
  void pair_units() {
    std::vector<double> scores, weights;
    for (const VillageFigures& v : figures_.villages)
      scores.push_back((v.designated ? 1e9 : 0) + static_cast<double>(v.people[0]));
    const auto villages = villages_of(choose_highest(HelperTotals::unit_villages, scores));
    for (const std::size_t v : villages)
      weights.push_back(static_cast<double>(figures_.villages[v].people[0]) * (0.4 + draw(1, v)));
    const Numbers low(villages.size(), 1), high(villages.size(), 4);
    const Numbers counts = allocate(HelperTotals::units, weights, low, high);
    for (std::size_t k = 0; k < villages.size(); ++k)
      for (std::int64_t i = 0; i < counts[k]; ++i) add_unit(villages[k]);
  }
  void add_unit(std::size_t village) {
    static constexpr std::array<const char*, 3> tiers{"省直单位", "市州单位", "县直单位"};
    const std::size_t number = out_.units.size();
    const double tier_draw = draw(2, number), type_draw = draw(3, number);
    const std::size_t tier = tier_draw < 0.14 ? 0 : tier_draw < 0.38 ? 1 : 2;
    Unit unit;
    unit.id = fmt::format("U{:04}", number + 1), unit.code = code(village).substr(0, 6);
    // Numbered within their tier, prefecture or county, as nothing is known of them but that they exist.
    const std::string scope = tier == 0 ? "" : code(village).substr(0, tier == 1 ? 4 : 6);
    unit.name = fmt::format("{} {:03}", tiers[tier], ++numbers_[{tier, scope}]);
    unit.type = type_draw < 0.52 ? "党政机关" : type_draw < 0.88 ? "事业单位" : "国有企业";
    pair_village(village, std::move(unit));
  }
  void pair_village(std::size_t village, Unit unit) {
    Pairing pairing;
    pairing.village = village, pairing.unit = out_.units.size();
    pairing.since = draw_since(out_.pairings.size());
    units_of_[village].push_back(unit.id);
    out_.units.push_back(std::move(unit)), out_.pairings.push_back(pairing);
  }

  /// 300 poor villages in the order of their codes, one or two to a firm: a firm's villages are neighbours.
  void pair_firms() {
    std::vector<double> scores;
    for (std::size_t v = 0; v < figures_.villages.size(); ++v)
      scores.push_back(figures_.villages[v].designated ? 1e-9 + draw(4, v) : 0);
    const auto villages = villages_of(choose_highest(HelperTotals::firm_villages, scores));
    const std::size_t first = out_.units.size();
    for (std::size_t k = 0; k < villages.size(); ++k) {
      const std::size_t firm = k * HelperTotals::firms / villages.size();
      if (first + firm == out_.units.size())
        out_.units.push_back({fmt::format("F{:03}", firm + 1), code(villages[k]).substr(0, 6),
                              fmt::format("企业 {:03}", firm + 1), "民营企业"});
      Pairing pairing;
      pairing.village = villages[k], pairing.unit = first + firm, pairing.since = 2016;
      out_.pairings.push_back(pairing);
    }
  }

  void appoint_village_cadres() {
    std::vector<std::size_t> villages;
    std::vector<double> weights;
    for (std::size_t v = 0; v < figures_.villages.size(); ++v) {
      if (!figures_.villages[v].designated) continue;
      villages.push_back(v);
      weights.push_back(4 + static_cast<double>(figures_.villages[v].households[0]) / 25 + 2 * draw(5, v));
    }
    const Numbers low(villages.size(), 3), high(villages.size(), 9);
    const Numbers counts = allocate(HelperTotals::village_cadres, weights, low, high);
    for (std::size_t k = 0; k < villages.size(); ++k)
      for (std::int64_t i = 0; i < counts[k]; ++i)
        add_cadre(villages[k], i == 0 ? "第一书记" : i % 3 == 0 ? "村干部" : "驻村工作队员");
  }
  void add_cadre(std::size_t village, std::string role) {
    Cadre cadre;
    const std::size_t number = ++cadres_in_[village];
    cadre.id = fmt::format("C{}-{:03}", code(village), number), cadre.role = std::move(role);
    const auto& units = units_of_[village];
    if (cadre.role != "村干部" && !units.empty()) cadre.unit = units[(number - 1) % units.size()];
    cadre.village = village;
    out_.cadres.push_back(std::move(cadre));
  }

  /// Who has nobody: more often in villages that no unit is paired with.
  void choose_households() {
    std::vector<double> scores;
    for (std::size_t v = 0; v < figures_.villages.size(); ++v)
      for (std::size_t k = 0; k < figures_.villages[v].list.size(); ++k)
        scores.push_back(1e-9 + draw(6, scores.size()) + (units_of_[v].empty() ? 0 : 0.06));
    paired_ = choose_highest(HelperTotals::paired_households, scores);
  }
  /// A helper's households are neighbours in the list of their village, hence of one group.
  void pair_cadres() {
    std::vector<std::vector<std::size_t>> households(figures_.villages.size());
    std::vector<double> weights;
    Numbers low, high;
    std::size_t next = 0;
    for (std::size_t v = 0; v < households.size(); ++v) {
      for (std::size_t k = 0; k < figures_.villages[v].list.size(); ++k, ++next)
        if (paired_[next]) households[v].push_back(next);
      const auto count = static_cast<std::int64_t>(households[v].size());
      weights.push_back(static_cast<double>(count) * (0.75 + 0.5 * draw(7, v)));
      low.push_back((count + 4) / 5), high.push_back(count);
    }
    const Numbers helpers = allocate(HelperTotals::paired_cadres, weights, low, high);
    for (std::size_t v = 0; v < households.size(); ++v)
      pair_village_cadres(v, households[v], static_cast<std::size_t>(helpers[v]));
  }
  void pair_village_cadres(std::size_t village, const std::vector<std::size_t>& households,
                           std::size_t helpers) {
    const std::size_t first = out_.cadres.size();
    for (std::size_t i = 0; i < helpers; ++i) add_cadre(village, "结对帮扶干部");
    for (std::size_t k = 0; k < households.size(); ++k) {
      Pairing pairing;
      pairing.village = village, pairing.household = households[k];
      pairing.cadre = first + k * helpers / households.size();
      pairing.since = draw_since(out_.pairings.size());
      out_.pairings.push_back(pairing);
    }
  }

  const ProvinceInput& input_;
  const Figures& figures_;
  std::uint64_t seed_;
  std::vector<std::vector<std::string>> units_of_;  ///< by village
  std::vector<std::size_t> cadres_in_;              ///< by village: how many so far
  std::map<std::pair<std::size_t, std::string>, int> numbers_;
  std::vector<bool> paired_;
  Helpers out_;
};

}  // namespace

Helpers pair_helpers(const ProvinceInput& input, const Figures& figures, std::uint64_t seed) {
  return Pairer(input, figures, seed).run();
}

}  // namespace battlemap::demo
