#include "geo/figure_report.hpp"

#include <algorithm>

#include "geo/cell.hpp"
#include "geo/error.hpp"
#include "geo/nearest.hpp"

namespace battlemap::geo {
namespace {

/// The row that says what `figure` is disputed by, and is disputed by it.
const Figure* counterpart(const std::vector<Figure>& figures, const Figure& figure, double value) {
  for (const Figure& other : figures) {
    const auto back = parse_number(other.conflicting_value);
    if (&other != &figure && other.value == value && back && *back == figure.value && other.unit == figure.unit)
      return &other;
  }
  return nullptr;
}

std::optional<FigureConflict> conflict_of(const std::vector<Figure>& figures, const Figure& figure) {
  if (figure.conflicting_value.empty()) return std::nullopt;
  FigureConflict conflict;
  conflict.note = figure.conflict_note;
  conflict.value = parse_number(figure.conflicting_value);
  if (!conflict.value)
    conflict.note = figure.conflicting_value + (conflict.note.empty() ? "" : ": " + conflict.note);
  const Figure* other = conflict.value ? counterpart(figures, figure, *conflict.value) : nullptr;
  if (other != nullptr) conflict.id = other->id, conflict.source = other->source;
  return conflict;
}

void require_figure(const Dataset& dataset, const ControlTotal& total) {
  std::vector<std::string> known;
  for (const Figure& figure : dataset.figures) known.push_back(figure.id);
  if (std::find(known.begin(), known.end(), total.figure) != known.end()) return;
  try {
    fail_unknown("figure", total.figure, known);
  } catch (const UsageError& e) {
    fail("{}: control total '{}': {}", dataset.project.file.string(), total.id, e.what());
  }
}

}  // namespace

bool FigureReport::disputed() const {
  return conflict || std::any_of(computed.begin(), computed.end(), [](const ControlResult& c) { return !c.ok; });
}

std::vector<FigureReport> report_figures(const Dataset& dataset) {
  const std::vector<ControlResult> controls = check_controls(dataset);
  for (const ControlResult& control : controls)
    if (!control.total.figure.empty()) require_figure(dataset, control.total);
  std::vector<FigureReport> reports;
  for (const Figure& figure : dataset.figures) {
    FigureReport report{figure, {}, conflict_of(dataset.figures, figure)};
    for (ControlResult control : controls) {
      if (control.total.figure != figure.id) continue;
      control.total.expected = figure.value;  // the figure itself, not what the project file repeats of it
      control.ok = control.actual.has_value() && agrees(control.actual.value, control.total);
      report.computed.push_back(std::move(control));
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace battlemap::geo
