#pragma once
#include <string>
#include <vector>

#include "geo/dataset.hpp"

namespace battlemap::geo {

/// Which records are wanted. Others may be read too where the source cannot pick them.
struct RecordScope {
  DivisionRef within{};            ///< only records of this place; invalid: all
  std::vector<std::string> ids{};  ///< and, wherever they are, those with these ids
};

/// One [[records]] source as read: rows in the source's order, whatever they say.
struct RawRecords {
  RecordTable table;
  std::vector<std::vector<std::string>> unknown;  ///< per column: texts that its set does not know
  RecordReport report;
  Problems problems;
};

/// Reads one source; its points are in the project's plane. Throws Error: it cannot be read, or lacks a
/// column that is needed or that the project file names. Uses `dataset`'s tree, coverages and project only.
RawRecords read_records(const Dataset& dataset, const RecordSource& source,
                        const std::vector<CategorySet>& sets, const RecordScope& scope);

}  // namespace battlemap::geo
