#pragma once
#include <optional>

#include "geo/problem_log.hpp"
#include "geo/project.hpp"
#include "geo/vector_source.hpp"

namespace battlemap::geo {

/// Where a boundary layer has what; -1: nowhere.
struct BoundaryFields {
  int code = -1, name = -1, type = -1, level = -1;
  bool code_is_real = false, code_is_number = false;
};

/// Fields that the source names, else "code" and "name", else found by what they hold: the codes where most
/// different values are codes of the level, the names where most different values are no ASCII. What was
/// found so is reported ("found_field"). Throws Error: a named field is missing, or no field holds codes.
BoundaryFields find_boundary_fields(const VectorSource& vectors, const BoundarySource& source,
                                    ProblemLog& log);

/// What a feature says of itself: UTF-8 without outer blanks, empty where nothing. Codes that are numbers are whole
/// numbers.
struct BoundaryTexts {
  std::string code, name, type, level;
};
BoundaryTexts boundary_texts(const OGRFeature& feature, const BoundaryFields& fields);
/// What a spreadsheet does to a code of `level`: "630105.0", or a leading zero lost with the text type.
std::string undo_number(std::string code, Level level);

/// The level of a feature in a layer of several: what its level field says (an id, a Chinese word with or
/// without 级, 1 to 5), else that of its code. nullopt: neither says one.
std::optional<Level> boundary_level(const BoundaryTexts& feature);

/// The project's boundary sources with one for each level in place of one of several levels.
std::vector<BoundarySource> expand_levels(const std::vector<BoundarySource>& sources);

}  // namespace battlemap::geo
