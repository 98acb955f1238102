#include "render/reporting.hpp"

#include <algorithm>

namespace battlemap::render {
namespace {

constexpr std::size_t most_named = 3;

struct LevelWords {
  std::string_view zh, one, many;
};
constexpr std::array<LevelWords, geo::level_count> counted_levels{{{"省", "province", "provinces"},
                                                                   {"市州", "prefecture", "prefectures"},
                                                                   {"县", "county", "counties"},
                                                                   {"乡镇", "township", "townships"},
                                                                   {"村", "village", "villages"}}};
constexpr LevelWords any_place{"单位", "place", "places"};

LevelWords words_of(const geo::Statistics& statistics, const geo::Indicator& indicator, int year) {
  const auto level = statistics.table_level(indicator.id, year);
  return level ? counted_levels[static_cast<std::size_t>(*level)] : any_place;
}

/// A cell whose value stands on few places.
struct Thin {
  std::uint32_t cell = 0;
  geo::Value value;
  double share() const { return static_cast<double>(value.reported) / value.expected; }
};

std::vector<Thin> thin_cells(const Scene& scene) {
  std::vector<Thin> thin;
  const CellValues values(scene.atlas, scene.indicator->id, scene.year);
  for (const std::uint32_t cell : scene.cells->thin) thin.push_back({cell, values[scene.coverage().cells[cell]]});
  std::stable_sort(thin.begin(), thin.end(), [](const Thin& a, const Thin& b) { return a.share() < b.share(); });
  return thin;
}

}  // namespace

std::string reported_text(const geo::Statistics& statistics, const geo::Indicator& indicator, const geo::Value& value,
                          int year, geo::Language language) {
  if (!value.has_value() || value.expected <= 1 || value.reported >= value.expected) return {};
  const LevelWords words = words_of(statistics, indicator, year);
  if (language == geo::Language::en) return fmt::format("{} of {} {} reported", value.reported, value.expected, words.many);
  return fmt::format("{} 个{}中 {} 个有数据", value.expected, words.zh, value.reported);
}

geo::Text few_reported_note(const Scene& scene) {
  if (scene.indicator == nullptr) return {};
  const std::vector<Thin> thin = thin_cells(scene);
  if (thin.empty()) return {};
  const LevelWords words = words_of(scene.atlas.dataset.statistics, *scene.indicator, scene.year);
  std::vector<std::string> zh, en;
  for (std::size_t i = 0; i < std::min(thin.size(), most_named); ++i) {
    const std::string_view name = scene.tree()[scene.coverage().cells[thin[i].cell]].name;
    zh.push_back(fmt::format("{} {}/{} 个{}", name, thin[i].value.reported, thin[i].value.expected, words.zh));
    en.push_back(fmt::format("{} {} of {} {}", name, thin[i].value.reported, thin[i].value.expected, words.many));
  }
  const std::size_t more = thin.size() - zh.size();
  return {fmt::format("填报不足九成,数值仅供参考:{}{}。", fmt::join(zh, "、"),
                      more > 0 ? fmt::format(",另有 {} 处", more) : ""),
          fmt::format("Under nine tenths reported, uncertain: {}{}.", fmt::join(en, ", "),
                      more > 0 ? fmt::format(" and {} more", more) : "")};
}

}  // namespace battlemap::render
