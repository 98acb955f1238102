#include <utility>

#include "render/cluster_map.hpp"
#include "render/reporting.hpp"

namespace battlemap::render {
namespace {

/// "12.4 %(62 / 501 人)"
std::string said_value(const geo::Statistics& statistics, const geo::Indicator& indicator,
                       const geo::Value& value, geo::Language language) {
  std::string said = geo::format_value(value, indicator, language);
  if (!value.has_value()) return said;
  if (const std::string& unit = indicator.unit.in(language); !unit.empty()) said += " " + unit;
  if (value.denominator <= 0 || indicator.kind != geo::IndicatorKind::ratio) return said;
  const std::string parts = fmt::format("{} / {} {}", geo::format_number(value.numerator, 0),
                                        geo::format_number(value.denominator, 0),
                                        statistics.indicator(indicator.denominator).unit.in(language));
  return said + (language == geo::Language::en ? fmt::format(" ({})", parts) : fmt::format("({})", parts));
}

/// " · 高—高聚集(p = 0.012)"; empty for a place that is no cell.
std::string said_cluster(const Atlas& atlas, const FillSpec& fill, geo::DivisionRef place, int year,
                         geo::Language language) {
  if (atlas.dataset.coverage(place.level).size() == 0) return {};
  const auto map = cluster_map(atlas, fill.indicator, place.level, year, lisa_options(fill));
  for (std::size_t i = 0; i < map->cells.size(); ++i) {
    const geo::LocalMoran& found = map->lisa.places[i];
    if (map->cells[i] != place || found.cluster == geo::Cluster::no_data) continue;
    return fmt::format(" · {} (p = {:.3f})", geo::cluster_name(found.cluster).in(language), found.p);
  }
  return {};
}

/// The indicators a map shows: its circles' first, as they are its message.
std::vector<std::string> shown_indicators(const MapSpec& map) {
  std::vector<std::string> ids;
  if (map.circles) ids.push_back(map.circles->indicator);
  if (map.fill && (!map.circles || map.circles->indicator != map.fill->indicator))
    ids.push_back(map.fill->indicator);
  if (map.fill && !map.fill->second.empty()) ids.push_back(map.fill->second);
  return ids;
}

}  // namespace

std::string describe(const Atlas& atlas, const SheetRequest& request, geo::DivisionRef place) {
  const MapSpec& map = find_map(atlas.maps, request.map);
  const int year = shown_year(atlas, request, map);
  const auto language = request.language == geo::Language::en ? geo::Language::en : geo::Language::zh;
  const geo::Statistics& statistics = atlas.dataset.statistics;
  std::string line(atlas.dataset.tree[place].name);
  bool generated = false;
  for (const std::string& id : shown_indicators(map)) {
    const geo::Indicator& indicator = statistics.indicator(id);
    const geo::Value value = statistics.value(id, place, year);
    generated = generated || value.provenance == geo::Provenance::generated;
    line += fmt::format(" · {} {}", indicator.name.in(language),
                        said_value(statistics, indicator, value, language));
    const std::string reported = reported_text(statistics, indicator, value, year, language);
    if (!reported.empty()) line += language == geo::Language::en ? fmt::format(" ({})", reported) : fmt::format("({})", reported);
  }
  if (map.fill && map.fill->kind == FillKind::clusters) line += said_cluster(atlas, *map.fill, place, year, language);
  const geo::Text& note = atlas.dataset.project.generated_note;
  return generated && !note.empty() ? fmt::format("{} · {}", line, note.in(language)) : line;
}

}  // namespace battlemap::render
