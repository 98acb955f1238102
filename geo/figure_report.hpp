#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::geo {

/// What another source says instead of a figure.
struct FigureConflict {
  std::optional<double> value;  ///< nullopt: said in words only
  std::string note;
  std::string id, source;       ///< of the row of figures.csv that has this value; empty: no such row
};

/// A published figure, what the project's data give for it, and who says otherwise. The three are shown beside one
/// another and never mixed.
struct FigureReport {
  Figure figure;
  std::vector<ControlResult> computed;  ///< of the control totals that name this figure
  std::optional<FigureConflict> conflict;
  /// Whether somebody disagrees: another source, or the project's own data.
  bool disputed() const;
};

/// One for each figure of the project, in the file's order. Throws Error for a control total that names no figure.
std::vector<FigureReport> report_figures(const Dataset& dataset);

}  // namespace battlemap::geo
