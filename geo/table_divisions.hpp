#pragma once
#include "geo/division.hpp"
#include "geo/error.hpp"
#include "geo/project.hpp"

namespace battlemap::geo {

/// Where the boundaries stop, the tables' codes go on: a code of a table's level that hangs below a division
/// without children of its own becomes a division too, so that its values count in those above it. It has a
/// name when the table has a name column and never a polygon. Where the division does have children from
/// boundaries, another code is a mistake, not a new child: the join then reports its rows as unmatched. So it
/// does with codes none of whose ancestors is known.
///
/// Returns the tree with these divisions (the same tree when there are none) and notes their number by table
/// (kind "no_boundary"). Throws Error when a table cannot be read or lacks its code column.
DivisionTree add_table_divisions(const Project& project, DivisionTree tree, Problems& problems);

}  // namespace battlemap::geo
