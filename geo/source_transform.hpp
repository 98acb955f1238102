#pragma once
#include <span>
#include <string>

#include "geo/geometry.hpp"
#include "geo/project.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {

/// The coordinate system of a layer as text for PROJ; empty when it is WGS 84 (or the near-identical
/// CGCS2000) longitude/latitude in degrees. `stated` (the project's `proj` key) goes before what the layer
/// says. A layer that says nothing counts as longitude/latitude if `extent` fits, else Error asks for `proj`.
std::string source_crs(const VectorSource& source, const std::string& stated, const Box& extent);

/// Source coordinates to the project's plane, in place, on all cores: `crs` (see source_crs) to WGS 84,
/// GCJ-02 undone where `datum` says so, then `projection`. What cannot be projected becomes NaN. The same
/// input gives the same output bit for bit, so that shared vertices stay shared.
void to_project_plane(std::span<Point> points, const std::string& crs, Datum datum,
                      const std::string& projection);

}  // namespace battlemap::geo
