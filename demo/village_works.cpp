#include "demo/village_works.hpp"

#include <algorithm>
#include <cmath>

#include "demo/allocation.hpp"
#include "demo/exact_choice.hpp"
#include "demo/random.hpp"

namespace battlemap::demo {
namespace {

enum Sector : std::size_t {
  roads,
  water,
  power,
  clinics,
  culture,
  finance,
  housing,
  commerce,
  phones,
  industry
};

/// What the generator supposes: how many poor villages have a project of the sector in the four years, and
/// what one costs in 10,000 yuan.
struct Supposed {
  double share, cost;
};
constexpr std::array<Supposed, project_sectors.size()> supposed{{{0.62, 320},
                                                                 {0.45, 110},
                                                                 {0.38, 140},
                                                                 {0.20, 22},
                                                                 {0.30, 45},
                                                                 {0.35, 50},
                                                                 {0.55, 150},
                                                                 {0.16, 15},
                                                                 {0.22, 40},
                                                                 {0.60, 180}}};

class Planner {
 public:
  Planner(const ProvinceInput& input, const Figures& figures, std::uint64_t seed)
      : input_(input), figures_(figures), seed_(hash_of(seed, 150)), works_(figures.villages.size()) {}
  std::vector<VillageWorks> run() {
    plan_counted(water, ProjectTotals::water_villages), plan_counted(power, ProjectTotals::power_villages);
    plan_counted(clinics, ProjectTotals::clinic_villages);
    plan_counted(culture, ProjectTotals::culture_villages);
    for (std::size_t v = 0; v < works_.size(); ++v)
      if (!figures_.villages[v].list.empty()) plan_others(v);
    share_funds();
    for (std::size_t v = 0; v < works_.size(); ++v)
      if (!figures_.villages[v].list.empty()) build_facilities(v);
    return std::move(works_);
  }

 private:
  Random stream(std::uint64_t what, std::size_t v) const {
    return Random(hash_of(seed_, what, std::stoull(input_.villages[figures_.villages[v].village].code)));
  }
  /// Projects that a published number counts: begun in 2016, in poor villages that exit soon first.
  void plan_counted(Sector sector, std::size_t count) {
    std::vector<double> scores;
    for (std::size_t v = 0; v < works_.size(); ++v) {
      const VillageFigures& village = figures_.villages[v];
      const double soon = village.exit_year <= 2 ? 1.6 : 1;
      scores.push_back(village.designated ? soon * (0.01 + stream(10 + sector, v).uniform()) : 0);
    }
    const std::vector<bool> chosen = choose_highest(count, scores);
    for (std::size_t v = 0; v < works_.size(); ++v)
      if (chosen[v]) add(v, sector, 1, stream(30 + sector, v));
  }
  static bool is_counted(std::size_t sector) {
    return sector == water || sector == power || sector == clinics || sector == culture;
  }
  /// The others, and those of later years in the counted sectors.
  void plan_others(std::size_t v) {
    const VillageFigures& village = figures_.villages[v];
    Random random = stream(50, v);
    for (std::size_t sector = 0; sector < project_sectors.size(); ++sector) {
      const double share = supposed[sector].share * (village.designated ? 1 : 0.14);
      const bool wanted = random.uniform() < share;
      const auto year = 1 + static_cast<std::size_t>(random.below(is_counted(sector) ? 3 : 4));
      const bool there = std::any_of(works_[v].projects.begin(), works_[v].projects.end(),
                                     [&](const Project& p) { return p.sector == sector; });
      // A counted sector's year 2016 is complete.
      const std::size_t start = is_counted(sector) ? year + 1 : year;
      if (wanted && !there) add(v, static_cast<Sector>(sector), start, stream(30 + sector, v));
    }
    std::stable_sort(works_[v].projects.begin(), works_[v].projects.end(),
                     [](const Project& a, const Project& b) { return a.sector < b.sector; });
  }
  void add(std::size_t v, Sector sector, std::size_t start, Random random) {
    Project project;
    const double people = static_cast<double>(figures_.villages[v].rural_population);
    const double cost = supposed[sector].cost * std::sqrt(people / 950) * std::exp(0.45 * random.normal());
    project.sector = sector, project.funds = std::max<std::int64_t>(5, std::llround(cost));
    project.start = first_year + static_cast<int>(start);
    const double lasts = random.uniform();
    project.end = project.start + (lasts < 0.55 ? 0 : lasts < 0.92 ? 1 : 2);
    works_[v].projects.push_back(project);
  }
  /// The year's projects share its money in proportion to what they cost.
  void share_funds() {
    std::vector<Project*> begun;
    std::vector<double> weights;
    for (VillageWorks& works : works_)
      for (Project& project : works.projects)
        if (project.start == 2016)
          begun.push_back(&project), weights.push_back(static_cast<double>(project.funds));
    const std::vector<std::int64_t> low(begun.size(), 5), high(begun.size(), ProjectTotals::funds_2016);
    const auto funds = allocate(ProjectTotals::funds_2016, weights, low, high);
    for (std::size_t i = 0; i < begun.size(); ++i) begun[i]->funds = funds[i];
    for (std::size_t v = 0; v < works_.size(); ++v)
      for (Project& project : works_[v].projects) follow(project, stream(70 + project.sector, v));
  }
  /// Money and progress from the year it begins; one in twelve is late and still at work after its end.
  static void follow(Project& project, Random random) {
    const bool late = random.uniform() < 1.0 / 12;
    const int ends = project.end + (late ? 1 : 0);
    int progress = 0;
    double paid = 0;
    for (std::size_t y = 0; y < year_count; ++y) {
      const int year = first_year + static_cast<int>(y);
      if (year < project.start) continue;
      const int to_end = ends - year + 1;
      progress = year >= ends
                     ? 100
                     : progress + static_cast<int>((100 - progress) * random.uniform(0.5, 1.1) / to_end);
      paid = year > ends ? 1 : std::max(paid, progress / 100.0 * random.uniform(0.8, 0.97));
      project.progress[y] = progress;
      project.paid[y] = std::llround(paid * static_cast<double>(project.funds));
    }
  }
  const Project* project_of(std::size_t v, Sector sector) const {
    for (const Project& project : works_[v].projects)
      if (project.sector == sector) return &project;
    return nullptr;
  }

  void build_facilities(std::size_t v) {
    Random random = stream(90, v);
    const VillageFigures& village = figures_.villages[v];
    const auto extra = static_cast<std::size_t>(village.rural_population / 700);
    build(v, "村委会驻地", 1, random);
    if (has_clinic(v)) build_clinic(v, random);
    if (random.uniform() < 0.55) build(v, "学校", 1, random);
    const Project* room = project_of(v, culture);
    if (room != nullptr || random.uniform() < (village.designated ? 0.72 : 0.85))
      build(v, "文化室", 1, random, room);
    build(v, "变电设施", 1 + extra, random, project_of(v, power));
    build(v, "供水点", 1 + extra, random, project_of(v, water));
    if (random.uniform() < 0.5) build(v, "商店", 1, random);
    if (const Project* shop = project_of(v, commerce)) build(v, "电商服务点", 1, random, shop);
    if (const Project* point = project_of(v, finance)) build(v, "金融服务点", 1, random, point);
    if (const Project* base = project_of(v, industry)) build(v, "产业基地", 1, random, base);
  }
  /// A poor village has it by its exit.
  void build_clinic(std::size_t v, Random& random) {
    const VillageFigures& village = figures_.villages[v];
    build(v, "卫生室", 1, random, project_of(v, clinics));
    int& built = works_[v].facilities.back().built;
    if (village.designated) built = std::min(built, first_year + static_cast<int>(village.exit_year));
  }
  bool has_clinic(std::size_t v) const {
    const VillageFigures& village = figures_.villages[v];
    return project_of(v, clinics) != nullptr || village.designated || stream(91, v).uniform() < 0.95;
  }
  /// The last of several is the one a project builds.
  void build(std::size_t v, const char* type, std::size_t count, Random& random,
             const Project* by = nullptr) {
    for (std::size_t k = 0; k < count; ++k) {
      Facility facility;
      facility.type = type;
      facility.name = count == 1 ? type : type + std::to_string(k + 1);
      facility.built = by != nullptr && k + 1 == count ? by->end : 2003 + static_cast<int>(random.below(13));
      facility.working = random.uniform() > 0.03;
      works_[v].facilities.push_back(std::move(facility));
    }
  }

  const ProvinceInput& input_;
  const Figures& figures_;
  std::uint64_t seed_;
  std::vector<VillageWorks> works_;
};

}  // namespace

std::vector<VillageWorks> plan_works(const ProvinceInput& input, const Figures& figures, std::uint64_t seed) {
  return Planner(input, figures, seed).run();
}

}  // namespace battlemap::demo
