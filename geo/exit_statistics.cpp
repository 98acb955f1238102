#include "geo/exit_statistics.hpp"

#include <algorithm>

#include "geo/dataset.hpp"

namespace battlemap::geo {
namespace {

using Cell = Statistics::Cell;
using Column = Statistics::Column;

bool counts(ExitQuantity quantity, const ExitJudgement& judgement) {
  const Judgement judged = judgement.judged;
  const bool recorded = judgement.recorded.has_value();
  switch (quantity) {
    case ExitQuantity::pass:
      return judged == Judgement::pass;
    case ExitQuantity::fail:
      return judged == Judgement::fail;
    case ExitQuantity::unknown:
      return judged == Judgement::unknown;
    case ExitQuantity::recorded:
      return recorded;
    case ExitQuantity::confirmed:
      return recorded && judged == Judgement::pass;
    case ExitQuantity::contradicted:
      return recorded && judged == Judgement::fail;
    case ExitQuantity::told:
      return recorded && (judged == Judgement::pass || judged == Judgement::fail);
    case ExitQuantity::missed:
      return !recorded && judged == Judgement::pass;
    case ExitQuantity::judgement:
      break;
  }
  return false;
}

/// The worst is the largest: above villages and counties the maximum is taken.
double severity(Judgement judged) {
  return judged == Judgement::fail ? 3 : judged == Judgement::unknown ? 2 : 1;
}

/// Where a judgement is counted: a household at its village.
std::uint32_t place_of(const Dataset& dataset, ExitSubject subject, std::uint32_t index) {
  if (subject != ExitSubject::household) return index;
  const DivisionRef place = dataset.records[RecordKind::household].places[index];
  return place.valid() && place.level == Level::village ? place.index : npos;
}

Provenance provenance_of(const Dataset& dataset, ExitSubject subject, const Indicator& indicator) {
  return subject == ExitSubject::household ? dataset.records[RecordKind::household].provenance
                                           : indicator.provenance;
}

void add_to(Cell& cell, const ExitSource& source, const ExitJudgement& judgement) {
  if (cell.status != Status::value) cell.value = 0;
  cell.status = Status::value;
  if (source.quantity == ExitQuantity::judgement)
    cell.value = severity(judgement.judged);
  else
    cell.value += counts(source.quantity, judgement) ? 1 : 0;
}

Column column_of(const Dataset& dataset, const ExitResults& results, const Indicator& indicator,
                 ExitSubject subject) {
  Column column{
      indicator.id, subject == ExitSubject::county ? Level::county : Level::village, results.year, {}};
  const Cell none{0, Status::not_applicable, provenance_of(dataset, subject, indicator)};
  std::vector<Cell> values(dataset.tree.at(column.level).size(), none);
  for (const ExitJudgement& judgement : results[subject].judgements) {
    const std::uint32_t place = place_of(dataset, subject, judgement.subject);
    if (place == npos || judgement.judged == Judgement::not_applicable) continue;
    add_to(values[place], *indicator.exit, judgement);
  }
  column.values = std::move(values);
  return column;
}

std::vector<ExitSubject> subjects_of(const ExitSource& source) {
  if (source.subject) return {*source.subject};
  return {ExitSubject::village, ExitSubject::county};
}

const Indicator* find(std::span<const Indicator> indicators, std::string_view id) {
  const auto found =
      std::find_if(indicators.begin(), indicators.end(), [&](const Indicator& i) { return i.id == id; });
  return found == indicators.end() ? nullptr : &*found;
}

}  // namespace

bool made_from_exits(std::span<const Indicator> indicators, std::string_view id) {
  const Indicator* indicator = find(indicators, id);
  if (indicator == nullptr) return false;
  if (indicator->kind == IndicatorKind::ratio)
    return made_from_exits(indicators, indicator->numerator) ||
           made_from_exits(indicators, indicator->denominator);
  if (indicator->kind == IndicatorKind::change) return made_from_exits(indicators, indicator->of);
  return indicator->exit.has_value();
}

std::vector<Column> exit_columns(const Dataset& dataset, const ExitResults& results) {
  std::vector<Column> columns;
  for (const Indicator& indicator : dataset.statistics.indicators()) {
    if (!indicator.exit) continue;
    for (const ExitSubject subject : subjects_of(*indicator.exit))
      columns.push_back(column_of(dataset, results, indicator, subject));
  }
  return columns;
}

void add_exit_statistics(Dataset& dataset, std::span<const std::shared_ptr<ExitResults>> judged) {
  std::vector<Column> columns;
  for (const std::shared_ptr<ExitResults>& of_year : judged)
    for (Column& column : exit_columns(dataset, *of_year)) columns.push_back(std::move(column));
  dataset.statistics.add(dataset.tree, std::move(columns));
}

}  // namespace battlemap::geo
