#pragma once
#include "geo/dataset.hpp"

namespace battlemap::geo {

/// All records that `options` ask for, as the sources give them (unmasked); problems are added to `problems`.
/// Uses `dataset`'s project, tree and coverages. Of `rules`: kinds that they renumber are ordered by a
/// scramble of their ids instead of the ids, so that numbers in order tell nothing of them; and where small
/// numbers are hidden everything is read, since what is hidden here depends on the places beside. Throws
/// Error when a source cannot be read, UsageError when records_within names no place.
Records load_records(const Dataset& dataset, const LoadOptions& options, const AudienceRules& rules,
                     Problems& problems);

/// Makes `links` and `referrers` of every field that refers to another table.
void link_records(Records& records);

}  // namespace battlemap::geo
