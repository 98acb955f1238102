#pragma once
#include "geo/dataset.hpp"
#include "geo/problem_log.hpp"

namespace battlemap::geo {

/// Gives each record without a division the one its point (or line's middle) lies in, at the finest level
/// with boundaries. Reports records without any place, and points that lie outside their division; they stay
/// where they are.
void find_places(const Dataset& dataset, RecordTable& table, ProblemLog& log);

}  // namespace battlemap::geo
