#include "geo/value_check.hpp"

#include <algorithm>

#include "geo/join.hpp"
#include "geo/problem_log.hpp"

namespace battlemap::geo {
namespace {

bool divides_by_nothing(const Value& ratio) {
  return ratio.status == Status::no_data && ratio.denominator == 0 && ratio.numerator != 0;
}

/// A parent of such a place repeats what its child has been reported for.
bool child_divides_by_nothing(const Division& division, std::span<const Value> finer) {
  if (finer.empty() || division.child_count == 0) return false;
  const auto children = finer.subspan(division.first_child, division.child_count);
  return std::any_of(children.begin(), children.end(), divides_by_nothing);
}

void check_ratio(const Dataset& dataset, const Indicator& ratio, int year, ProblemLog& log) {
  std::span<const Value> finer;
  for (int l = level_count - 1; l >= 0; --l) {
    const auto level = static_cast<Level>(l);
    const auto divisions = dataset.tree.at(level);
    const auto values = dataset.statistics.values(ratio.id, level, year);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (divides_by_nothing(values[i]) && !child_divides_by_nothing(divisions[i], finer))
        log.add("zero_denominator", 0, divisions[i].code.text(),
                fmt::format("{} of {} in {} is {} of 0 {}: shown as no data", ratio.id, divisions[i].name,
                            year, format_number(values[i].numerator, 0), ratio.denominator));
    finer = values;
  }
}

bool has_figure(const Dataset& dataset, const std::string& id) {
  return std::any_of(dataset.figures.begin(), dataset.figures.end(),
                     [&](const Figure& f) { return f.id == id; });
}

void check_control(const Dataset& dataset, const ControlTotal& total, ProblemLog& log) {
  if (!dataset.tree.find(total.place))
    log.add("unknown_place", 0, total.place.text(),
            fmt::format("control total {} is of {}, which no source has", total.id, total.place.text()));
  if (!total.figure.empty() && !has_figure(dataset, total.figure))
    log.add("unknown_figure", 0, "",
            fmt::format("control total {} names the figure {}, which the figures file does not have",
                        total.id, total.figure));
}

}  // namespace

Problems check_values(const Dataset& dataset) {
  Problems problems;
  {
    ProblemLog log(problems, dataset.project.file.string(), problems_per_kind);
    for (const ControlTotal& total : dataset.project.controls) check_control(dataset, total, log);
  }
  ProblemLog values_log(problems, dataset.project.indicators_file.string(), problems_per_kind);
  for (const Indicator& indicator : dataset.statistics.indicators())
    if (indicator.kind == IndicatorKind::ratio)
      for (const int year : dataset.project.years) check_ratio(dataset, indicator, year, values_log);
  return problems;
}

}  // namespace battlemap::geo
