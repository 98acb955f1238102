#include "geo/exit_mask.hpp"

#include <algorithm>

#include "geo/dataset.hpp"

namespace battlemap::geo {
namespace {

void hide(ExitTable& table, std::size_t i, std::size_t criterion) {
  CriterionResult& result = table.results[i * table.criteria().size() + criterion];
  result.value = 0;
  result.status = Status::masked;
  result.result = Judgement::unknown;
  ExitJudgement& judgement = table.judgements[i];
  if (judgement.deciding == static_cast<std::int8_t>(criterion)) judgement.deciding = -1;
}

void mask_field(ExitTable& table, const RecordTable& households, std::size_t criterion, int year) {
  const RecordTable::Column* column = households.column(table.criteria()[criterion].field, year);
  if (column == nullptr) return;
  for (std::size_t i = 0; i < table.judgements.size(); ++i) {
    const std::uint32_t row = table.judgements[i].subject;
    CriterionResult& result = table.results[i * table.criteria().size() + criterion];
    if (column->status[row] == Status::masked)
      hide(table, i, criterion);
    else if (column->status[row] == Status::value)
      result.value = column->numbers[row];  // as coarse as the record says it now
  }
}

void mask_households(ExitTable& table, const RecordTable& households, int year) {
  if (households.dropped) {
    table.judgements = {};
    table.results = {};
    return;
  }
  for (std::size_t k = 0; k < table.criteria().size(); ++k) mask_field(table, households, k, year);
  const RecordTable::Column* recorded = households.column(table.table.recorded, year);
  if (recorded == nullptr) return;
  for (ExitJudgement& judgement : table.judgements)
    if (recorded->status[judgement.subject] == Status::masked) judgement.recorded = std::nullopt;
}

void mask_places(ExitTable& table, const Statistics& statistics, Level level, int year) {
  for (std::size_t k = 0; k < table.criteria().size(); ++k) {
    if (table.criteria()[k].indicator.empty()) continue;
    const auto values = statistics.values(table.criteria()[k].indicator, level, year);
    for (std::size_t i = 0; i < table.judgements.size(); ++i)
      if (values[table.judgements[i].subject].status == Status::masked) hide(table, i, k);
  }
}

/// Counts that add up to `total` (nullptr: to a number that everybody knows).
struct Sum {
  std::vector<ExitCount*> parts;
  ExitCount* total;
};

/// The one count that could be computed from the others, were they all shown; nullptr when there is none.
bool gives_one_away(const Sum& sum) {
  const auto hidden = std::count_if(sum.parts.begin(), sum.parts.end(), [](ExitCount* c) { return !*c; });
  return hidden + (sum.total != nullptr && !*sum.total ? 1 : 0) == 1;
}

/// Hides the smallest count still shown; a total and zeros, which protect less, only where nothing else is.
bool hide_another(const Sum& sum) {
  ExitCount* chosen = nullptr;
  const auto better = [&](const ExitCount& count) {
    return chosen == nullptr || (*count > 0 && (**chosen == 0 || *count < **chosen));
  };
  for (ExitCount* part : sum.parts)
    if (*part && better(*part)) chosen = part;
  const bool only_zero = chosen == nullptr || **chosen == 0;
  if (only_zero && sum.total != nullptr && *sum.total) chosen = sum.total;
  if (chosen == nullptr) return false;
  *chosen = std::nullopt;
  return true;
}

std::vector<Sum> sums_of(ExitTable& t) {
  auto& [pass, fail, unknown, not_applicable] = t.judged;
  const auto recorded = [](ExitAccuracy& a) {
    return Sum{{&a.confirmed, &a.contradicted, &a.unknown}, &a.recorded};
  };
  return {{{&pass, &fail, &unknown, &not_applicable}, nullptr},
          {{&t.accuracy.confirmed, &t.missed}, &pass},
          recorded(t.accuracy),
          recorded(t.of_the_year)};
}

void suppress_small(ExitTable& table, double below) {
  const std::vector<Sum> sums = sums_of(table);
  for (const Sum& sum : sums) {
    std::vector<ExitCount*> counts = sum.parts;
    if (sum.total != nullptr) counts.push_back(sum.total);
    for (ExitCount* count : counts)
      if (*count && **count > 0 && static_cast<double>(**count) < below) *count = std::nullopt;
  }
  for (bool again = true; again;) {
    again = false;
    for (const Sum& sum : sums) again = (gives_one_away(sum) && hide_another(sum)) || again;
  }
}

}  // namespace

void mask_exits(ExitResults& results, const Dataset& dataset, double suppress_below) {
  auto& [households, villages, counties] = results.tables;
  mask_households(households, dataset.records[RecordKind::household], results.year);
  mask_places(villages, dataset.statistics, Level::village, results.year);
  mask_places(counties, dataset.statistics, Level::county, results.year);
  suppress_small(households, suppress_below);
}

}  // namespace battlemap::geo
