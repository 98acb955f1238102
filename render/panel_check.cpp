#include "render/panel_check.hpp"

#include <algorithm>

#include "geo/nearest.hpp"
#include "render/record_parts.hpp"

namespace battlemap::render {
namespace {

/// Ids that a figure may count: entries of the field's set, or the two states of a derived field.
std::vector<std::string> known_values(const geo::Dataset& dataset, const FigureSpec& figure) {
  if (figure.field == "state" && *figure.record == geo::RecordKind::household) return {"poor", "exited"};
  if (figure.field == "state") return {"undone", "done"};
  if (figure.field == "pairing") return {"paired", "unpaired"};
  const geo::FieldSchema* field = geo::find_field(*figure.record, figure.field);
  if (field != nullptr && field->type == geo::FieldType::yes_no) return {"yes", "no"};
  std::vector<std::string> known;
  if (field == nullptr || field->set.empty()) return known;
  const auto& sets = dataset.records.sets.empty() ? geo::default_categories() : dataset.records.sets;
  for (const geo::CategorySet& set : sets)
    if (set.id == field->set)
      for (const geo::Category& entry : set.entries) known.push_back(entry.id);
  return known;
}

void check_figure(const geo::Dataset& dataset, const FigureSpec& figure) {
  if (!figure.record) {
    dataset.statistics.indicator(figure.indicator);
    return;
  }
  if (!figure.mean_by.empty()) geo::require_field(*figure.record, figure.mean_by);
  if (figure.field.empty()) return;
  if (figure.value.empty()) {
    if (geo::require_field(*figure.record, figure.field).type != geo::FieldType::number)
      throw geo::UsageError(fmt::format("field '{}' is no number to add up; add value = \"...\" to count its records",
                                        figure.field));
    return;
  }
  check_part_field(*figure.record, figure.field);
  const std::vector<std::string> known = known_values(dataset, figure);
  if (!known.empty() && std::find(known.begin(), known.end(), figure.value) == known.end())
    geo::fail_unknown(fmt::format("value of field '{}'", figure.field), figure.value, known);
}

}  // namespace

void check_panel(const geo::Dataset& dataset, const PanelSpec& panel) {
  try {
    if (!panel.field.empty()) check_part_field(panel.record, panel.field);
    if (!panel.by.empty()) check_part_field(panel.record, panel.by);
    for (const std::string& column : panel.columns) geo::require_field(panel.record, column);
    for (const FigureSpec& figure : panel.figures) check_figure(dataset, figure);
  } catch (const geo::UsageError& e) {
    throw geo::UsageError(fmt::format("line {}: panel '{}': {}", panel.line, panel_kind_id(panel.kind), e.what()));
  }
}

}  // namespace battlemap::render
