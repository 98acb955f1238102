#pragma once
#include <string>
#include <vector>

#include "geo/dataset.hpp"
#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/geometry.hpp"
#include "geo/project.hpp"

namespace battlemap::geo {

/// The divisions of one boundary layer, ordered by code, each code once.
struct BoundaryLayer {
  std::vector<DivisionTree::Entry> entries;
  std::vector<Code> codes;  ///< of the entries, once these have been moved into a tree
  PolygonSet polygons;  ///< projected metres, one for each entry
  BoundaryReport report;
};

/// Reads one layer and projects it. Features that cannot be used are left out and reported in `problems` with
/// their code and feature id: kinds "missing_code", "bad_code", "duplicate_code", "empty_geometry",
/// "wrong_geometry_type", "invalid_geometry" (repaired, or left out when nothing was left),
/// "outside_projection". "numeric_code" tells once that codes are stored as numbers. Throws Error when the
/// layer cannot be read, lacks a field or gives no division at all. `alone`: no other layer is read meanwhile.
BoundaryLayer read_boundaries(const BoundarySource& source, const std::string& projection,
                              Problems& problems, bool alone = true);

/// The division tree of a project from the attributes of its boundary layers and the codes of its tables: all
/// that finding a place takes, without reading a polygon.
DivisionTree read_divisions(const Project& project);

/// Throws Error when a source in the project's generated/ folder is missing, naming the command that makes
/// it.
void require_generated_files(const Project& project);

}  // namespace battlemap::geo
