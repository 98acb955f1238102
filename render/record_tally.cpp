// Counts of records for panels: from the rows, or, where the audience may not know small numbers, from the
// counts that were prepared for it.
#include <algorithm>
#include <cmath>

#include "geo/prepared_counts.hpp"
#include "geo/record_counts.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

using geo::RecordKind;
using Rows = std::vector<std::uint32_t>;

void count_record(Tally& tally, std::size_t record) {
  const RecordParts &rows = tally.rows, &columns = tally.columns;
  for (std::uint32_t r = rows.begin[record]; r < rows.begin[record + 1]; ++r) {
    ++*tally.row_totals[rows.part[r]];
    if (!tally.cells.empty())
      for (std::uint32_t c = columns.begin[record]; c < columns.begin[record + 1]; ++c)
        ++*tally.cells[rows.part[r]][columns.part[c]];
  }
  if (!tally.cells.empty())
    for (std::uint32_t c = columns.begin[record]; c < columns.begin[record + 1]; ++c)
      ++*tally.column_totals[columns.part[c]];
}

Tally tally_rows(const Board& board, RecordKind kind, std::string_view field, std::string_view by) {
  const Rows rows = rows_of(board, kind);
  Tally tally;
  tally.rows = record_parts(board, kind, rows, field);
  if (!by.empty()) tally.columns = record_parts(board, kind, rows, by);
  tally.total = rows.size();
  tally.row_totals.assign(tally.rows.parts.size(), 0);
  tally.column_totals.assign(tally.columns.parts.size(), 0);
  if (!by.empty())
    tally.cells.assign(tally.rows.parts.size(), std::vector<Count>(tally.columns.parts.size(), 0));
  for (std::size_t i = 0; i + 1 < tally.rows.begin.size(); ++i) count_record(tally, i);
  return tally;
}

Count count_of(const geo::Value& value) {
  if (!value.has_value()) return std::nullopt;
  return static_cast<std::size_t>(std::lround(value.value));
}

Count sum(const Count& a, const Count& b) {
  if (!a || !b) return std::nullopt;
  return *a + *b;
}

struct Counted {
  RecordParts parts;
  std::vector<Count> counts;
};

geo::CountTable prepared_counts(const Board& board, RecordKind kind, std::string_view field) {
  geo::CountQuery query;
  query.kind = kind, query.by = std::string(field), query.filter = board.filter;
  return geo::count_records(board.scene.atlas.dataset, board.place, query);
}

/// Whether the heading is of an exit that has not happened by the year shown.
bool lies_ahead(const geo::CountHeading& heading, int shown) {
  return heading.year && *heading.year > shown;
}

Counted prepared_field(const Board& board, RecordKind kind, std::string_view field) {
  const geo::CountTable table = prepared_counts(board, kind, field);
  const geo::FieldSchema& schema = geo::require_field(kind, field);
  Counted out;
  out.parts.name = schema.name, out.parts.several = schema.type == geo::FieldType::flags;
  Count ahead = 0;
  bool any_ahead = false;
  for (std::size_t h = 0; h < table.rows.size(); ++h) {
    const geo::CountHeading& heading = table.rows[h];
    if (field == "exit_year" && lies_ahead(heading, board.year)) {
      ahead = sum(ahead, count_of(table.row_totals[h])), any_ahead = true;
      continue;
    }
    const bool none = heading.status != geo::Status::value;
    out.parts.parts.push_back({heading.year == geo::not_yet ? "not_yet" : heading.id, heading.name, none});
    out.counts.push_back(count_of(table.row_totals[h]));
  }
  if (any_ahead) out.parts.parts.push_back({"not_yet", {"尚未", "Not yet"}}), out.counts.push_back(ahead);
  return out;
}

/// Households out of poverty and not, from the prepared counts by year.
Counted prepared_state(const Board& board) {
  const geo::CountTable table = prepared_counts(board, RecordKind::household, "exit_year");
  Count poor = 0, exited = 0;
  for (std::size_t h = 0; h < table.rows.size(); ++h) {
    Count& state = table.rows[h].year && !lies_ahead(table.rows[h], board.year) ? exited : poor;
    state = sum(state, count_of(table.row_totals[h]));
  }
  Counted out;
  out.parts = record_parts(board, RecordKind::household, {}, "state");
  out.counts = {poor, exited};
  return out;
}

/// Places below the board's; groups of a village as they were prepared.
Counted prepared_places(const Board& board, RecordKind kind) {
  if (board.place.valid() && board.place.level == geo::Level::village) {
    if (geo::find_field(kind, "group") != nullptr) return prepared_field(board, kind, "group");
    return {};
  }
  Counted out;
  out.parts = record_parts(board, kind, {}, "place");
  for (const RecordParts::Part& part : out.parts.parts) {
    const auto place = board.scene.tree().find(*geo::Code::parse(part.id));
    const bool known = place && (kind != RecordKind::household || board.filter.empty());
    out.counts.push_back(known ? count_of(geo::record_count(board.scene.atlas.dataset, kind, *place)) : std::nullopt);
  }
  return out;
}

Counted prepared(const Board& board, RecordKind kind, std::string_view field) {
  if (field == "place") return prepared_places(board, kind);
  if (field == "state" && kind == RecordKind::household) return prepared_state(board);
  if (geo::find_field(kind, field) != nullptr) return prepared_field(board, kind, field);
  Counted out;  // "pairing" and the like say something of single records
  out.parts = record_parts(board, kind, {}, field);
  out.counts.assign(out.parts.parts.size(), std::nullopt);
  return out;
}

/// Cells of two fields at once could be subtracted from one another: all of them are hidden.
Tally tally_prepared(const Board& board, RecordKind kind, std::string_view field, std::string_view by) {
  Tally tally;
  Counted rows = prepared(board, kind, field);
  tally.rows = std::move(rows.parts), tally.row_totals = std::move(rows.counts);
  tally.total = count_of(prepared_counts(board, kind, {}).total);
  if (by.empty()) return tally;
  Counted columns = prepared(board, kind, by);
  tally.columns = std::move(columns.parts), tally.column_totals = std::move(columns.counts);
  tally.cells.assign(tally.rows.parts.size(), std::vector<Count>(tally.columns.parts.size(), std::nullopt));
  return tally;
}

}  // namespace

bool is_prepared(const Board& board, RecordKind kind) {
  return std::any_of(board.records.prepared.begin(), board.records.prepared.end(),
                     [&](const auto& counts) { return counts->kind == kind; });
}

Tally tally(const Board& board, RecordKind kind, std::string_view field, std::string_view by) {
  if (is_prepared(board, kind)) return tally_prepared(board, kind, field, by);
  return tally_rows(board, kind, field, by);
}

Count total_of(const Board& board, RecordKind kind) {
  if (is_prepared(board, kind)) return count_of(prepared_counts(board, kind, {}).total);
  return rows_of(board, kind).size();
}

std::string count_text(const Scene& scene, const Count& count) {
  if (count) return geo::format_number(static_cast<double>(*count), 0);
  return scene.say("不公开", "withheld");
}

}  // namespace battlemap::render
