#pragma once
#include <iosfwd>
#include <optional>
#include <string>

#include "geo/dataset.hpp"

namespace battlemap::app {

/// What `battlemap exits` says of a dataset whose exits are judged.
struct ExitReport {
  const geo::Dataset& dataset;
  geo::DivisionRef place{};  ///< invalid: everything
  std::size_t listed = 20;   ///< recorded exits that fail, written out for each level

  const geo::ExitResults& results() const { return *dataset.exits.front(); }
};

/// Totals of each level, the criteria that decide, and the recorded exits that fail one.
std::string exit_text(const ExitReport& report);

/// {year, ..., household: [...], village: [...], county: [...], summary: {...}} in UTF-8, one row a line;
/// written as it goes, since 160,000 households are usual. What is unknown or hidden is null.
void write_exit_json(const ExitReport& report, std::ostream& out);

}  // namespace battlemap::app
