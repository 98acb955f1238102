#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::app {

/// What `check` tells about a loaded project. All problems of the dataset and of its values.
struct CheckReport {
  const geo::Dataset& dataset;
  geo::Problems problems;
  std::vector<geo::ControlResult> totals;

  explicit CheckReport(const geo::Dataset& loaded);
  /// Problems other than notes, and control totals that fail: what --strict ends with code 3 for.
  std::size_t failures() const;
};

/// Kinds that are worth knowing and need nothing done: what was repaired or filled without a doubt.
bool is_note(std::string_view kind);
/// For help texts: "invalid_geometry, ...".
std::string note_kinds();

/// Readable, aligned; paths below the project folder are shown relative to it.
std::string check_text(const CheckReport& report);
/// {project, data, boundaries, join, records, problems, totals}; see `check --help`.
nlohmann::json check_json(const CheckReport& report);

}  // namespace battlemap::app
