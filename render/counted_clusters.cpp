#include "geo/record_counts.hpp"
#include "render/record_marks.hpp"

namespace battlemap::render {
namespace {

/// What the audience's counts can be taken by; other ways of colouring give totals only.
std::string countable(const LayerSpec& spec) {
  const std::string& field = spec.colour_by.empty() ? spec.shape_by : spec.colour_by;
  return geo::find_field(spec.records, field) != nullptr ? field : std::string();
}

geo::CountTable count(const Board& board, const RecordLayer& layer, geo::DivisionRef place) {
  geo::CountQuery query;
  query.kind = layer.spec->records, query.by = countable(*layer.spec);
  if (query.kind == geo::RecordKind::household) query.filter = board.filter;
  return geo::count_records(board.scene.atlas.dataset, place, query);
}

std::string written(const Scene& scene, const geo::Value& value) {
  return value.has_value() ? geo::format_number(value.value, 0) : scene.text(geo::status_name(value.status));
}

std::string entry_id(const geo::CountHeading& heading) {
  return heading.year == geo::not_yet ? "not_yet" : heading.id;
}

std::optional<Vec2> anchor_of(const Board& board, geo::DivisionRef place) {
  const geo::Coverage& coverage = board.scene.atlas.dataset.coverage(place.level);
  for (std::size_t cell = 0; cell < coverage.size(); ++cell)
    if (coverage.cells[cell] == place) return board.scene.view.to_pixel(coverage.anchor(cell).at);
  return std::nullopt;
}

std::vector<geo::DivisionRef> counted_places(const Board& board) {
  const auto level = cluster_level(board);
  if (!level) return {board.place};
  std::vector<geo::DivisionRef> places;
  const auto [first, last] =
      board.place.valid() ? board.scene.tree().descendants(board.place, *level)
                          : std::pair(0U, static_cast<std::uint32_t>(board.scene.tree().at(*level).size()));
  for (std::uint32_t i = first; i < last; ++i) places.push_back({*level, i});
  return places;
}

}  // namespace

std::vector<Cluster> make_counted_clusters(const Board& board, const RecordLayer& layer) {
  std::vector<Cluster> clusters;
  if (!layer.spec->where.empty()) return clusters;
  const auto& entries = layer.key->colours();
  for (const geo::DivisionRef place : counted_places(board)) {
    const geo::CountTable counts = count(board, layer, place);
    if (counts.total.status == geo::Status::no_data || (counts.total.has_value() && counts.total.value == 0))
      continue;
    const auto at = place.valid() ? anchor_of(board, place) : std::nullopt;
    Cluster cluster;
    cluster.placed = at && board.scene.view.frame.contains(*at);
    if (at) cluster.home = cluster.at = *at;
    cluster.total = counts.total.has_value() ? static_cast<std::size_t>(counts.total.value) : 0;
    cluster.number = written(board.scene, counts.total);
    cluster.parts.assign(entries.size(), 0);
    for (std::size_t r = 0; r < counts.rows.size(); ++r)
      for (std::size_t k = 0; k < entries.size(); ++k)
        if (counts.row_totals[r].has_value() && entries[k].id == entry_id(counts.rows[r]))
          cluster.parts[k] = static_cast<std::size_t>(counts.row_totals[r].value);
    clusters.push_back(std::move(cluster));
  }
  return clusters;
}

std::map<std::string, std::string> counted_entries(const Board& board, const RecordLayer& layer) {
  std::map<std::string, std::string> written_counts;
  if (!layer.spec->where.empty()) return written_counts;
  const geo::CountTable counts = count(board, layer, board.place);
  if (countable(*layer.spec).empty()) written_counts["all"] = written(board.scene, counts.total);
  for (std::size_t r = 0; r < counts.rows.size(); ++r)
    if (!counts.row_totals[r].has_value() || counts.row_totals[r].value > 0)
      written_counts[entry_id(counts.rows[r])] = written(board.scene, counts.row_totals[r]);
  return written_counts;
}

}  // namespace battlemap::render
