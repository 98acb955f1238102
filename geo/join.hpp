#pragma once
#include <span>
#include <vector>

#include "geo/dataset.hpp"
#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/indicator.hpp"
#include "geo/project.hpp"

namespace battlemap::geo {

/// Reads every statistics table of the project and matches its rows to divisions by code: one column per
/// count or latest indicator, level and year that a table has. Years read are the project's and those that a
/// change indicator looks back to.
///
/// A cell becomes a value, no data or not applicable (see parse_statistic); one that is none of these is no
/// data and a Problem (source, row, code, column, value). Codes are text: "630105.0", full-width digits, a
/// leading apostrophe and a lost leading zero are repaired, and reported, when exactly one division of the
/// table's level can be meant; other rows are unmatched and reported with the nearest division. A source with
/// `by_name` then matches rows by name within their parent and lists each. Of two rows with one code and year
/// that say the same one counts; when they differ neither does; both are named. At most `problems_per_kind`
/// problems of one kind and source are listed in full, a last one tells how many more there were.
///
/// Appends one report per source and year. Throws Error when a table cannot be read, has no code or year
/// column, or when no table of any level has an indicator's column.
std::vector<Statistics::Column> join_statistics(const Project& project, const DivisionTree& tree,
                                                std::span<const Indicator> indicators,
                                                std::vector<JoinReport>& reports, Problems& problems);
inline constexpr std::size_t problems_per_kind = 1000;

}  // namespace battlemap::geo
