#include "geo/exit_judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/dataset.hpp"
#include "geo/error.hpp"

namespace battlemap::geo {
namespace {

constexpr double no_threshold = std::numeric_limits<double>::quiet_NaN();

/// What judging one table needs.
struct Context {
  const Dataset& dataset;
  DivisionRef place;
  int year;
  ExitTable& table;

  const CriteriaTable& criteria() const { return table.table; }
  CriterionResult& result(std::size_t i, std::size_t criterion) const {
    return table.results[i * table.criteria().size() + criterion];
  }
  /// A table names what does not exist: `what` says so already, the file and line are added.
  [[noreturn]] void fail_at(int line, std::string_view what) const {
    fail("{}:{}: {}", criteria().file.string(), line, what);
  }
};

const Indicator& require_indicator(const Context& c, const std::string& id, int line) {
  try {
    return c.dataset.statistics.indicator(id);
  } catch (const UsageError& e) {
    c.fail_at(line, e.what());
  }
}

void set_year_recorded(ExitJudgement& judgement, const Context& c, std::optional<double> recorded) {
  if (recorded && *recorded <= c.year) judgement.recorded = static_cast<int>(*recorded);
}

// Households: values are fields of the record.

void require_number_field(const Context& c, const std::string& id, int line) {
  try {
    const FieldType type = require_field(RecordKind::household, id).type;
    if (type == FieldType::number || type == FieldType::yes_no || type == FieldType::year) return;
  } catch (const UsageError& e) {
    c.fail_at(line, e.what());
  }
  c.fail_at(line, fmt::format("field '{}' is neither a number nor yes/no and cannot be compared", id));
}

void read_field(const Context& c, std::size_t criterion) {
  const std::string& field = c.criteria().criteria[criterion].field;
  require_number_field(c, field, c.criteria().criteria[criterion].line);
  const RecordTable::Column* column = c.dataset.records[RecordKind::household].column(field, c.year);
  if (column == nullptr) return;  // the source lacks it: no data
  for (std::size_t i = 0; i < c.table.judgements.size(); ++i) {
    const std::uint32_t row = c.table.judgements[i].subject;
    CriterionResult& result = c.result(i, criterion);
    result.status = column->status[row];
    if (result.has_value()) result.value = column->numbers[row];
  }
}

void list_households(const Context& c) {
  const RecordTable& households = c.dataset.records[RecordKind::household];
  const auto [first, last] = rows_within(c.dataset.tree, households, c.place);
  require_number_field(c, c.criteria().recorded, 1);
  c.table.judgements.resize(last - first);
  for (std::uint32_t row = first; row < last; ++row) {
    ExitJudgement& judgement = c.table.judgements[row - first];
    judgement.subject = row;
    set_year_recorded(judgement, c, households.number(c.criteria().recorded, row, c.year));
  }
}

// Villages and counties: values are indicators, or facilities counted.

Level level_of(ExitSubject subject) {
  return subject == ExitSubject::county ? Level::county : Level::village;
}

bool applies(const Context& c, std::span<const Value> to, std::uint32_t index) {
  return c.criteria().applies_to.empty() || (to[index].has_value() && to[index].value > 0);
}

void list_places(const Context& c) {
  const Level level = level_of(c.criteria().subject);
  const Statistics& statistics = c.dataset.statistics;
  std::span<const Value> to;
  if (!c.criteria().applies_to.empty()) {
    require_indicator(c, c.criteria().applies_to, 1);
    to = statistics.values(c.criteria().applies_to, level, c.year);
  }
  require_indicator(c, c.criteria().recorded, 1);
  const auto recorded = statistics.values(c.criteria().recorded, level, c.year);
  const auto all = static_cast<std::uint32_t>(c.dataset.tree.at(level).size());
  const auto [first, last] =
      c.place.valid() ? c.dataset.tree.descendants(c.place, level) : std::pair{std::uint32_t{0}, all};
  for (std::uint32_t i = first; i < last; ++i) {
    if (!applies(c, to, i)) continue;
    ExitJudgement judgement;
    judgement.subject = i;
    set_year_recorded(judgement, c,
                      recorded[i].has_value() ? std::optional(recorded[i].value) : std::nullopt);
    c.table.judgements.push_back(judgement);
  }
}

void read_indicator_values(const Context& c, std::size_t index) {
  const Criterion& criterion = c.criteria().criteria[index];
  const Level level = level_of(c.criteria().subject);
  require_indicator(c, criterion.indicator, criterion.line);
  const auto values = c.dataset.statistics.values(criterion.indicator, level, c.year);
  for (std::size_t i = 0; i < c.table.judgements.size(); ++i) {
    const DivisionRef place{level, c.table.judgements[i].subject};
    CriterionResult& result = c.result(i, index);
    result.status = values[place.index].status;
    if (result.has_value()) result.value = values[place.index].value;
    if (!criterion.threshold_of) continue;
    const DivisionRef above = c.dataset.tree.ancestor(place, *criterion.threshold_of);
    const Value of = c.dataset.statistics.value(criterion.indicator, above, c.year);
    if (of.has_value()) result.threshold = of.value;
  }
}

std::uint16_t require_facility(const Context& c, const Criterion& criterion) {
  try {
    return static_cast<std::uint16_t>(c.dataset.records.set("facility").require(criterion.facility));
  } catch (const UsageError& e) {
    c.fail_at(criterion.line, e.what());
  }
}

/// Built by the end of the year and not out of use; where the source does not say, it is there.
bool stands(const RecordTable& facilities, std::uint32_t row, int year) {
  return facilities.number("built", row).value_or(year) <= year &&
         facilities.number("working", row).value_or(1) != 0;
}

void count_facilities(const Context& c, std::size_t index) {
  const RecordTable& facilities = c.dataset.records[RecordKind::facility];
  if (!facilities.loaded) return;  // nobody knows
  const std::uint16_t wanted = require_facility(c, c.criteria().criteria[index]);
  for (std::size_t i = 0; i < c.table.judgements.size(); ++i) {
    CriterionResult& result = c.result(i, index);
    result.status = Status::value;
    const auto [first, last] =
        rows_within(c.dataset.tree, facilities, {Level::village, c.table.judgements[i].subject});
    for (std::uint32_t row = first; row < last; ++row)
      if (facilities.category("type", row) == wanted && stands(facilities, row, c.year)) ++result.value;
  }
}

void read_values(const Context& c, std::size_t index) {
  const Criterion& criterion = c.criteria().criteria[index];
  if (!criterion.field.empty()) return read_field(c, index);
  if (!criterion.facility.empty()) return count_facilities(c, index);
  read_indicator_values(c, index);
}

void set_thresholds(const Context& c) {
  const auto& criteria = c.table.criteria();
  c.table.results.resize(c.table.judgements.size() * criteria.size());
  for (std::size_t k = 0; k < criteria.size(); ++k) {
    const double threshold = criteria[k].threshold_in(c.year).value_or(no_threshold);
    for (std::size_t i = 0; i < c.table.judgements.size(); ++i) c.result(i, k).threshold = threshold;
  }
}

void decide_all(const Context& c) {
  for (std::size_t i = 0; i < c.table.judgements.size(); ++i) {
    for (std::size_t k = 0; k < c.table.criteria().size(); ++k)
      c.result(i, k).result = judge(c.table.criteria()[k], c.result(i, k));
    const Verdict verdict = decide(c.table.results_of(i));
    c.table.judgements[i].judged = verdict.judged;
    c.table.judgements[i].deciding = verdict.deciding;
  }
}

void judge_table(const Context& c) {
  if (c.criteria().criteria.empty()) return;
  if (c.criteria().subject == ExitSubject::household)
    list_households(c);
  else
    list_places(c);
  set_thresholds(c);
  for (std::size_t k = 0; k < c.table.criteria().size(); ++k) read_values(c, k);
  decide_all(c);
  count_judgements(c.table, c.year);
}

void count_recorded(ExitAccuracy& accuracy, Judgement judged) {
  ++*accuracy.recorded;
  if (judged == Judgement::pass) ++*accuracy.confirmed;
  if (judged == Judgement::fail) ++*accuracy.contradicted;
  if (judged == Judgement::unknown || judged == Judgement::not_applicable) ++*accuracy.unknown;
}

}  // namespace

Judgement judge(const Criterion& criterion, const CriterionResult& reading) {
  if (reading.status == Status::not_applicable) return Judgement::not_applicable;
  if (!reading.has_value() || std::isnan(reading.threshold)) return Judgement::unknown;
  return holds(criterion.comparison, reading.value, reading.threshold) ? Judgement::pass : Judgement::fail;
}

Verdict decide(std::span<const CriterionResult> results) {
  Verdict verdict;
  for (std::size_t k = 0; k < results.size(); ++k) {
    const Judgement result = results[k].result;
    const auto here = static_cast<std::int8_t>(k);
    if (result == Judgement::fail) return {Judgement::fail, here};
    if (result == Judgement::unknown && verdict.judged != Judgement::unknown) verdict = {result, here};
    if (result == Judgement::pass && verdict.judged == Judgement::not_applicable) verdict.judged = result;
  }
  return verdict;
}

void count_judgements(ExitTable& table, int year) {
  table.judged = {0, 0, 0, 0};
  table.missed = 0;
  table.accuracy = table.of_the_year = {};
  for (const ExitJudgement& judgement : table.judgements) {
    ++*table.judged[static_cast<std::size_t>(judgement.judged)];
    if (!judgement.recorded && judgement.judged == Judgement::pass) ++*table.missed;
    if (judgement.recorded) count_recorded(table.accuracy, judgement.judged);
    if (judgement.recorded == year) count_recorded(table.of_the_year, judgement.judged);
  }
}

ExitResults judge_exits(const Dataset& dataset, DivisionRef place, int year) {
  ExitResults results;
  results.year = year;
  auto tables = require_criteria_tables(dataset.project.criteria_folder);
  for (const ExitSubject subject : all_exit_subjects) {
    const auto k = static_cast<std::size_t>(subject);
    results.tables[k].table = std::move(tables[k]);
    judge_table({dataset, place, year, results.tables[k]});
  }
  return results;
}

}  // namespace battlemap::geo
