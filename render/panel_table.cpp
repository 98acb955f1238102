#include <algorithm>

#include "render/panel_grid.hpp"
#include "render/record_parts.hpp"
#include "render/record_words.hpp"

namespace battlemap::render {
namespace {

constexpr std::size_t most_table_columns = 5;  // of counts, beside the total; the rest are added up

/// Columns by count, the largest first kept; the others are one column of their own.
struct Shown {
  std::vector<std::size_t> parts;
  std::vector<std::size_t> rest;
};
Shown shown_columns(const Tally& tally) {
  Shown shown;
  for (std::size_t p = 0; p < tally.columns.parts.size(); ++p)
    if (is_listed(tally.column_totals[p])) shown.parts.push_back(p);
  if (shown.parts.size() <= most_table_columns) return shown;
  std::vector<std::size_t> by_count = shown.parts;
  std::stable_sort(by_count.begin(), by_count.end(), [&](std::size_t a, std::size_t b) {
    return tally.column_totals[a].value_or(0) > tally.column_totals[b].value_or(0);
  });
  shown.rest.assign(by_count.begin() + most_table_columns - 1, by_count.end());
  std::erase_if(shown.parts, [&](std::size_t p) {
    return std::find(shown.rest.begin(), shown.rest.end(), p) != shown.rest.end();
  });
  return shown;
}

/// Hidden where any part is.
Count sum_of(const std::vector<Count>& counts, const std::vector<std::size_t>& parts) {
  Count sum = 0;
  for (const std::size_t p : parts) {
    if (!counts[p]) return std::nullopt;
    *sum += *counts[p];
  }
  return sum;
}

/// Counts by one field or two, with totals.
class CountPanel : public GridPanel {
 public:
  CountPanel(const Board& board, const PanelSpec& spec)
      : scene_(board.scene), tally_(tally(board, spec.record, spec.field, spec.by)), shown_(shown_columns(tally_)) {
    name_columns();
    for (std::size_t p = 0; p < tally_.rows.parts.size(); ++p)
      if (is_listed(tally_.row_totals[p]))
        grid_.rows.push_back(cells(tally_.rows.parts[p].label,
                                   tally_.cells.empty() ? std::vector<Count>{} : tally_.cells[p],
                                   tally_.row_totals[p]));
    grid_.totals = cells({"合计", "Total"}, tally_.column_totals, tally_.total);
    empty_ = say(board.records[spec.record].loaded ? geo::Text{"无", "None"} : geo::Text{"无数据", "No data"});
  }

  geo::Text usual_title() const override { return tally_.rows.name; }

 private:
  std::string say(const geo::Text& text) const { return said(scene_, text); }

  void name_columns() {
    grid_.columns.push_back({say(tally_.rows.name), Grid::Align::left, 90, true});
    for (const std::size_t p : shown_.parts)
      grid_.columns.push_back({say(tally_.columns.parts[p].label), Grid::Align::right, 40});
    if (!shown_.rest.empty()) grid_.columns.push_back({say({"其余", "Others"}), Grid::Align::right, 40});
    grid_.columns.push_back({say({"合计", "Total"}), Grid::Align::right, 40});
  }

  std::vector<std::string> cells(const geo::Text& label, const std::vector<Count>& counts,
                                 const Count& total) const {
    std::vector<std::string> cells{say(label)};
    for (const std::size_t p : shown_.parts) cells.push_back(count_text(scene_, counts[p]));
    if (!shown_.rest.empty()) cells.push_back(count_text(scene_, sum_of(counts, shown_.rest)));
    cells.push_back(count_text(scene_, total));
    return cells;
  }

  const Scene& scene_;
  Tally tally_;
  Shown shown_;
};

/// Records row by row.
class RecordPanel : public GridPanel {
 public:
  RecordPanel(const Board& board, const PanelSpec& spec) : kind_(spec.record) {
    for (const std::string& id : spec.columns) {
      const geo::FieldSchema& field = geo::require_field(spec.record, id);
      const bool number = field.type == geo::FieldType::number;
      const std::string unit = board.scene.text(field.unit);
      grid_.columns.push_back({said(board.scene, field.name) + (unit.empty() ? "" : fmt::format(" ({})", unit)),
                               number ? Grid::Align::right : Grid::Align::left, 40, !number});
    }
    for (const std::uint32_t row : rows_of(board, spec.record)) {
      std::vector<std::string> cells;
      for (const std::string& id : spec.columns) cells.push_back(field_text(board, spec.record, id, row));
      grid_.rows.push_back(std::move(cells));
    }
    if (board.records[spec.record].dropped) {
      empty_ = said(board.scene, {"不公开", "Withheld"});
      return;
    }
    empty_ = said(board.scene, board.records[spec.record].loaded ? geo::Text{"无", "None"}
                                                                : geo::Text{"无数据", "No data"});
  }
  geo::Text usual_title() const override { return geo::record_kind_name(kind_); }
  geo::Text more(std::size_t left_out) const override { return more_records(kind_, left_out); }

 private:
  geo::RecordKind kind_;
};

}  // namespace

PanelPtr make_table_panel(const Board& board, const PanelSpec& spec) {
  if (spec.columns.empty()) return std::make_unique<CountPanel>(board, spec);
  return std::make_unique<RecordPanel>(board, spec);
}

}  // namespace battlemap::render
