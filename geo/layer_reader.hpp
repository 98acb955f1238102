#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "geo/dataset.hpp"
#include "geo/division.hpp"
#include "geo/problem_log.hpp"
#include "geo/project.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {

/// Features as read, in the file's order and coordinates.
struct RawLayer {
  std::vector<DivisionTree::Entry> entries;
  std::vector<std::int64_t> rows;  ///< feature ids
  PolygonSet polygons;
};

/// A boundary layer, and the same opened once more for a second reader where that may be of use.
struct OpenedLayer {
  VectorSource vectors;
  std::optional<VectorSource> again;
};

/// `alone`: no other layer keeps the cores busy; then a large file is opened twice side by side. Throws Error.
OpenedLayer open_layer(const BoundarySource& source, bool alone);

/// The features of a boundary layer that have a code and a polygon; `report` counts all. A layer whose features can be
/// read by ranges of ids is read by as many readers as there are cores.
RawLayer read_layer(const BoundarySource& source, const OpenedLayer& opened, ProblemLog& log, BoundaryReport& report);

/// Codes and names only.
std::vector<DivisionTree::Entry> read_layer_entries(const BoundarySource& source, const VectorSource& vectors,
                                                    ProblemLog& log);

}  // namespace battlemap::geo
